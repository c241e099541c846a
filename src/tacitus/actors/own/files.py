"""A user's files of actors: what format each is in, by what it holds, and what they say together."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tacitus.actors.gazetteer import Entry, Gazetteer, shipped, shipped_entries
from tacitus.actors.own.override import override
from tacitus.actors.own.problems import Problem, refuse
from tacitus.actors.own.table import COLUMNS, is_header, read_table
from tacitus.errors import ActorsError
from tacitus.records import made_id

if TYPE_CHECKING:
    from tacitus.actors.dictionaries import Verbs

CSV, ACTORS, AGENTS, VERBS = "csv", "actors", "agents", "verbs"
MOST_BYTES = 64 << 20
"""Size of a file; the largest published dictionary has about 3 MB."""
LONGEST_LINE = 10_000
"""Characters of a dictionary's line: longer ones are none."""
VERSION_DIGITS = 8
"""Digits of a set of actors' version: enough to tell a user's own sets apart."""
_EVENT_CODE = re.compile(r"\d{2,4}(?::\d{2,4})?")
_ODD_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Where Python breaks lines and editors, by whose line numbers problems are found, do not."""
_VERB_LINE = re.compile(r"---.*---|-\s.*\[")


@dataclass(frozen=True, slots=True)
class ActorsFile:
    """One file: its ``format``, the (name, entry) pairs or the verbs it holds, and what is wrong with it."""

    path: str
    format: str
    entries: tuple[tuple[str, Entry], ...] = ()
    verbs: Verbs | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class OwnActors:
    """A user's actors, of all files in their order: where two files have one name, the first one's rows count on the days on which they hold."""

    entries: tuple[tuple[str, Entry], ...]
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @cached_property
    def version(self) -> str:
        """Tells sets apart that say different things; comments, order of columns and file names change nothing."""
        return made_id(*("\x1e".join((name, e.kind, e.code, e.start, e.end, e.office, e.name)) for name, e in self.entries))[:VERSION_DIGITS]

    def gazetteer(self) -> Gazetteer:
        """The shipped gazetteer with these rows over it."""
        return Gazetteer(override(shipped_entries(), self.entries)) if self.entries else shipped()


def read_own(paths: Iterable[str | os.PathLike[str]]) -> OwnActors:
    """What files of actors say together.

    Args:
        paths: CSV tables (``own.table``), PETRARCH or TABARI dictionaries of actors or agents.

    Raises:
        ActorsError: a file is missing, of no known format or a dictionary of verbs, or a table has rows that cannot be used; with file and line.
    """
    entries: list[tuple[str, Entry]] = []
    problems: list[Problem] = []
    for path in paths:
        file = read_file(path)
        if file.format == VERBS:
            raise ActorsError(f"{file.path}: is a dictionary of verbs, which names no actors: `tacitus explain --verbs` shows its codes")
        problems.extend(file.problems)
        new = override(file.entries, entries) if entries else list(file.entries)
        entries = new
    refuse(problems)
    return OwnActors(tuple(entries), tuple(problems))


def read_file(path: str | os.PathLike[str]) -> ActorsFile:
    """One file of any of the formats, told apart by what it holds; what is wrong in it is told, not raised.

    Raises:
        ActorsError: it is missing, too large, no text, or of none of the formats.
    """
    from tacitus.actors.dictionaries import read_actors, read_agents, read_verbs  # here: they read codes and kinds with modules of this folder

    shown = os.fspath(path)
    text = _text(Path(path), shown)
    found = _format(text)
    long = [] if found == CSV else _too_long(text, shown)
    if long:
        text = "\n".join("" if len(line) > LONGEST_LINE else line for line in text.splitlines())
    if found == CSV:
        entries, problems = read_table(text, shown)
    elif found == ACTORS:
        entries, problems = read_actors(text, shown)
    elif found == AGENTS:
        entries, problems = read_agents(text, shown)
    elif found == VERBS:
        verbs = read_verbs(text, shown)
        return ActorsFile(shown, VERBS, (), verbs, (*long, *verbs.problems))
    else:
        raise ActorsError(
            f"{shown}: is no file of actors: neither a table with a header like {','.join(COLUMNS)} nor a PETRARCH or TABARI dictionary "
            "(NAME_ [CODE], NOUN_ [~CODE], VERB [112])"
        )
    return ActorsFile(shown, found, tuple(entries), None, (*long, *problems))


def _too_long(text: str, shown: str) -> list[Problem]:
    return [Problem(shown, n, f"has {len(line):,} characters") for n, line in enumerate(text.splitlines(), 1) if len(line) > LONGEST_LINE]


def _text(path: Path, shown: str) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ActorsError(f"{shown}: has more than {MOST_BYTES >> 20} MB: this is no file of actors")
        raw = path.read_bytes()
    except OSError as e:
        raise ActorsError(f"{shown}: cannot be read: {e.strerror}") from e
    if b"\0" in raw:
        raise ActorsError(f"{shown}: is no text file; save it as text in UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # as spreadsheets save, and, without quotation marks and dashes, the dictionaries of the 1990s
    return _ODD_BREAKS.sub(" ", text)


def _format(text: str) -> str | None:
    first = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    if is_header(first):
        return CSV
    from tacitus.actors.dictionaries.lines import brackets, lines

    votes: Counter[str] = Counter()
    for line in lines(text):
        if line.text.startswith("!"):
            votes[AGENTS] += 1
        if _VERB_LINE.match(line.text) or line.text.startswith("&"):
            votes[VERBS] += 1
        for code in brackets(line.text)[1]:
            if "~" in code:
                votes[AGENTS] += 1
            elif _EVENT_CODE.fullmatch(code):
                votes[VERBS] += 1
            elif code[:3].isalpha() and code[:3].isupper():
                votes[ACTORS] += 1
    return votes.most_common(1)[0][0] if votes else None
