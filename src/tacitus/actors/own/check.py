"""What a reader of a user's file can't see in one row: rows that say different things of one day, and what they change in the shipped gazetteers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from tacitus.actors.gazetteer import PERSON, Entry, shipped, shipped_entries
from tacitus.actors.own.files import ActorsFile
from tacitus.actors.own.override import overlap
from tacitus.actors.own.problems import NOTE, OVERLAP, Problem
from tacitus.actors.tokens import tokenise
from tacitus.ontology import elements

Pair = tuple[str, Entry]


def check(file: ActorsFile) -> list[Problem]:
    """Everything that is wrong with a file, or only to be known, by line."""
    problems = {*file.problems, *_one_name(file), *_one_office(file), *_clashes(file)}
    return sorted(problems, key=lambda p: (p.line, p.level, p.message))


def _one_name(file: ActorsFile) -> Iterator[Problem]:
    """Rows of one name and kind with different codes on one day: of each row only the first other that it contradicts."""
    by_name: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for name, entry in file.entries:
        by_name[" ".join(t.folded for t in tokenise(name)), entry.kind].append((name, entry))
    for pairs in by_name.values():
        for number, (name, b) in enumerate(pairs):
            if a := next((a for _, a in pairs[:number] if a.code != b.code and overlap(a, b)), None):
                yield Problem(file.path, _line(b), f"{name!r} is {b.code} {_time(b)}, but {a.code} {_time(a)} in line {_line(a)}", OVERLAP)


def _one_office(file: ActorsFile) -> Iterator[Problem]:
    """Two people in one office of one country on one day; of each row, too, only the first other."""
    holders: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in _rows(file):
        if entry.kind == PERSON and entry.office:
            holders[elements(entry.code)[0], entry.office.casefold()].append(entry)
    for (head, office), entries in holders.items():
        in_order = sorted(entries, key=_line)
        for number, b in enumerate(in_order):
            if a := next((a for a in in_order[:number] if a.name != b.name and overlap(a, b)), None):
                both = f"{b.name!r} {_time(b)} and {a.name!r} {_time(a)} (line {_line(a)})"
                yield Problem(file.path, _line(b), f"two are {office} of {head} on one day: {both}", OVERLAP)
    yield from _shipped_holders(file, holders)


def _shipped_holders(file: ActorsFile, holders: dict[tuple[str, str], list[Entry]]) -> Iterator[Problem]:
    """Whom the shipped tables have in an office on the days of the user's rows, unless the user has rows of that name."""
    if not holders:
        return
    own_names = {entry.name for entry in _rows(file)}
    for entry in dict.fromkeys(e for _, e in shipped_entries() if e.kind == PERSON and e.office):
        for own in holders.get((elements(entry.code)[0], entry.office.casefold()), ()):
            if entry.name != own.name and entry.name not in own_names and overlap(own, entry):
                said = f"the shipped tables have {entry.name!r} as {entry.office} of {elements(entry.code)[0]} {_time(entry)}"
                yield Problem(file.path, _line(own), f"{said}: give {entry.name!r} a row with its end if {own.name!r} came after", NOTE)


def _clashes(file: ActorsFile) -> Iterator[Problem]:
    """Shipped rows of the same name that say otherwise on the same days: the user's beat them."""
    known = cache(shipped().named)
    for name, own in file.entries:
        for entry in dict.fromkeys(known(name)):
            if entry.code != own.code and overlap(own, entry):
                yield Problem(file.path, _line(own), f"{name!r} is {entry.code} {_time(entry)} in the shipped {entry.origin}: yours beats it", NOTE)


def _rows(file: ActorsFile) -> Iterable[Entry]:
    return dict.fromkeys(entry for _, entry in file.entries)


def _line(entry: Entry) -> int:
    return int(entry.origin.rpartition(":")[2])


def _time(entry: Entry) -> str:
    if not entry.start and not entry.end:
        return "always"
    return f"{'from ' + entry.start if entry.start else ''}{' ' if entry.start and entry.end else ''}{'to ' + entry.end if entry.end else ''}"
