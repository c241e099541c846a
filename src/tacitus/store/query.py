"""Other people's SQL on a store: it reads, and nothing else, for a limited time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tacitus.errors import StoreError
from tacitus.store.connection import connect, errors_of, store_error
from tacitus.store.keys import well_formed
from tacitus.store.schema import require_current

Cell = str | int | float | bytes | None

STEPS_BETWEEN_LOOKS = 10_000
"""Instructions of SQLite's machine between two looks at the time: about a millisecond."""
LONGEST_CELL = 64 * 1024 * 1024
"""Bytes of the longest text a query may build: no report is longer, and `randomblob(1e9)` is no question."""

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_FORBIDDEN_FUNCTIONS = {"load_extension", "fts3_tokenizer"}
_PRAGMAS = {"data_version"}
"""Full-text search itself asks this one."""


@dataclass(frozen=True, slots=True)
class Result:
    """A query's columns (a name that comes twice gets a number) and its rows as they are read."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Cell, ...]]


@contextmanager
def query(path: Path, sql: str, expired: Callable[[], bool]) -> Iterator[Result]:
    """One statement of SQL on a read-only connection that can neither write, attach nor set anything.

    Args:
        path: the store.
        sql: one statement.
        expired: whether the time is up; asked about every millisecond.

    Raises:
        StoreError: there is no such store; the SQL is wrong, would do more than read, or took too long (while the rows are read, too).
    """
    with errors_of(path), closing(connect(path, "read")) as connection:
        require_current(connection, path)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_CELL)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.set_authorizer(_authorize)
        connection.set_progress_handler(lambda: int(expired()), STEPS_BETWEEN_LOOKS)
        with _errors_of_query(path):
            cursor = connection.execute(well_formed(sql))
        if cursor.description is None:
            raise StoreError("the query is empty: write one SELECT")
        with closing(_rows(path, cursor)) as rows:
            yield Result(_unique([column[0] for column in cursor.description]), rows)


def _rows(path: Path, cursor: sqlite3.Cursor) -> Generator[tuple[Cell, ...], None, None]:
    with _errors_of_query(path):
        yield from cursor


@contextmanager
def _errors_of_query(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Warning, sqlite3.ProgrammingError) as e:
        raise StoreError(f"the query cannot be run: {e}") from e
    except sqlite3.Error as e:
        name = getattr(e, "sqlite_errorname", None) or ""
        if name.startswith("SQLITE_INTERRUPT"):
            raise StoreError("the query took longer than it may: narrow it (the views' source_country, target_country, event_date and code are indexed)") from e
        if name.startswith(("SQLITE_AUTH", "SQLITE_READONLY")) or "prohibited" in str(e):
            raise StoreError(f"the query would do more than read ({e}): only SELECT is allowed here") from e
        if name.startswith(("SQLITE_ERROR", "SQLITE_TOOBIG", "SQLITE_MISMATCH", "SQLITE_RANGE")):
            raise StoreError(f"the query is wrong: {e}") from e
        raise store_error(path, e) from e


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        allowed = (second or "").lower() not in _FORBIDDEN_FUNCTIONS
    elif action == sqlite3.SQLITE_PRAGMA:
        allowed = (first or "").lower() in _PRAGMAS and second is None
    elif action == sqlite3.SQLITE_UPDATE:
        # Asked of every virtual table that is declared (json_each, full text). A true update of the schema SQLite refuses by itself.
        allowed = first == "sqlite_master"
    else:
        allowed = action in _ALLOWED
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _unique(names: list[str]) -> tuple[str, ...]:
    taken: dict[str, int] = {}
    out = []
    for name in names:
        taken[name] = taken.get(name, 0) + 1
        out.append(name if taken[name] == 1 else f"{name}_{taken[name]}")
    return tuple(out)
