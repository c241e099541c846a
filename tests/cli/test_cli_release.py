"""``tacitus release``, ``verify``, ``import`` and ``export --store`` as a user meets them."""

import io
import json
from dataclasses import replace
from itertools import islice

import pyarrow.parquet as pq
import pytest
from made_events import event

from tacitus.cli import main
from tacitus.exports.export import export_events
from tacitus.producers import gdelt
from tacitus.records import Report
from tacitus.store import EventFilter, EventStore
from tacitus.store.importing import BATCH, import_file

AT = "2026-11-22T12:00:00Z"
ROWS = 2_500


def theirs(to, count):
    """The rows of another producer's file."""
    out = io.BytesIO()
    export_events((event(n, url=f"https://x.example/{n}") for n in range(count)), to, out)
    return out.getvalue()


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "news.tacitus"
    made = [event(1), event(2, "190", ("USAGOV",), ("SYR",), event_date="2017-03-01"), event(3, modality="planned")]
    report = Report("A text.", made[0].report_id, made[0].url, made[0].published, made[0].title)
    with EventStore(path) as opened:
        opened.add([(report, made)], coder="tacitus", at=AT)
    return str(path)


def test_release_and_verify(store, tmp_path, capsys):
    folder = str(tmp_path / "r")
    options = ["release", folder, "--store", store, "--version", "2026.11", "--title", "Our data", "--license", "CC0-1.0", "--author", "Doe, Jane"]
    assert main(options) == 0
    assert "2 events, 2 pairs, 1 reports, released 2016-09-25" in capsys.readouterr().out
    assert main(["verify", folder]) == 0
    assert capsys.readouterr().out == "sound: 9 files, 2 events\n"
    assert json.loads((tmp_path / "r" / "datapackage.json").read_text())["title"] == "Our data"
    assert main(options) == 1
    assert "overwrites nothing" in capsys.readouterr().err
    with (tmp_path / "r" / "events.csv").open("a") as stream:
        stream.write("\x1b[31m")
    assert main(["verify", folder]) == 1
    err = capsys.readouterr().err
    assert "not what was released" in err
    assert "\x1b" not in err


def test_release_options(store, tmp_path):
    assert main(["release", str(tmp_path / "r"), "--store", store, "--version", "1", "--since", "2017", "--date", "2020-01-01"]) == 0
    assert pq.read_table(tmp_path / "r" / "events.parquet")["event_id"].to_pylist() == ["e2"]
    assert main(["release", str(tmp_path / "all"), "--store", store, "--version", "1", "--all-modalities"]) == 0
    assert pq.read_table(tmp_path / "all" / "events.parquet").num_rows == 3


@pytest.mark.parametrize("producer", ["gdelt", "icews", "phoenix"])
def test_import_is_marked_as_theirs_and_adds_nothing_twice(producer, store, tmp_path, capsys):
    path = tmp_path / "their file.csv"
    path.write_bytes(theirs({"gdelt": "gdelt2"}.get(producer, producer), 30))
    assert main(["import", producer, str(path), "--store", store]) == 0
    assert "30 event(s) added, 0 known, 0 row(s) left out" in capsys.readouterr().err
    assert main(["import", producer, str(path), "--store", store]) == 0
    assert "imported before" in capsys.readouterr().err
    path.rename(tmp_path / "other name.csv")
    assert main(["import", producer, str(tmp_path / "other name.csv"), "--store", store]) == 0
    assert "0 event(s) added, 30 known" in capsys.readouterr().err
    main(["events", "--store", store, "--producer", producer])
    assert len(capsys.readouterr().out.splitlines()) == 30
    main(["store", "stats", store])
    assert json.loads(capsys.readouterr().out)["by_producer"] == {producer: 30, "tacitus": 3}
    assert main(["store", "check", store]) == 0


def test_malformed_rows_are_told_with_their_lines(tmp_path, capsys):
    path, good = tmp_path / "x.csv", theirs("gdelt2", 3).decode().splitlines()
    path.write_text("\n".join([good[0], "too\tfew\x1b[31m", good[1], *["bad"] * 30, good[2]]))
    made = tmp_path / "new.tacitus"
    assert main(["import", "gdelt", str(path), str(tmp_path / "missing.csv"), "--store", str(made)]) == 1
    err = capsys.readouterr().err
    assert f"{path}:2: 2 columns where" in err
    assert err.count("columns where") == 20
    assert "11 more rows" in err
    assert "3 event(s) added, 0 known, 31 row(s) left out" in err
    assert "missing.csv: cannot be read" in err
    assert "\x1b" not in err
    with EventStore(made) as opened:
        (source,) = opened.sources()
        assert (source.read, source.added, source.left_out, source.state) == (34, 3, 31, "finished")
        assert opened.left_out(source)[0].place == f"{path}:2"


def test_an_import_that_was_cut_off_goes_on_where_it_was(tmp_path):
    path = tmp_path / "x.csv"
    good = theirs("gdelt2", ROWS).decode().splitlines()
    path.write_text("\n".join(["bad", *good[:BATCH], "bad", *good[BATCH:], "bad"]))
    events = []
    told = []

    def reader(stop_after):
        def read(listener):
            found = gdelt.read(path, lambda row: listener_of(listener, row))
            for number, each in enumerate(islice(found, None)):
                if number == stop_after:
                    raise KeyboardInterrupt
                events.append(each.event_id)
                yield each

        return read

    def listener_of(listener, row):
        from tacitus.store import LeftOut

        listener(LeftOut(f"{row.path}:{row.line}", "malformed", row.reason))

    with EventStore(tmp_path / "s") as opened:
        with pytest.raises(KeyboardInterrupt):
            list(import_file(opened, "x", "f", "gdelt", reader(BATCH + 500), at=AT, told=told.append))
        assert (opened.count(), opened.sources()[0].state, len(told)) == (BATCH, "failed", 1)
        *_, state = import_file(opened, "x", "f", "gdelt", reader(None), at=AT, told=told.append)
        assert (state.added, state.known, state.left_out) == (ROWS - BATCH, 0, 2)
        (source,) = opened.sources()
        assert (source.added, source.known, source.left_out, source.state) == (ROWS, 0, 3, "finished")
        assert [left.place for left in opened.left_out(source)] == [f"{path}:1", f"{path}:{BATCH + 2}", f"{path}:{ROWS + 3}"]
        assert opened.count(EventFilter(producer="gdelt")) == ROWS
        (state,) = import_file(opened, "x", "f", "gdelt", reader(0), at=AT, told=told.append)
        assert state.finished


def test_refused_events_are_told(tmp_path):
    told = []
    with EventStore(tmp_path / "s") as opened:
        bad = replace(event(1), confidence=7.0)
        *_, state = import_file(opened, "x", "f", "gdelt", lambda _: [bad, event(2)], at=AT, told=told.append)
    assert (state.added, state.left_out, [left.place for left in told]) == (1, 1, ["e1"])


def test_export_from_a_store(store, tmp_path, capsysbinary):
    assert main(["export", "--store", store, "--target", "SYR", "--to", "icews", "--stdout"]) == 0
    assert capsysbinary.readouterr().out.count(b"\n") == 2
    assert main(["export", "--store", store, "--to", "jsonl", "--stdout"]) == 0
    assert [json.loads(line)["event_id"] for line in capsysbinary.readouterr().out.splitlines()] == ["e1", "e2"]
    assert main(["export", "--store", store, "--modality", "planned", "--to", "jsonl", "--stdout"]) == 0
    assert [json.loads(line)["event_id"] for line in capsysbinary.readouterr().out.splitlines()] == ["e3"]
    assert main(["export", "--store", store, "--modality", "planned", "--to", "icews", "--stdout"]) == 1
    assert b"holds actual events only" in capsysbinary.readouterr().err
    assert main(["export", "--store", store, "--root", "99", "--to", "csv", "--out", str(tmp_path / "x.csv")]) == 1
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    "wrong",
    [["release", "x", "--store", "s"], ["verify"], ["import", "acled", "f", "--store", "s"], ["import", "gdelt", "--store", "s"],
     ["export", "--to", "csv", "--stdout"], ["export", "e.jsonl", "--store", "s", "--to", "csv", "--stdout"],
     ["export", "e.jsonl", "--source", "USA", "--to", "csv", "--stdout"]],
)  # fmt: skip
def test_wrong_usage_is_status_2(wrong):
    with pytest.raises(SystemExit) as e:
        main(wrong)
    assert e.value.code == 2
