"""POLECAT rows (40 columns under a header): PLOVER events with modes and contexts, actors by name, country and sector codes."""

from __future__ import annotations

from tacitus.exports.cells import citation, site, tsv_cell
from tacitus.exports.dyads import dyads
from tacitus.exports.layout import NO_DATE, Layout, Row, Settings
from tacitus.producers.codes import actor_parts, plover_events
from tacitus.producers.columns import names
from tacitus.producers.countries import country
from tacitus.producers.numbers import compact, event_day, one_decimal, published_at, shortest
from tacitus.records import Actor, Event, Place

NO_PLOVER_EVENT = "no PLOVER event (statements and the like)"
"""Why an event is left out: PLOVER has no event for its CAMEO code."""
BETWEEN = ";"
"""What stands between several contexts or sectors."""


def event_rows(event: Event, settings: Settings) -> list[Row] | str:
    """An event's rows, one a pair; left out where there is no date, or PLOVER has no event for its code."""
    day = event_day(event, settings.added)
    kind = event.plover.event
    if day is None:
        return NO_DATE
    if kind not in plover_events():
        return NO_PLOVER_EVENT
    quad, score = plover_events()[kind]
    published = published_at(event)
    shared = {
        "Event Date": day.isoformat(),
        "Event Type": kind,
        "Event Mode": event.plover.mode or "",
        "Intensity": one_decimal(score),
        "Quad Code": quad,
        "Contexts": BETWEEN.join(event.plover.context),
        **_place(event.place),
        "Source": site(event) or citation(event),
        "Publication Date": published.date().isoformat() if published else "",
        "Version": tsv_cell(event.coder),
    }
    out: list[Row] = []
    for dyad in dyads(event):
        own = {"Event ID": f"{compact(day)}-{dyad.number}-{kind}_{event.plover.mode or ''}".rstrip("_")}
        cells = {**shared, **own, **_actor("Actor", dyad.source), **_actor("Recipient", dyad.target)}
        out.append([cells.get(name, "") for name in names("polecat")])
    return out


def _actor(side: str, actor: Actor | None) -> dict[str, str]:
    if actor is None:
        return {}
    parts = actor_parts(actor.code)
    land = country(parts.country or actor.country)
    sectors = list(dict.fromkeys((*((parts.head,) if parts.head and not parts.country else ()), *parts.types)))
    return {
        f"{side} Name": tsv_cell(actor.name or actor.text),
        f"{side} Country": land.iso3 if land else "",
        f"{side} COW": str(land.cow) if land and land.cow else "",
        f"Primary {side} Sector": "".join(sectors[:1]),
        f"{side} Sectors": BETWEEN.join(sectors),
        f"{side} Name Raw": tsv_cell(actor.text),
    }


def _place(place: Place | None) -> dict[str, str]:
    if place is None:
        return {}
    region = place.precision == "admin1"
    return {
        "Placename": tsv_cell(place.name),
        "City": tsv_cell(place.name) if place.precision == "city" else "",
        "Province": tsv_cell(place.admin1 or (place.name if region else "")),
        "Country": tsv_cell(place.country),
        "Latitude": shortest(place.lat),
        "Longitude": shortest(place.lon),
        "GeoNames ID": str(place.geonameid) if place.geonameid else "",
        "Raw Placename": tsv_cell(place.text),
        "Feature Type": tsv_cell(place.precision),
    }


POLECAT = Layout("polecat", names("polecat"), event_rows, header=True, suffix=".txt")
