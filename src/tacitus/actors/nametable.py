"""Names of several words looked up in texts: the hash table behind the gazetteer's matches.

A name's hash is made of its words' (``wordhash``). A small table of bytes, indexed by some bits of a hash, tells at once of nearly every word that no name
begins so; only what passes is looked up among the sorted hashes of the names. Two different names with one 64-bit hash would be taken for each other: of
a hundred thousand names and a million words that is to be expected once in a hundred million texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tacitus.actors.wordhash import MASK, Hashes, Numbers, Words, hash_of, read_words

STEP, MIX = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xBF58476D1CE4E5B9)
"""Odd numbers with well-mixed bits (from the splitmix64 and rrmxmx generators): what a phrase's hash is multiplied by at each word, and a hash for its slot."""
BITS = 18
"""Slots of the first table: 2^18 bytes lie in a core's second-level cache and are one in five full with 40,000 names."""
_SHIFT = np.uint64(64 - BITS)
WHOLE, BEGUN = 1, 2


class Hits(NamedTuple):
    """Names found in words: number of the first word, how many words, number of the name's key; all lengths at a word, the shorter ones first."""

    first: Numbers
    length: Numbers
    key: Numbers


def hash_names(names: Sequence[str]) -> tuple[Hashes, Numbers, Words]:
    """For each name its hash (0 where it has no word) and the number of its first word among the words of all names, with one more at the end."""
    text = "\n".join(names)
    if text.count("\n") >= len(names):  # a name with a line break of its own
        text = "\n".join(" ".join(name.split("\n")) for name in names)
    words = read_words(text)
    begins = np.zeros(len(names) + 1, np.int64)
    np.cumsum(np.fromiter((len(name) + 1 for name in names), np.int64, len(names)), out=begins[1:])
    first = np.searchsorted(words.starts, begins)
    hashes = np.zeros(len(names), np.uint64)
    lengths = np.diff(first)
    for n in range(int(lengths.max(initial=0))):
        going = (lengths > n).nonzero()[0]
        hashes[going] = hashes[going] * STEP + words.hashes[first[going] + n]
    return hashes, first, words


class NameTable:
    """The distinct hashes of names (their keys, in order) and which hashes begin one."""

    def __init__(self, hashes: Hashes, first: Numbers, words: Words) -> None:
        lengths = np.diff(first)
        self.keys, self.key_of = np.unique(hashes, return_inverse=True)
        self._slots = np.zeros(1 << BITS, np.uint8)
        begun = np.zeros(len(hashes), np.uint64)
        for n in range(int(lengths.max(initial=0))):
            going = (lengths > n).nonzero()[0]
            begun[going] = begun[going] * STEP + words.hashes[first[going] + n]
            done = lengths[going] == n + 1
            for state, which in ((WHOLE, going[done]), (BEGUN, going[~done])):
                self._slots[_slot(begun[which])] |= np.uint8(state)

    def find(self, hashes: Hashes) -> Hits:
        """Every name that stands in a text's words."""
        found: list[tuple[Numbers, Numbers, Numbers]] = []
        at, phrase = np.arange(len(hashes)), hashes
        length = 1
        while len(at):
            state = self._slots[_slot(phrase)]
            if len(whole := (state & WHOLE).nonzero()[0]):
                keys = self.keys_of(phrase[whole])
                known = (keys >= 0).nonzero()[0]
                found.append((at[whole[known]], np.full(len(known), length), keys[known]))
            on = (state >= BEGUN).nonzero()[0]
            if len(on) and at[on[-1]] + length == len(hashes):  # the last word: nothing follows
                on = on[:-1]
            at = at[on]
            phrase = phrase[on] * STEP + hashes[at + length]
            length += 1
        if not found:
            return Hits(*[np.empty(0, np.int64)] * 3)
        return Hits(*(np.concatenate(column) for column in zip(*found, strict=True)))

    def key(self, folded_words: Iterable[str]) -> int:
        """The key of one name, -1 where there is none."""
        phrase = 0
        for word in folded_words:
            phrase = (phrase * int(STEP) + hash_of(word)) & MASK
        return self._numbers.get(phrase, -1)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {phrase: key for key, phrase in enumerate(self.keys.tolist())}

    def keys_of(self, hashes: Hashes) -> Numbers:
        """The keys of hashes of whole names, -1 where there is none."""
        if not len(self.keys):
            return np.full(len(hashes), -1, np.int64)
        keys: Numbers = self.keys.searchsorted(hashes)
        keys[keys == len(self.keys)] = 0
        keys[self.keys[keys] != hashes] = -1
        return keys


def _slot(hashes: Hashes) -> npt.NDArray[np.uint64]:
    slots: npt.NDArray[np.uint64] = (hashes * MIX) >> _SHIFT
    return slots
