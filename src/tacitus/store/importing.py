"""Another producer's file into a store: idempotent, resumable, and told in the ledger like any other source."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from itertools import islice

from tacitus.records import Event
from tacitus.store.database import EventStore
from tacitus.store.ledger import LeftOut, Progress

BATCH = 1_000
"""Events of a transaction: some 0.2 s where the machine is busy, so that others who write wait little."""

Listener = Callable[[LeftOut], None]


@dataclass(slots=True)
class Imported:
    """What came of a file so far: ``read`` rows that hold an event (``added`` or ``known`` before), ``left_out`` those that do not, and whether the file was
    ``finished`` before and nothing was done. ``superseded``: another process imports the same file and goes on with it."""

    read: int = 0
    added: int = 0
    known: int = 0
    left_out: int = 0
    finished: bool = False
    superseded: bool = False


def import_file(
    store: EventStore, name: str, fingerprint: str, producer: str, read: Callable[[Listener], Iterable[Event]], *, at: str, told: Listener
) -> Generator[Imported, None, None]:
    """Import a file's events, marked as the producer's; gives the state after each transaction (the same object, which grows).

    A file that was imported whole is not read again; one whose import was cut off is taken up where it was.

    Args:
        name, fingerprint: what makes it this file; other content is another source.
        producer: under which name its events stand (``events --producer NAME``).
        read: reads the file's events in their order, telling rows that are none to the listener that it gets.
        at: ISO timestamp of now.
        told: is told of each row that was left out.

    Raises:
        StoreError: see ``EventStore``. What ``read`` raises passes through; the source then counts as failed and is taken up again next time.
    """
    source = store.begin_source(name, f"import {producer}", fingerprint, at)
    state = Imported(finished=source.state == "finished")
    if state.finished:
        yield state
        return
    done = int(source.position or 0)
    problems: list[LeftOut] = []
    events = iter(read(problems.append))
    try:
        for _ in islice(events, done):
            problems.clear()  # the ledger holds them already
        while True:
            batch = list(islice(events, BATCH))
            done += len(batch)
            left_out = tuple(problems)
            problems.clear()
            added = store.import_events(batch, producer=producer, at=at, progress=Progress(source, str(done), (), left_out))
            for each in (*left_out, *added.refused):
                told(each)
            state.read += len(batch)
            state.added += added.events
            state.known += added.known
            state.left_out += len(left_out) + len(added.refused)
            state.superseded = added.superseded
            yield state
            if added.superseded:
                return
            if len(batch) < BATCH:
                break
    except BaseException:
        store.finish_source(source, at=at, failed=True)
        raise
    store.finish_source(source, at=at)
