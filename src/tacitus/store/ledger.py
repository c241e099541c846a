"""The ledger of sources: what was read, how far, and what came of it, so that an ingest that dies goes on where it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tacitus.records import Report
from tacitus.store.keys import well_formed

State = Literal["reading", "finished", "failed"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a source that did not become a report: where it stands (a file, line or offset), what kind of problem, and the reason in words."""

    place: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the ledger holds it.

    ``position`` is whatever the reader needs to go on, None at the beginning; ``run`` counts how often the source was taken up; ``read`` = ``added`` +
    ``known`` + what of ``left_out`` was read; ``events`` are those of the added reports; times are ISO timestamps.
    """

    key: int
    name: str
    kind: str
    fingerprint: str
    run: int
    position: str | None
    read: int
    added: int
    known: int
    left_out: int
    events: int
    state: State
    started: str
    finished: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reader got with a batch: written in the batch's own transaction, so that the ledger never tells more or less than the store holds.

    Args:
        source: what ``begin_source`` gave.
        position: where to go on after this batch.
        known: reports of the batch that were not even coded, as the store holds them already.
        left_out: what could not be read.
    """

    source: Source
    position: str | None
    known: tuple[Report, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def begin(connection: sqlite3.Connection, name: str, kind: str, fingerprint: str, at: str, again: bool) -> Source:
    """Take up a source: a new one, one that a dead process left, or a finished one (``again``: from its beginning)."""
    name, fingerprint = well_formed(name), well_formed(fingerprint)
    connection.execute(
        "INSERT INTO sources (name, kind, fingerprint, run, state, started) VALUES (?, ?, ?, 0, 'reading', ?) ON CONFLICT DO NOTHING",
        (name, kind, fingerprint, at),
    )
    found = next(sources(connection, "name = ? AND kind = ? AND fingerprint = ?", (name, kind, fingerprint)))
    if found.state == "finished" and not again:
        return found
    if found.state == "finished":
        connection.execute("DELETE FROM left_out WHERE source = ?", (found.key,))
        connection.execute(
            "UPDATE sources SET position = NULL, read = 0, added = 0, known = 0, left_out = 0, events = 0, started = ? WHERE key = ?", (at, found.key)
        )
    connection.execute("UPDATE sources SET run = run + 1, state = 'reading', finished = NULL WHERE key = ?", (found.key,))
    return next(sources(connection, "key = ?", (found.key,)))


def advance(connection: sqlite3.Connection, progress: Progress, at: str, added: int, known: int, events: int, refused: tuple[LeftOut, ...]) -> bool:
    """Write a batch's progress; False, and nothing written, where another process has taken the source up since."""
    left_out = (*progress.left_out, *refused)
    changed = connection.execute(
        "UPDATE sources SET position = ?, read = read + ?, added = added + ?, known = known + ?, left_out = left_out + ?, events = events + ? "
        "WHERE key = ? AND run = ? AND state = 'reading'",
        (progress.position, added + known + len(left_out), added, known, len(left_out), events, progress.source.key, progress.source.run),
    )
    if not changed.rowcount:
        return False
    leave_out(connection, progress.source.key, left_out, at)
    return True


def leave_out(connection: sqlite3.Connection, source: int, left_out: Iterable[LeftOut], at: str) -> None:
    """Note what was left out of a source (its count is the caller's)."""
    connection.executemany(
        "INSERT INTO left_out (source, place, kind, reason, at) VALUES (?, ?, ?, ?, ?)",
        ((source, well_formed(x.place), x.kind, well_formed(x.reason), at) for x in left_out),
    )


def finish(connection: sqlite3.Connection, source: Source, at: str, state: State) -> bool:
    """Close a source; False where another process has taken it up since."""
    changed = connection.execute(
        "UPDATE sources SET state = ?, finished = ? WHERE key = ? AND run = ? AND state = 'reading'", (state, at, source.key, source.run)
    )
    return bool(changed.rowcount)


def sources(connection: sqlite3.Connection, where: str = "1", params: tuple[object, ...] = ()) -> Iterator[Source]:
    """The sources that meet a condition of ours, oldest first."""
    columns = ", ".join(Source.__dataclass_fields__)
    for row in connection.execute(f"SELECT {columns} FROM sources WHERE {where} ORDER BY key", params):  # noqa: S608 - conditions of ours only
        yield Source(*row)


def left_out_of(connection: sqlite3.Connection, source: int) -> Iterator[LeftOut]:
    """What was left out of a source, in its order."""
    for row in connection.execute("SELECT place, kind, reason FROM left_out WHERE source = ? ORDER BY key", (source,)):
        yield LeftOut(*row)
