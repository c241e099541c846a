"""Time expressions in a sentence: the same patterns as are resolved, leftmost and longest, without their preposition."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tacitus.times.lexicon import any_of, table
from tacitus.times.rules import plain, rules

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def _capitalised() -> re.Pattern[str]:
    """Words that are names of days, months and feasts only with a capital: "may", "march", "sat", "sun"."""
    return re.compile(rf"\b(?:{any_of('month')}|{any_of('weekday')}|{any_of('holiday')})\b")


@cache
def _lead() -> re.Pattern[str]:
    """What stands before a month or day that could be a person's name: "in May", not "Mrs May"."""
    return re.compile(rf"\b{any_of('lead')}[\s-]+(?:the\s+)?$")


def find_times(text: str) -> list[tuple[int, int]]:
    """(start, end) of every time expression, in character offsets of the text, left to right, not overlapping.

    What only a sentence before or an unnamed event would date ("at dawn", "for five days") is not reported.
    """
    folded = plain(text)
    found: list[tuple[int, int]] = []
    for start, end in sorted(_matches(text, folded), key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _matches(text: str, folded: str) -> Iterator[tuple[int, int]]:
    for rule in rules():
        if rule.findable:
            for m in rule.pattern.finditer(folded):
                words = m[0].removesuffix(".").removesuffix("'s")
                named = words not in table("ambiguous") or _lead().search(folded, 0, m.start())
                if named and _as_written(text, folded, m.start(), m.end()):
                    yield m.start(), m.start() + len(words)


def _as_written(text: str, folded: str, start: int, end: int) -> bool:
    return all(text[m.start()].isupper() for m in _capitalised().finditer(folded, start, end))
