"""``tacitus events``, ``tacitus query`` and ``tacitus store`` as a user meets them."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from tacitus.cli import main
from tacitus.ontology import cameo
from tacitus.records import Actor, Counts, Event, Mention, Report, Trigger
from tacitus.store import EventStore

AT = "2026-11-22T12:00:00Z"


def event(report, number, code, source, target, event_date):
    c = cameo(code)
    return Event(
        f"e{number}", report.id, report.url, report.published, report.title, 0, Trigger("accused", 7, 14), c.code, c.root, c.name, c.quad_class,
        c.goldstein, c.plover, "actual", False, (Actor("x", 0, 1, source, source[:3]),), (Actor("y", 2, 3, target, target[:3]),), None, event_date,
        "day", None, Counts(), 0.9, (Mention(0, 7, 14),), "tacitus",
    )  # fmt: skip


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "news.tacitus"
    report = Report("Russia accused Ukraine.", "r1", "https://example.org/1", "2016-09-25", "=cmd|' /C calc'!A0 \x1b[31m")
    with EventStore(path) as opened:
        opened.add(
            [(report, [event(report, 1, "112", "USAGOV", "RUS", "2016-01-05"), event(report, 2, "190", "RUSMIL", "UKR", "2016-02-05"),
                       event(report, 3, "111", "USA", "RUSGOV", "2017-01-05")])], coder="tacitus", at=AT,
        )  # fmt: skip
    return str(path)


def records(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_events_are_json_lines_in_a_pipe(store, capsys):
    assert main(["events", "--store", store, "--source", "USA", "--target", "RUS", "--root", "11", "--since", "2016-01", "--modality", "actual"]) == 0
    assert [r["event_id"] for r in records(capsys)] == ["e1", "e3"]
    main(["events", "--store", store, "--until", "2016", "--code", "19", "--text", "accused", "--min-confidence", "0.5"])
    assert [r["event_id"] for r in records(capsys)] == ["e2"]


def test_events_are_paged(store, capsys):
    main(["events", "--store", store, "--limit", "2"])
    assert [r["event_id"] for r in records(capsys)] == ["e1", "e2"]
    main(["events", "--store", store, "--after", "e2"])
    assert [r["event_id"] for r in records(capsys)] == ["e3"]
    main(["events", "--store", store, "--newest", "--limit", "1", "--format", "table"])
    out, err = capsys.readouterr()
    assert "RUSGOV" in out
    assert "--after e3" in err


def test_events_in_every_format(store, tmp_path, capsys):
    main(["events", "--store", store, "--format", "table"])
    out = capsys.readouterr().out
    assert "Accuse" in out
    assert "\x1b" not in out
    main(["events", "--store", store, "--format", "csv"])
    row = next(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert row["title"].startswith("'=cmd")
    assert main(["events", "--store", store, "--format", "parquet", "--output", str(tmp_path / "e.parquet")]) == 0
    assert pq.read_table(tmp_path / "e.parquet").num_rows == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [(["--since", "soon"], "no date"), (["--code", "999"], "no CAMEO code"), (["--root", "1"], "root"), (["--after", "zz"], "go on after"),
     (["--output", "/nowhere/x"], "cannot be written")],
)  # fmt: skip
def test_what_cannot_be_answered_is_told(store, capsys, options, words):
    assert main(["events", "--store", store, *options]) == 1
    assert words in capsys.readouterr().err


def test_no_store_is_made_by_asking(tmp_path, capsys):
    missing = tmp_path / "none.tacitus"
    for command in (["events", "--store", str(missing)], ["query", "--store", str(missing), "SELECT 1"], ["store", "check", str(missing)]):
        assert main(command) == 1
        assert "no such store" in capsys.readouterr().err
    assert not missing.exists()


def test_query(store, capsys):
    assert main(["query", "--store", store, "SELECT event_id, x'00ff' AS b, 9e999 AS c FROM events_flat ORDER BY event_date", "--limit", "2"]) == 0
    assert records(capsys) == [{"event_id": "e1", "b": "00ff", "c": "inf"}, {"event_id": "e2", "b": "00ff", "c": "inf"}]
    main(["query", "--store", store, "--format", "csv", "SELECT title FROM reports_flat"])
    assert list(csv.reader(io.StringIO(capsys.readouterr().out)))[1][0].startswith("'=cmd")
    main(["query", "--store", store, "--format", "table", "--limit", "1", "SELECT title, NULL AS empty FROM events_flat"])
    out, err = capsys.readouterr()
    assert "\x1b" not in out
    assert "=cmd" in out
    assert "first 1 rows" in err


def test_query_reads_only_and_not_forever(store, capsys):
    assert main(["query", "--store", store, "DELETE FROM events"]) == 1
    assert "only SELECT" in capsys.readouterr().err
    endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    assert main(["query", "--store", store, "--seconds", "0.05", endless]) == 1
    assert "longer than it may" in capsys.readouterr().err


def test_store_tasks(store, tmp_path, capsys):
    assert main(["store", "check", store]) == 0
    assert capsys.readouterr().out == "sound\n"
    assert main(["store", "stats", store]) == 0
    assert records(capsys)[0]["events"] == 3
    assert main(["store", "stats", store, "--format", "text"]) == 0
    assert "by root:" in capsys.readouterr().out
    assert main(["store", "compact", store]) == 0
    assert main(["store", "backup", store, str(tmp_path / "copy")]) == 0
    capsys.readouterr()
    assert main(["events", "--store", str(tmp_path / "copy"), "--source", "RUS"]) == 0
    assert len(records(capsys)) == 1


def test_an_unsound_store_is_status_1(store, capsys):
    with EventStore(store) as opened:
        opened._connection.execute("DELETE FROM dyads WHERE event = 1")
    assert main(["store", "check", store]) == 1
    assert "without a row in dyads" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["events"], ["query", "SELECT 1"], ["store"], ["store", "burn", "x"], ["events", "--store", "x", "--limit", "-1"]])
def test_wrong_usage_is_status_2(wrong):
    with pytest.raises(SystemExit) as e:
        main(wrong)
    assert e.value.code == 2
