"""Sentences of news copy, with character offsets.

A boundary is a full stop, question or exclamation mark (closing quotes and brackets with it) before white space and something that can begin a
sentence; a line break with an empty line ends one too. What keeps "Gen. Dunford", "U.S. officials" and "Oct. 4" together is the list of
abbreviations in ``data/abbreviations.csv``: titles, numbers and months never end a sentence, companies and countries ("Inc.", "U.S.")
may, before a word that commonly begins one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tacitus.config import table

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SENTENCE = 1200
"""Characters after which a "sentence" is cut at white space: text without full stops (tables, lists) stays digestible."""

_STOP = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s)|\n\s*\n""")
_BEFORE = re.compile(r"""[\w.&'’-]+$""")
_STARTERS = frozenset(
    "the a an in on at he she it they we i this that these those but and for after before when while as his her its their there officials "
    "mr mrs ms some many both no one two three last earlier meanwhile however since under according if".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its text and where it stands in the report, end exclusive."""

    text: str
    start: int
    end: int


@cache
def _abbreviations() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in table("language", "abbreviations")}


def _is_boundary(text: str, start: int, end: int) -> bool:
    """Whether the stop at ``text[start:end]`` ends a sentence."""
    if "\n" in text[start:end] or text[start] in "!?":
        following = text[end : end + 60].lstrip()
        return "\n" in text[start:end] or not following[:1].islower()
    following = text[end : end + 60].lstrip()
    if not following or following[0].islower():
        return not following
    first = following.lstrip("\"'“‘([")
    word = (m[0] if (m := re.match(r"[\w’'-]+", first)) else "").lower()
    before = _BEFORE.search(text[max(0, start - 20) : start])
    last = before[0].lower() if before else ""
    if text[start : start + 2] == ".." or text[start] == "…":
        return first[:1].isupper()
    kind = _abbreviations().get(last)
    if kind is None and re.fullmatch(r"(?:[a-z]\.)+[a-z]", last):
        kind = "end"
    if kind is None and len(last) == 1 and last.isalpha() and last != "i":
        kind = "title"
    if kind is None:
        return True
    if text[start + 1 : end]:  # a closing quote or bracket follows the abbreviation
        return True
    if kind in ("title", "inner"):
        return False
    if kind == "number":
        return not first[:1].isdigit()
    if kind == "month":
        return not first[:1].isdigit() and word in _STARTERS
    return word in _STARTERS


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order, without surrounding white space.

    >>> [s.text for s in split_sentences("Gen. Dunford met U.S. officials. They left.")]
    ['Gen. Dunford met U.S. officials.', 'They left.']
    """
    return list(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    begin = 0
    for m in _STOP.finditer(text):
        if m.start() >= begin and _is_boundary(text, m.start(), m.end()):
            yield from _trimmed(text, begin, m.end())
            begin = m.end()
    yield from _trimmed(text, begin, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = max(text.rfind(" ", start + 1, start + LONGEST_SENTENCE), text.rfind("\n", start + 1, start + LONGEST_SENTENCE))
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield Sentence(text[start:cut], start, cut)
        start = cut + 1 if text[cut : cut + 1].isspace() else cut
    if end > start:
        yield Sentence(text[start:end], start, end)
