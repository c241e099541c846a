"""The form under which names of places are compared: lower case, no accents, apostrophes or full stops, hyphens as blanks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "ð": "d"}
_SIGNS = str.maketrans(dict.fromkeys("'’‘`ʻʼʿʾ´.", "") | dict.fromkeys("-‐‑–/", " ") | _LETTERS)


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """A name as it is looked up.

    >>> fold("Deir ez-Zôr")
    'deir ez zor'
    """
    folded = name.lower().translate(_SIGNS)
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return " ".join(folded.split())
