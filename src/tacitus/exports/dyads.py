"""One row a source–target pair, as producers with single actors write compound and reciprocal events.

"The United States and France accused Russia" is USA → RUS and FRA → RUS; "Russia and Ukraine met" is RUS → UKR and UKR → RUS, and a visit (042) is
hosted (043) the other way (CAMEO; PLOVER codebook, 2.4.2, on the custom).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tacitus.ontology import cameo
from tacitus.producers.codes import mirrored_codes
from tacitus.producers.numbers import row_number
from tacitus.records import Actor, Event


@dataclass(frozen=True, slots=True)
class Dyad:
    """One pair of an event. ``number`` is its row number, below 2**53, the same whenever the event is written; code, root and Goldstein value are the
    pair's own: those of the event, or of the mirrored code where that tells the other side."""

    event: Event
    source: Actor | None
    target: Actor | None
    code: str
    root: str
    goldstein: float
    number: int


def dyads(event: Event) -> Iterator[Dyad]:
    """The pairs of an event: each source with each target, then, if it is reciprocal, each the other way; none twice. An actor that stands twice on a
    side (same code and same name) counts once; a side that the text leaves out is None. A reciprocal event with one side only is among those of that side.

    Raises:
        UnknownCodeError: the ontology does not hold the event's code.
    """
    written: set[int] = set()
    for source, target, code in _pairs(event):
        number = row_number(event.event_id, _key(source), _key(target), code)
        if number not in written:
            written.add(number)
            entry = cameo(code)
            goldstein = event.goldstein if code == event.code else entry.goldstein
            yield Dyad(event, source, target, code, entry.root, goldstein, number)


def _pairs(event: Event) -> Iterator[tuple[Actor | None, Actor | None, str]]:
    sources, targets, code = event.source, event.target, event.code
    if event.reciprocal and not (sources and targets):
        among = {_key(a): a for a in reversed(sources or targets)}
        if len(among) > 1:
            yield from ((a, b, code) for a in reversed(among.values()) for b in reversed(among.values()) if a is not b)
            return
    pairs = [(a, b) for a in sources or (None,) for b in targets or (None,)]
    yield from ((a, b, code) for a, b in pairs)
    if event.reciprocal:
        yield from ((b, a, mirrored_codes().get(code, code)) for a, b in pairs if a and b)


def _key(actor: Actor | None) -> str:
    return f"{actor.code or ''}|{(actor.name or actor.text).casefold()}" if actor else ""
