"""Reports and events into the tables, inside a transaction that the caller holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from tacitus.errors import RecordError
from tacitus.records import Event, Report
from tacitus.store import rows
from tacitus.store.keys import canonical_url, content_key, publisher, well_formed
from tacitus.store.ledger import LeftOut

CODED_HERE = "tacitus"
"""The producer of events that were coded from a report in the store; imported ones name theirs."""

Known = Literal["id", "url", "content"]

_REPORT = rows.insert(
    "reports",
    "id url canonical_url content_key publisher published title language label source coder ingested_at text".split(),
)
_EVENT = rows.insert("events", [*rows.EVENT_COLUMNS, "story"])
_ACTOR = rows.insert("actors", rows.ACTOR_COLUMNS)
_MENTION = rows.insert("mentions", rows.MENTION_COLUMNS)
_DYAD = rows.insert("dyads", rows.DYAD_COLUMNS)
_SIGHTING = (
    "INSERT INTO sightings (report, url, canonical_url, publisher, published, seen_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (canonical_url) DO NOTHING"
)
_STORY_COUNTS = """
UPDATE stories SET
    events = (SELECT count(*) FROM events e WHERE e.story = stories.key),
    mentions = (SELECT count(*) FROM events e JOIN mentions m ON m.event = e.key WHERE e.story = stories.key),
    reports = (SELECT count(DISTINCT coalesce(e.report, e.own_report_id)) FROM events e WHERE e.story = stories.key)
WHERE key IN (SELECT value FROM json_each(?))
"""


@dataclass(slots=True)
class Added:
    """What came of a batch.

    ``reports`` and ``events`` are new; ``known`` reports (events, for an import) were there before; ``refused`` are those that the tables cannot hold,
    with the reason; ``superseded``: another process has taken the source up, so its position and counts were left to that one.
    """

    reports: int = 0
    events: int = 0
    known: int = 0
    refused: list[LeftOut] = field(default_factory=list)
    superseded: bool = False


@dataclass(slots=True)
class Recoded:
    """What came of coding again: reports, their events before, and after."""

    reports: int = 0
    removed: int = 0
    events: int = 0


def known(connection: sqlite3.Connection, report: Report) -> tuple[Known, int] | None:
    """Why a report counts as known, and the key of the one that is there; None where it is new."""
    address, content = canonical_url(report.url), content_key(report.text)
    questions: tuple[tuple[Known, str, str | None], ...] = (
        ("id", "SELECT key FROM reports WHERE id = ?", well_formed(report.id)),
        ("url", "SELECT key FROM reports WHERE canonical_url = ?", address),
        ("url", "SELECT report FROM sightings WHERE canonical_url = ?", address),
        ("content", "SELECT key FROM reports WHERE content_key = ?", content),
    )
    for reason, question, value in questions:
        found = connection.execute(question, (value,)).fetchone() if value is not None else None
        if found:
            return reason, int(found[0])
    return None


def add_reports(connection: sqlite3.Connection, coded: Iterable[tuple[Report, list[Event]]], coder: str, at: str, source: int | None) -> Added:
    """Add what is new; a report that the tables cannot hold is refused alone."""
    done = Added()
    for report, events in coded:
        there = known(connection, report)
        if there:
            done.known += 1
            note_sighting(connection, report, there, at)
            continue
        try:
            _add_report(connection, report, events, coder, at, source)
        except UnicodeEncodeError:  # half a surrogate pair, which no UTF-8 can hold
            reason = _refusal(connection, rows.repaired_report(report), [rows.repaired(e) for e in events], coder, at, source)
        except _UNFIT as e:
            reason = str(e)
        else:
            reason = None
        if reason is not None:
            done.refused.append(LeftOut(report.id, "refused", f"the store cannot hold it: {reason}"))
            continue
        done.reports += 1
        done.events += len(events)
    return done


_UNFIT = (RecordError, sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, OverflowError)
"""What one bad record raises; anything else is the store's trouble and ends the transaction."""


def _refusal(connection: sqlite3.Connection, report: Report, events: list[Event], coder: str, at: str, source: int | None) -> str | None:
    try:
        _add_report(connection, report, events, coder, at, source)
    except (*_UNFIT, UnicodeEncodeError) as e:
        return str(e)
    return None


def _add_report(connection: sqlite3.Connection, report: Report, events: list[Event], coder: str, at: str, source: int | None) -> None:
    for event in events:
        rows.check_header(report, event)
    with _Savepoint(connection):
        header = (report.id, report.url, canonical_url(report.url), content_key(report.text), publisher(report.url), report.published, report.title)
        cursor = connection.execute(_REPORT, (*header, report.language, report.label, source, coder, at, report.text))
        _add_events(connection, events, cursor.lastrowid, CODED_HERE)


def note_sighting(connection: sqlite3.Connection, report: Report, there: tuple[Known, int], at: str) -> None:
    """Keep the other address of a text that is there already."""
    address = canonical_url(report.url)
    if there[0] == "content" and address:
        published = well_formed(report.published) if report.published else None
        connection.execute(_SIGHTING, (there[1], well_formed(report.url or ""), address, publisher(report.url), published, at))


def import_events(connection: sqlite3.Connection, events: Iterable[Event], producer: str) -> Added:
    """Add another producer's events; those whose id is there already count as known."""
    done = Added()
    for event in events:
        event = rows.repaired(event)
        if connection.execute("SELECT 1 FROM events WHERE event_id = ?", (event.event_id,)).fetchone():
            done.known += 1
            continue
        try:
            with _Savepoint(connection):
                _add_events(connection, [event], None, producer)
        except _UNFIT as e:
            done.refused.append(LeftOut(event.event_id, "refused", f"the store cannot hold it: {e}"))
        else:
            done.events += 1
    return done


def _add_events(connection: sqlite3.Connection, events: Iterable[Event], report: int | None, producer: str) -> None:
    for event in events:
        insert_event(connection, rows.event_rows(event, report, producer), None)


def insert_event(connection: sqlite3.Connection, event: rows.EventRows, story: int | None) -> None:
    """Write an event's rows."""
    key = connection.execute(_EVENT, (*event.event, story)).lastrowid
    connection.executemany(_ACTOR, [(key, *row) for row in event.actors])
    connection.executemany(_MENTION, [(key, *row) for row in event.mentions])
    connection.executemany(_DYAD, [(key, *row) for row in event.dyads])


def stage(connection: sqlite3.Connection, coded: Iterable[tuple[Report, list[Event]]]) -> None:
    """Write newly coded events to a table of this connection's own, so that the store is locked only while they replace the old ones.

    Raises:
        RecordError: a report is not in the store, or an event is not its report's.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS recoded (report INTEGER PRIMARY KEY, events TEXT NOT NULL)")
    connection.execute("DELETE FROM temp.recoded")
    for report, events in coded:
        found = connection.execute("SELECT key FROM reports WHERE id = ?", (well_formed(report.id),)).fetchone()
        if not found:
            raise RecordError(f"report {report.id} is not in the store: ingest it before it is coded again")
        for event in events:
            rows.check_header(report, event)
        made = [rows.event_rows(rows.repaired(e), found[0], CODED_HERE) for e in events]
        staged = json.dumps([(r.event, r.actors, r.mentions, r.dyads) for r in made])
        connection.execute("INSERT OR REPLACE INTO temp.recoded VALUES (?, ?)", (found[0], staged))


def replace_staged(connection: sqlite3.Connection, coder: str) -> Recoded:
    """Put the staged events in the place of their reports' old ones; an event that keeps its id keeps its story.

    Raises:
        RecordError: an event does not fit the tables.
    """
    done = Recoded()
    touched: set[int] = set()
    for report, staged in connection.execute("SELECT report, events FROM temp.recoded ORDER BY report"):
        stories = dict(connection.execute("SELECT event_id, story FROM events WHERE report = ? AND story IS NOT NULL", (report,)))
        touched.update(stories.values())
        done.removed += connection.execute("DELETE FROM events WHERE report = ?", (report,)).rowcount
        for made in json.loads(staged):
            event = rows.EventRows(*made)
            try:
                insert_event(connection, event, stories.get(event.event[0]))
            except _UNFIT as e:
                raise RecordError(f"event {event.event[0]}: the store cannot hold it: {e}; no report was changed") from e
            done.events += 1
        connection.execute("UPDATE reports SET coder = ? WHERE key = ?", (coder, report))
        done.reports += 1
    keys = json.dumps(sorted(touched))
    connection.execute(_STORY_COUNTS, (keys,))
    connection.execute("DELETE FROM stories WHERE events = 0 AND key IN (SELECT value FROM json_each(?))", (keys,))
    return done


class _Savepoint:
    """A part of a transaction that can fail alone."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        self.connection.execute("SAVEPOINT record")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if not self.connection.in_transaction:  # a full disk has rolled everything back
            return
        if kind is not None:
            self.connection.execute("ROLLBACK TO record")
        self.connection.execute("RELEASE record")
