"""All words of a text at once, as numbers: where each begins and ends, a hash of its folded form, and whether it begins with a capital.

The words are those of ``tokens.tokenise``, and words have one hash where ``tokens.fold`` gives them one form; both are arrived at by passes over the
whole text in compiled code instead of one over each word in Python, at some thirty times the speed. A text's characters become bytes first: letters with
accents the plain letter, and what does not fold to one ASCII character (ß, Cyrillic) a mark; only words with that mark go through ``fold`` themselves.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tacitus.actors.tokens import DOTTED, fold

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

BASE = 0x9E3779B97F4A7C15
"""Of the polynomial whose value modulo 2^64 is a word's hash: 2^64 over the golden ratio, odd, so that it has an inverse."""
MASK = (1 << 64) - 1
BLOCK = 1 << 15
"""Characters hashed at a time: their arrays stay in a core's cache."""

_SPACE, _APOSTROPHE, _STRANGE = 0x20, 0x27, 0x80
_WORD_BYTES = bytes(b for b in range(128) if chr(b).isalnum() or chr(b) == "_") + bytes([_STRANGE])
_CLASSES = bytes(1 if b in _WORD_BYTES else 2 if b == _APOSTROPHE else 0 for b in range(256))
_LOWER = bytes(ord(chr(b).lower()) if b < 128 else b for b in range(256))
_NO_WORD = bytes(b for b in range(256) if b not in _WORD_BYTES)
_UPPER = np.array([65 <= b <= 90 for b in range(256)])


class Words(NamedTuple):
    """The words of a text in order, an array a field; offsets in characters, ends exclusive."""

    hashes: Hashes
    starts: Numbers
    ends: Numbers
    capitals: Flags


def read_words(text: str) -> Words:
    """The words of a text of any length."""
    if len(text) <= BLOCK:
        return _read_block(text)
    parts, start = [], 0
    while start < len(text):
        cut = start + BLOCK
        while cut < len(text) and not text[cut].isspace():  # no word holds a space
            cut += 1
        block = _read_block(text[start:cut])
        parts.append(Words(block.hashes, block.starts + start, block.ends + start, block.capitals))
        start = cut
    return Words(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def hash_of(folded: str) -> int:
    """The hash of one folded word."""
    value, power = 0, 1
    for c in folded:
        value += ord(c) * power
        power = power * BASE & MASK
    return value & MASK


def _read_block(text: str) -> Words:
    raw = _as_bytes(text)
    letters = np.frombuffer(raw, np.uint8)
    classes = np.frombuffer(raw.translate(_CLASSES), np.uint8)
    inside = np.zeros(len(raw) + 2, np.bool_)  # a separator before the text and one after it
    np.equal(classes, 1, out=inside[1:-1])
    apostrophes = _joining(raw, classes)
    inside[apostrophes + 1] = True
    breaks, dots = _join_dotted(text, raw, letters, inside)
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    if breaks:  # a word right after an abbreviation ("U.S.Army"): its start and the other's end are one place
        edges = np.sort(np.concatenate([edges, np.repeat(np.array(breaks, np.int64), 2)]))
    starts, ends = edges[::2], edges[1::2]
    lengths = ends - starts
    if len(apostrophes) or dots:
        skipped = np.concatenate([apostrophes[inside[apostrophes + 1]], np.array(dots, np.int64)])
        lengths -= np.bincount(starts.searchsorted(skipped, "right") - 1, minlength=len(starts))
    last = lengths.cumsum()
    first = last - lengths
    if len(apostrophes):
        owner = starts.searchsorted(apostrophes, "right") - 1
        possessive = (apostrophes == ends[owner] - 2) & ((letters[apostrophes + 1] | 0x20) == ord("s")) & inside[apostrophes + 1]
        if not text.isascii():
            possessive &= np.array([text[i + 1] in "sS" for i in apostrophes.tolist()], np.bool_)  # not the plain letter of another ("ŝ")
        last[owner[possessive]] -= 1
    hashes = _hashes(raw.translate(_LOWER, _NO_WORD), first, last)
    capitals = _UPPER[letters[starts]]
    if not text.isascii():
        _fold_strange(text, letters, Words(hashes, starts, ends, capitals))
    return Words(hashes, starts, ends, capitals)


def _as_bytes(text: str) -> bytes:
    """A byte a character: itself where it is ASCII, else what stands for it."""
    if text.isascii():
        return text.encode("ascii")
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    out = points.astype(np.uint8)
    high = (points > 127).nonzero()[0]
    distinct, which = np.unique(points[high], return_inverse=True)
    out[high] = np.array([_stand_in(int(point)) for point in distinct], np.uint8)[which]
    return out.tobytes()


@lru_cache(maxsize=1 << 14)
def _stand_in(point: int) -> int:
    """The byte for a character beyond ASCII."""
    char = chr(point)
    if char == "’":
        return _APOSTROPHE
    if not char.isalnum():
        return _SPACE
    plain = fold(char)
    if len(plain) != 1 or not plain.isascii() or not plain.isalnum() or (char.isupper() and not plain.isalpha()):
        return _STRANGE
    return ord(plain.upper() if char.isupper() else plain)


def _joining(raw: bytes, classes: npt.NDArray[np.uint8]) -> Numbers:
    """Where an apostrophe stands between two characters of a word."""
    if b"'" not in raw:
        return np.empty(0, np.int64)
    found = (classes == 2).nonzero()[0]
    found = found[(found > 0) & (found < len(raw) - 1)]
    joined: Numbers = found[(classes[found - 1] == 1) & (classes[found + 1] == 1)]
    return joined


def _join_dotted(text: str, raw: bytes, letters: npt.NDArray[np.uint8], inside: Flags) -> tuple[list[int], list[int]]:
    """Make each abbreviation with full stops one word in ``inside``; returns where a word begins right after one, and where the full stops are."""
    breaks: list[int] = []
    dots: list[int] = []
    if raw.count(b".") < 2:
        return breaks, dots
    found = (letters == ord(".")).nonzero()[0]
    done = 0
    for dot in found[:-1][np.diff(found) == 2].tolist():
        start = dot - 1
        if start < done or (inside[start] and start != done) or not (m := DOTTED.match(text, start)):
            continue
        done = m.end()
        inside[start + 1 : done + 1] = True
        dots.extend(i for i in range(start, done) if text[i] == ".")
        if raw[done : done + 1] == b"'":
            inside[done + 1] = False
        elif inside[done + 1]:
            breaks.append(done)
    return breaks, dots


@lru_cache(maxsize=2)
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """The powers of ``BASE`` and of its inverse."""
    powers, inverses = np.full(size + 1, BASE, np.uint64), np.full(size + 1, pow(BASE, -1, 1 << 64), np.uint64)
    powers[0] = inverses[0] = 1
    return np.cumprod(powers), np.cumprod(inverses)


def _hashes(chars: bytes, first: Numbers, last: Numbers) -> Hashes:
    """The hashes of ``chars[first:last]``: differences of running sums, brought down to the first power."""
    powers, inverses = _powers(max(BLOCK, 1 << len(chars).bit_length()))
    sums = np.zeros(len(chars) + 1, np.uint64)
    np.cumsum(np.frombuffer(chars, np.uint8) * powers[: len(chars)], out=sums[1:])
    hashes: Hashes = (sums[last] - sums[first]) * inverses[first]
    return hashes


def _fold_strange(text: str, letters: npt.NDArray[np.uint8], words: Words) -> None:
    """Words with a character that has no plain form, one by one."""
    marks = (letters == _STRANGE).nonzero()[0]
    for i in np.unique(np.searchsorted(words.starts, marks, "right") - 1).tolist():
        raw = text[words.starts[i] : words.ends[i]]
        words.hashes[i] = hash_of(fold(raw))
        words.capitals[i] = raw[0].isupper()
