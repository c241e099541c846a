"""SQL of other people: it reads, and nothing else."""

import sqlite3

import pytest
from store_support import AT, event, report

from tacitus.errors import StoreError
from tacitus.store import EventStore, query


@pytest.fixture
def filled(store, path):
    r = report(1)
    store.add([(r, [event(r, "e1"), event(r, "e2", code="190")])], coder="c", at=AT)
    return path


def ask(path, sql, expired=lambda: False):
    with query(path, sql, expired) as result:
        return result.columns, list(result.rows)


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT event_id, source_code FROM events_flat ORDER BY code", [("e1", "RUSGOV"), ("e2", "RUSGOV")]),
        ("WITH c AS (SELECT code FROM events) SELECT count(*) FROM c", [(2,)]),
        ("SELECT rowid FROM reports_fts WHERE reports_fts MATCH 'accused'", [(1,)]),
        ("SELECT snippet(reports_fts, 1, '[', ']', '', 3) FROM reports_fts('accused')", [("Russia [accused] Ukraine",)]),
        ("SELECT value FROM json_each('[1, 2]')", [(1,), (2,)]),
        ("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3) SELECT sum(x) FROM n", [(6,)]),
        ("SELECT 1 WHERE 0", []),
        ("SELECT upper(title) FROM reports_flat;", [("TITLE 1",)]),
    ],
)
def test_reading_is_allowed(filled, sql, rows):
    assert ask(filled, sql)[1] == rows


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM events",
        "INSERT INTO stories (id) VALUES ('x')",
        "UPDATE events SET code = '010'",
        "INSERT INTO reports_fts (reports_fts) VALUES ('rebuild')",
        "WITH x AS (SELECT 1) DELETE FROM events",
        "DROP TABLE events",
        "UPDATE sqlite_master SET sql = ''",
        "DELETE FROM sqlite_master",
        "CREATE TEMP TABLE t (a)",
        "CREATE VIEW v AS SELECT 1",
        "CREATE VIRTUAL TABLE v USING fts5 (a)",
        "ATTACH '/etc/passwd' AS p",
        "ATTACH ':memory:' AS m",
        "DETACH main",
        "PRAGMA query_only = OFF",
        "PRAGMA user_version",
        "PRAGMA writable_schema = ON",
        "SELECT * FROM pragma_database_list",
        "VACUUM INTO '/tmp/stolen'",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT s",
        "ANALYZE",
        "REINDEX",
        "SELECT load_extension('x')",
        "SELECT writefile('/tmp/x', 'y')",
        "SELECT readfile('/etc/passwd')",
        "SELECT 1; DELETE FROM events",
        "SELECT randomblob(1000000000)",
        "SELECT zeroblob(900000000)",
        "SELEC 1",
        "SELECT nothing FROM events",
        "",
        "-- nothing",
        "SELECT ?",
        "SELECT 1 \x00 DROP",
    ],
)
def test_everything_else_is_refused(filled, sql):
    before = filled.read_bytes()
    with pytest.raises(StoreError, match="query"):
        ask(filled, sql)
    assert filled.read_bytes() == before
    with EventStore(filled, create=False) as store:
        assert store.count() == 2
        assert store.check() == []


def test_the_time_limit_holds_before_and_between_rows(filled):
    looks = []

    def soon():
        looks.append(1)
        return len(looks) > 3

    endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
    with pytest.raises(StoreError, match="longer than it may"):
        ask(filled, endless + "SELECT count(*) FROM n", soon)
    looks.clear()
    with pytest.raises(StoreError, match="longer than it may"):
        ask(filled, endless + "SELECT x FROM n", soon)


def test_names_of_columns_are_unique(filled):
    assert ask(filled, "SELECT 1 AS a, 2 AS a, 3 AS b")[0] == ("a", "a_2", "b")


def test_text_that_is_no_utf_8_is_an_error_not_a_crash(filled):
    with pytest.raises(StoreError, match="UTF-8"):
        ask(filled, "SELECT CAST(x'ff' AS TEXT)")


def test_what_is_no_store(tmp_path):
    with pytest.raises(StoreError, match="no such store"):
        ask(tmp_path / "none", "SELECT 1")
    other = tmp_path / "other"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        ask(other, "SELECT 1")
