"""The user's rows over the shipped ones: on the days on which a row of the user's holds, the shipped rows of its name do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tacitus.actors.gazetteer import Entry
from tacitus.actors.nametable import hash_names

Pair = tuple[str, Entry]
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
_DAY = timedelta(days=1)


def override(shipped: Iterable[Pair], own: Sequence[Pair]) -> list[Pair]:
    """The user's pairs, then what is left of the shipped ones.

    A row whose own name (not only an alias) the user has too loses those days under all its names: who writes "John Kerry" anew means "John F. Kerry" too.
    """
    pairs = list(shipped)
    own_keys = _keys([name for name, _ in own])
    keys = _keys([name for name, _ in pairs])
    rows_of: dict[int, list[Entry]] = defaultdict(list)
    for key, (_, entry) in zip(own_keys, own, strict=True):
        rows_of[key].append(entry)
    by_row = {id(entry): key for key, (name, entry) in zip(keys, pairs, strict=True) if key in rows_of and name == entry.name}
    out = list(own)
    for key, (name, entry) in zip(keys, pairs, strict=True):
        beating = rows_of.get(by_row.get(id(entry), key))
        if beating is None:
            out.append((name, entry))
        else:
            out.extend((name, left) for left in without_days(entry, beating))
    return out


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries of one name of which the first that holds on a day counts, as entries no two of which hold on one day."""
    out: list[Entry] = []
    for entry in entries:
        out.extend(without_days(entry, out))
    return out


def without_days(entry: Entry, others: Iterable[Entry]) -> list[Entry]:
    """What is left of an entry's time without the days on which others hold: nothing, itself, or pieces of it."""
    left = [entry]
    for other in others:
        start, end = _first(other), _last(other)
        left = [piece for e in left for piece in _around(e, start, end)]
    return left


def overlap(a: Entry, b: Entry) -> bool:
    """Whether there is a day on which both hold."""
    return _first(a) <= _last(b) and _first(b) <= _last(a)


def _around(entry: Entry, start: str, end: str) -> list[Entry]:
    if _last(entry) < start or _first(entry) > end:
        return [entry]
    pieces = []
    if _first(entry) < start:
        pieces.append(replace(entry, end=_moved(start, -_DAY)))
    if _last(entry) > end:
        pieces.append(replace(entry, start=_moved(end, _DAY)))
    return pieces


def _first(entry: Entry) -> str:
    return (entry.start + FIRST_DAY[len(entry.start) :]) if entry.start else FIRST_DAY


def _last(entry: Entry) -> str:
    """The last day; of a month, its 31st, though it may have none: only the order of days matters."""
    return (entry.end + LAST_DAY[len(entry.end) :]) if entry.end else LAST_DAY


def _moved(day: str, by: timedelta) -> str:
    year, month, number = int(day[:4]), int(day[5:7]), int(day[8:])
    while True:  # from a month's 31st down to its last day
        try:
            return (date(year, month, number) + by).isoformat()
        except ValueError:
            number -= 1


def _keys(names: Sequence[str]) -> list[int]:
    hashes, _, _ = hash_names([name.removeprefix("the ") for name in names])
    return list(map(int, hashes.tolist()))
