"""A sentence as the model reads it: word pieces with their letter shapes, and the words they belong to.

The encoder's vocabulary is uncased, so what capitals tell is given beside it as one of eight shapes a piece. Training uses this module too: what
the model is trained on and what it reads are the same by construction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MAX_PIECES = 192
"""Pieces of a sentence that are read; what is longer is cut (the longest sentence of news copy met so far had 150)."""

SHAPE_SPECIAL, SHAPE_LOWER, SHAPE_TITLE, SHAPE_UPPER, SHAPE_INITIAL, SHAPE_DIGITS, SHAPE_MIXED, SHAPE_OTHER = range(8)


def shape(word: str) -> int:
    """The letter shape of a word: lower case, Title, UPPER, one capital, digits, MiXed, other signs."""
    if word.isdigit():
        return SHAPE_DIGITS
    if not word[0].isalnum():
        return SHAPE_OTHER
    if word.islower():
        return SHAPE_LOWER
    if len(word) == 1:
        return SHAPE_INITIAL
    if word.isupper():
        return SHAPE_UPPER
    return SHAPE_TITLE if word[0].isupper() and word[1:].islower() else SHAPE_MIXED


@dataclass(frozen=True, slots=True)
class Pieces:
    """One sentence: parallel ``ids`` and ``shapes`` a piece; a word (start, end, first piece) for each run of letters or single sign."""

    text: str
    ids: list[int]
    shapes: list[int]
    words: list[tuple[int, int, int]]
    owner: list[int]  # word index of each piece, -1 for the special ones

    def word_span(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last word (inclusive) that overlap characters ``start:end``; None if none was read."""
        inside = [i for i, (a, b, _) in enumerate(self.words) if a < end and b > start]
        return (inside[0], inside[-1]) if inside else None

    def piece_span(self, start: int, end: int) -> list[int]:
        """The pieces of the words that overlap characters ``start:end``."""
        span = self.word_span(start, end)
        if span is None:
            return []
        return [i for i, w in enumerate(self.owner) if span[0] <= w <= span[1]]


class PieceReader:
    """Turns sentences into pieces with a WordPiece vocabulary (``tokenizer.json``)."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)

    def read(self, sentences: Sequence[str]) -> list[Pieces]:
        """One ``Pieces`` a sentence."""
        out = []
        for text, encoding in zip(sentences, self._tokenizer.encode_batch(list(sentences)), strict=True):
            words: list[tuple[int, int, int]] = []
            shapes, owner = [], []
            last = None
            for i, (word, (start, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
                if word is None:
                    shapes.append(SHAPE_SPECIAL)
                    owner.append(-1)
                    continue
                if word != last:
                    words.append((start, end, i))
                    last = word
                else:
                    words[-1] = (words[-1][0], end, words[-1][2])
                owner.append(len(words) - 1)
                shapes.append(-1)
            word_shapes = [shape(text[a:b]) if b > a else SHAPE_OTHER for a, b, _ in words]
            out.append(Pieces(text, encoding.ids, [SHAPE_SPECIAL if w < 0 else word_shapes[w] for w in owner], words, owner))
        return out
