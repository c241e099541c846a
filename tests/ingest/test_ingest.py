"""Ingest: every source, each report once, resumed wherever it broke off, whatever dies."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from ingest_support import AT, DyingCoder, NewerCoder, NoCoder, StandInCoder, line, run, text, texts_of

from tacitus.articles import FetchOptions, ReadOptions
from tacitus.errors import ModelError, StoreError
from tacitus.ingest import IngestOptions, Limits, ingest, recode
from tacitus.ingest.limits import hold_memory
from tacitus.ingest.processes import Died, Helper
from tacitus.ingest.reader import Reader, SourceFile
from tacitus.store import EventStore

ALL = [text(n) for n in range(40)]


class Stopped(Exception):  # noqa: N818 - the test's own
    """Stands for the process that dies."""


def stop_at(step, time):
    """A hook that breaks off at the nth time of a step."""
    seen = Counter()

    def on_step(name):
        seen[name] += 1
        if name == step and seen[name] == time:
            raise Stopped

    return on_step


def test_reports_and_events_arrive(store_path, corpus):
    summary = run(store_path, corpus)
    assert summary.to_dict() == {
        "sources": 1, "finished_before": 0, "left_to_others": 0, "read": 40, "added": 40, "events": 80, "known": {}, "left_out": {}, "no_reports": 0,
    }  # fmt: skip
    assert texts_of(store_path) == ALL
    with EventStore(store_path) as store:
        assert {e.coder for e in store.events()} == {"stand-in 1"}
        (source,) = store.sources()
        assert (source.state, source.read, source.added, source.events, source.started) == ("finished", 40, 40, 80, AT)


def test_again_adds_nothing_and_reads_nothing(store_path, corpus):
    run(store_path, corpus)
    summary = run(store_path, corpus)
    assert (summary.finished_before, summary.read, summary.added) == (1, 0, 0)
    summary = run(store_path, corpus, again=True)
    assert (summary.read, summary.added, dict(summary.known)) == (40, 0, {"id": 40})


def test_a_file_that_grew_brings_what_is_new(store_path, corpus):
    run(store_path, corpus)
    with corpus.open("a", encoding="utf-8") as stream:
        stream.write(line(40))
    summary = run(store_path, corpus)
    assert (summary.added, summary.known["id"]) == (1, 40)


def test_each_report_once_by_id_url_and_content(store_path, tmp_path, corpus):
    other = tmp_path / "other.jsonl"
    other.write_text(
        line(3, text="Other words.", url="https://example.net/x")
        + line(3, id="other", text="Other words.", url="http://www.example.org/3/?utm_source=x")
        + line(3, id="third", text=text(3).upper(), url="https://example.net/3")
        + line(77),
        encoding="utf-8",
    )
    summary = run(store_path, corpus, other)
    assert (summary.added, dict(summary.known)) == (41, {"id": 1, "url": 1, "content": 1})


@pytest.mark.parametrize("step", ["read", "coded", "before commit", "after commit"])
@pytest.mark.parametrize("time", [1, 2, 3])
def test_goes_on_where_it_broke_off(store_path, corpus, step, time):
    hook = stop_at(step, time)
    with EventStore(store_path) as store:
        store.on_step = hook
        with pytest.raises(Stopped):
            ingest([corpus], store, clock=lambda: AT, coder=StandInCoder, options=IngestOptions(processes=1), on_step=hook)
    with EventStore(store_path) as store:
        there = len(list(store.reports()))
        position = [s.position for s in store.sources()]
    summary = run(store_path, corpus)
    assert summary.added == 40 - there
    assert summary.known.total() == 0, f"what was written was read again: {position}"
    assert texts_of(store_path) == ALL


def test_what_was_left_out_is_counted_once_however_often_it_broke_off(store_path, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text("".join(line(n) + "no json\n" for n in range(40)), encoding="utf-8")
    for time in (1, 2, 3, 2, 1):
        with pytest.raises(Stopped):
            run(store_path, path, on_step=stop_at("read", time))
    run(store_path, path)
    with EventStore(store_path) as store:
        (source,) = store.sources()
        assert (source.read, source.added, source.left_out, len(store.left_out(source))) == (80, 40, 40, 40)
        assert store.left_out(source)[0].place.endswith("line 2")


def test_a_list_in_one_document_goes_on_within_it(store_path, tmp_path):
    path = tmp_path / "list.json"
    path.write_text(json.dumps([json.loads(line(n)) for n in range(40)] + [7]), encoding="utf-8")
    with pytest.raises(Stopped):
        run(store_path, path, on_step=stop_at("coded", 2))
    summary = run(store_path, path)
    assert (summary.added, summary.known.total(), summary.left_out["record"]) == (24, 0, 1)
    assert texts_of(store_path) == ALL


def test_cut_archives_keep_what_came_before_and_say_so(store_path, tmp_path):
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress("".join(line(n, x=os.urandom(50).hex()) for n in range(2_000)).encode())[:-3_000])
    left_out = []
    summary = run(store_path, path, left_out=left_out)
    assert 500 < summary.added < 2_000
    assert summary.left_out == {"damaged": 1}
    assert "ends before its end" in left_out[0].reason
    assert run(store_path, path).read == 0


def test_folders_patterns_and_the_store_itself(store_path, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(text(number), encoding="utf-8")
    assert run(store_path, tmp_path).added == 3
    assert run(store_path, f"{tmp_path}/*.txt").to_dict()["finished_before"] == 3
    left_out = []
    run(store_path, tmp_path / "missing", f"{tmp_path}/*.nothing", "", left_out=left_out)
    assert len(left_out) == 3


def test_standard_input_is_known_again_by_its_content(store_path, corpus):
    assert run(store_path, "-", stdin=io.BytesIO(corpus.read_bytes())).added == 40
    assert run(store_path, "-", stdin=io.BytesIO(corpus.read_bytes())).finished_before == 1
    assert run(store_path, "-", stdin=io.BytesIO(corpus.read_bytes()[:-10])).sources == 1


def test_pipes(store_path, tmp_path, corpus):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(corpus.read_bytes()), daemon=True)
    writer.start()
    assert run(store_path, pipe, limits=Limits(pipe_seconds=10)).added == 40
    writer.join()
    left_out = []
    run(store_path, pipe, left_out=left_out)
    assert "nothing came through this pipe" in left_out[0].reason


def test_urls_are_fetched_once_and_only_where_they_may_lead(store_path, tmp_path, server):
    base = f"http://127.0.0.1:{server.server_port}"
    path = tmp_path / "list.urls"
    path.write_text(f"{base}/report/1\n{base}/report/2\n{base}/away\n{base}/none\nfile:///etc/passwd\n", encoding="utf-8")
    read = ReadOptions(fetch=FetchOptions(allow_private=True, total_seconds=5))
    summary = run(store_path, path, f"{base}/report/3", read=read)
    assert (summary.added, summary.left_out["fetch"]) == (3, 3)
    asked = list(server.asked)
    summary = run(store_path, path, again=True, read=read)
    assert (summary.added, summary.known.total()) == (0, 2)
    assert server.asked[len(asked) :] == ["/away", "/none"]
    other = tmp_path / "other.urls"
    other.write_text(f"{base}/report/9\n", encoding="utf-8")
    assert run(store_path, other, f"{base}/report/9").left_out["fetch"] == 2
    assert texts_of(store_path) == [text(n) for n in (1, 2, 3)]


def test_dates_that_are_missing(store_path, tmp_path):
    (tmp_path / "a.txt").write_text(text(1), encoding="utf-8")
    run(store_path, tmp_path / "a.txt", published="2001-05-04")
    with EventStore(store_path) as store:
        assert [r.published for r in store.reports()] == ["2001-05-04"]


def test_documents_that_kill_the_coder_are_left_out_and_no_others(store_path, tmp_path):
    path = tmp_path / "deadly.jsonl"
    deadly = {5: "DEADLY", 6: "DEADLY", 17: "RAISING", 23: "HANGING", 39: "DEADLY"}
    path.write_text("".join(line(n, text=f"{text(n)} {deadly.get(n, '')}") for n in range(40)), encoding="utf-8")
    left_out = []
    summary = run(store_path, path, coder=DyingCoder, limits=Limits(coding_seconds=1.0), processes=2, left_out=left_out)
    assert (summary.added, summary.left_out) == (35, {"coder": 5})
    assert {thing.place for thing in left_out} == {f"r{n}" for n in deadly}
    assert [thing.reason for thing in left_out if thing.place == "r17"] == ["report r17: the coder: ValueError: no such word; it was left out"]
    assert len(texts_of(store_path)) == 35


def test_a_coder_that_does_not_start_is_an_error(store_path, corpus):
    with pytest.raises(ModelError, match="does not start"):
        run(store_path, corpus, coder=NoCoder)
    assert run(store_path, corpus).added == 40


def test_a_reading_process_that_is_killed_has_a_successor(corpus):
    reader = Reader(ReadOptions(), Limits())
    found = reader.read(SourceFile(corpus, "n", "n", "f"), None, lambda _: False)
    texts = [next(item for item in found if item.report).report.text]
    reader._helper._process.kill()
    left_out = []
    for item in found:
        texts += [item.report.text] if item.report else []
        left_out += [item.left_out] if item.left_out else []
    reader.close()
    assert len(left_out) <= 1
    assert len(texts) >= 40 - len(left_out) - 1
    assert len(set(texts)) == len(texts)


def _swell(connection, limit):
    held = hold_memory(limit)
    connection.send_bytes(json.dumps({"held": held}).encode())
    try:
        size = len(bytearray(10 * limit))
    except MemoryError:
        size = 0
    connection.send_bytes(json.dumps({"size": size}).encode())


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system has no limit on data")
def test_memory_is_held_to_its_limit():
    helper = Helper(_swell, 50_000_000)
    assert (helper.answer(20), helper.answer(20)) == ({"held": True}, {"size": 0})
    with pytest.raises(Died):
        helper.answer(20)


class TestRecode:
    def test_only_what_another_version_coded(self, store_path, corpus):
        run(store_path, corpus)
        with EventStore(store_path) as store:
            done = recode(store, coder=NewerCoder, options=IngestOptions(processes=2))
            assert (done.reports, done.removed, done.events) == (40, 80, 40)
            assert {e.coder for e in store.events()} == {"stand-in 1"}  # as the stand-in writes it
            assert list(store.reports(not_coder="stand-in 2")) == []
            assert recode(store, coder=NewerCoder).reports == 0
            assert store.check() == []

    def test_only_some_sources(self, store_path, tmp_path, corpus):
        (tmp_path / "more").mkdir()
        other = tmp_path / "more" / "a.txt"
        other.write_text("Israel and Syria opened talks in Geneva, officials said.", encoding="utf-8")
        run(store_path, corpus, other)
        with EventStore(store_path) as store:
            assert recode(store, [str(tmp_path / "more")], coder=NewerCoder).reports == 1
            assert recode(store, [str(tmp_path / "*.jsonl")], coder=NewerCoder).reports == 40
            assert recode(store, [str(corpus)], coder=NewerCoder).reports == 0

    def test_breaks_off_whole(self, store_path, corpus):
        run(store_path, corpus)
        with EventStore(store_path) as store:
            hook = stop_at("before commit", 2)
            store.on_step = hook
            with pytest.raises(Stopped):
                recode(store, coder=NewerCoder, options=IngestOptions(processes=1))
            store.on_step = None
            assert store.count() == 80 - 16
            assert recode(store, coder=NewerCoder).reports == 24
            assert (store.count(), store.check()) == (40, [])

    def test_what_cannot_be_coded_keeps_what_it_had(self, store_path, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text(line(1) + line(2, text=f"{text(2)} RAISING"), encoding="utf-8")
        run(store_path, path)
        with EventStore(store_path) as store:
            left_out = []
            done = recode(store, coder=_NewerDyingCoder, on_left_out=left_out.append)
            assert (done.reports, done.left_out, left_out[0].place) == (1, 1, "r2")
            assert store.count() == 4


class _NewerDyingCoder(DyingCoder):
    version = "stand-in 2"


def content_of(path):
    """What a store holds, whatever the order in which it came."""
    with EventStore(path, create=False) as store:
        assert store.check() == []
        reports = sorted((r.id, r.url, r.text) for r in store.reports())
        events = sorted(json.dumps(e.to_dict(), sort_keys=True) for e in store.events())
        return reports, events, {(s.name, s.state) for s in store.sources()}


def test_eight_at_once_make_the_store_of_one(tmp_path):
    from kill_test import write_corpus

    sources = [str(path) for path in write_corpus(tmp_path, 300)]
    third = tmp_path / "third.jsonl"
    third.write_text("".join(line(n, id=f"r{n}", url=f"https://example.org/news/{n}") for n in range(250, 400)), encoding="utf-8")
    sources.append(str(third))
    script = str(Path(__file__).parents[2] / "scripts" / "kill_test.py")
    one, many = tmp_path / "one.tacitus", tmp_path / "many.tacitus"
    running = []
    for number in range(8):
        order = sources[number % 3 :] + sources[: number % 3]
        running.append(subprocess.Popen([sys.executable, script, "--child", str(many), "--processes", "1", *order], stdout=subprocess.PIPE, text=True))
    figures = [json.loads(process.communicate()[0]) for process in running]
    assert [process.returncode for process in running] == [0] * 8
    assert sum(f["added"] for f in figures) == 400
    subprocess.run([sys.executable, script, "--child", str(one), "--processes", "1", *sources], check=True, stdout=subprocess.DEVNULL)
    assert content_of(many) == content_of(one)


class TestDisks:
    def test_a_store_that_is_full(self, store_path, tmp_path, corpus):
        """SQLite's own limit on pages gives the very error of a full disk."""
        with EventStore(store_path) as store:
            (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
            store._connection.execute(f"PRAGMA max_page_count = {pages + 4}")
            with pytest.raises(StoreError, match="disk is full"):
                ingest([corpus], store, clock=lambda: AT, coder=StandInCoder, options=IngestOptions(processes=1))
        assert len(texts_of(store_path)) < 40
        run(store_path, corpus)
        assert texts_of(store_path) == ALL

    def test_a_full_disk(self, tmp_path):
        disk = tmp_path / "disk"
        disk.mkdir()
        if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False).returncode:
            pytest.skip("a small disk can be mounted by root only")
        try:
            corpus = tmp_path / "big.jsonl"
            corpus.write_text("".join(line(n, text=f"{text(n)} {os.urandom(1_000).hex()}") for n in range(400)), encoding="utf-8")
            done = cli("ingest", str(corpus), "--store", str(disk / "news.tacitus"), coder=True)
            assert done.returncode == 1
            assert "the disk is full" in done.stderr
            assert "Traceback" not in done.stderr
            there = texts_of(disk / "news.tacitus")
            assert 0 < len(there) < 400
            subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
            assert cli("ingest", str(corpus), "--store", str(disk / "news.tacitus"), coder=True).returncode == 0
            assert len(texts_of(disk / "news.tacitus")) == 400
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            for name in ("news.tacitus", "new.tacitus"):
                done = cli("ingest", str(corpus), "--store", str(disk / name), coder=True)
                assert done.returncode == 1
                assert "Traceback" not in done.stderr
                assert "read-only" in done.stderr or "cannot be opened" in done.stderr
            with EventStore(disk / "news.tacitus", readonly=True) as store:
                assert store.check() == []
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=False)


SCRIPTS = str(Path(__file__).parents[2] / "scripts")
STAND_IN_CLI = """
import sys
sys.path[:0] = [{scripts!r}]
from kill_test import StandInCoder
import tacitus.ingest.run as run
run.ingest.__kwdefaults__["coder"] = StandInCoder
from tacitus.cli import main
sys.exit(main(sys.argv[1:]))
"""


def cli(*arguments, coder=False, **how):
    """The command line in a process of its own, with the stand-in coder if asked."""
    program = ["-c", STAND_IN_CLI.format(scripts=SCRIPTS) if coder else "import sys; from tacitus.cli import main; sys.exit(main(sys.argv[1:]))"]
    return subprocess.run([sys.executable, *program, *arguments], capture_output=True, text=True, check=False, **how)


class TestCommand:
    def test_summary_and_status(self, store_path, corpus, tmp_path):
        with corpus.open("a", encoding="utf-8") as stream:
            stream.write("no \x1b[31mjson\n")
        done = cli("ingest", str(corpus), str(tmp_path / "missing"), "--store", str(store_path), "--processes", "1", coder=True)
        assert done.returncode == 1
        assert json.loads(done.stdout)["added"] == 40
        assert json.loads(done.stdout)["left_out"] == {"record": 1, "source": 1}
        assert "line 41" in done.stderr
        assert "\x1b" not in done.stderr
        done = cli("ingest", str(corpus), "--store", str(store_path), "--format", "text", "--progress", coder=True)
        assert done.returncode == 0
        assert "finished before" in done.stdout

    def test_recode_needs_no_source(self, store_path, corpus):
        run(store_path, corpus)
        done = cli("ingest", "--recode", "--store", str(store_path))
        assert (done.returncode, json.loads(done.stdout)["recoded"]["reports"]) == (0, 40)
        with EventStore(store_path) as store:
            assert "stand-in 1" not in {e.coder for e in store.events()}

    def test_nothing_to_do_is_wrong_usage(self, store_path):
        done = cli("ingest", "--store", str(store_path), coder=True)
        assert done.returncode == 2
        assert not store_path.exists()


def test_the_true_coder(store_path, tmp_path):
    """A few reports with the shipped model: as ``Coder`` codes them, the version on every event."""
    from tacitus import Coder
    from tacitus.ingest import shipped_coder

    path = tmp_path / "reports.jsonl"
    path.write_text("".join(line(n) for n in range(5)), encoding="utf-8")
    run(store_path, path, coder=shipped_coder, limits=Limits())
    coder = Coder()
    with EventStore(store_path) as store:
        reports = list(store.reports())
        expected = [event for _, events in coder.code_many(reports) for event in events]
        assert sorted(e.event_id for e in store.events()) == sorted(e.event_id for e in expected)
        assert expected
        assert {e.coder for e in store.events()} == {coder.version}
        assert list(store.reports(not_coder=coder.version)) == []
