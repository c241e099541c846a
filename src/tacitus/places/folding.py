"""The forms under which names of places are compared."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_LETTERS = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "ð": "d", "ə": "a"}
_SIGNS = str.maketrans(dict.fromkeys("'’‘`ʻʼʿʾ´.", "") | dict.fromkeys("-‐‑–/", " ") | _LETTERS)
ARTICLES = frozenset({"al", "el", "ar", "as", "at", "ad", "an", "ash", "az", "ath", "adh", "et", "er", "ed", "es", "ez"})
"""Arabic articles, as transliterations write them before a sun letter or not."""
LEAST_BONES = 3
"""Letters below which a skeleton says nothing."""
_LIKE = (("x", "h"), ("kh", "h"), ("gh", "g"), ("ch", "c"), ("q", "k"), ("c", "k"), ("w", "v"), ("f", "v"), ("z", "s"), ("j", "g"), ("p", "b"), ("t", "d"))
"""Letters that one sound of another script is written with, each as the one that the skeleton keeps."""


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """A name as it is looked up: lower case, no accents, apostrophes or full stops, hyphens as blanks.

    >>> fold("Deir ez-Zôr")
    'deir ez zor'
    """
    folded = name.lower().translate(_SIGNS)
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return " ".join(folded.split())


def skeleton(key: str) -> str:
    """What two spellings of one foreign name share: the consonants of a folded name, alike ones as one, without article, doubling and "h".

    >>> skeleton("sloviansk") == skeleton("slovyansk"), skeleton("ad durayhimi") == skeleton("durayhimi")
    (True, True)
    """
    words = key.split()
    joined = "".join(w for w in words if w not in ARTICLES) or key.replace(" ", "")
    for written, kept in _LIKE:
        joined = joined.replace(written, kept)
    bones = re.sub(r"[^a-z]|[aeiouyh]", "", joined[1:])
    return re.sub(r"(.)\1+", r"\1", joined[:1] + bones)


def likeness(key: str, other: str) -> float:
    """How alike two folded names are written, from 0 to 1: the share of letters that they have in common and in order."""
    a, b = (" ".join(w for w in k.split() if w not in ARTICLES) or k for k in (key, other))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()
