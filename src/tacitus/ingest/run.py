"""Sources in, a store that holds their reports and events out: each report once, whatever dies on the way.

Documents are found and parsed in one process, coded in others, and written in this one: a batch of reports, its events, what was left out and the position
in the source are one transaction. Whatever is lost with a process was not written, and the source is taken up at the last position that was.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import IO

from tacitus.articles.options import ReadOptions
from tacitus.ingest.coders import CodedReports, Coders
from tacitus.ingest.coding_process import MakeCoder, shipped_coder
from tacitus.ingest.limits import Limits
from tacitus.ingest.reader import Item, Reader, ReadingFailedError, SourceFile
from tacitus.ingest.sources import Finder
from tacitus.ingest.summary import Summary
from tacitus.records import Report
from tacitus.store import EventStore, LeftOut, Progress, Source

REPORTS_PER_BATCH = 16
"""New reports that are coded and written together, as in ``pipeline``: more gains nothing, and a machine that dies loses less."""
CHARACTERS_PER_BATCH = 500_000
"""Text at which a batch is full before that, so that books do not fill the memory."""
ITEMS_PER_BATCH = 500
"""Known reports and things left out at which a batch is written though nothing in it is new: a transaction for each would cost milliseconds."""
STORE_SUFFIXES = ("", "-wal", "-shm")
"""SQLite's files of a store."""


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How an ingest works.

    Args:
        read: languages, limits of documents, and how URLs are fetched.
        limits: time and memory.
        processes: coding processes; 0 for one a core.
        published: ISO date of reports that carry none.
        again: read finished sources once more, from their beginning.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    limits: Limits = field(default_factory=Limits)
    processes: int = 0
    published: str | None = None
    again: bool = False


def ingest(
    sources: Iterable[str | os.PathLike[str]],
    store: EventStore,
    *,
    clock: Callable[[], str],
    coder: MakeCoder = shipped_coder,
    options: IngestOptions | None = None,
    stdin: IO[bytes] | None = None,
    on_step: Callable[[str], None] | None = None,
    on_progress: Callable[[Summary], None] | None = None,
    on_left_out: Callable[[LeftOut], None] | None = None,
) -> Summary:
    """Bring the reports of sources into a store, coded; what is there already is left as it is, and what cannot be read or coded is told and left out.

    Args:
        sources: files, folders with all below, patterns, URLs, ``-`` for standard input.
        store: open for writing.
        clock: gives the ISO timestamp of now.
        coder: makes the coder in each coding process; a function or class that can be imported there.
        stdin: stands in for the process's standard input.
        on_step: told 'read' and 'coded' of every batch; tests break off there.
        on_progress: given the figures after every batch.
        on_left_out: given everything that is left out.

    Raises:
        StoreError: the store cannot be written; all that was written before stays, and the same ingest goes on from there.
        ModelError: the coder does not start.
    """
    options = options or IngestOptions()
    reader = Reader(options.read, options.limits)
    coders: Coders[_Batch] = Coders(coder, options.processes or cores(), options.limits)
    with closing(reader), closing(coders):
        finder = Finder(reader, options.limits, frozenset(f"{store.path}{s}" for s in STORE_SUFFIXES), stdin)
        run = _Run(store, reader, options, clock, on_step or _ignore, on_left_out or _ignore)
        for batch, coded, not_coded in coders.code((batch, batch.new) for batch in run.batches(finder.find(sources))):
            run.write(batch, coded, not_coded, coders.version if coded else "")
            if on_progress:
                on_progress(run.summary)
        return run.summary


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _ignore(_: object) -> None:
    pass


@dataclass(slots=True)
class _Batch:
    """Part of a source: reports to code, reports that are known, what was left out, and the position after all of them."""

    source: Source
    position: str | None
    new: list[Report] = field(default_factory=list)
    known: list[Report] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    characters: int = 0
    is_last: bool = False
    failed: bool = False

    @property
    def is_full(self) -> bool:
        full = len(self.new) >= REPORTS_PER_BATCH or self.characters >= CHARACTERS_PER_BATCH
        return full or len(self.known) + len(self.left_out) >= ITEMS_PER_BATCH


class _Run:
    """One ingest: what is read becomes batches, and what comes back coded is written."""

    def __init__(
        self,
        store: EventStore,
        reader: Reader,
        options: IngestOptions,
        clock: Callable[[], str],
        on_step: Callable[[str], None],
        on_left_out: Callable[[LeftOut], None],
    ) -> None:
        self.summary = Summary()
        self._store, self._reader, self._options, self._clock = store, reader, options, clock
        self._on_step, self._on_left_out = on_step, on_left_out
        self._superseded: set[int] = set()

    def batches(self, found: Iterable[SourceFile | LeftOut]) -> Iterator[_Batch]:
        """The batches of all files, in order."""
        for file in found:
            if isinstance(file, LeftOut):
                self._leave_out([file])
                continue
            source = self._store.begin_source(file.name, file.kind, file.fingerprint, self._clock(), self._options.again)
            if source.state == "finished":
                self.summary.finished_before += 1
                continue
            self.summary.sources += 1
            yield from self._batches_of(file, source)

    def _batches_of(self, file: SourceFile, source: Source) -> Iterator[_Batch]:
        batch = _Batch(source, source.position)
        try:
            for item in self._reader.read(file, source.position, self._is_known):
                self._take(batch, item)
                if batch.is_full:
                    self._on_step("read")
                    yield batch
                    if source.key in self._superseded:  # another ingest reads it now
                        return
                    batch = _Batch(source, batch.position)
        except ReadingFailedError as error:
            batch.left_out.append(LeftOut(file.shown, "source", str(error)))
            batch.failed = True
        batch.is_last = True
        self._on_step("read")
        yield batch

    def _take(self, batch: _Batch, item: Item) -> None:
        batch.position = item.position
        self.summary.no_reports += item.nothing
        if item.left_out:
            batch.left_out.append(item.left_out)
        report = item.report or (Report(text="", url=item.known_url) if item.known_url else None)
        if report is None:
            return
        if self._options.published and not report.published:
            report = dataclasses.replace(report, published=self._options.published)
        reason = self._store.known(report)
        if reason:
            self.summary.known[reason] += 1
            batch.known.append(report)
        else:
            batch.new.append(report)
            batch.characters += len(report.text)

    def _is_known(self, url: str) -> bool:
        return self._store.known(Report(text="", url=url)) is not None

    def write(self, batch: _Batch, coded: CodedReports, not_coded: list[LeftOut], version: str) -> None:
        """A batch and the progress of its source, in one transaction; the source's end in another, which may be lost: it is then found again."""
        self._on_step("coded")
        left_out = (*batch.left_out, *not_coded)
        if coded or batch.known or left_out or batch.position != batch.source.position:
            progress = Progress(batch.source, batch.position, tuple(batch.known), left_out)
            added = self._store.add(coded, coder=version, at=self._clock(), progress=progress)
            self.summary.added += added.reports
            self.summary.events += added.events
            if added.known > len(batch.known):
                self.summary.known["meanwhile"] += added.known - len(batch.known)
            self.summary.read += added.reports + added.known + len(left_out) + len(added.refused)
            self._leave_out([*left_out, *added.refused], count_read=False)
            if added.superseded:
                self._supersede(batch.source)
        if batch.is_last and batch.source.key not in self._superseded and not self._store.finish_source(batch.source, at=self._clock(), failed=batch.failed):
            self._supersede(batch.source)

    def _supersede(self, source: Source) -> None:
        if source.key not in self._superseded:
            self._superseded.add(source.key)
            self.summary.left_to_others += 1

    def _leave_out(self, left_out: list[LeftOut], count_read: bool = True) -> None:
        self.summary.read += len(left_out) if count_read else 0
        for thing in left_out:
            self.summary.left_out[thing.kind] += 1
            self._on_left_out(thing)
