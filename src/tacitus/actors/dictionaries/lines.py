"""The lines of a PETRARCH or TABARI dictionary: comments taken away, names and codes taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tacitus.actors.own.problems import PASSED_OVER, Problem

NULL_CODE = "---"
"""The code of what is no actor (or no event): it is there so that nothing else is found in it."""
_COMMENT = re.compile(r"[;#].*")
_XML = re.compile(r"<!--|-->")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]|\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that says something: its number from 1, whether it begins with white space, and its text without comments and white space around."""

    number: int
    indented: bool
    text: str


@dataclass(slots=True)
class Notes:
    """What a reader could not make use of."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, message: str, level: str = PASSED_OVER) -> None:
        """Note it."""
        self.problems.append(Problem(self.file, line, message, level))


def lines(text: str) -> Iterator[Line]:
    """The lines that say something. Comments go from ``;`` or ``#`` to the end of the line, or stand between ``<!--`` and ``-->``."""
    commented = False
    for number, raw in enumerate(text.splitlines(), 1):
        kept, at = "", 0
        for m in _XML.finditer(raw):
            kept += "" if commented else raw[at : m.start()]
            commented, at = m[0] == "<!--", m.end()
        kept += "" if commented else raw[at:]
        said = _COMMENT.sub("", kept).rstrip()
        if said.strip():
            yield Line(number, said[0].isspace(), said.strip())


def brackets(text: str) -> tuple[str, list[str]]:
    """What stands before the first code, and the insides of all ``[…]`` or, in old files, ``(…)`` after it."""
    found = list(_BRACKETS.finditer(text))
    return (text[: found[0].start()] if found else text).strip(), [(m[1] if m[1] is not None else m[2]).strip() for m in found]


def words_of(name: str) -> str:
    """A name with its underscores as spaces; TABARI's mark of the end of a word, a last underscore, says nothing here: names are matched as whole words."""
    return " ".join(name.replace("_", " ").split())
