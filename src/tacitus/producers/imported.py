"""Another producer's row as our event: marked as theirs, and empty where they say nothing."""

from __future__ import annotations

import math
from datetime import datetime

from tacitus.ontology import cameo, elements, roles
from tacitus.producers.countries import country
from tacitus.records import Actor, Counts, Event, Mention, Place, Trigger, made_id

CONFIDENCE_UNKNOWN = 0.0
"""Other producers state no calibrated confidence; 0 is the claim of nobody."""


def imported_event(
    producer: str,
    number: str,
    code: str,
    *,
    source: Actor | None,
    target: Actor | None,
    event_date: str,
    place: Place | None,
    url: str | None,
    published: str | None = None,
    report_id: str | None = None,
    sentence: int = 0,
    goldstein: float | None = None,
) -> Event:
    """An event of another producer: ``coder`` is its name, ``event_id`` made from that and the row's own number, ``report_id`` from the URL
    as our own reports' are. Trigger and mentions are empty; name, quad class and PLOVER are those that our ontology gives the code.

    Raises:
        UnknownCodeError: the ontology holds no such code.
    """
    entry = cameo(code)
    return Event(
        event_id=made_id(producer, number),
        report_id=report_id or made_id(url or f"{producer} {number}"),
        url=url,
        published=published,
        title=None,
        sentence=sentence,
        trigger=Trigger("", 0, 0),
        code=entry.code,
        root=entry.root,
        name=entry.name,
        quad_class=entry.quad_class,
        goldstein=entry.goldstein if goldstein is None else goldstein,
        plover=entry.plover,
        modality="actual",
        reciprocal=False,
        source=(source,) if source else (),
        target=(target,) if target else (),
        attribution=None,
        event_date=event_date,
        date_precision="day",
        place=place,
        counts=Counts(),
        confidence=CONFIDENCE_UNKNOWN,
        mentions=tuple[Mention, ...](),
        coder=producer,
    )


def imported_actor(name: str, code: str | None, iso3: str | None = None) -> Actor | None:
    """An actor from a name and an actor code of ours; None where both are empty. ``iso3`` overrides the country that the code begins with."""
    if not name and not code:
        return None
    parts = elements(code or "")
    land = iso3 or (parts[0] if parts and country(parts[0]) else None)
    return Actor(name, 0, 0, code, land, tuple(p for p in parts if p in roles()), name or None)


def iso_day(text: str, layout: str) -> str:
    """A producer's date as an ISO date.

    Raises:
        ValueError: it is none.
    """
    return datetime.strptime(text.strip(), layout).date().isoformat()  # noqa: DTZ007 - a day, not a moment


def number(text: str, limit: float) -> float | None:
    """A finite number between −limit and limit; None for an empty cell.

    Raises:
        ValueError: it is none.
    """
    if not text.strip():
        return None
    value = float(text)
    if not math.isfinite(value) or abs(value) > limit:
        raise ValueError(f"{text[:20]!r} is outside -{limit:g} to {limit:g}")
    return value
