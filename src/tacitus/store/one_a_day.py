"""The peers' filter: one event per day, source, target and code, however many reports tell it (Phoenix and PETRARCH's "one-a-day")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tacitus.records import Actor, Event

Key = tuple[frozenset[str], frozenset[str], str, str]


def one_a_day(events: Iterable[Event]) -> Iterator[Event]:
    """The first event of each day, source, target, code and modality; events without a date, or of which no actor has a code, all pass.

    Streams: only the keys of the day in hand are kept, so events must come by date, rising or falling, as a store gives them.

    >>> list(one_a_day([]))
    []
    """
    day: str | None = None
    seen: set[Key] = set()
    for event in events:
        if event.event_date is None or not (_codes(event.source) or _codes(event.target)):
            yield event
            continue
        if event.event_date != day:
            seen.clear()
            day = event.event_date
        key = _key(event)
        if key not in seen:
            seen.add(key)
            yield event


def _key(event: Event) -> Key:
    source, target = _codes(event.source), _codes(event.target)
    if event.reciprocal and sorted(target) < sorted(source):
        source, target = target, source
    return source, target, event.code, event.modality


def _codes(actors: tuple[Actor, ...]) -> frozenset[str]:
    return frozenset(a.code for a in actors if a.code)
