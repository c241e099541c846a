"""The commands as a user meets them."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tacitus.cli import main
from tacitus.cli.terminal import safe

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "lake_border.txt"
GOLD = ROOT / "evaluation" / "gold" / "reports.jsonl"


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("British police arrested two Libyan men in London on Tuesday. Officials will meet them on Friday, the interior ministry said.")
    return path


def test_code_writes_json_lines_in_a_pipe(text, capsys):
    assert main(["code", str(text), "--published", "2016-09-21"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert records[0]["source"][0]["code"] == "GBRCOP"
    assert {r["modality"] for r in records} == {"actual"}


def test_all_modalities_and_confidence(text, capsys):
    main(["code", str(text), "--published", "2016-09-21", "--all-modalities"])
    assert len(capsys.readouterr().out.splitlines()) > 1
    main(["code", str(text), "--min-confidence", "1.1"])
    assert capsys.readouterr().out == ""


def test_table(text, capsys):
    assert main(["code", str(text), "--published", "2016-09-21", "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert "GBRCOP" in out
    assert "arrested" in out


def test_csv_and_parquet(text, tmp_path, capsys):
    main(["code", str(text), "--format", "csv"])
    assert next(csv.DictReader(io.StringIO(capsys.readouterr().out)))["code"]
    main(["code", str(text), "--format", "parquet", "--output", str(tmp_path / "e.parquet")])
    assert pq.read_table(tmp_path / "e.parquet").num_rows > 0


def test_a_bad_source_does_not_stop_the_others(text, tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("")
    assert main(["code", str(tmp_path / "missing.txt"), str(tmp_path / "empty.txt"), str(text)]) == 1
    out, err = capsys.readouterr()
    assert "GBRCOP" in out
    assert "missing.txt" in err
    assert "empty.txt" in err
    assert "2 left out" in err


def test_explain(capsys):
    assert main(["explain", "British police arrested two Libyan men.", "--format", "text"]) == 0
    out = capsys.readouterr().out
    assert "'police' is COP" in out
    assert main(["explain", "British police arrested two Libyan men."]) == 0
    assert json.loads(capsys.readouterr().out)["actors"][0]["why"]


def test_explaining_nothing_is_refused(capsys):
    assert main(["explain", " "]) == 1
    assert "no text" in capsys.readouterr().err


def test_label_gives_a_labelled_record(capsys):
    assert main(["label", str(EXAMPLE)]) == 0
    url, code, root, *_ = capsys.readouterr().out.splitlines()
    assert (url, root) == ("https://example.org/news/2019/05/24/rwanda-uganda-border-quarrel", "11")
    assert code.startswith("11")


def test_a_report_that_cannot_be_labelled_does_not_stop_the_others(text, tmp_path, capsys):
    assert main(["label", str(text), str(EXAMPLE), "--output", str(tmp_path / "out")]) == 1
    assert "URL" in capsys.readouterr().err
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_evaluate(capsys):
    assert main(["evaluate", str(GOLD)]) == 0
    assert json.loads(capsys.readouterr().out)["triple"]["gold"] == 123


@pytest.mark.parametrize("wrong", [["code"], ["nonsense"], ["code", "x", "--published", "tomorrow"], []])
def test_wrong_usage_is_status_2(wrong, capsys):
    with pytest.raises(SystemExit) as e:
        main(wrong)
    assert e.value.code == 2


def test_terminal_escapes_are_made_harmless():
    assert "\x1b" not in safe("\x1b[31mred\x07 \u202eabc")


def test_help_loads_nothing_heavy():
    code = "import sys; from tacitus.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(sorted(m for m in sys.modules if m in {HEAVY}))"
    heavy = {"numpy", "onnxruntime", "trafilatura", "httpx", "pyarrow", "rich", "tokenizers", "lxml"}
    run = subprocess.run([sys.executable, "-c", code.replace("{HEAVY}", repr(heavy))], capture_output=True, text=True, check=True, env=os.environ)
    assert run.stdout.splitlines()[-1] == "[]"
