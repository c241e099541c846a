"""``tacitus export`` as a user meets it."""

import io
import json
import sys
import zipfile

import pytest
from made_events import edge_cases, event

from tacitus.cli import main


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text("".join(json.dumps(e.to_dict()) + "\n" for e in edge_cases()), encoding="utf-8")
    return path


def test_records_to_gdelts_archives(records, tmp_path, capsys):
    assert main(["export", str(records), "--to", "gdelt2", "--out", str(tmp_path / "new"), "--added", "20160925121500"]) == 0
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["20160925121500.export.CSV.zip", "20160925121500.mentions.CSV.zip"]
    with zipfile.ZipFile(tmp_path / "new" / "20160925121500.export.CSV.zip") as archive:
        rows = archive.read("20160925121500.export.CSV").decode().splitlines()
    assert f"in {len(rows)} row(s)" in capsys.readouterr().err


def test_a_pipe_in_and_out(capsysbinary, monkeypatch):
    text = json.dumps(event(1).to_dict()) + "\n{broken\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["export", "-", "--to", "icews", "--stdout"]) == 1
    out, err = capsysbinary.readouterr()
    assert out.startswith(b"Event ID\t")
    assert out.count(b"\n") == 2
    assert b"standard input:2: is no JSON" in err


def test_what_is_left_out_is_told(records, tmp_path, capsys):
    assert main(["export", str(records), "--to", "acled", "--out", str(tmp_path)]) == 0
    assert "left out: no kind of event that ACLED records" in capsys.readouterr().err
    assert (tmp_path / "acled.events.csv").exists()


@pytest.mark.parametrize(
    "options",
    [["--to", "gdelt2"], ["--to", "excel", "--stdout"], ["--to", "csv", "--stdout", "--out", "x"], ["--to", "csv", "--stdout", "--added", "now"]],
)
def test_wrong_usage(options, records):
    with pytest.raises(SystemExit) as stopped:
        main(["export", str(records), *options])
    assert stopped.value.code == 2


def test_errors_are_messages(tmp_path, capsys):
    assert main(["export", str(tmp_path / "none.jsonl"), "--to", "csv", "--stdout"]) == 1
    assert "none.jsonl: cannot be read" in capsys.readouterr().err
