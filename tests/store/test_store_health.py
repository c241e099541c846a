"""Sound stores, broken ones, full disks, and copies."""

import os
import sqlite3
import subprocess
import sys

import pytest
from store_support import AT, event, report

from tacitus.errors import StoreError
from tacitus.store import EventFilter, EventStore, Progress, connection


@pytest.fixture
def filled(store):
    source = store.begin_source("a", "jsonl", "f", AT)
    coded = [(r, [event(r, f"e{n}", reciprocal=n % 2 == 0)]) for n in range(5) for r in [report(n)]]
    store.add(coded, coder="c", at=AT, progress=Progress(source, "5"))
    store._connection.execute("INSERT INTO stories (id, events) VALUES ('s', 1)")
    store._connection.execute("UPDATE events SET story = 1 WHERE event_id = 'e1'")
    assert store.check() == []
    return store


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DELETE FROM reports WHERE id = 'r1'", "events point to reports"),
        ("DELETE FROM events WHERE event_id = 'e1'", "actors point to events"),
        ("DELETE FROM dyads WHERE event = 1", "without a row in dyads"),
        ("DELETE FROM dyads WHERE event = 1 AND mirrored = 1", "do not fit their actors"),
        ("UPDATE dyads SET event_date = NULL WHERE event = 2", "differ from their event"),
        ("UPDATE dyads SET source_code = 'CHN' WHERE event = 2", "differ from their actors"),
        ("UPDATE dyads SET first_of_pair = 0 WHERE event = 2", "twice or not at all"),
        ("UPDATE events SET story = NULL", "without events"),
        ("UPDATE stories SET events = 7", "count of events"),
        ("UPDATE sources SET left_out = 1", "left out is wrong"),
        ("UPDATE sources SET added = 9", "more added reports"),
        ("UPDATE events SET report = NULL, own_report_id = 'x'", "without their report"),
        ("INSERT INTO sightings (report, url, canonical_url, seen_at) SELECT 2, url, canonical_url, '' FROM reports WHERE key = 1", "another's sighting"),
        ("DELETE FROM reports_fts_docsize WHERE id = 1", "full-text index lacks"),
        ("DROP TRIGGER reports_fts_update; UPDATE reports SET text = 'Unheard-of words.' WHERE key = 1", "full-text index does not fit"),
    ],
)
def test_what_is_broken_is_found(filled, damage, words):
    filled._connection.execute("PRAGMA foreign_keys = OFF")
    filled._connection.executescript(damage)
    problems = filled.check()
    assert any(words in problem for problem in problems), problems


def findings(path):
    """What is told of a damaged file, whether SQLite stumbles over it when it opens or the check finds it."""
    try:
        with EventStore(path) as damaged:
            return damaged.check()
    except StoreError as e:
        return [str(e)]


def test_torn_pages_are_found(filled, path):
    filled.close()
    with path.open("r+b") as file:
        for page in range(4, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xa5" * 2048)
    assert findings(path)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_found(filled, path, part):
    filled.close()
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * part))
    (told, *_) = findings(path)
    assert "damaged" in told or "SQLite" in told


def test_compact_keeps_everything_and_mends_the_full_text_index(filled, path):
    before = list(filled.events())
    filled._connection.execute("INSERT INTO reports_fts (reports_fts) VALUES ('delete-all')")
    assert filled.search("accused") == []
    assert filled.check()
    filled.compact()
    assert filled.check() == []
    assert len(filled.search("accused")) == 5
    assert list(filled.events()) == before


def test_backup_is_a_store(filled, tmp_path):
    copy = tmp_path / "copy.tacitus"
    filled.backup(copy)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("copy")) == ["copy.tacitus"]
    with EventStore(copy, create=False) as other:
        assert list(other.events()) == list(filled.events())
        assert other.check() == []
    with pytest.raises(StoreError, match="such a file"):
        filled.backup(copy)
    with pytest.raises(StoreError, match="no folder"):
        filled.backup(tmp_path / "none" / "copy")


def test_stats(filled):
    figures = filled.stats()
    assert (figures["reports"], figures["events"], figures["dyads"], figures["by_root"]) == (5, 5, 8, {"11": 5})
    assert (figures["first_date"], figures["last_date"]) == ("2016-09-25", "2016-09-25")


def test_a_full_disk_is_told_and_leaves_a_sound_store(filled, path):
    """``max_page_count`` stands in for the disk: SQLite gives the same error, at the same place, as for one that is full."""
    (pages,) = filled._connection.execute("PRAGMA page_count").fetchone()
    filled._connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    source = filled.begin_source("b", "jsonl", "f", AT)
    batch = [(r, [event(r, f"n{n}")]) for n in range(100, 600) for r in [report(n, f"Long text {n} " + "word " * 500)]]
    with pytest.raises(StoreError, match="disk is full"):
        filled.add(batch, coder="c", at=AT, progress=Progress(source, "500"))
    assert filled.check() == []
    assert filled.count() == 5
    assert filled.sources()[1].read == 0
    filled._connection.execute("PRAGMA max_page_count = 1073741823")
    assert filled.add(batch, coder="c", at=AT, progress=Progress(source, "500")).reports == 500
    assert filled.check() == []


FULL_DISK = """
import sys
from tacitus.errors import StoreError
from tacitus.store import EventStore
sys.path.insert(0, sys.argv[2])
from store_support import AT, event, report
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with EventStore(sys.argv[1]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
    try:
        for start in range(0, 1000, 20):
            store.add([(r, [event(r, f"n{n}")]) for n in range(start, start + 20) for r in [report(n, f"Long {n} " + "word " * 500)]], coder="c", at=AT)
    except StoreError as e:
        print(e)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(store.check())
"""


def test_a_file_that_may_not_grow_is_told_and_leaves_a_sound_store(path):
    """A limit of the operating system on the size of files: what the write-ahead log meets first when a disk is full."""
    pytest.importorskip("resource", reason="limits on file size are POSIX")
    run = subprocess.run([sys.executable, "-c", FULL_DISK, str(path), os.path.dirname(__file__)], capture_output=True, text=True, check=True)  # noqa: PTH120
    told, sound = run.stdout.splitlines()
    assert "nothing of this step was kept" in told
    assert sound == "[]"
    with EventStore(path) as store:
        assert store.count() == len(list(store.reports()))
        assert store.count() % 20 == 0
        assert store.count() > 0
        assert store.check() == []


def test_a_writer_that_waits_too_long_is_told(filled, path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with EventStore(path) as late:
        with pytest.raises(StoreError, match="another process"):
            late.add([(report(9), [])], coder="c", at=AT)
        assert late.count() == 5
        other.execute("ROLLBACK")
        assert late.add([(report(9), [])], coder="c", at=AT).reports == 1
    other.close()


def test_a_store_that_may_not_be_written(filled):
    filled._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="read-only"):
        filled.add([(report(9), [])], coder="c", at=AT)
    filled._connection.execute("PRAGMA query_only = OFF")
    assert filled.check() == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_may_not_be_written(filled, path):
    filled.close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with EventStore(path, readonly=True) as reader:
            assert reader.count(EventFilter(source="RUS")) == 5
            assert len(list(reader.events())) == 5
        with pytest.raises(StoreError), EventStore(path) as writer:
            writer.add([(report(9), [])], coder="c", at=AT)
    finally:
        path.parent.chmod(0o755)


def test_a_store_whose_log_cannot_be_opened_is_read_as_it_stands(filled, path, monkeypatch):
    """What a disk that cannot be written does to a reader, for tests that run as root."""
    filled.close()
    monkeypatch.setattr(connection, "_readable", lambda *_: False)
    with EventStore(path, readonly=True) as reader:
        assert reader.count() == 5
        assert not path.with_name(path.name + "-shm").exists()


def test_a_closed_store_says_so(filled):
    filled.close()
    with pytest.raises(StoreError, match="closed"):
        filled.count()
