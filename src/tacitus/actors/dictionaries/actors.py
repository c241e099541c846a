"""PETRARCH's and TABARI's actor dictionaries::

    MIRKO_VANDEL_ [RVAGOV 980101-20041231] ; prime minister
    +M._VANDEL_
        [RVAELI >20050101]
        [RVA]
    OLD_GUARD_ (RVAREB)

A name with its codes, ``+`` before its synonyms, codes on lines of their own. Of several codes the first whose dates hold counts, as in PETRARCH.
"""

from __future__ import annotations

import re

from tacitus.actors.dictionaries.dates import read_restriction
from tacitus.actors.dictionaries.lines import NULL_CODE, Line, Notes, brackets, lines, words_of
from tacitus.actors.gazetteer import Entry
from tacitus.actors.own.codes import check_code
from tacitus.actors.own.kinds import as_written, kind_of
from tacitus.actors.own.override import in_order
from tacitus.actors.own.problems import NOTE, Problem
from tacitus.errors import UnknownCodeError

Pair = tuple[str, Entry]
_CODE = re.compile(r"(?P<code>---|[A-Za-z0-9/~]+)\s*(?P<dates>.*)")
_NAME = re.compile(r"[\w .'’&/\-]+")


def read_actors(text: str, file: str) -> tuple[list[Pair], list[Problem]]:
    """The (name, entry) pairs of an actor dictionary, and what in it could not be used, each with its line."""
    notes = Notes(file)
    pairs: list[Pair] = []
    block = _Block()
    for line in lines(text):
        is_code = line.indented or line.text[0] in "[("
        if not is_code and not line.text.startswith("+"):
            pairs.extend(block.pairs(notes))
            block = _Block()
        block.take(line, notes)
    pairs.extend(block.pairs(notes))
    return pairs, notes.problems


class _Block:
    """A name, its synonyms and its codes."""

    def __init__(self) -> None:
        self.line = 0
        self.names: list[str] = []
        self.codes: list[tuple[int, str, str, str]] = []
        self.has_code = False

    def take(self, line: Line, notes: Notes) -> None:
        """One line of it."""
        self.line = self.line or line.number
        name, codes = brackets(line.text)
        misplaced = line.indented and not name.startswith("+")
        name = name.removeprefix("+").strip()
        if name and (misplaced or not _NAME.fullmatch(name) or not any(c.isalnum() for c in name)):
            notes.add(line.number, f"{line.text[:60]!r} is neither a name, a synonym (+) nor a code in brackets")
            return
        if name:
            self.names.append(words_of(name))
        for code in codes:
            self.has_code = True
            self._add(code, line.number, notes)

    def _add(self, text: str, number: int, notes: Notes) -> None:
        m = _CODE.fullmatch(text)
        if m is None:
            notes.add(number, f"[{text[:60]}] is no code")
        elif m["code"] == NULL_CODE:
            notes.add(number, "[---], no actor: the name is left to the other gazetteers", NOTE)
        else:
            try:
                doubt = check_code(m["code"])
                first, last = read_restriction(m["dates"])
            except (UnknownCodeError, ValueError) as e:
                notes.add(number, str(e))
                return
            if doubt:
                notes.add(number, doubt, NOTE)
            self.codes.append((number, m["code"], first, last))

    def pairs(self, notes: Notes) -> list[Pair]:
        """The entries of each of its names."""
        if not self.names:
            if self.codes:
                notes.add(self.line, "a code without a name before it")
            return []
        if not self.codes:
            if not self.has_code:
                notes.add(self.line, f"{self.names[0][:60]!r} has no code")
            return []
        name = as_written(self.names[0])
        dated = any(first or last for _, _, first, last in self.codes)
        kind = kind_of(name, self.codes[0][1], dated)
        entries = in_order(Entry(name, kind, code, first, last, "", f"{notes.file}:{number}") for number, code, first, last in self.codes)
        return [(as_written(n), e) for n in dict.fromkeys(self.names) for e in entries]
