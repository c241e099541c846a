"""Questions to a store: pages of events in the order of their dates, counts, dyads by month, full text.

Every page goes on after the last event shown (keyset), along an index, so that the thousandth page costs what the first one did.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from tacitus.errors import StoreError
from tacitus.records import Event, Report
from tacitus.store.filters import AFTER_ANY, EventFilter, Selection, are_countries, search_query, selection
from tacitus.store.keys import well_formed
from tacitus.store.rows import REPORT_FIELDS, events_by_key

PAGE = 500
"""Rows read at a time where all are wanted: 500 events take some 5 ms and 1 MB."""
RANKED = 5_000
"""Matching reports that a search ranks, the newest of them: ranking reads every match, and nobody pages through 5,000."""
FEW_REPORTS = 2_000
"""Reports with the words of a filter from which on it is quicker to read events by date and look each one's report up (about 10 µs a report either way)."""
TITLE_WEIGHT = 4.0
"""A word in a title counts as four in the text (the usual choice for news; bm25 of FTS5)."""
Position = tuple[str | None, int]
"""Where an event stands: its date, and its key."""
FIRST, LAST = ("", 0), (AFTER_ANY, 0)
"""Before and after every date there is."""

_REPORT = ", ".join(f"r.{name}" for name in REPORT_FIELDS)


@dataclass(frozen=True, slots=True)
class DyadMonth:
    """A month of a dyad: ``month`` as ``2016-03``, its number of events, the mean of their Goldstein values, and how many are of quad class 1, 2, 3, 4."""

    month: str
    events: int
    goldstein: float
    quads: tuple[int, int, int, int]


def events(connection: sqlite3.Connection, wanted: EventFilter, limit: int | None, after: str | None, newest: bool) -> Iterator[Event]:
    """The events of a filter, by date and then in the order they came; those without a date last.

    Raises:
        StoreError: ``after`` is no event of the store.
    """
    chosen = _selection(connection, wanted)
    dated, last = _position(connection, after, newest)
    left = limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        page = _page(connection, chosen, last, size, newest, dated)
        yield from events_by_key(connection, [key for _, key in page])
        if left is not None:
            left -= len(page)
        if len(page) == size:
            last = page[-1]
        elif dated and wanted.since is None and wanted.until is None:
            dated, last = False, _start(newest, dated=False)
        else:
            return


def _selection(connection: sqlite3.Connection, wanted: EventFilter) -> Selection:
    """The SQL of a filter, beginning at the reports that hold its words where these are few."""
    if wanted.text is None:
        return selection(wanted, few_reports=False)
    statement = "SELECT count(*) FROM (SELECT 1 FROM reports_fts WHERE reports_fts MATCH ? LIMIT ?)"
    (found,) = connection.execute(statement, (search_query(wanted.text), FEW_REPORTS + 1)).fetchone()
    return selection(wanted, few_reports=found <= FEW_REPORTS)


def _position(connection: sqlite3.Connection, after: str | None, newest: bool) -> tuple[bool, Position]:
    if after is None:
        return True, _start(newest, dated=True)
    found = connection.execute("SELECT event_date, key FROM events WHERE event_id = ?", (well_formed(after),)).fetchone()
    if not found:
        raise StoreError(f"there is no event {after!r} to go on after: it may have been coded again since; begin anew")
    return found[0] is not None, (found[0], found[1])


def _start(newest: bool, dated: bool) -> Position:
    if dated:
        return LAST if newest else FIRST
    return None, 2**62 if newest else 0


def _page(connection: sqlite3.Connection, chosen: Selection, last: Position, size: int, newest: bool, dated: bool) -> list[Position]:
    after, order = ("<", "DESC") if newest else (">", "ASC")
    beyond, values = (f"({chosen.date}, {chosen.key}) {after} (?, ?)", last) if dated else (f"{chosen.date} IS NULL AND {chosen.key} {after} ?", last[1:])
    statement = (
        f"SELECT DISTINCT {chosen.date}, {chosen.key} FROM {chosen.source} WHERE {chosen.where} AND {beyond} "  # noqa: S608 - conditions of ours only
        f"ORDER BY {chosen.date} {order}, {chosen.key} {order} LIMIT ?"
    )
    return connection.execute(statement, (*chosen.params, *values, size)).fetchall()


def count(connection: sqlite3.Connection, wanted: EventFilter) -> int:
    """How many events a filter finds."""
    chosen = _selection(connection, wanted)
    what = f"DISTINCT {chosen.key}" if chosen.source.startswith("dyads") else "*"
    (found,) = connection.execute(f"SELECT count({what}) FROM {chosen.source} WHERE {chosen.where}", chosen.params).fetchone()  # noqa: S608
    return int(found)


def dyad_months(connection: sqlite3.Connection, wanted: EventFilter) -> list[DyadMonth]:
    """The dated events of a filter with a source or a target, by month; an event of several actors counts once.

    The index gives pairs by date and event, so days are counted as they come and only days are sorted into months. Between two countries one row of an
    event is marked to be counted; otherwise the pairs of an event, which stand together, are made one.
    """
    chosen = _selection(connection, wanted)
    columns = f"{chosen.date} AS day, d.goldstein AS goldstein, d.quad_class AS quad_class"
    pairs = f"SELECT {columns} FROM {chosen.source} WHERE {chosen.where} AND {chosen.date} > ''"  # noqa: S608 - conditions of ours only
    pairs += " AND d.first_of_pair = 1" if are_countries(wanted.source, wanted.target) else f" GROUP BY {chosen.date}, {chosen.key}"
    quads = (1, 2, 3, 4)
    statement = f"""
        SELECT substr(day, 1, 7), sum(events), sum(goldstein) / sum(events), {", ".join(f"sum(quad{q})" for q in quads)} FROM (
            SELECT day, count(*) AS events, sum(goldstein) AS goldstein, {", ".join(f"sum(quad_class = {q}) AS quad{q}" for q in quads)}
            FROM ({pairs}) GROUP BY day
        ) GROUP BY 1
    """  # noqa: S608 - conditions of ours only
    return [DyadMonth(month, events, goldstein, tuple(found)) for month, events, goldstein, *found in connection.execute(statement, chosen.params)]


def search(connection: sqlite3.Connection, text: str, limit: int) -> list[Report]:
    """The reports that hold all words of a text, best first: ranked by bm25 are the ``RANKED`` newest in the store."""
    statement = f"""
        SELECT {_REPORT} FROM (
            SELECT rowid AS key, bm25(reports_fts, ?, 1.0) AS score FROM reports_fts WHERE reports_fts MATCH ? ORDER BY rowid DESC LIMIT ?
        ) found JOIN reports r ON r.key = found.key ORDER BY found.score, found.key LIMIT ?
    """  # noqa: S608 - names of ours only
    return [Report(*row) for row in connection.execute(statement, (TITLE_WEIGHT, search_query(text), RANKED, limit))]


def reports(connection: sqlite3.Connection, ids: list[str] | None, not_coder: str | None) -> Iterator[Report]:
    """Reports in the order they came: all, those of some ids, those that another coder than this one coded."""
    where, params = ["r.key > ?"], []
    if ids is not None:
        where.append("r.id IN (SELECT value FROM json_each(?))")
        params.append(json.dumps([well_formed(i) for i in ids]))
    if not_coder is not None:
        where.append("r.coder <> ?")
        params.append(not_coder)
    statement = f"SELECT r.key, {_REPORT} FROM reports r WHERE {' AND '.join(where)} ORDER BY r.key LIMIT ?"  # noqa: S608 - conditions of ours only
    last = 0
    while page := connection.execute(statement, (last, *params, PAGE)).fetchall():
        last = page[-1][0]
        for _, *fields in page:
            yield Report(*fields)
