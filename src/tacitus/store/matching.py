"""Whether two reports tell the same event: pure functions of the two, so that the answer is the same in every store and whatever came first.

Evidence for a pair of events is added up: the reports' words and names, the date, the kind of act, who acts on whom, where, and how far ahead it stands.
The weights (``data/match_weights.csv``) are a logistic regression on the dev half of ``evaluation/stories``, rounded; ``run.py --fit`` fits them again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from tacitus.config import table
from tacitus.ontology import split_actor_code
from tacitus.records import Actor, Event, Place, Report
from tacitus.store.copies import COPY, overlap, shingles
from tacitus.store.wording import Wording, alikeness, plain, stems, wording

SAME = 0.43
"""Probability from which on two events are one; the best on the dev half of `evaluation/stories`, pair by pair and in a store together (0.40 to 0.53
tried)."""
WINDOW_DAYS = 5
"""Days between two reports of one event: what is told later is told as background, and weekly round-ups repeat other weeks' words."""
TOPIC = 0.3
"""Alikeness of words from which on two reports that share no event are on one topic: parts the dev pairs' topics (above, mostly) from unrelated ones."""
UNKNOWN = 0.5
"""What an actor that nobody could resolve says for or against: nothing."""
TURNED = 0.25
"""Taken off where source and target match only crosswise and neither event is reciprocal: coders confuse the sides of "clashed with"."""
PLACE_TOLD = 0.5
"""Half of what the same place says: the report names it, though perhaps for another event."""
PRECISION_DAYS = {"day": 0, "week": 6, "month": 30, "year": 365}
"""Days that a date of each precision leaves open."""
DATE_BY_GAP = {0: 0.8, 1: 0.6, 2: 0.1}
DATE_BY_GAP_TOLD = {0: 1.0, 1: -0.5}
DATE_APART, DATE_OPEN, DATE_MISSING = -1.0, 0.5, 0.4
"""What a day's difference says; much less where a report does not tell the day itself, since an event is then dated by its report."""

FEATURES = ("words", "names", "parties", "date", "code", "actors", "lead", "place")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n")

Label = Literal["copy", "same event", "same topic", "unrelated"]


@dataclass(frozen=True, slots=True)
class Side:
    """The actors of one side: codes, countries and roles."""

    actors: tuple[tuple[str | None, str | None, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class TellingEvent:
    """An event as matching looks at it. ``day`` counts from year 1; ``told`` is whether the report itself tells the day;
    ``place`` the stems of the place's name, none for a mere country."""

    event: Event
    source: Side
    target: Side
    day: int | None
    open_days: int
    told: bool
    place: frozenset[str]


@dataclass(frozen=True, slots=True)
class Telling:
    """A report as matching looks at it, read once and compared often. ``parties``: the countries and organisations of its events' actors and places,
    which are the same whether a report writes "Ankara", "Turkey" or "Mr Davutoglu"."""

    report: Report
    day: int | None
    wording: Wording
    shingles: frozenset[int]
    parties: frozenset[str]
    events: tuple[TellingEvent, ...]


def telling(report: Report, events: Sequence[Event]) -> Telling:
    """What matching needs of a report and its events."""
    looked_at = tuple(_telling_event(report, e) for e in events)
    return Telling(report, report_day(report), wording(report), shingles(report.text), _parties(looked_at), looked_at)


def report_day(report: Report) -> int | None:
    """The day a report was published, counted from year 1; None where it carries no ISO date."""
    return iso_day((report.published or "")[:10])


def same_event(report_a: Report, a: Event, report_b: Report, b: Event) -> float:
    """The probability that two reports' events are the same; 0 where their modality or dates exclude it."""
    first, second = telling(report_a, [a]), telling(report_b, [b])
    return _probability(features(first.events[0], second.events[0], Shared.of(first, second))) if _near(first, second) else 0.0


def matches(a: Telling, b: Telling) -> list[tuple[float, Event, Event]]:
    """The events that both reports tell, each at most once on either side, the surest first, with their probability.

    Where no acts of a like kind match, the one surest pair may be of unlike kinds: coders differ over what a report's chief event is to be called.
    """
    if not _near(a, b):
        return []
    shared = Shared.of(a, b)
    found = [(_probability(features(x, y, shared)), x.event, y.event) for x in a.events for y in b.events]
    sure = sorted((m for m in found if m[0] >= SAME), key=lambda m: (-m[0], *sorted((m[1].event_id, m[2].event_id))))
    taken: set[str] = set()
    chosen = []
    for match in (m for m in sure if _kind(m[1], m[2]) > 0.0):
        ids = {match[1].event_id, match[2].event_id}
        if not ids & taken:
            taken |= ids
            chosen.append(match)
    return chosen or sure[:1]


def pair_label(report_a: Report, events_a: Sequence[Event], report_b: Report, events_b: Sequence[Event]) -> Label:
    """What two reports are to each other."""
    a, b = telling(report_a, events_a), telling(report_b, events_b)
    if is_copy(a, b):
        return "copy"
    if matches(a, b):
        return "same event"
    return "same topic" if alikeness(a.wording, b.wording)[0] >= TOPIC else "unrelated"


def is_copy(a: Telling, b: Telling) -> bool:
    """Whether one report is a copy of the other, published within some days of it."""
    return _near(a, b) and overlap(a.shingles, b.shingles) >= COPY


@dataclass(frozen=True, slots=True)
class Shared:
    """What two reports share as wholes: alikeness of words, names and parties, 0 to 1, and the words of each."""

    alike: tuple[float, float, float]
    words: tuple[frozenset[str], frozenset[str]]

    @classmethod
    def of(cls, a: Telling, b: Telling) -> Shared:
        """What these two share."""
        parties = len(a.parties & b.parties) / math.sqrt(len(a.parties) * len(b.parties) or 1)
        return cls((*alikeness(a.wording, b.wording), parties), (a.wording.words, b.wording.words))


def features(a: TellingEvent, b: TellingEvent, shared: Shared) -> tuple[float, ...] | None:
    """The evidence, in the order of ``FEATURES``; None where two events cannot be one."""
    if a.event.modality != b.event.modality:
        return None
    when = _when(a, b)
    if when == DATE_APART:
        return None
    lead = 1.0 / (1 + max(a.event.sentence, b.event.sentence))
    return (*shared.alike, when, _kind(a.event, b.event), _who(a, b), lead, _where(a, b, *shared.words))


def _probability(evidence: tuple[float, ...] | None) -> float:
    if evidence is None:
        return 0.0
    weights, bias = match_weights()
    return 1.0 / (1.0 + math.exp(-bias - sum(w * f for w, f in zip(weights, evidence, strict=True))))


@cache
def match_weights() -> tuple[tuple[float, ...], float]:
    """The weights of ``FEATURES``, and the bias."""
    weights = {row["feature"]: float(row["weight"]) for row in table("store", "match_weights")}
    return tuple(weights[name] for name in FEATURES), weights["bias"]


def _near(a: Telling, b: Telling) -> bool:
    return a.day is not None and b.day is not None and abs(a.day - b.day) <= WINDOW_DAYS


def _telling_event(report: Report, event: Event) -> TellingEvent:
    day = iso_day(event.event_date or "")
    told = day is not None and (event.event_date != (report.published or "")[:10] or _WEEKDAYS[(day - 1) % 7] in plain(_sentence(report.text, event)))
    return TellingEvent(event, _side(event.source), _side(event.target), day, PRECISION_DAYS[event.date_precision or "day"], told, _place(event.place))


INTERNATIONAL = ("IGO", "NGO", "IMG", "NGM", "MNC")


def _parties(events: tuple[TellingEvent, ...]) -> frozenset[str]:
    found: set[str] = set()
    for told in events:
        for code, country, _ in (*told.source.actors, *told.target.actors):
            if code and code.startswith(INTERNATIONAL):
                found.add(code[:6])
            elif country:
                found.add(country)
        if told.event.place and told.event.place.country:
            found.add(told.event.place.country)
    return frozenset(found)


def _place(place: Place | None) -> frozenset[str]:
    return frozenset() if place is None or place.precision == "country" else frozenset(stems(place.text))


def _sentence(text: str, event: Event) -> str:
    """The sentence of the trigger, by a simple rule: the store knows no language room."""
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, event.trigger.start)), default=0)
    end = _SENTENCE_END.search(text, event.trigger.end)
    return text[start : end.start() if end else len(text)]


def iso_day(iso: str) -> int | None:
    """The day of an ISO date, counted from year 1; None where it is none (``fromisoformat`` alone takes weeks and dates without hyphens too)."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return None
    return day.toordinal() if day.isoformat() == iso else None


def _side(actors: tuple[Actor, ...]) -> Side:
    return Side(tuple((a.code, (split_actor_code(a.code)[0] if a.code else None) or a.country, frozenset(a.roles)) for a in actors))


def _when(a: TellingEvent, b: TellingEvent) -> float:
    if a.day is None or b.day is None:
        return DATE_MISSING
    gap, leeway = abs(a.day - b.day), a.open_days + b.open_days
    if leeway:
        return DATE_OPEN if gap <= leeway else DATE_APART
    return (DATE_BY_GAP_TOLD if a.told and b.told else DATE_BY_GAP).get(gap, DATE_APART)


@cache
def _related() -> dict[frozenset[str], float]:
    return {frozenset((row["root"], row["other"])): float(row["weight"]) for row in table("store", "related_roots")}


SAME_ROOT = 0.9


def _kind(a: Event, b: Event) -> float:
    """How alike two acts are: 1 for the same code, less for the same root, a related one (``data/related_roots.csv``), 0 for any other."""
    if a.code == b.code:
        return 1.0
    return SAME_ROOT if a.root == b.root else _related().get(frozenset((a.root, b.root)), 0.0)


def _who(a: TellingEvent, b: TellingEvent) -> float:
    straight = (_sides(a.source, b.source) + _sides(a.target, b.target)) / 2
    crosswise = (_sides(a.source, b.target) + _sides(a.target, b.source)) / 2
    return max(straight, crosswise - (0.0 if a.event.reciprocal or b.event.reciprocal else TURNED))


SAME_COUNTRY, SAME_ROLE_TOO, SAME_ROLE_ONLY, NOTHING_SHARED = 0.7, 0.9, 0.5, 0.3
"""Two actors who are not the same code: of one country, of one country and role, of a role where a country is missing, neither."""


def _sides(a: Side, b: Side) -> float:
    return max((_actors(x, y) for x in a.actors for y in b.actors), default=UNKNOWN)


def _actors(a: tuple[str | None, str | None, frozenset[str]], b: tuple[str | None, str | None, frozenset[str]]) -> float:
    (code_a, country_a, roles_a), (code_b, country_b, roles_b) = a, b
    if code_a is None or code_b is None:
        return UNKNOWN
    if code_a == code_b:
        return 1.0
    if country_a and country_b:
        if country_a != country_b:
            return 0.0
        return SAME_ROLE_TOO if roles_a & roles_b else SAME_COUNTRY
    return SAME_ROLE_ONLY if roles_a & roles_b else NOTHING_SHARED


def _where(a: TellingEvent, b: TellingEvent, words_a: frozenset[str], words_b: frozenset[str]) -> float:
    """1 for the same place, ``PLACE_TOLD`` where one event's place stands in the other's report, -1 where neither does, 0 where nothing can be said."""
    if not a.place and not b.place:
        return 0.0
    if a.place == b.place:
        return 1.0
    told = bool(a.place and a.place <= words_b) or bool(b.place and b.place <= words_a)
    return PLACE_TOLD if told else -1.0 if a.place and b.place else 0.0
