"""Syndicated and lightly edited copies: the same sentences under another headline, cut from the bottom, with a paragraph more.

Candidates come from the index of rare words that stories use anyway (``store/stories.py``): a copy shares nearly all of them, a cut one too, which
MinHash over whole texts would miss. What is verified here is the text itself.
"""

from __future__ import annotations

import re

from tacitus.records import Report
from tacitus.store.wording import plain

SHINGLE_WORDS = 3
"""Words of a shingle: runs of three survive an editor's pen between two changes and are seldom shared by chance."""
COPY = 0.3
"""Share of the shorter text's shingles from which on two reports are copies: among the dev pairs edited copies lie at 0.40 and above, everything else at
0.17 and below."""
FEWEST_SHINGLES = 12
"""Two texts of less say too little: a one-line flash is "contained" in every report of the event."""

_WORD = re.compile(r"[^\W_]+")


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of three words, without case, accents and punctuation. (Hashes of this process: never to be stored.)"""
    words = _WORD.findall(plain(text))
    return frozenset(hash(tuple(words[i : i + SHINGLE_WORDS])) for i in range(len(words) - SHINGLE_WORDS + 1))


def same_report(a: Report, b: Report) -> float:
    """How much of the shorter text stands in the other, 0 to 1; ``COPY`` and more is a copy."""
    return overlap(shingles(a.text), shingles(b.text))


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of the smaller set that lies in the other one; 0 where it is too small to tell."""
    fewest = min(len(a), len(b))
    return len(a & b) / fewest if fewest >= FEWEST_SHINGLES else 0.0
