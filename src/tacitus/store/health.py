"""Looking after a store: what is in it, whether it is sound, making it small, copying it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tacitus.errors import StoreError
from tacitus.store.connection import errors_of

PROBLEMS_SHOWN = 100
"""Findings of SQLite's own check that are told: a torn file has thousands, and ten say as much."""

TABLES = ("reports", "sightings", "report_copies", "events", "actors", "mentions", "dyads", "stories", "sources", "left_out")

_CHECKS = (
    ("coded event(s) without their report", "SELECT count(*) FROM events WHERE report IS NULL AND producer = 'tacitus'"),
    ("event(s) without a row in dyads", "SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM dyads d WHERE d.event = e.key)"),
    (
        "event(s) whose rows in dyads do not fit their actors",
        """SELECT count(*) FROM (
            SELECT e.key, e.reciprocal,
                (SELECT count(*) FROM actors a WHERE a.event = e.key AND a.side = 'source') AS sources,
                (SELECT count(*) FROM actors a WHERE a.event = e.key AND a.side = 'target') AS targets,
                (SELECT count(*) FROM dyads d WHERE d.event = e.key) AS pairs
            FROM events e
        ) WHERE pairs > 0 AND pairs <> max(sources, 1) * max(targets, 1) * (1 + reciprocal)""",
    ),
    (
        "row(s) of dyads that differ from their event",
        """SELECT count(*) FROM dyads d JOIN events e ON e.key = d.event
        WHERE d.event_date IS NOT e.event_date OR d.code <> e.code OR d.root <> e.root OR d.quad_class <> e.quad_class OR d.goldstein <> e.goldstein
            OR d.modality <> e.modality OR d.confidence <> e.confidence""",
    ),
    (
        "row(s) of dyads that differ from their actors",
        """SELECT count(*) FROM dyads d
        LEFT JOIN actors s ON s.event = d.event AND s.side = iif(d.mirrored, 'target', 'source') AND s.position = d.source_position
        LEFT JOIN actors t ON t.event = d.event AND t.side = iif(d.mirrored, 'source', 'target') AND t.position = d.target_position
        WHERE d.source_code IS NOT s.code OR d.target_code IS NOT t.code""",
    ),
    (
        "event(s) that a country pair counts twice or not at all",
        """SELECT count(DISTINCT event) FROM (
            SELECT event FROM dyads GROUP BY event, source_country, target_country HAVING sum(first_of_pair) <> 1
        )""",
    ),
    (
        "address(es) that are both a report's and another's sighting",
        "SELECT count(*) FROM sightings s JOIN reports r ON r.canonical_url = s.canonical_url",
    ),
    ("story or stories without events", "SELECT count(*) FROM stories y WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.story = y.key)"),
    (
        "story or stories whose count of events is wrong",
        "SELECT count(*) FROM stories y WHERE y.events <> (SELECT count(*) FROM events e WHERE e.story = y.key)",
    ),
    (
        "source(s) whose count of what was left out is wrong",
        "SELECT count(*) FROM sources s WHERE s.left_out <> (SELECT count(*) FROM left_out x WHERE x.source = s.key)",
    ),
    (
        "source(s) that count more added reports than there are",
        """SELECT count(*) FROM sources s WHERE s.added > (SELECT count(*) FROM reports r WHERE r.source = s.key)
        AND s.added > (SELECT count(*) FROM events e WHERE e.report IS NULL)""",
    ),
    ("report(s) that the full-text index lacks", "SELECT (SELECT count(*) FROM reports) - (SELECT count(*) FROM reports_fts_docsize)"),
)


def check(connection: sqlite3.Connection, readonly: bool) -> list[str]:
    """What is wrong with a store, in words; nothing for a sound one. The words of the full-text index are compared only where it may be written."""
    problems = [f"SQLite: {row[0]}" for row in connection.execute(f"PRAGMA integrity_check({PROBLEMS_SHOWN})") if row[0] != "ok"]
    orphans: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        orphans[table, parent] = orphans.get((table, parent), 0) + 1
    problems += [f"{number} row(s) of {table} point to {parent} that are not there" for (table, parent), number in orphans.items()]
    for what, question in _CHECKS:
        (number,) = connection.execute(question).fetchone()
        if number:
            problems.append(f"{number} {what}")
    if not readonly:
        problems += _full_text_problems(connection)
    return problems


def _full_text_problems(connection: sqlite3.Connection) -> Iterator[str]:
    try:
        connection.execute("INSERT INTO reports_fts (reports_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as e:
        if not str(getattr(e, "sqlite_errorname", "")).startswith("SQLITE_CORRUPT"):
            raise
        yield "the full-text index does not fit the reports: `tacitus store compact` builds it anew"


def compact(connection: sqlite3.Connection) -> None:
    """Build the full-text index anew, renew the planner's figures, give free pages back and empty the log."""
    connection.execute("INSERT INTO reports_fts (reports_fts) VALUES ('rebuild')")
    connection.execute("INSERT INTO reports_fts (reports_fts) VALUES ('optimize')")
    connection.execute("ANALYZE")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def stats(connection: sqlite3.Connection, path: Path) -> dict[str, Any]:
    """How much of everything there is: rows by table, first and last date, events by producer, coder, root and modality, bytes on disk."""
    counts = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}  # noqa: S608 - names of ours only
    first, last = connection.execute("SELECT (SELECT min(event_date) FROM events), (SELECT max(event_date) FROM events)").fetchone()
    by = {
        name: dict(connection.execute(f"SELECT {name}, count(*) FROM events GROUP BY 1 ORDER BY 1"))  # noqa: S608 - names of ours only
        for name in ("producer", "coder", "root", "modality")
    }
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return {"version": version, "bytes": path.stat().st_size, **counts, "first_date": first, "last_date": last, **{f"by_{n}": v for n, v in by.items()}}


def backup(connection: sqlite3.Connection, target: Path) -> None:
    """A copy of the store as it is at one moment, while others go on writing; it has its name only when it is whole.

    Raises:
        StoreError: there is such a file already, or the copy cannot be written.
    """
    if target.exists():
        raise StoreError(f"{target}: there is such a file already; name another, a backup overwrites nothing")
    if not target.parent.is_dir():
        raise StoreError(f"{target}: there is no folder {target.parent}: make it first")
    part = target.with_name(f"{target.name}.part")
    try:
        with errors_of(target):
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, no log beside it; WAL comes back when it is opened for writing
        part.replace(target)
    except OSError as e:
        raise StoreError(f"{target}: the backup cannot be written: {e.strerror}") from e
    finally:
        part.unlink(missing_ok=True)
