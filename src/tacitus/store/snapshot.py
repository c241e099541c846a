"""One moment of a store, read in an order that does not depend on how it was filled: by date and id, never by the keys of rows."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tacitus.records import Event
from tacitus.store.connection import connect, errors_of
from tacitus.store.filters import AFTER_ANY, EventFilter, selection
from tacitus.store.keys import publisher
from tacitus.store.rows import events_by_key
from tacitus.store.schema import require_current
from tacitus.store.writing import CODED_HERE

BATCH = 500
"""Events read at a time, as pages of ``reading`` are."""
BETWEEN = "; "
"""What stands between several roles or contexts in one cell, as in ``exports.flat``."""
_LISTS = ("plover_context", "source_roles", "target_roles")
"""Columns of ``events_flat`` that hold a JSON list of codes."""


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """What is known about a report without its text. ``events``: how many of those asked for it tells."""

    id: str
    url: str | None
    published: str | None
    title: str | None
    publisher: str | None
    language: str | None
    events: int


@contextmanager
def snapshot(path: Path) -> Iterator[Snapshot]:
    """Open one moment of a store: everything that is read inside is of that moment, whatever others write meanwhile.

    Raises:
        StoreError: there is no such store, it is damaged or of another version.
    """
    with errors_of(path), closing(connect(path, "read")) as connection:
        require_current(connection, path)
        connection.execute("BEGIN")
        yield Snapshot(connection)


class Snapshot:
    """A store at one moment; two stores of the same content give the same rows in the same order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def events(self, wanted: EventFilter) -> Iterator[Event]:
        """The events of a filter by date and id, those without a date last."""
        for keys in self._batches(wanted):
            yield from events_by_key(self._connection, keys)

    def pair_columns(self) -> tuple[str, ...]:
        """The columns of ``pairs``: those of the view ``events_flat``."""
        return tuple(column[0] for column in self._connection.execute("SELECT * FROM events_flat LIMIT 0").description)

    def pairs(self, wanted: EventFilter) -> Iterator[dict[str, Any]]:
        """The rows of ``events_flat``, one a source-target pair, of the events of a filter in their order; lists are joined with ``; ``."""
        columns = self.pair_columns()
        statement = "SELECT e.event_id, f.* FROM events e JOIN events_flat f ON f.event_id = e.event_id WHERE e.key IN (SELECT value FROM json_each(?))"
        ids = "SELECT e.event_id FROM json_each(?) wanted JOIN events e ON e.key = wanted.value ORDER BY wanted.key"
        for keys in self._batches(wanted):
            asked = json.dumps(keys)
            rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
            for event_id, *cells in self._connection.execute(statement, (asked,)):
                rows[event_id].append(tuple(cells))
            for (event_id,) in self._connection.execute(ids, (asked,)):
                for cells in sorted(rows[event_id], key=_by_cells):
                    yield _plain(dict(zip(columns, cells, strict=True)))

    def reports(self, wanted: EventFilter) -> Iterator[ReportHeader]:
        """The headers of the reports that tell an event of the filter, by publication and id. Of events coded here also those reports that tell none but
        were published between its dates: a count of events means little without the count of what was read."""
        keys, params = _keys(wanted)
        if wanted.producer != CODED_HERE:
            statement = f"""
                SELECT own_report_id, min(own_url), min(own_published) AS published, min(own_title), count(*) FROM events
                WHERE report IS NULL AND key IN ({keys}) GROUP BY own_report_id ORDER BY published IS NULL, published, own_report_id
            """  # noqa: S608 - conditions of ours only
            for report_id, url, published, title, events in self._connection.execute(statement, params):
                yield ReportHeader(report_id, url, published, title, publisher(url), None, events)
            return
        within, bounds = _published_within(wanted)
        statement = f"""
            SELECT r.id, r.url, r.published, r.title, r.publisher, r.language, coalesce(t.events, 0) FROM reports r
            LEFT JOIN (SELECT report, count(*) AS events FROM events WHERE key IN ({keys}) GROUP BY report) t ON t.report = r.key
            WHERE t.events > 0 OR ({within}) ORDER BY r.published IS NULL, r.published, r.id
        """  # noqa: S608 - conditions of ours only
        for row in self._connection.execute(statement, (*params, *bounds)):
            yield ReportHeader(*row)

    def producers(self) -> dict[str, int]:
        """Events by producer, of the whole store."""
        return dict(self._connection.execute("SELECT producer, count(*) FROM events GROUP BY 1 ORDER BY 1"))

    def _batches(self, wanted: EventFilter) -> Iterator[list[int]]:
        keys, params = _keys(wanted)
        statement = f"SELECT key FROM events WHERE key IN ({keys}) ORDER BY event_date IS NULL, event_date, event_id"  # noqa: S608 - conditions of ours
        cursor = self._connection.execute(statement, params)
        while batch := cursor.fetchmany(BATCH):
            yield [key for (key,) in batch]


def _keys(wanted: EventFilter) -> tuple[str, tuple[object, ...]]:
    chosen = selection(wanted, few_reports=False)
    return f"SELECT {chosen.key} FROM {chosen.source} WHERE {chosen.where}", chosen.params  # noqa: S608 - conditions of ours only


def _published_within(wanted: EventFilter) -> tuple[str, tuple[str, ...]]:
    bounds = [("r.published >= ?", wanted.since), ("r.published < ?", wanted.until + AFTER_ANY if wanted.until is not None else None)]
    asked = [(condition, value) for condition, value in bounds if value is not None]
    return " AND ".join(condition for condition, _ in asked) or "1", tuple(value for _, value in asked)


def _by_cells(cells: tuple[Any, ...]) -> list[tuple[bool, str]]:
    return [(cell is not None, str(cell)) for cell in cells]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    for name in _LISTS:
        row[name] = BETWEEN.join(json.loads(row[name])) if row[name] else ""
    row["reciprocal"] = bool(row["reciprocal"])
    return row
