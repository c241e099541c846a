"""Coding again what another version coded: the events of each report are replaced whole, a batch of reports in one transaction."""

from __future__ import annotations

import fnmatch
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from tacitus.errors import RecordError
from tacitus.ingest.coders import CodedReports, Coders
from tacitus.ingest.coding_process import MakeCoder, shipped_coder
from tacitus.ingest.run import REPORTS_PER_BATCH, IngestOptions, cores
from tacitus.ingest.sources import ledger_name
from tacitus.records import Report
from tacitus.store import EventStore, LeftOut, query

PAGE = 500
"""Reports whose ids are looked up at a time."""
QUERY_SECONDS = 60.0
"""For one page of ids, along an index: milliseconds, and a minute on a disk that is busy."""


@dataclass(slots=True)
class RecodeSummary:
    """What came of coding again: reports, their events before and after, and reports that could not be coded (they keep what they had)."""

    reports: int = 0
    removed: int = 0
    events: int = 0
    left_out: int = 0


def recode(
    store: EventStore,
    sources: Iterable[str] | None = None,
    *,
    coder: MakeCoder = shipped_coder,
    options: IngestOptions | None = None,
    on_step: Callable[[str], None] | None = None,
    on_progress: Callable[[RecodeSummary], None] | None = None,
    on_left_out: Callable[[LeftOut], None] | None = None,
) -> RecodeSummary:
    """Code again every report of a store that another version coded.

    It may die at any moment: a report has its old events or its new ones, and the same call goes on with those that are left.

    Args:
        sources: only the reports that came with these: files, folders with all below, patterns, URLs, ``-``.

    Raises:
        StoreError, ModelError: as ``ingest``.
    """
    options = options or IngestOptions()
    summary = RecodeSummary()
    coders: Coders[None] = Coders(coder, options.processes or cores(), options.limits)
    with closing(coders):
        version = coders.version
        for _, coded, left_out in coders.code((None, batch) for batch in _batches(_reports(store, sources, version))):
            if on_step:
                on_step("coded")
            for thing in [*left_out, *_replace(store, coded, version, summary)]:
                summary.left_out += 1
                if on_left_out:
                    on_left_out(thing)
            if on_progress:
                on_progress(summary)
    return summary


def _replace(store: EventStore, coded: CodedReports, version: str, summary: RecodeSummary) -> list[LeftOut]:
    """Replace the events of a batch; where one of its reports does not fit the store, each by itself but that one."""
    try:
        done = store.recode(coded, coder=version)
    except RecordError as error:
        if len(coded) == 1:
            return [LeftOut(coded[0][0].id, "refused", str(error))]
        return [thing for one in coded for thing in _replace(store, [one], version, summary)]
    summary.reports += done.reports
    summary.removed += done.removed
    summary.events += done.events
    return []


def _batches(reports: Iterator[Report]) -> Iterator[list[Report]]:
    while batch := list(islice(reports, REPORTS_PER_BATCH)):
        yield batch


def _reports(store: EventStore, sources: Iterable[str] | None, version: str) -> Iterator[Report]:
    if sources is None:
        yield from store.reports(not_coder=version)
        return
    names = [ledger_name(source) for source in sources]
    keys = ", ".join(str(s.key) for s in store.sources() if any(_is_of(s.name, name) for name in names))
    last = 0
    while page := _page(store, keys, last):
        last = page[-1][0]
        yield from store.reports([report_id for _, report_id in page], not_coder=version)


def _is_of(name: str, wanted: str) -> bool:
    """Whether a source of the ledger is the wanted one, of its folder, or of its pattern."""
    return name == wanted or name.startswith(wanted.rstrip(os.sep) + os.sep) or fnmatch.fnmatchcase(name, wanted)


def _page(store: EventStore, keys: str, after: int) -> list[tuple[int, str]]:
    """Keys and ids of the next reports of sources."""
    sql = f"SELECT key, id FROM reports WHERE source IN ({keys}) AND key > {after} ORDER BY key LIMIT {PAGE}"  # noqa: S608 - numbers of ours only
    end = time.monotonic() + QUERY_SECONDS
    with query(store.path, sql, expired=lambda: time.monotonic() > end) as result:
        return [(int(str(key)), str(report_id)) for key, report_id in result.rows]
