"""ICEWS rows (20 columns under a header, as in the Harvard Dataverse files): actors by name, country in full, and sectors in words."""

from __future__ import annotations

from tacitus.exports.cells import site, tsv_cell
from tacitus.exports.dyads import dyads
from tacitus.exports.layout import NO_DATE, Layout, Row, Settings
from tacitus.ontology import cameo
from tacitus.producers.codes import actor_parts, sector_words
from tacitus.producers.columns import names
from tacitus.producers.countries import country
from tacitus.producers.numbers import event_day, one_decimal, row_number, shortest
from tacitus.records import Actor, Event, Place

UNSPECIFIED = ", not specified below"
"""What CAMEO's names of general codes end with; ICEWS' event texts do not."""


def event_rows(event: Event, settings: Settings) -> list[Row] | str:
    """An event's rows, one a pair; left out where neither the event nor its report has a date."""
    day = event_day(event, settings.added)
    if day is None:
        return NO_DATE
    shared = {
        "Event Date": day.isoformat(),
        "Story ID": str(row_number(event.report_id)),
        "Sentence Number": str(event.sentence + 1),
        "Publisher": site(event),
        **_place(event.place),
    }
    out: list[Row] = []
    for dyad in dyads(event):
        pair = {
            "Event ID": str(dyad.number),
            "CAMEO Code": dyad.code,
            "Event Text": cameo(dyad.code).name.removesuffix(UNSPECIFIED),
            "Intensity": one_decimal(dyad.goldstein),
        }
        cells = {**shared, **pair, **_actor("Source", dyad.source), **_actor("Target", dyad.target)}
        out.append([cells.get(name, "") for name in names("icews")])
    return out


def sectors(actor: Actor) -> list[str]:
    """An actor's sectors in ICEWS' words: its international class, faiths and roles, as far as ICEWS has a word."""
    parts = actor_parts(actor.code)
    own = ([parts.head] if parts.head and not parts.country else []) + [*parts.religions, *parts.types]
    return list(dict.fromkeys(sector_words()[e] for e in own if e in sector_words()))


def _actor(side: str, actor: Actor | None) -> dict[str, str]:
    if actor is None:
        return {}
    land = country(actor_parts(actor.code).country or actor.country)
    cells = {"Name": tsv_cell(actor.name or actor.text), "Sectors": ",".join(sectors(actor)), "Country": land.icews_name if land else ""}
    return {f"{side} {name}": cell for name, cell in cells.items()}


def _place(place: Place | None) -> dict[str, str]:
    if place is None or not place.name:
        return {}
    land = country(place.country)
    region = place.precision == "admin1"
    return {
        "City": "" if region or place.precision == "country" else tsv_cell(place.name),
        "Province": tsv_cell(place.admin1 or (place.name if region else "")),
        "Country": land.icews_name if land else "",
        "Latitude": shortest(place.lat),
        "Longitude": shortest(place.lon),
    }


ICEWS = Layout("icews", names("icews"), event_rows, header=True, suffix=".tab")
