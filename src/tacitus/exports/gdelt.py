"""GDELT 1.0 and 2.0 event rows (58 and 61 columns, tab-separated, no header; GDELT event codebooks 1.03 and 2.0)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from tacitus.exports.cells import citation, tsv_cell
from tacitus.exports.dyads import Dyad, dyads
from tacitus.exports.layout import NO_DATE, Layout, Row, Settings
from tacitus.producers.codes import actor_parts, base_code, gdelt_actor_code, quad_class
from tacitus.producers.columns import names
from tacitus.producers.countries import UNKNOWN_ADM1, country, fips_region
from tacitus.producers.gdelt import COUNTRY, US_CITY, US_STATE, WORLD_CITY, WORLD_STATE, general
from tacitus.producers.numbers import event_day, fraction_date, published_at, shortest
from tacitus.records import Actor, Event, Place

UPDATE = timedelta(minutes=15)
"""GDELT 2.0 adds events every quarter of an hour; DATEADDED is the moment of an update."""
NO_PLACE = "0"
"""Geo_Type of an event whose place is unknown."""
NEUTRAL = "0"
"""AvgTone: we measure no tone, and GDELT's readers refuse rows without one."""
LEAD_SENTENCES = 1
"""Sentences from a report's beginning in which an event counts as a root event; GDELT takes the lead paragraph, which in agency style is a sentence."""
ACTOR_TYPES, ACTOR_RELIGIONS = 3, 2
"""Columns that GDELT has for an actor's types and religions."""


def date_added(event: Event, settings: Settings) -> datetime | None:
    """When GDELT 2.0 would have added an event: the settings' moment, else the first update after its report's publication, else the event's day."""
    if settings.added:
        return settings.added.astimezone(UTC)
    moment = published_at(event)
    if moment is None:
        day = event_day(event)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        return start - UPDATE * ((start - moment) // UPDATE)
    except OverflowError:
        return start


def stamp(moment: datetime) -> str:
    """A moment as GDELT 2.0 writes it: ``YYYYMMDDHHMMSS``."""
    return f"{moment.year:04}{moment:%m%d%H%M%S}"


def event_rows(event: Event, settings: Settings, version: int) -> list[Row] | str:
    """An event's rows, one a pair, in the order of the version's columns; left out where neither the event nor its report has a date."""
    added = date_added(event, settings)
    day = event_day(event, added)
    if day is None or added is None:
        return NO_DATE
    year = f"{day.year:04}"
    shared = {
        "SQLDATE": f"{year}{day:%m%d}",
        "MonthYear": f"{year}{day:%m}",
        "Year": year,
        "FractionDate": fraction_date(day),
        "IsRootEvent": str(int(event.sentence < LEAD_SENTENCES)),
        "NumMentions": str(max(1, len(event.mentions))),
        "NumSources": "1",
        "NumArticles": "1",
        "AvgTone": NEUTRAL,
        "Actor1Geo_Type": NO_PLACE,
        "Actor2Geo_Type": NO_PLACE,
        **_place(event.place),
        "DATEADDED": stamp(added) if version == 2 else stamp(added)[:8],
        "SOURCEURL": citation(event),
    }
    header = names(f"gdelt{version}")
    rows = ({**shared, **_pair(dyad)} for dyad in dyads(event))
    return [[row.get(name, "") for name in header] for row in rows]


def _pair(dyad: Dyad) -> dict[str, str]:
    return {
        "GLOBALEVENTID": str(dyad.number),
        **_actor("Actor1", dyad.source),
        **_actor("Actor2", dyad.target),
        "EventCode": dyad.code,
        "EventBaseCode": base_code(dyad.code),
        "EventRootCode": dyad.root,
        "QuadClass": str(quad_class("gdelt", dyad.root)),
        "GoldsteinScale": shortest(dyad.goldstein),
    }


def _actor(which: str, actor: Actor | None) -> dict[str, str]:
    if actor is None:
        return {}
    parts = actor_parts(actor.code)
    land = country(parts.country)
    cells = {
        "Code": tsv_cell(gdelt_actor_code(actor.code)),
        "Name": tsv_cell(actor.name or actor.text).upper(),
        "CountryCode": land.gdelt if land else "",
        "KnownGroupCode": tsv_cell("".join(parts.groups[:1])),
        "EthnicCode": "".join(parts.ethnic[:1]).lower(),
    }
    cells |= {f"Religion{i}Code": code for i, code in enumerate(parts.religions[:ACTOR_RELIGIONS], 1)}
    cells |= {f"Type{i}Code": code for i, code in enumerate(parts.types[:ACTOR_TYPES], 1)}
    return {f"{which}{name}": cell for name, cell in cells.items()}


def _place(place: Place | None) -> dict[str, str]:
    if place is None or not place.name:
        return {"ActionGeo_Type": NO_PLACE}
    land = country(place.country)
    fips, adm1 = fips_region(place.country, place.admin1 or place.name)
    own_name = land.gdelt_name or land.name if land else ""
    territory = (place.admin1 or place.name) if land and fips != land.fips else ""  # the Gaza Strip, a region of ours and a country of FIPS's
    american = place.country == "USA"
    if place.precision == "country":
        kind, full, adm1, feature = COUNTRY, own_name or place.name, fips, fips
    elif place.precision == "admin1":
        region = fips_region(place.country, place.name)[1]
        adm1 = region or adm1 or (fips and fips + UNKNOWN_ADM1)
        kind, full, feature = US_STATE if american else WORLD_STATE, _joined(place.name, own_name), adm1
    else:
        kind, feature = US_CITY if american else WORLD_CITY, ""
        if territory:
            full = place.name if place.name == territory else _joined(place.name, territory)
        else:
            full = _joined(place.name, place.admin1 or (general(own_name) if own_name else ""), own_name)
        adm1 = adm1 or (fips and fips + UNKNOWN_ADM1)
    cells = {"Type": kind, "FullName": tsv_cell(full), "CountryCode": fips, "ADM1Code": adm1}
    cells |= {"Lat": shortest(place.lat), "Long": shortest(place.lon), "FeatureID": feature}
    return {f"ActionGeo_{name}": cell for name, cell in cells.items()}


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


GDELT1 = Layout("gdelt1", names("gdelt1"), partial(event_rows, version=1), header=False, suffix=".export.CSV")
GDELT2 = Layout("gdelt2", names("gdelt2"), partial(event_rows, version=2), header=False, suffix=".export.CSV")
