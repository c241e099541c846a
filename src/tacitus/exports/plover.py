"""PLOVER JSON: one event a line, actors and recipients as lists of entities (PLOVER codebook 1.3, chapters 2 and 3).

PLOVER keeps compound actors together and puts both sides of a reciprocal event under ``actor`` (2.4.2); planned, hypothetical and negated events carry an
auxiliary mode (2.3), so that this format holds every modality.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from tacitus.exports.layout import Written
from tacitus.exports.polecat import NO_PLOVER_EVENT
from tacitus.producers.codes import actor_parts, plover_events
from tacitus.records import Actor, Event

AUXILIARY = {"actual": None, "planned": "future", "hypothetical": "hypothetical", "negated": "negation"}
"""Modalities to PLOVER's auxiliary modes (PLOVER codebook, 2.3)."""
HOST = "043"
"""CAMEO's code for hosting: PLOVER has the visitor as actor and the host as recipient (3.2.2)."""


def plover_record(event: Event) -> dict[str, Any]:
    """An event as PLOVER's JSON.

    Raises:
        KeyError: PLOVER has no event for its CAMEO code.
    """
    quad, score = plover_events()[event.plover.event or ""]
    actor, recipient = (event.target, event.source) if event.code == HOST and not event.reciprocal else (event.source, event.target)
    if event.reciprocal:
        actor, recipient = actor + recipient, ()
    place = event.place
    return {
        "id": event.event_id,
        "date": event.event_date,
        "date_precision": event.date_precision,
        "event": event.plover.event,
        "mode": event.plover.mode,
        "auxiliary": AUXILIARY[event.modality],
        "context": list(event.plover.context),
        "quad": quad,
        "score": score,
        "actor": [_entity(a) for a in actor],
        "recipient": [_entity(a) for a in recipient],
        "location": {"name": place.name, "text": place.text, "country": place.country, "admin1": place.admin1, "lat": place.lat, "lon": place.lon,
                     "geonameid": place.geonameid} if place else None,
        "magnitude": {"dead": event.counts.killed, "injured": event.counts.wounded, "detained": event.counts.detained, "size": event.counts.participants},
        "text": event.trigger.text,
        "publication": {"id": event.report_id, "url": event.url, "date": event.published, "title": event.title, "sentence": event.sentence},
        "cameo": event.code,
        "confidence": event.confidence,
        "coder": event.coder,
    }  # fmt: skip


def _entity(actor: Actor) -> dict[str, Any]:
    parts = actor_parts(actor.code)
    head = (parts.head,) if parts.head and not parts.country else ()
    return {
        "name": actor.name or actor.text,
        "text": actor.text,
        "country": parts.country or actor.country,
        "sector": list(dict.fromkeys((*head, *parts.types))),
        "code": actor.code,
    }


def write_plover(events: Iterable[Event], stream: TextIO) -> Written:
    """Write events as they come, one a line; those that PLOVER has no event for are left out and counted."""
    written = Written()
    for event in events:
        if event.plover.event not in plover_events():
            written.left_out[NO_PLOVER_EVENT] += 1
            continue
        stream.write(json.dumps(plover_record(event), ensure_ascii=False) + "\n")
        written.events += 1
        written.rows += 1
    return written
