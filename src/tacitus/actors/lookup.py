"""What a gazetteer has under a name, and what it has that is like it."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from tacitus.actors.gazetteer import PERSON, Entry, Gazetteer
from tacitus.actors.report import ReportActors
from tacitus.actors.resolution import Resolution
from tacitus.actors.tokens import tokenise
from tacitus.language import split_sentences

SUGGESTIONS = 8
NEARNESS = 0.75
"""Of difflib, from 0 to 1: one or two letters of a usual name may be wrong."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry, whether it holds on the day asked for, and whether only the surname fits."""

    entry: Entry
    holds: bool
    by_surname: bool


@dataclass(frozen=True, slots=True)
class Lookup:
    """Everything under a name: entries in the order of their time, how the coder takes the name alone, and other names that are like it."""

    found: tuple[Found, ...]
    resolution: Resolution
    suggestions: tuple[str, ...]


def lookup(name: str, gazetteer: Gazetteer, day: str | None = None, country_of_place: Callable[[str], str | None] = lambda _: None) -> Lookup:
    """Look a name up.

    Args:
        name: as a report may write it, or a surname alone.
        day: ISO date; without it everything holds.
        country_of_place: as for ``ReportActors``.
    """
    named = list(dict.fromkeys(gazetteer.named(name)))
    by_surname = [e for e in dict.fromkeys(gazetteer.with_surname(name)) if e not in named]
    found = [Found(e, e.holds_on(day), False) for e in _in_time(named)] + [Found(e, e.holds_on(day), True) for e in _in_time(by_surname)]
    resolution = ReportActors(name, split_sentences(name), day, None, country_of_place, gazetteer).resolve(0, len(name))[0]
    return Lookup(tuple(found), resolution, () if found else tuple(like(name, gazetteer)))


def like(name: str, gazetteer: Gazetteer) -> list[str]:
    """Names that hold all words of a name, then names that are written nearly so."""
    words = {t.folded for t in tokenise(name)}
    folded = {known.casefold(): known for known in reversed(gazetteer.names())}
    holding = [known for key, known in folded.items() if words and all(w in key for w in words) and words <= {t.folded for t in tokenise(known)}]
    near = [folded[key] for key in difflib.get_close_matches(name.casefold(), folded, n=SUGGESTIONS, cutoff=NEARNESS)]
    return list(dict.fromkeys([*sorted(holding, key=len), *near]))[:SUGGESTIONS]


def _in_time(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda e: (e.name, e.start) if e.kind == PERSON else ("", e.start))
