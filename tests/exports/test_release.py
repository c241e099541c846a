"""Releases: the same bytes from the same content, papers that fit the tables, and a check that notices what was changed."""

import csv
import errno
import hashlib
import io
import json
import random
import shutil
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_events import HOSTILE, edge_cases, event

from tacitus.errors import ReleaseError, StoreError
from tacitus.exports.flat import COLUMNS, csv_line
from tacitus.exports.release import Settings, make_release, verify_release
from tacitus.exports.release.tables import EVENTS, EVENTS_CSV, PAIRS, fields
from tacitus.ontology import cameo_codes
from tacitus.records import Event, Report, arrow_schema
from tacitus.store import EventStore
from tacitus.store.snapshot import snapshot

ALL = Settings("2026.11", all_modalities=True, authors=("Doe, Jane", "An Institute"), date="2026-11-22")
FILES = "CITATION.cff CODEBOOK.md README.md SHA256SUMS datapackage.json events.csv events.parquet pairs.parquet reports.csv sources.csv".split()


def fill(path, order, at="2026-01-01T00:00:00Z"):
    """A store of all edge cases, a report each, and a report without events; the reports come in an order of their own."""
    coded = [(Report("Nothing happened.", "none", "https://b.example/x", "2016-01-01", "T", "en"), [])]
    for number, made in enumerate(edge_cases()):
        own = replace(made, report_id=f"r{number}", url=f"{made.url}&n={number}" if made.url else None)
        coded.append((Report(f"Text number {number}.", own.report_id, own.url, own.published, own.title, "en"), [own]))
    random.Random(order).shuffle(coded)
    with EventStore(path) as store:
        for part in (coded[:10], coded[10:]):
            assert not store.add(part, coder="test", at=at).refused
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("store") / "news.tacitus", order=1)


@pytest.fixture(scope="module")
def made(store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "release"
    make_release(store, folder, ALL)
    return folder


@pytest.fixture
def copy(made, tmp_path):
    return shutil.copytree(made, tmp_path / "copy")


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_same_content_gives_the_same_bytes(made, store, tmp_path):
    make_release(store, tmp_path / "again", ALL)
    make_release(fill(tmp_path / "other.tacitus", order=2, at="2030-05-05T00:00:00Z"), tmp_path / "other", ALL)
    assert content(tmp_path / "again") == content(made)
    assert content(tmp_path / "other") == content(made)


def test_it_holds_every_event_whole(made):
    assert sorted(content(made)) == sorted(FILES)
    expected = {e.event_id for e in edge_cases()}
    whole = pq.read_table(made / "events.parquet").to_pylist()
    assert {row["event_id"] for row in whole} == expected
    assert [row["event_id"] for row in rows(made / "events.csv")] == [row["event_id"] for row in whole]
    dates = [row["event_date"] for row in whole]
    assert dates == sorted(dates, key=lambda d: (d is None, d))
    pairs = pq.read_table(made / "pairs.parquet").to_pylist()
    assert sum(row["event_id"] == "e5" for row in pairs) == 4
    assert {row["event_id"] for row in pairs} == expected
    assert next(row for row in pairs if row["event_id"] == "e6")["reciprocal"] is True
    assert next(row for row in pairs if row["event_id"] == "e22")["source_code"] in {"IGOUNO", "LBNREBHEZ"}


def test_reports_are_listed_without_their_text(made):
    assert all(b"Text number" not in data and b"Nothing happened" not in data for data in content(made).values())
    listed = {row["id"]: row for row in rows(made / "reports.csv")}
    assert len(listed) == len(edge_cases()) + 1
    assert (listed["none"]["events"], listed["none"]["publisher"], listed["r0"]["events"]) == ("0", "b.example", "1")
    counts = {row["publisher"]: (row["reports"], row["events"]) for row in rows(made / "sources.csv")}
    assert counts["b.example"] == ("1", "0")
    assert sum(int(n) for n, _ in counts.values()) == len(listed)


def test_sums_and_package_tell_the_files(made):
    sums = dict(reversed(line.split("  ")) for line in (made / "SHA256SUMS").read_text().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in content(made).items() if name != "SHA256SUMS"}
    package = json.loads((made / "datapackage.json").read_text())
    assert (package["version"], package["created"], package["licenses"][0]["name"]) == ("2026.11", "2026-11-22T00:00:00Z", "CC-BY-4.0")
    for resource in package["resources"]:
        assert resource["bytes"] == (made / resource["path"]).stat().st_size
        assert resource["hash"] == "sha256:" + sums[resource["path"]]
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_every_column_is_told(store):
    assert len(fields(EVENTS, tuple(arrow_schema(Event).names))) == len(arrow_schema(Event))
    assert len(fields(EVENTS_CSV, tuple(COLUMNS))) == len(COLUMNS)
    with snapshot(store) as moment:
        assert len(fields(PAIRS, moment.pair_columns())) == len(moment.pair_columns())


def test_the_codebook_names_every_code_that_occurs(made):
    book = (made / "CODEBOOK.md").read_text(encoding="utf-8")
    for code in {e.code for e in edge_cases()}:
        assert f"| {code} | {cameo_codes()[code].name} |" in book
    assert "| 190 |" in book
    assert "| 0251 |" not in book
    for element in ("| UKR | Ukraine |", "| IGO | international", "| SHI | a faith |", "| HEZ | a named group"):
        assert element in book


def test_papers_keep_hostile_text_from_being_markup(made):
    for name in ("README.md", "CODEBOOK.md"):
        text = (made / name).read_text(encoding="utf-8")
        assert not set(text) & set("\x00\x1b\r\t\u2028")
    assert 'family-names: "Doe"\n    given-names: "Jane"' in (made / "CITATION.cff").read_text()
    assert '- name: "An Institute"' in (made / "CITATION.cff").read_text()


def test_csv_cells_come_back_and_none_runs(made):
    row = next(r for r in rows(made / "events.csv") if r["event_id"] == "e20")
    assert row["title"] == "'" + HOSTILE
    assert row["target_text"] == "'@SUM(1)"


@pytest.mark.parametrize("cell", ["a\rb", "a\nb", 'a"b', "a,b", "", None])
def test_every_cell_can_be_read_back(cell):
    for cells in ([cell], [cell, "x"]):
        (row,) = csv.reader(io.StringIO(csv_line(cells), newline=""))
        assert row == [c or "" for c in cells]


def test_what_was_asked_for_goes_in(store, tmp_path):
    released = make_release(store, tmp_path / "r", Settings("1", since="2016-09", until="2016"))
    dates = {row["event_date"] for row in rows(tmp_path / "r" / "events.csv")}
    assert dates == {"2016-09-24"}
    assert {row["modality"] for row in rows(tmp_path / "r" / "events.csv")} == {"actual"}
    assert "none" not in {row["id"] for row in rows(tmp_path / "r" / "reports.csv")}
    assert released.events == len(rows(tmp_path / "r" / "events.csv")) > 10
    assert verify_release(tmp_path / "r").problems == []


def test_the_date_is_that_of_the_newest_report(tmp_path):
    with EventStore(tmp_path / "s") as opened:
        old = event(1, published="2016-09-25T10:07:00+00:00")
        opened.add([(Report("A text.", old.report_id, old.url, old.published, old.title), [old])], coder="c", at="2030-01-01T00:00:00Z")
    assert make_release(tmp_path / "s", tmp_path / "r", Settings("1")).date == "2016-09-25"


def test_imported_events_are_released_only_when_asked_for(tmp_path):
    own, theirs = event(1), event(2, coder="GDELT 2.0", report_id="x", url="https://c.example/1")
    with EventStore(tmp_path / "s") as opened:
        opened.add([(Report("A text.", own.report_id, own.url, own.published, own.title), [own])], coder="c", at="2026-01-01T00:00:00Z")
        opened.import_events([theirs, replace(theirs, event_id="e3", published="2016-01-01")], producer="gdelt", at="2026-01-01T00:00:00Z")
    assert (make_release(tmp_path / "s", tmp_path / "own", Settings("1")).events, verify_release(tmp_path / "own").problems) == (1, [])
    released = make_release(tmp_path / "s", tmp_path / "theirs", Settings("1", producer="gdelt"))
    assert (released.events, released.reports, released.other_producers) == (2, 1, 1)
    assert rows(tmp_path / "theirs" / "reports.csv")[0]["publisher"] == "c.example"
    assert verify_release(tmp_path / "theirs").problems == []


def test_nothing_is_overwritten_and_nothing_is_left_behind(store, tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "thesis.txt").write_text("mine")
    for folder, words in ((taken, "overwrites nothing"), (taken / "thesis.txt", "overwrites nothing"), (tmp_path / "no" / "r", "make it first")):
        with pytest.raises(ReleaseError, match=words):
            make_release(store, folder, ALL)
    with pytest.raises(ReleaseError, match="nothing to release"):
        make_release(store, tmp_path / "r", Settings("1", since="2050"))
    with pytest.raises(StoreError, match="no such store"):
        make_release(tmp_path / "none", tmp_path / "r", ALL)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["taken"]
    assert [p.name for p in taken.iterdir()] == ["thesis.txt"]
    (tmp_path / "empty").mkdir()
    make_release(store, tmp_path / "empty", ALL)
    assert verify_release(tmp_path / "empty").problems == []


def test_a_disk_that_fills_up_leaves_nothing(store, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tacitus.exports.release.make.write_records", full)
    with pytest.raises(ReleaseError, match="No space left"):
        make_release(store, tmp_path / "r", ALL)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "wrong",
    [{"version": ""}, {"version": "1/2"}, {"license": "my own"}, {"title": "a\nb"}, {"authors": (" ",)}, {"date": "2026-02-30"}, {"date": "2026-11-22T10"}],
)
def test_settings_that_cannot_be_written(wrong):
    with pytest.raises(ReleaseError):
        Settings(**{"version": "1", **wrong})


def test_a_fresh_release_is_sound(made):
    found = verify_release(made)
    assert (found.problems, found.files, found.events) == ([], len(FILES) - 1, len(edge_cases()))


def resummed(folder):
    """Write sums and package anew for what stands in the folder, so that only contents can be wrong."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    path.write_text(json.dumps(package), encoding="utf-8")
    names = sorted(p.name for p in folder.iterdir() if p.name != "SHA256SUMS")
    (folder / "SHA256SUMS").write_text("".join(f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in names))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (",193,19,", ",999,19,", "'999' is no CAMEO code"),
        (",193,19,", ",193,18,", "'18' is not the root of code '193'"),
        (",actual,", ",certain,", "'certain' is none of actual"),
        (",0.87,", ",1.87,", "1.87 is outside 0 to 1"),
        (",0.87,", ",high,", "'high' is no number"),
        ("2016-09-24", "2016-02-30", "'2016-02-30' is no date"),
        ("\ne2,", "\ne3,", "'e3' is there twice"),
        ("\ne2,", "\n,", "event_id: is empty"),
        ("\ne2,", "\ne999,", "1 are there only, 1 are missing"),
        ("'@SUM", "@SUM", "would run in a spreadsheet"),
        ("event_id,report_id", "report_id,event_id", "in another order"),
        ("event_id,", "id,", "lacks event_id and has id"),
        ("\ne2,", "\ne2,,", "cells where"),
    ],
)
def test_wrong_cells_are_told_in_words(copy, old, new, words):
    path = copy / "events.csv"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    assert any("events.csv: its content is not what was released" in p for p in verify_release(copy).problems)
    resummed(copy)
    problems = verify_release(copy).problems
    assert any(words in p for p in problems), problems


def test_parquet_is_checked_too(copy):
    table = pq.read_table(copy / "pairs.parquet")
    codes = pa.array(["999", *table["code"].to_pylist()[1:]])
    changed = table.set_column(table.schema.get_field_index("code"), "code", codes)
    pq.write_table(pa.concat_tables([changed, changed.slice(0, 1)]), copy / "pairs.parquet")
    resummed(copy)
    problems = verify_release(copy).problems
    assert any("pairs.parquet: row 1, code: '999' is no CAMEO code" in p for p in problems)
    assert any("rows, and datapackage.json says" in p for p in problems)
    pq.write_table(table.set_column(table.schema.get_field_index("goldstein"), "goldstein", table["name"]), copy / "pairs.parquet")
    assert any("goldstein is string, not number" in p for p in verify_release(copy).problems)


def test_missing_foreign_and_damaged_files_are_told(copy):
    (copy / "reports.csv").unlink()
    (copy / "notes.txt").write_text("mine")
    (copy / "pairs.parquet").write_bytes(b"PAR1 not so")
    (copy / "README.md").write_text("")
    problems = "\n".join(verify_release(copy).problems)
    for words in ("reports.csv: SHA256SUMS names it, and it is missing", "notes.txt: is in the folder", "cannot be read as Parquet", "README.md: its"):
        assert words in problems


def test_a_report_that_is_not_listed_is_told(copy):
    path = copy / "reports.csv"
    path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(keepends=True) if not line.startswith(b"r0,")))
    assert any("lacks 1 report(s)" in p for p in verify_release(copy).problems)


@pytest.mark.parametrize("name", ["../secret.csv", "/etc/passwd", "sub/x.csv", "link.csv"])
def test_no_file_outside_is_read(copy, tmp_path, name):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    (copy / "link.csv").symlink_to(tmp_path / "secret.csv")
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][3]["path"] = name
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert f"{name}: datapackage.json lists it, and it is missing or not a plain file of this folder" in verify_release(copy).problems


@pytest.mark.parametrize("text", ["", "{", "[]", '{"resources": []}', '{"resources": [{"path": 1}]}', "[" * 100_000])
def test_what_is_no_release_is_an_error(tmp_path, text):
    with pytest.raises(ReleaseError, match="cannot be read"):
        verify_release(tmp_path)
    (tmp_path / "datapackage.json").write_text(text)
    with pytest.raises(ReleaseError, match="no release"):
        verify_release(tmp_path)
    with pytest.raises(ReleaseError, match="no such folder"):
        verify_release(tmp_path / "none")
