"""The words of a text, as the gazetteers compare them: without accents, case, full stops and possessive endings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

DOTTED = re.compile(r"(?:[A-Za-z]\.){2,}[A-Za-z]?")
"""An abbreviation with full stops, which is one word ("U.S.")."""
TOKEN = re.compile(DOTTED.pattern + r"|\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text with its folded form and character offsets."""

    raw: str
    folded: str
    start: int
    end: int


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word without accents, case, full stops and possessive ending."""
    word = word.replace("’", "'").replace(".", "")
    if word.endswith(("'s", "'S")):
        word = word[:-2]
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word.replace("'", "").casefold()


def tokenise(text: str) -> list[Token]:
    """The words of a text; hyphens and other signs separate."""
    return [Token(m[0], fold(m[0]), m.start(), m.end()) for m in TOKEN.finditer(text)]
