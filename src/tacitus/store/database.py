"""The event store: one SQLite file that many processes may write at once, in which nothing is lost and nothing is there twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from tacitus.errors import StoreError
from tacitus.records import Event, Report
from tacitus.store import health, ledger, reading, writing
from tacitus.store.connection import connect, errors_of, make_durable, transaction
from tacitus.store.filters import EventFilter
from tacitus.store.keys import well_formed
from tacitus.store.ledger import LeftOut, Progress, Source
from tacitus.store.reading import DyadMonth
from tacitus.store.rows import events_by_key
from tacitus.store.schema import migrate, require_current
from tacitus.store.writing import Added, Known, Recoded

EVERY_EVENT = EventFilter()


class EventStore:
    """A store, open. Each process and each thread opens its own.

    >>> with EventStore("news.tacitus") as store:  # doctest: +SKIP
    ...     store.add(tacitus.Coder().code_many(reports), coder="tacitus 0.1", at="2026-11-22T12:00:00Z")

    Args:
        path: the file.
        create: make it if it is not there.
        readonly: change nothing, not even the schema's version.

    Attributes:
        on_step: told 'before commit' and 'after commit' of every transaction; tests break off there.

    Raises:
        StoreError: here and in every method: the file is not there, no store, damaged, newer than this Tacitus, locked for too long, its disk is full or
            cannot be written. A step that raises has changed nothing.
    """

    def __init__(self, path: str | Path, create: bool = True, readonly: bool = False) -> None:
        self.path = Path(path).absolute()
        self.readonly = readonly
        self.on_step: Callable[[str], None] | None = None
        if create and not readonly and not self.path.parent.is_dir():
            raise StoreError(f"{self.path}: there is no folder {self.path.parent}: make it first")
        with errors_of(self.path):
            self._connection = connect(self.path, "read" if readonly else "create" if create else "write")
            try:
                if readonly:
                    require_current(self._connection, self.path)
                else:
                    migrate(self._connection, self.path)
                    make_durable(self._connection)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with errors_of(self.path):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with errors_of(self.path):
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with errors_of(self.path), transaction(self._connection, self.on_step):
            yield self._connection

    # -- reports and events in

    def known(self, report: Report) -> Known | None:
        """Why a report counts as known: its 'id', its canonical 'url' or its 'content' is there; None where it is new."""
        with self._reading() as connection:
            found = writing.known(connection, report)
        return found[0] if found else None

    def add(self, coded: Iterable[tuple[Report, list[Event]]], *, coder: str, at: str, progress: Progress | None = None) -> Added:
        """Add coded reports and the progress of their source in one transaction; what is known already is left as it is.

        Args:
            coded: a batch, taken in whole before the store is locked (some hundred reports; a million would be a transaction as large).
            coder: the version that coded them, kept with every report (events carry their own).
            at: ISO timestamp of now.
            progress: how far the source is read with this batch.

        A report that the tables cannot hold (an event of another report, an id that is taken, numbers out of range) is refused alone and told in ``refused``.
        """
        batch = list(coded)
        with self._writing() as connection:
            added = writing.add_reports(connection, batch, coder, at, progress.source.key if progress else None)
            if progress:
                for report in progress.known:
                    there = writing.known(connection, report)
                    if there:
                        writing.note_sighting(connection, report, there, at)
                added.known += len(progress.known)
                self._advance(progress, at, added, added.reports)
        return added

    def import_events(self, events: Iterable[Event], *, producer: str, at: str, progress: Progress | None = None) -> Added:
        """Add another producer's events, marked as theirs, in one transaction; those whose id is there already are known. ``added`` of the ledger counts
        events here."""
        batch = list(events)
        if producer == writing.CODED_HERE:
            raise StoreError(f"imported events cannot be {producer!r}'s own: add them with their reports")
        with self._writing() as connection:
            added = writing.import_events(connection, batch, producer)
            if progress:
                self._advance(progress, at, added, added.events)
        return added

    def _advance(self, progress: Progress, at: str, added: Added, new: int) -> None:
        added.superseded = not ledger.advance(self._connection, progress, at, new, added.known, added.events, tuple(added.refused))

    def recode(self, coded: Iterable[tuple[Report, list[Event]]], *, coder: str) -> Recoded:
        """Replace the events of reports by newly coded ones, all in one transaction: readers see the old ones or the new ones, never both or none.

        ``coded`` may be lazy and as large as the store (``code_reports(store.reports(not_coder=version))``): it is first written to a temporary table,
        and the store is locked only for the replacing. An event that keeps its id keeps its story.

        Raises:
            RecordError: a report is not in the store, or an event does not fit.
        """
        with errors_of(self.path):
            writing.stage(self._connection, coded)
        try:
            with self._writing() as connection:
                return writing.replace_staged(connection, coder)
        finally:
            with errors_of(self.path):
                self._connection.execute("DELETE FROM temp.recoded")

    # -- the ledger of sources

    def begin_source(self, name: str, kind: str, fingerprint: str, at: str, again: bool = False) -> Source:
        """Take up a source where it was left: look at ``position``, and at ``state``, which is 'finished' where there is nothing to do.

        Args:
            name, kind, fingerprint: what makes it this source: a path or URL, its format, and size and time or a hash; other content is another source.
            at: ISO timestamp of now.
            again: read a finished source from its beginning.
        """
        with self._writing() as connection:
            return ledger.begin(connection, name, kind, fingerprint, at, again)

    def advance(self, progress: Progress, *, at: str) -> bool:
        """Note progress without reports to add; False where another process has taken the source up."""
        return not self.add((), coder="", at=at, progress=progress).superseded

    def leave_out(self, source: Source, left_out: Iterable[LeftOut], *, at: str) -> bool:
        """Note what was left out, the position staying as it is; False where another process has taken the source up."""
        found = tuple(left_out)
        with self._writing() as connection:
            now = next(ledger.sources(connection, "key = ?", (source.key,)))
            return ledger.advance(connection, Progress(source, now.position, (), found), at, 0, 0, 0, ())

    def finish_source(self, source: Source, *, at: str, failed: bool = False) -> bool:
        """Close a source (a failed one is taken up again next time); False where another process has taken it up."""
        with self._writing() as connection:
            return ledger.finish(connection, source, at, "failed" if failed else "finished")

    def sources(self) -> list[Source]:
        """The ledger."""
        with self._reading() as connection:
            return list(ledger.sources(connection))

    def left_out(self, source: Source) -> list[LeftOut]:
        """What was left out of a source."""
        with self._reading() as connection:
            return list(ledger.left_out_of(connection, source.key))

    # -- questions

    def events(self, wanted: EventFilter = EVERY_EVENT, *, limit: int | None = None, after: str | None = None, newest: bool = False) -> Iterator[Event]:
        """The events of a filter as they were added, by date (``newest`` first if asked), those without a date last.

        All come from one moment of the store, whatever is written meanwhile.

        Args:
            limit: at most so many.
            after: go on after the event of this id.
        """
        with errors_of(self.path), closing(connect(self.path, "read")) as snapshot:
            snapshot.execute("BEGIN")
            yield from reading.events(snapshot, wanted, limit, after, newest)

    def count(self, wanted: EventFilter = EVERY_EVENT) -> int:
        """How many events a filter finds."""
        with self._reading() as connection:
            return reading.count(connection, wanted)

    def dyad_months(self, source: str, target: str | None = None, *, wanted: EventFilter = EVERY_EVENT) -> list[DyadMonth]:
        """Events by month of what one side does to the other (to anyone, without ``target``), months without any left out.

        Args:
            source, target: the beginnings of actor codes, as in ``EventFilter``.
            wanted: further conditions; its own source and target are not looked at.
        """
        conditions = {name: getattr(wanted, name) for name in EventFilter.__dataclass_fields__}
        with self._reading() as connection:
            return reading.dyad_months(connection, EventFilter(**{**conditions, "source": source, "target": target}))

    def search(self, text: str, limit: int = 20) -> list[Report]:
        """The reports that hold every word (and every phrase in double quotes) of a text, best first; any text is a valid search."""
        with self._reading() as connection:
            return reading.search(connection, text, limit)

    def reports(self, ids: Iterable[str] | None = None, *, not_coder: str | None = None) -> Iterator[Report]:
        """Reports in the order they came: all, those of some ids, or those not coded by this version. Others may write meanwhile."""
        with self._reading() as connection:
            yield from reading.reports(connection, None if ids is None else list(ids), not_coder)

    def get_event(self, event_id: str) -> Event | None:
        """One event."""
        with self._reading() as connection:
            found = connection.execute("SELECT key FROM events WHERE event_id = ?", (well_formed(event_id),)).fetchone()
            return events_by_key(connection, [found[0]])[0] if found else None

    def get_report(self, report_id: str) -> Report | None:
        """One report."""
        return next(self.reports([report_id]), None)

    # -- looking after it

    def stats(self) -> dict[str, Any]:
        """Rows by table, first and last date, events by producer, coder, root and modality, and bytes."""
        with self._reading() as connection:
            return health.stats(connection, self.path)

    def check(self) -> list[str]:
        """What is wrong, in words; an empty list for a sound store."""
        with self._reading() as connection:
            return health.check(connection, self.readonly)

    def compact(self) -> None:
        """Make the file as small and as quick as it can be; takes as much room again while it works."""
        with self._reading() as connection:
            health.compact(connection)

    def backup(self, target: str | Path) -> None:
        """A copy of the store as it is at one moment."""
        with self._reading() as connection:
            health.backup(connection, Path(target).absolute())
