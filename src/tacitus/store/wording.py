"""What a report's words say about which news it tells: rare words, names and numbers, weighed by how few reports hold them.

The weights come from a fixed table (``data/word_shares.csv``, made by ``scripts/build_word_shares.py`` from the training corpus), not from the store:
so two reports are as alike in a store of ten reports as in one of ten million, whatever came first.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tacitus.config import table
from tacitus.records import Report

STEM_LENGTH = 6
"""Letters kept of a word, so that "sanctions", "sanctioned" and "sanctioning" are one; 5 to 8 do equally well on the dev pairs."""
LEAD_CHARACTERS = 2000
"""What is read of a text beside its title: news stands first, and a long report must not look unlike a short one for its background."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:][\"'”’)]*\s+|[\"“‘(])$")


@dataclass(frozen=True, slots=True)
class Wording:
    """The stems of a report's title and lead, those among them that are names or numbers, and the lengths of both as weighed vectors."""

    words: frozenset[str]
    names: frozenset[str]
    length: float
    names_length: float


def wording(report: Report) -> Wording:
    """How a report is worded."""
    words: set[str] = set()
    names: set[str] = set()
    for part in (report.title or "", report.text[:LEAD_CHARACTERS]):
        for stem, is_name in _stems(part):
            words.add(stem)
            if is_name:
                names.add(stem)
    return Wording(frozenset(words), frozenset(names), _length(words), _length(names))


def alikeness(a: Wording, b: Wording) -> tuple[float, float]:
    """How alike two reports' words and names are, 0 to 1: the square root of the cosine, which spreads the low values where the decision lies."""
    return math.sqrt(_dot(a.words, b.words) / (a.length * b.length)), math.sqrt(_dot(a.names, b.names) / (a.names_length * b.names_length))


@cache
def weight(stem: str) -> float:
    """How much a stem tells: the logarithm of how many reports one must read to meet it."""
    shares, least = _shares()
    return -math.log(shares.get(stem, least))


def plain(text: str) -> str:
    """A text without case and accents."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def stems(text: str) -> set[str]:
    """The stems of a text."""
    return {stem for stem, _ in _stems(text)}


def _stems(text: str) -> Iterable[tuple[str, bool]]:
    """Each stem, and whether it stands as a name or number: with a capital within a sentence."""
    for match in _WORD.finditer(text):
        word = match[0]
        if word[0].isdigit():
            yield word.replace(",", ""), True
        elif len(word) > 1:
            inside = not _SENTENCE_START.search(text, max(0, match.start() - 4), match.start())
            yield plain(word)[:STEM_LENGTH], word[0].isupper() and inside and match.start() > 0


def _length(stems: Iterable[str]) -> float:
    return math.sqrt(sum(weight(s) ** 2 for s in stems)) or 1.0


def _dot(a: frozenset[str], b: frozenset[str]) -> float:
    return sum(weight(s) ** 2 for s in a & b)


@cache
def _shares() -> tuple[dict[str, float], float]:
    """The share of reports that hold each stem, and the least of them, which every stem that is not in the table gets."""
    shares = {row["stem"]: float(row["share"]) for row in table("store", "word_shares")}
    return shares, min(shares.values())
