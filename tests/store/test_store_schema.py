"""Opening files: new ones, old ones, newer ones, other people's."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tacitus.errors import StoreError
from tacitus.store import EventFilter, EventStore, schema
from tacitus.store.schema import migrations, statements

VERSION_1 = Path(__file__).parent / "data" / "version1.sql"
NEXT = "ALTER TABLE stories ADD COLUMN note TEXT;\nCREATE TABLE extra (key INTEGER PRIMARY KEY) STRICT;\n"


def old_store(path):
    with sqlite3.connect(path) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    connection.close()


def version(path):
    with sqlite3.connect(path) as connection:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return found


def test_a_new_store_is_durable_and_marked(path):
    with EventStore(path) as store:
        pragma = {name: store._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys", "application_id")}
        assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "application_id": schema.APPLICATION_ID}
    assert version(path) == len(migrations())


def test_an_empty_file_becomes_a_store(path):
    path.touch()
    with EventStore(path) as store:
        assert store.check() == []


def test_a_store_of_version_1_opens_as_it_was(path):
    old_store(path)
    with EventStore(path) as store:
        assert version(path) == len(migrations())
        (event,) = store.events(EventFilter(source="RUS", target="UKR"))
        assert (event.event_id, event.code, event.report_id, len(event.mentions)) == ("e1", "112", "r1", 2)
        assert [r.id for r in store.search("accused")] == ["r1"]
        assert store.check() == []


def test_a_migration_runs_once_in_one_transaction(path, monkeypatch):
    old_store(path)
    base = migrations()[:1]
    monkeypatch.setattr(schema, "migrations", lambda: (*base, NEXT))
    with EventStore(path) as store:
        store._connection.execute("SELECT note FROM stories")
    with EventStore(path), EventStore(path):
        assert version(path) == 2


def test_a_migration_that_fails_leaves_the_version_before(path, monkeypatch):
    old_store(path)
    base = migrations()[:1]
    monkeypatch.setattr(schema, "migrations", lambda: (*base, NEXT + "CREATE TABLE reports (x);\n"))
    with pytest.raises(StoreError, match="already exists"):
        EventStore(path)
    assert version(path) == 1
    monkeypatch.setattr(schema, "migrations", lambda: base)
    with EventStore(path) as store:
        assert store.count() == 1
        assert store._connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'").fetchone() == (0,)


def test_a_reader_does_not_migrate(path, monkeypatch):
    old_store(path)
    base = migrations()[:1]
    monkeypatch.setattr(schema, "migrations", lambda: (*base, NEXT))
    with pytest.raises(StoreError, match="version 1"):
        EventStore(path, readonly=True)
    assert version(path) == 1


def test_a_newer_store_is_refused(path):
    with EventStore(path) as store:
        store._connection.execute("PRAGMA user_version = 99")
    for readonly in (False, True):
        with pytest.raises(StoreError, match="newer Tacitus"):
            EventStore(path, readonly=readonly)


def test_another_database_is_refused_and_left_alone(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        EventStore(path)
    assert path.read_bytes() == before


class Interrupted:
    """A connection beside which another process makes the store as soon as the first line of the header is read."""

    def __init__(self, path):
        self.mine, self.other = (sqlite3.connect(path, isolation_level=None, timeout=0) for _ in range(2))
        self.path = path

    @property
    def in_transaction(self):
        return self.mine.in_transaction

    def execute(self, sql):
        found = self.mine.execute(sql)
        if "application_id" in sql:
            found = iter(found.fetchall())
            with contextlib.suppress(sqlite3.OperationalError):  # locked, if the reader keeps the state that it began with
                schema.migrate(self.other, self.path)
            return type("Rows", (), {"fetchone": lambda _: next(found)})()
        return found


def test_a_store_that_another_process_makes_meanwhile_is_no_strangers(path):
    connection = Interrupted(path)
    assert schema.version_of(connection, path) in (0, len(migrations()))
    connection.mine.close()
    connection.other.close()


def test_no_database_is_refused_and_left_alone(path):
    path.write_bytes(b"a letter to my aunt " * 100)
    for readonly in (False, True):
        with pytest.raises(StoreError, match="no Tacitus store"):
            EventStore(path, readonly=readonly)
    assert path.read_bytes() == b"a letter to my aunt " * 100


def test_what_is_not_there(path, tmp_path):
    with pytest.raises(StoreError, match="no such store"):
        EventStore(path, create=False)
    with pytest.raises(StoreError, match="no such store"):
        EventStore(path, readonly=True)
    assert not path.exists()
    with pytest.raises(StoreError, match="folder"):
        EventStore(tmp_path)
    with pytest.raises(StoreError, match="no folder"):
        EventStore(tmp_path / "none" / "x")
    path.touch()
    with pytest.raises(StoreError, match="empty"):
        EventStore(path, readonly=True)


def test_names_that_a_uri_would_misread(tmp_path):
    odd = tmp_path / "a?mode=memory#é%20 'b.tacitus"
    with EventStore(odd):
        pass
    assert odd.exists()
    with EventStore(odd, readonly=True) as store:
        assert store.count() == 0


def test_statements_are_split_with_their_triggers():
    script = "CREATE TABLE a (b); -- x; y\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n SELECT 1;\n SELECT 2;\nEND;\n-- the end\n"
    assert len(list(statements(script))) == 2
    with pytest.raises(ValueError, match="middle"):
        list(statements("CREATE TABLE a (b"))
