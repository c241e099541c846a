"""One event, once: the same event told twice in a report is one event with two mentions (CODING, section 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tacitus.records import Modality, Precision

if TYPE_CHECKING:
    from tacitus.actors import Resolution

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a role: its mention and who it is."""

    span: Span
    answer: Resolution

    @property
    def code(self) -> str:
        return self.answer.code or ""

    @property
    def side(self) -> str:
        """Country or international code: the level on which parties are compared."""
        return self.code[:3]


@dataclass(slots=True)
class Coded:
    """An event while a report is coded: mentions resolved, not yet a record."""

    sentence: int
    trigger: Span
    code: str
    modality: Modality
    reciprocal: bool
    score: float
    source: list[Party]
    target: list[Party]
    attribution: Party | None
    date: str | None
    precision: Precision | None
    dated: bool
    place: Span | None
    mentions: list[tuple[int, Span]] = field(default_factory=list)

    @property
    def root(self) -> str:
        return self.code[:2]


def merge(events: list[Coded]) -> list[Coded]:
    """Events of a report with retellings folded into the event that they retell, in the order of the text."""
    kept: list[Coded] = []
    for event in sorted(events, key=lambda e: e.trigger):
        event.mentions = [(event.sentence, event.trigger)]
        told = next((k for k in reversed(kept) if _same(k, event)), None)
        if told is None:
            kept.append(event)
        else:
            _fold(told, event)
    return kept


def _same(a: Coded, b: Coded) -> bool:
    """Whether b retells a: one root and modality, no date or party that contradicts, and one code or one set of parties."""
    if a.root != b.root or a.modality != b.modality:
        return False
    if a.dated and b.dated and a.date != b.date:
        return False
    if a.reciprocal and b.reciprocal and _sides(a.source) | _sides(a.target) == _sides(b.source) | _sides(b.target):
        return True
    if not (_agree(a.source, b.source) and _agree(a.target, b.target)):
        return False
    return a.code.startswith(b.code) or b.code.startswith(a.code) or (_codes(a.source) == _codes(b.source) and _codes(a.target) == _codes(b.target))


def _agree(a: list[Party], b: list[Party]) -> bool:
    """Whether a retelling names the parties of a role that were named before, or fewer: one that names more tells another event."""
    return _codes(b) <= _codes(a)


def _codes(parties: list[Party]) -> set[str]:
    return {p.code for p in parties}


def _sides(parties: list[Party]) -> set[str]:
    return {p.side for p in parties}


def _fold(told: Coded, again: Coded) -> None:
    """The union of what the mentions tell, kept under the first trigger, which names no fewer parties."""
    told.mentions += again.mentions
    if len(again.code) > len(told.code) and again.code.startswith(told.code):
        told.code = again.code
    if not told.dated and again.dated:
        told.date, told.precision, told.dated = again.date, again.precision, True
    told.place = told.place or again.place
    told.attribution = told.attribution or again.attribution
    told.score = max(told.score, again.score)
