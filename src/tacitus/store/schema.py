"""The version of a store's schema, and the steps from each version to the next (``migrations/0001.sql`` …)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from tacitus.errors import StoreError
from tacitus.store.connection import one_state, transaction

APPLICATION_ID = 0x54414349
"""``TACI``: marks the file as a Tacitus store in SQLite's header, so that `file` and we can tell it from other databases."""


@cache
def migrations() -> tuple[str, ...]:
    """The SQL of each step: the first makes version 1, the second 2 of 1, and so on."""
    folder = files("tacitus.store").joinpath("migrations")
    return tuple(entry.read_text(encoding="utf-8") for entry in sorted(folder.iterdir(), key=lambda e: e.name) if entry.name.endswith(".sql"))


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version of an open file, 0 for an empty one.

    Raises:
        StoreError: it is another program's database, or a store of a newer Tacitus.
    """
    with one_state(connection):  # else another process may make the store between two of these lines
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID and (application or version or tables):
        raise StoreError(f"{path}: it is an SQLite database of another program, no Tacitus store: name another file")
    if version > len(migrations()):
        raise StoreError(f"{path}: its schema is of version {version}, and this Tacitus knows up to {len(migrations())}: use a newer Tacitus")
    return int(version)


def require_current(connection: sqlite3.Connection, path: Path) -> None:
    """For readers, who may change nothing.

    Raises:
        StoreError: the file is empty, another program's, newer or older than this Tacitus.
    """
    version = version_of(connection, path)
    if version == 0:
        raise StoreError(f"{path}: it is empty, no Tacitus store: make one with `tacitus ingest SOURCE --store FILE`")
    if version < len(migrations()):
        raise StoreError(f"{path}: its schema is of version {version}; bring it to {len(migrations())} with `tacitus store check`, which opens it for writing")


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a file to the current version, each step in a transaction of its own; two processes may do it at once.

    Raises:
        StoreError: see ``version_of``.
        sqlite3.Error: a step failed; the file then is of the version before it.
    """
    while version_of(connection, path) < len(migrations()):
        with transaction(connection):
            version = version_of(connection, path)  # again, as another process may have done it while this one waited
            if version == len(migrations()):
                return
            for statement in statements(migrations()[version]):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version + 1}")


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script one by one: ``executescript`` would commit behind our back."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in statement.splitlines()):
        raise ValueError(f"an SQL script ends in the middle of a statement: {statement.strip()[:80]}")
