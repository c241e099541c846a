"""Figures that a sentence gives for an event: killed, wounded, detained, taking part.

A number counts for the words it stands with ("killing four members", "17 dead", "wounded 14", "some 20,000 peasants marched"). Words and
number words are data (``data/counts.csv``).
"""

from __future__ import annotations

import re
from functools import cache

from tacitus.config import table
from tacitus.records import Counts

NEAR = 4
"""Words between a number and the word that it counts."""

_WORD = re.compile(r"\d{1,3}(?:,\d{3})+|\d+|[A-Za-z']+")
COUNTED_ROOTS = {"killed": ("18", "19", "20"), "wounded": ("18", "19", "20"), "detained": ("17", "18"), "participants": ("14",)}


@cache
def _table() -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for row in table("coding", "counts"):
        out.setdefault(row["kind"], {})[row["word"]] = row["value"]
    return out


def number(word: str) -> int | None:
    """A number in figures or words, None for anything else."""
    plain = word.replace(",", "")
    if plain.isdigit():
        return int(plain)
    value = _table()["number"].get(word.lower())
    return int(value) if value else None


def read_counts(sentence: str, root: str, trigger: tuple[int, int]) -> Counts:
    """The figures of a sentence for an event of a CAMEO root with its trigger at characters ``trigger``."""
    found: dict[str, int] = {}
    tokens = [(m[0], m.start()) for m in _WORD.finditer(sentence)]
    cues = _table()["cue"]
    for i, (word, _) in enumerate(tokens):
        kind = cues.get(word.lower())
        if kind is None or root not in COUNTED_ROOTS[kind] or kind in found:
            continue
        side = range(i + 1, min(i + 1 + NEAR, len(tokens))) if _counts_after(word) else range(i - 1, max(-1, i - 1 - NEAR), -1)
        value = next((n for k in side if (n := number(tokens[k][0])) is not None and not _is_measure(tokens, k)), None)
        if value is not None:
            found[kind] = value
    if root == "14" and "participants" not in found:
        before = [(i, n) for i, (w, at) in enumerate(tokens) if at < trigger[0] and (n := number(w)) is not None and not _is_measure(tokens, i)]
        if before and trigger[0] - tokens[before[-1][0]][1] < 60 and before[-1][1] > 1:
            found["participants"] = before[-1][1]
    return Counts(**found)


def _counts_after(word: str) -> bool:
    """Whether the number follows the cue ("killing four") rather than standing before it ("four dead")."""
    return word.lower() in _table()["after"]


def _is_measure(tokens: list[tuple[str, int]], i: int) -> bool:
    """Whether a number measures time, money or distance, or is a year or a day of a month."""
    following = tokens[i + 1][0].lower() if i + 1 < len(tokens) else ""
    before = tokens[i - 1][0].lower() if i else ""
    measures = _table()["measure"]
    return following in measures or before in measures or (tokens[i][0].isdigit() and 1900 <= int(tokens[i][0]) <= 2100)
