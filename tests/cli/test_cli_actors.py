"""The user's own actors on the command line: ``--actors``, the project file, and ``tacitus actors``."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from tacitus.cli import main
from tacitus.store import EventStore, query

FILES = Path(__file__).parents[1] / "actors" / "files"
TEXT = "The Green Valley Front attacked soldiers in Nairobi on Monday, said Oleg Kulakov, a retired Russian colonel."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with a report and a file of actors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(TEXT)
    (tmp_path / "my.csv").write_text("name,code,kind\nGreen Valley Front,TZASEP,group\n")
    return tmp_path


def records(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def sources(capsys):
    return {a["code"] for r in records(capsys) for a in r["source"] if "Valley" in a["text"]}


def test_code_takes_own_actors(folder, capsys):
    main(["code", "report.txt", "--published", "2016-09-27"])
    before = sources(capsys)
    assert main(["code", "report.txt", "--published", "2016-09-27", "--actors", "my.csv"]) == 0
    assert sources(capsys) == {"TZASEP"} != before


def test_the_processes_of_code_take_them_too(folder, capsys):
    assert main(["code", "report.txt", "--published", "2016-09-27", "--actors", "my.csv", "--processes", "2"]) == 0
    assert sources(capsys) == {"TZASEP"}


def test_the_project_file_of_the_folder(folder, capsys):
    (folder / "tacitus.toml").write_text('actors = ["my.csv"]\npublished = 2016-09-27\nmin_confidence = 0.01\n')
    main(["code", "report.txt"])
    found = records(capsys)
    assert {a["code"] for r in found for a in r["source"] if "Valley" in a["text"]} == {"TZASEP"}
    assert {r["event_date"] for r in found} == {"2016-09-26"}
    main(["code", "report.txt", "--min-confidence", "1.1"])
    assert not records(capsys)
    (folder / "tacitus.toml").write_text("min_confidence = 1")
    main(["code", "report.txt"])
    assert not records(capsys)


def test_a_project_file_elsewhere_names_files_beside_it(folder, capsys):
    (folder / "project").mkdir()
    (folder / "my.csv").rename(folder / "project" / "my.csv")
    (folder / "project" / "p.toml").write_text('actors = ["my.csv"]')
    assert main(["explain", TEXT, "--project", "project/p.toml"]) == 0
    (explained,) = records(capsys)
    assert any("my.csv:2" in reason for a in explained["actors"] for reason in a["why"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("actor = []", "did you mean 'actors'?"),
        ('actors = "my.csv"', "must be a list of files"),
        ("published = 2016", "must be a date"),
        ("min_confidence = 2", "from 0 to 1"),
        ("= 3", "is no project file in TOML"),
        ('actors = ["none.csv"]', "none.csv: cannot be read"),
    ],
)
def test_what_is_wrong_in_a_project_file_is_told(folder, capsys, content, said):
    (folder / "tacitus.toml").write_text(content)
    assert main(["code", "report.txt"]) == 1
    assert said in capsys.readouterr().err


def test_a_project_file_that_is_named_must_be_there(folder, capsys):
    assert main(["code", "report.txt", "--project", "none.toml"]) == 1
    assert "none.toml: cannot be read" in capsys.readouterr().err


def test_label_takes_them(folder, capsys):
    (folder / "report.jsonl").write_text(json.dumps({"text": TEXT, "url": "https://example.org/1", "date": "2016-09-27"}))
    assert main(["label", "report.jsonl", "--actors", "my.csv"]) == 0
    assert TEXT in capsys.readouterr().out
    assert main(["label", "report.jsonl", "--actors", "none.csv"]) == 1
    assert "none.csv" in capsys.readouterr().err


def test_lines_passed_over_are_counted(folder, capsys):
    main(["explain", "Russia vetoed it.", "--actors", str(FILES / "valley.actors.txt")])
    assert "valley.actors.txt: 4 line(s) passed over" in capsys.readouterr().err


def test_ingest_gives_them_to_its_processes_and_codes_again_when_they_change(folder, capsys):
    def coded():
        with query(Path("t.tacitus"), "SELECT DISTINCT coder FROM reports", expired=lambda: False) as result:
            (coder,) = [row[0] for row in result.rows]
        with EventStore("t.tacitus", create=False, readonly=True) as store:
            return coder, {a.code for e in store.events() for a in e.source if "Valley" in a.text}

    ingest = ["ingest", "--store", "t.tacitus", "--processes", "1", "--published", "2016-09-27"]
    assert main([*ingest, "report.txt", "--actors", "my.csv"]) == 0
    first, codes = coded()
    assert codes == {"TZASEP"}
    (folder / "my.csv").write_text("name,code,kind\nGreen Valley Front,UGASEP,group\n")
    assert main([*ingest, "--recode", "--actors", "my.csv"]) == 0
    second, codes = coded()
    assert codes == {"UGASEP"}
    assert first != second
    capsys.readouterr()
    main([*ingest, "--recode", "--actors", "my.csv"])
    assert records(capsys)[0]["recoded"]["reports"] == 0


# --- tacitus actors ---------------------------------------------------------------------------------------------------------------------


def test_lookup(folder, capsys):
    assert main(["actors", "lookup", "Kerry", "--on", "2016-05-01"]) == 0
    assert [(r["code"], r["holds"]) for r in records(capsys)][:2] == [("USALEG", "no"), ("USAGOV", "yes")]
    assert main(["actors", "lookup", "Green Valley Front", "--actors", "my.csv", "--format", "table"]) == 0
    assert "my.csv:2" in capsys.readouterr().out
    assert main(["actors", "lookup", "Sergey Lavrof\x1b[31m"]) == 1
    out, err = capsys.readouterr()
    assert "Sergey Lavrov" in err
    assert "\x1b" not in out + err


def test_check(folder, capsys):
    assert main(["actors", "check", "my.csv", "--format", "text"]) == 0
    assert "csv, 1 row(s) with 1 name(s); nothing to say against it" in capsys.readouterr().err
    (folder / "bad.csv").write_text("name,code\nJo \x1b[31mSalt,FRAGO\nJo Reed,FRAGOV\n")
    assert main(["actors", "check", "my.csv", "bad.csv", "none.csv", "--format", "text"]) == 1
    out, err = capsys.readouterr()
    assert "bad.csv:2: error: 'FRAGO' is no actor code" in out
    assert "none.csv: error: cannot be read" in out
    assert "\x1b" not in out + err


@pytest.mark.parametrize(("name", "status", "said"), [("actors", 1, "4 passed over, 3 notes"), ("agents", 1, "3 passed over"), ("verbs", 1, "3 pattern(s)")])
def test_check_of_dictionaries(capsys, name, status, said):
    assert main(["actors", "check", str(FILES / f"valley.{name}.txt")]) == status
    out, err = capsys.readouterr()
    assert said in err
    assert {json.loads(line)["level"] for line in out.splitlines()} <= {"passed over", "note"}


def test_explain_shows_the_codes_of_a_verb_dictionary(folder, capsys):
    verbs = str(FILES / "valley.verbs.txt")
    assert main(["explain", "Russia reproached Ukraine on Monday.", "--published", "2016-09-27", "--verbs", verbs]) == 0
    (explained,) = records(capsys)
    assert [t["dictionary"] for t in explained["triggers"] if t["text"] == "reproached"] == [["111"]]
    assert main(["explain", "Russia reproached Ukraine on Monday.", "--verbs", verbs, "--format", "text"]) == 0
    assert "the verb dictionary has: 111" in capsys.readouterr().out
    assert main(["explain", "Russia vetoed it.", "--verbs", "my.csv"]) == 1
    assert "--actors" in capsys.readouterr().err


def test_unresolved_names_go_back_in_as_actors(folder, capsys):
    main(["ingest", "report.txt", "--store", "t.tacitus", "--processes", "1", "--published", "2016-09-27"])
    capsys.readouterr()
    assert main(["actors", "unresolved", "t.tacitus", "--format", "csv"]) == 0
    text = capsys.readouterr().out
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["Oleg Kulakov"]["code"] == "RUSMIL"
    assert "Green Valley Front" in rows
    (folder / "new.csv").write_text(text)
    main(["actors", "check", "new.csv"])
    assert "error" not in capsys.readouterr().out
    assert main(["actors", "unresolved", "t.tacitus", "--actors", "new.csv", "--actors", "my.csv"]) == 0
    assert records(capsys) == []


def test_unresolved_names_of_event_records(folder, capsys):
    main(["code", "report.txt", "--published", "2016-09-27", "--output", "events.jsonl"])
    (folder / "events.jsonl").write_text((folder / "events.jsonl").read_text() + "no record\n")
    capsys.readouterr()
    assert main(["actors", "unresolved", "events.jsonl", "--limit", "1", "--format", "table"]) == 1
    out, err = capsys.readouterr()
    assert "Green Valley Front" in out or "Oleg Kulakov" in out
    assert "events.jsonl:" in err


def test_a_limit_below_zero_is_wrong_usage(folder, capsys):
    with pytest.raises(SystemExit) as e:
        main(["actors", "unresolved", "none.jsonl", "--limit", "-1"])
    assert e.value.code == 2
    assert "write 0 or more" in capsys.readouterr().err


def test_explain_takes_any_bytes(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Russia \xff vetoed it.")))
    assert main(["explain", "-"]) == 0
    assert records(capsys)[0]["sentences"] == ["Russia \ufffd vetoed it."]
    assert main(["explain", "Russia \udcff vetoed it."]) == 0
    assert records(capsys)[0]["sentences"] == ["Russia \ufffd vetoed it."]


def test_an_output_that_cannot_be_written_is_told(folder, capsys):
    assert main(["code", "report.txt", "--output", "nowhere/events.jsonl"]) == 1
    assert "nowhere/events.jsonl: cannot be written" in capsys.readouterr().err


def test_a_project_file_that_nests_too_deep(folder, capsys):
    (folder / "tacitus.toml").write_text("a=" + "[" * 5_000)
    assert main(["code", "report.txt"]) == 1
    assert "is no project file in TOML" in capsys.readouterr().err
