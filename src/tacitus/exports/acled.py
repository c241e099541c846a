"""ACLED's layout (31 columns, comma-separated under a header): what of our events ACLED would record, one row an event.

ACLED's own coders follow other rules (fatalities, named groups, one event a place and day); this is its layout, not its data.
"""

from __future__ import annotations

from tacitus.exports.cells import one_line, site
from tacitus.exports.flat import safe_cell
from tacitus.exports.layout import NO_DATE, Layout, Row, Settings
from tacitus.producers.codes import acled_actors, acled_event, actor_parts
from tacitus.producers.columns import names
from tacitus.producers.countries import country
from tacitus.producers.numbers import event_day, published_at, row_number, shortest
from tacitus.records import Actor, Event

NOT_RECORDED = "no kind of event that ACLED records"
"""Why an event is left out."""
MONTHS = "January February March April May June July August September October November December".split()
"""ACLED writes ``25 September 2016``; not by the machine's language."""
TIME_PRECISION = {"day": "1", "week": "2", "month": "3", "year": "3"}
"""ACLED's time_precision: the day, the week, the month; it has none coarser."""
GEO_PRECISION = {"city": "1", "region": "2", "admin1": "3", "country": "3"}
"""ACLED's geo_precision: the town, part of a region, a province or less."""
FATALITIES_UNKNOWN = "0"
"""ACLED writes 0 where a report gives no deaths."""
CIVILIANS, PROTESTERS, RIOTERS = "Civilians", "Protesters", "Rioters"
"""ACLED's actor types that hang on the event."""
TARGETED = "Civilian targeting"
"""What ACLED writes under civilian_targeting where civilians are the target."""
BETWEEN = "; "
"""What stands between associated actors."""


def event_rows(event: Event, settings: Settings) -> list[Row] | str:
    """An event's one row; left out where there is no date, or its kind is none that ACLED records."""
    day = event_day(event, settings.added)
    kind = acled_event(event.code)
    if kind is None:
        return NOT_RECORDED
    if day is None:
        return NO_DATE
    disorder, event_type, sub_type = kind
    one, two = (_type(side, event_type if first else "") for side, first in ((event.source, True), (event.target, False)))
    place = event.place
    land = country(place.country if place else None) or next((c for a in (*event.target, *event.source) if (c := country(a.country))), None)
    published = published_at(event)
    region = bool(place and place.precision == "admin1")
    cells = {
        "event_id_cnty": f"{land.iso3 if land else ''}{row_number(event.event_id)}",
        "event_date": f"{day.day:02} {MONTHS[day.month - 1]} {day.year}",
        "year": str(day.year),
        "time_precision": TIME_PRECISION[event.date_precision or "day"],
        "disorder_type": disorder,
        "event_type": event_type,
        "sub_event_type": sub_type,
        **_side(1, event.source, one),
        **_side(2, event.target, two),
        "interaction": "-".join(filter(None, (one, two))) if two else f"{one} only" if one else "",
        "civilian_targeting": TARGETED if two == CIVILIANS and disorder == "Political violence" else "",
        "iso": str(land.iso_numeric) if land and land.iso_numeric is not None else "",
        "region": land.acled_region if land else "",
        "country": land.name if land else "",
        "admin1": (place.admin1 or (place.name if region else "") or "") if place else "",
        "location": (place.name or place.text) if place else "",
        "latitude": shortest(place.lat) if place else "",
        "longitude": shortest(place.lon) if place else "",
        "geo_precision": GEO_PRECISION.get(place.precision or "", "") if place else "",
        "source": site(event),
        "notes": event.title or event.trigger.text,
        "fatalities": str(event.counts.killed) if event.counts.killed is not None else FATALITIES_UNKNOWN,
        "timestamp": str(int(published.timestamp())) if published else "",
    }
    numeric = {"latitude", "longitude", "fatalities", "timestamp"}
    return [[cells.get(n, "") if n in numeric else safe_cell(one_line(cells.get(n, ""))) for n in names("acled")]]


def _type(side: tuple[Actor, ...], event_type: str) -> str:
    """ACLED's type of a side's first actor; who protests or riots is a protester or rioter."""
    if event_type in {"Protests", "Riots"}:
        return PROTESTERS if event_type == "Protests" else RIOTERS
    if not side:
        return ""
    parts = actor_parts(side[0].code)
    known = (acled_actors()[e] for e in (*parts.types, parts.head) if e in acled_actors())
    return next(known, "State forces" if side[0].code and parts.country else "")


def _side(number: int, side: tuple[Actor, ...], kind: str) -> dict[str, str]:
    own = list(dict.fromkeys(a.name or a.text for a in side))
    return {f"actor{number}": own[0] if own else "", f"assoc_actor_{number}": BETWEEN.join(own[1:]), f"inter{number}": kind}


ACLED = Layout("acled", names("acled"), event_rows, header=True, suffix=".csv", separator=",")
