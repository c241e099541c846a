"""Connections to a store file, and SQLite's errors in words for people."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from tacitus.errors import StoreError

BUSY_SECONDS = 30.0
"""How long a writer waits for another: a transaction of 100 reports takes 1-20 ms, so thousands may stand before it."""
CACHE_KIB = 64 * 1024
"""Page cache of a connection: the upper levels of every index of a store of a million events fit in it."""
SWITCH_TRIES, SWITCH_PAUSE = 100, 0.05
"""Tries, and seconds between them, to switch a new file to WAL: SQLite does not wait by itself when two processes create one store at once."""
OLDEST_SQLITE = (3, 37)
"""The first SQLite with strict tables."""

Mode = Literal["create", "write", "read"]

_ADVICE = {
    "SQLITE_FULL": "the disk is full; nothing of this step was kept and the store is sound: make room and do the same again",
    "SQLITE_READONLY": "it cannot be written: the file, its folder or its disk is read-only; change that, or open it for reading only",
    "SQLITE_BUSY": f"another process has been writing to it for more than {BUSY_SECONDS:.0f} seconds: try again when it is done",
    "SQLITE_LOCKED": f"another process has been writing to it for more than {BUSY_SECONDS:.0f} seconds: try again when it is done",
    "SQLITE_NOTADB": "it is no Tacitus store: name a file that `tacitus ingest` made",
    "SQLITE_CORRUPT": "the file is damaged: restore it from a backup (`tacitus store backup` makes one), or copy what `sqlite3 FILE .recover` still finds",
    "SQLITE_CANTOPEN": "it cannot be opened: look whether its folder exists and may be written (SQLite keeps two files beside a store)",
    "SQLITE_IOERR": "the disk gave an error while it was read or written; nothing of this step was kept: look after the disk, then run `tacitus store check`",
    "SQLITE_INTERRUPT": "the work was interrupted; nothing of this step was kept",
    "SQLITE_NOMEM": "there is not enough memory",
}


def store_error(path: Path, error: sqlite3.Error) -> StoreError:
    """An SQLite error as a message for people."""
    name = getattr(error, "sqlite_errorname", None) or ""
    advice = next((text for prefix, text in _ADVICE.items() if name.startswith(prefix)), None)
    return StoreError(f"{path}: {advice} ({error})" if advice else f"{path}: {error}")


@contextmanager
def errors_of(path: Path) -> Iterator[None]:
    """Whatever SQLite raises inside comes out as a StoreError about this file."""
    try:
        yield
    except sqlite3.Error as e:
        raise store_error(path, e) from e


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """A connection that waits for writers, keeps foreign keys and, to read only, trusts nothing that a store's own schema might smuggle in.

    Raises:
        StoreError: there is no such file, it is a folder, or SQLite is too old.
        sqlite3.Error: the file cannot be opened.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(f"this Python has SQLite {sqlite3.sqlite_version}; the store needs 3.37 or newer: use another Python")
    if path.is_dir():
        raise StoreError(f"{path}: it is a folder: name the store's file in it")
    if mode != "create" and not path.exists():
        raise StoreError(f"{path}: there is no such store: look at the name, or make one with `tacitus ingest SOURCE --store FILE`")
    uri = path.absolute().as_uri()
    flags = {"create": "mode=rwc", "write": "mode=rw", "read": "mode=ro"}[mode]
    connection = sqlite3.connect(f"{uri}?{flags}", uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        if mode == "read" and not _readable(connection, path):
            connection.close()
            # A disk that cannot be written has no room for WAL's shared memory; nobody else can write there either, so the file stands still.
            connection = sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if mode == "read":
            connection.execute("PRAGMA trusted_schema = OFF")  # writers need it: their triggers feed the full-text table
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def make_durable(connection: sqlite3.Connection) -> None:
    """Write-ahead log and a sync to disk before a commit answers: why is in ``docs/architecture.md``."""
    connection.execute("PRAGMA synchronous = FULL")
    for left in reversed(range(SWITCH_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as e:
            if not left or not str(getattr(e, "sqlite_errorname", "")).startswith("SQLITE_BUSY"):
                raise
            time.sleep(SWITCH_PAUSE)
        else:
            return


@contextmanager
def transaction(connection: sqlite3.Connection, on_step: Callable[[str], None] | None = None) -> Iterator[None]:
    """All that is written inside, or nothing. ``on_step`` is told 'before commit' and 'after commit'."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        if on_step:
            on_step("before commit")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite rolls back itself on a full disk
            connection.execute("ROLLBACK")
        raise
    if on_step:
        on_step("after commit")


@contextmanager
def one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside is of one moment, whatever other processes write meanwhile; inside a transaction it is so anyway."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _readable(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether a read-only connection can read; False only where all that is committed stands in the file itself, none in a log beside it."""
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as e:
        log = path.with_name(path.name + "-wal")
        if str(getattr(e, "sqlite_errorname", "")).startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) and not (log.exists() and log.stat().st_size):
            return False
        raise
    return True
