"""Phoenix rows (26 columns, no header): actors taken apart into entity, role and attribute; quad classes 0 to 4."""

from __future__ import annotations

from tacitus.exports.cells import citation, site, tsv_cell
from tacitus.exports.dyads import dyads
from tacitus.exports.layout import NO_DATE, Layout, Row, Settings
from tacitus.ontology import roles
from tacitus.producers.codes import actor_parts, gdelt_actor_code, quad_class
from tacitus.producers.columns import names
from tacitus.producers.numbers import compact, event_day, one_decimal, shortest
from tacitus.records import Actor, Event, Place

BETWEEN = ";"
"""What stands between several attributes."""


def event_rows(event: Event, settings: Settings) -> list[Row] | str:
    """An event's rows, one a pair; left out where neither the event nor its report has a date."""
    day = event_day(event, settings.added)
    if day is None:
        return NO_DATE
    shared = {
        "Date": compact(day),
        "Year": str(day.year),
        "Month": str(day.month),
        "Day": str(day.day),
        **_place(event.place),
        "SentenceID": f"{tsv_cell(event.report_id)}_{event.sentence}",
        "URLs": citation(event) if event.url else "",
        "NewsSources": site(event),
    }
    out: list[Row] = []
    for dyad in dyads(event):
        own = {
            "EventID": str(dyad.number),
            "EventCode": dyad.code,
            "EventRootCode": dyad.root,
            "QuadClass": str(quad_class("phoenix", dyad.root)),
            "GoldsteinScore": one_decimal(dyad.goldstein),
        }
        cells = {**shared, **own, **_actor("Source", dyad.source), **_actor("Target", dyad.target)}
        out.append([cells.get(name, "") for name in names("phoenix")])
    return out


def _actor(side: str, actor: Actor | None) -> dict[str, str]:
    """Entity is the country or international class, role the first role, attribute whatever else the code holds."""
    if actor is None or not actor.code:
        return {}
    parts, full = actor_parts(actor.code), gdelt_actor_code(actor.code)
    own = [e for e in parts.types if e in roles()]
    rest = [full[i : i + 3] for i in range(3 if parts.head else 0, len(full), 3)]
    if own:
        rest.remove(own[0])
    cells = {"Full": full, "Entity": full[:3] if parts.head else "", "Role": own[0] if own else "", "Attribute": BETWEEN.join(rest)}
    return {f"{side}Actor{name}": tsv_cell(cell) for name, cell in cells.items()}


def _place(place: Place | None) -> dict[str, str]:
    if place is None or not place.name:
        return {}
    region = place.precision == "admin1"
    return {
        "Lat": shortest(place.lat),
        "Lon": shortest(place.lon),
        "LocationName": "" if region or place.precision == "country" else tsv_cell(place.name),
        "StateName": tsv_cell(place.admin1 or (place.name if region else "")),
        "CountryCode": tsv_cell(place.country),
    }


PHOENIX = Layout("phoenix", names("phoenix"), event_rows, header=False, suffix=".txt")
