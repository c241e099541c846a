"""Every format on hand-made events and on the coder's: columns, types, numbers, pairs, and cells that must not run."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from made_events import BAVARIA, DALLAS, GAZA, HOSTILE, ISRAEL, KYIV, NOWHERE, TEXAS, actor, edge_cases, event

from tacitus.cli.export import FORMATS as CLI_FORMATS
from tacitus.errors import SourceError
from tacitus.exports.dyads import dyads
from tacitus.exports.export import FORMATS, LAYOUTS, export_events
from tacitus.exports.layout import NO_DATE
from tacitus.exports.read_jsonl import read_jsonl
from tacitus.exports.tabular import NO_CODE
from tacitus.producers.columns import columns, names
from tacitus.records import Mention, Place, report_from_record

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "evaluation" / "gold" / "reports.jsonl"
REPORTS = 12
TABULAR = tuple(LAYOUTS)

LYON = Place("Lyon", 0, 4, "Lyon", "FRA", "Auvergne-Rhone-Alpes", 45.75, 4.85, 2996944, "city")
BREST = Place("Brest", 0, 5, "Brest", "FRA", "Brittany", 48.39, -4.49, 3030300, "city")


@pytest.fixture(scope="session")
def coded(coder):
    """Events of the first validation reports, by the real coder."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()[:REPORTS]
    return [e for n, line in enumerate(lines) for e in coder.code_report(report_from_record(json.loads(line), f"{n}"))]


def exported(events, to, **options):
    """(bytes, what was written) of an export to a stream."""
    out = io.BytesIO()
    written = export_events(events, to, out, **options)
    return out.getvalue(), written


def table(events, to, **options):
    """The rows of a tabular export as dictionaries."""
    text = exported(events, to, **options)[0].decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline=""))) if to == "acled" else [line.split("\t") for line in text.split("\n")[:-1]]
    if LAYOUTS[to][0].header:
        assert tuple(rows.pop(0)) == names(to)
    assert {len(r) for r in rows} <= {len(names(to))}
    return [dict(zip(names(to), r, strict=True)) for r in rows]


def check_types(rows, layout):
    for row in rows:
        for column in columns(layout):
            cell = row[column.name]
            if column.type == "integer" and cell:
                assert re.fullmatch(r"-?\d+", cell), (column, cell)
            if column.type == "real" and cell:
                assert re.fullmatch(r"-?\d+(\.\d+)?", cell), (column, cell)


def test_the_commands_formats_are_those_that_there_are():
    assert sorted(CLI_FORMATS) == sorted(FORMATS)


@pytest.mark.parametrize("to", TABULAR)
def test_coded_reports_have_the_producers_columns_and_types(to, coded):
    rows = table(coded, to)
    assert len(rows) >= len(coded) / 4
    check_types(rows, to)


@pytest.mark.parametrize("to", TABULAR)
def test_edge_cases_have_the_producers_columns_and_types(to):
    rows = table(edge_cases(), to)
    check_types(rows, to)
    for cell in (cell for row in rows for cell in row.values()):
        assert not re.search(r"[\t\r\n\x00\x1b\u2028\ud800-\udfff]", cell)
        if to != "acled":
            assert '"' not in cell
        assert not cell.startswith(("=", "+", "@")), cell
        assert not cell.startswith("-") or cell == "---" or re.fullmatch(r"-[\d.]+", cell), cell


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_events_give_the_same_bytes(to, tmp_path):
    for run in ("a", "b"):
        folder = tmp_path / run
        folder.mkdir()
        export_events(edge_cases(), to, folder)
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / run).iterdir()} for run in ("a", "b"))
    assert first
    assert first == second


@pytest.mark.parametrize("to", FORMATS)
def test_no_events_make_a_valid_file(to, tmp_path):
    written = export_events([], to, tmp_path)
    assert (written.events, written.rows) == (0, 0)
    assert sorted(tmp_path.iterdir()) == sorted(written.files)


def test_events_are_read_as_they_are_written():
    pulled = []

    class Stream(io.BytesIO):
        def write(self, data):
            pulled.append(len(seen))
            return super().write(data)

    seen = []

    def many():
        for n in range(3000):
            seen.append(n)
            yield event(n)

    export_events(many(), "gdelt2", Stream())
    assert 0 < pulled[0] < 300


def test_only_actual_events_unless_the_format_can_tell():
    events = edge_cases()
    planned = sum(e.modality != "actual" for e in events)
    assert planned == 1
    for to in FORMATS:
        assert exported([e for e in events if e.modality != "actual"], to)[1].events == 0
    for to in ("plover", "csv", "parquet", "jsonl"):
        assert exported(events, to, all_modalities=True)[1].events == exported(events, to)[1].events + planned
    with pytest.raises(SourceError, match=r"gdelt2 holds actual events only.*plover"):
        exported(events, "gdelt2", all_modalities=True)
    with pytest.raises(SourceError, match="no export format"):
        exported(events, "excel")


def test_what_no_row_can_hold_is_counted():
    no_date, no_code = event(1, event_date=None, date_precision=None, published=None), event(2, code="112")
    odd = [no_date, type(no_code)(**{f: getattr(no_code, f) for f in no_code.__dataclass_fields__} | {"code": "99=1", "root": "99"})]
    for to in TABULAR:
        written = exported(odd, to)[1]
        assert written.events == 0
        assert sum(written.left_out.values()) == 2
    assert exported(odd, "gdelt2")[1].left_out == Counter({NO_DATE: 1, NO_CODE: 1})
    assert exported(odd, "gdelt2", added=datetime(2020, 5, 6, tzinfo=UTC))[1].events == 1
    assert exported([event(1, "010")], "polecat")[1].left_out.total() == 1
    assert exported([event(1, "010")], "plover")[1].left_out.total() == 1
    assert exported([event(1, "010")], "acled")[1].left_out.total() == 1


def pairs(e):
    return [(d.source and d.source.code, d.target and d.target.code, d.code) for d in dyads(e)]


def test_compound_and_reciprocal_events_become_pairs():
    by_id = {e.event_id: e for e in edge_cases()}
    assert pairs(by_id["e5"]) == [(s, t, "112") for s in ("USAGOV", "FRAGOV") for t in ("RUS", "SYRMIL")]
    assert pairs(by_id["e6"]) == [("RUS", "ROUGOV", "040"), ("ROUGOV", "RUS", "040")]
    assert pairs(by_id["e7"]) == [("JPNGOV", "USAGOV", "042"), ("USAGOV", "JPNGOV", "043")]
    assert set(pairs(by_id["e8"])) == {(a, b, "040") for a in ("RUS", "CHN", "IND") for b in ("RUS", "CHN", "IND") if a != b}
    assert len(pairs(by_id["e8"])) == 6
    assert pairs(by_id["e2"]) == [(None, "UKR", "112")]
    assert pairs(by_id["e4"]) == [(None, None, "112")]
    assert pairs(event(1, source=("RUS", "RUS"), target=("UKR",))) == [("RUS", "UKR", "112")]
    assert pairs(event(1, "040", source=("RUS",), target=(), reciprocal=True)) == [("RUS", None, "040")]
    both = event(1, "040", source=("RUS", "UKR"), target=("UKR", "RUS"), reciprocal=True)
    assert len(pairs(both)) == len(set(pairs(both))) == 4


def test_row_numbers_are_stable_distinct_and_fit_a_double():
    numbers = [d.number for e in edge_cases() for d in dyads(e)]
    assert numbers == [d.number for e in edge_cases() for d in dyads(e)]
    assert len(set(numbers)) == len(numbers)
    assert all(0 < n < 2**53 and int(float(n)) == n for n in numbers)


def test_a_gdelt_2_row():
    (row,) = table([event(source=("ROUGOVMIL",), target=("LBNREBHEZ",))], "gdelt2")
    assert {k: v for k, v in row.items() if v and k != "GLOBALEVENTID"} == {
        "SQLDATE": "20160924", "MonthYear": "201609", "Year": "2016", "FractionDate": "2016.7233",
        "Actor1Code": "ROMGOVMIL", "Actor1Name": "ROUGOVMIL", "Actor1CountryCode": "ROM", "Actor1Type1Code": "GOV", "Actor1Type2Code": "MIL",
        "Actor2Code": "LBNREBHEZ", "Actor2Name": "LBNREBHEZ", "Actor2CountryCode": "LBN", "Actor2KnownGroupCode": "HEZ", "Actor2Type1Code": "REB",
        "IsRootEvent": "1", "EventCode": "112", "EventBaseCode": "112", "EventRootCode": "11", "QuadClass": "3", "GoldsteinScale": "-2",
        "NumMentions": "2", "NumSources": "1", "NumArticles": "1", "AvgTone": "0", "Actor1Geo_Type": "0", "Actor2Geo_Type": "0",
        "ActionGeo_Type": "4", "ActionGeo_FullName": "Kyiv, Kyiv City, Ukraine", "ActionGeo_CountryCode": "UP", "ActionGeo_ADM1Code": "UP12",
        "ActionGeo_Lat": "50.4547", "ActionGeo_Long": "30.5238", "DATEADDED": "20160925101500", "SOURCEURL": "https://www.example.org/a?b=1",
    }  # fmt: skip


def test_gdelt_takes_actor_codes_apart():
    cells = {}
    for code in ("IGOUNO", "IRQMOSSHI", "SYRKUR", "NGOAMN", "GOV"):
        (row,) = table([event(source=(code,))], "gdelt2")
        cells[code] = {k.removeprefix("Actor1"): v for k, v in row.items() if k.startswith("Actor1") and v and "Geo" not in k and not k.endswith("Name")}
    assert cells == {
        "IGOUNO": {"Code": "IGOUNO", "KnownGroupCode": "UNO", "Type1Code": "IGO"},
        "IRQMOSSHI": {"Code": "IRQMOSSHI", "CountryCode": "IRQ", "Religion1Code": "MOS", "Religion2Code": "SHI"},
        "SYRKUR": {"Code": "SYRKUR", "CountryCode": "SYR", "EthnicCode": "kur"},
        "NGOAMN": {"Code": "NGOAMN", "KnownGroupCode": "AMN", "Type1Code": "NGO"},
        "GOV": {"Code": "GOV", "Type1Code": "GOV"},
    }


@pytest.mark.parametrize(
    ("place", "cells"),
    [
        (DALLAS, ("3", "Dallas, Texas, United States", "US", "USTX", "32.783", "-96.807", "")),
        (TEXAS, ("2", "Texas, United States", "US", "USTX", "31", "-100", "USTX")),
        (BAVARIA, ("5", "Bavaria, Germany", "GM", "GM02", "48.9", "11.4", "GM02")),
        (ISRAEL, ("1", "Israel", "IS", "IS", "31.5", "34.8", "IS")),
        (GAZA, ("4", "Gaza Strip", "GZ", "GZ00", "31.42", "34.36", "")),
        (LYON, ("4", "Lyon, Auvergne-Rhone-Alpes, France", "FR", "FR00", "45.75", "4.85", "")),
        (BREST, ("4", "Brest, Brittany, France", "FR", "FRA2", "48.39", "-4.49", "")),
        (NOWHERE, ("0", "", "", "", "", "", "")),
    ],
)
def test_gdelt_places(place, cells):
    (row,) = table([event(place=place)], "gdelt2")
    columns_of_place = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
    assert tuple(row[f"ActionGeo_{name}"] for name in columns_of_place) == cells
    (old,) = table([event(place=place)], "gdelt1")
    assert tuple(old[f"ActionGeo_{name}"] for name in columns_of_place) == cells
    assert old["DATEADDED"] == "20160925"


def test_gdelt_archives_are_named_and_filled_as_gdelts(tmp_path):
    written = export_events(edge_cases(), "gdelt2", tmp_path, added=datetime(2016, 9, 25, 12, 15, tzinfo=UTC))
    assert [p.name for p in written.files] == ["20160925121500.export.CSV.zip", "20160925121500.mentions.CSV.zip"]
    tables = {}
    for path in written.files:
        with zipfile.ZipFile(path) as archive:
            assert archive.namelist() == [path.name.removesuffix(".zip")]
            assert archive.testzip() is None
            tables[path.name.split(".")[1]] = [line.split("\t") for line in archive.read(archive.namelist()[0]).decode("utf-8").split("\n")[:-1]]
    mentions = [dict(zip(names("gdelt2-mentions"), r, strict=True)) for r in tables["mentions"]]
    check_types(mentions, "gdelt2-mentions")
    told = {r[0]: int(r[names("gdelt2").index("NumMentions")]) for r in tables["export"]}
    assert Counter(m["GLOBALEVENTID"] for m in mentions) == told
    assert {r[-2] for r in tables["export"]} == {"20160925121500"} == {m["MentionTimeDate"] for m in mentions}
    written = export_events([event(1), event(2, published="2020-01-02")], "gdelt1", tmp_path / "new")
    assert [p.name for p in written.files] == ["20200102.export.CSV.zip"]


def test_a_gdelt_mention(tmp_path):
    path = export_events([event(target=(), mentions=(Mention(3, 310, 317),))], "gdelt2", tmp_path).files[1]
    with zipfile.ZipFile(path) as archive:
        (row,) = csv.reader(io.TextIOWrapper(archive.open(archive.namelist()[0]), "utf-8"), delimiter="\t")
    assert row[1:] == [
        "20160925101500", "20160925101500", "1", "example.org", "https://www.example.org/a?b=1", "4", "4", "-1", "310", "1", "90", "", "0", "", "",
    ]  # fmt: skip


def test_quad_classes_are_each_producers_own():
    for code, gdelt, phoenix in (("010", "1", "0"), ("020", "1", "0"), ("036", "1", "1"), ("141", "4", "4"), ("163", "4", "3"), ("190", "4", "4")):
        assert table([event(code=code)], "gdelt2")[0]["QuadClass"] == gdelt
        assert table([event(code=code)], "phoenix")[0]["QuadClass"] == phoenix


def test_an_icews_row():
    (row,) = table([event(source=("RUSGOV",), target=("IGOUNO",), place=DALLAS)], "icews")
    assert {k: v for k, v in row.items() if v and k not in {"Event ID", "Story ID"}} == {
        "Event Date": "2016-09-24", "Source Name": "RUSGOV", "Source Sectors": "Government", "Source Country": "Russian Federation", "Event Text": "Accuse",
        "CAMEO Code": "112", "Intensity": "-2.0", "Target Name": "IGOUNO", "Target Sectors": "International Government Organization",
        "Sentence Number": "1", "Publisher": "example.org", "City": "Dallas", "Province": "Texas", "Country": "United States",
        "Latitude": "32.783", "Longitude": "-96.807",
    }  # fmt: skip


def test_a_polecat_row():
    (row,) = table([event(code="1832", target=("SYRREBKUR",))], "polecat")
    number = row["Event ID"].split("-")[1]
    assert row["Event ID"] == f"20160924-{number}-ASSAULT_explosives"
    assert [row[k] for k in ("Event Type", "Event Mode", "Intensity", "Quad Code")] == ["ASSAULT", "explosives", "-9.3", "MATERIAL CONFLICT"]
    assert [row[f"Recipient {k}"] for k in ("Country", "COW", "Sectors")] == ["SYR", "652", "REB"]
    assert row["GeoNames ID"] == "703448"


def test_a_phoenix_row():
    (row,) = table([event(source=("ROUGOVMIL",), target=("LBNREBHEZ",))], "phoenix")
    assert [row[f"SourceActor{k}"] for k in ("Full", "Entity", "Role", "Attribute")] == ["ROMGOVMIL", "ROM", "GOV", "MIL"]
    assert [row[f"TargetActor{k}"] for k in ("Full", "Entity", "Role", "Attribute")] == ["LBNREBHEZ", "LBN", "REB", "HEZ"]
    assert [row[k] for k in ("Date", "Year", "Month", "Day", "GoldsteinScore", "SentenceID")] == ["20160924", "2016", "9", "24", "-2.0", "r1_0"]


def test_a_petrarch_row():
    (row,) = table([event(target=())], "petrarch2")
    assert list(row.values()) == [
        "20160924", "RUSGOV", "---", "112", "", "r1_0", "https://www.example.org/a?b=1", "example.org", "RUSGOV", "---", "accused", "RUSGOV", "---",
    ]  # fmt: skip


def test_an_acled_row():
    (row,) = table([event(code="1832", source=("SYRREB", "SYRMIL"), target=("SYRCVL",), place=KYIV, date_precision="month")], "acled")
    shown = {k: v for k, v in row.items() if v and k != "event_id_cnty"}
    assert shown == {
        "event_date": "24 September 2016", "year": "2016", "time_precision": "3", "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence", "sub_event_type": "Remote explosive/landmine/IED", "actor1": "SYRREB", "assoc_actor_1": "SYRMIL",
        "inter1": "Rebel group", "actor2": "SYRCVL", "inter2": "Civilians", "interaction": "Rebel group-Civilians",
        "civilian_targeting": "Civilian targeting", "iso": "804", "region": "Europe", "country": "Ukraine", "admin1": "Kyiv City", "location": "Kyiv",
        "latitude": "50.4547", "longitude": "30.5238", "geo_precision": "1", "source": "example.org", "notes": "A title", "fatalities": "3",
        "timestamp": "1474798020",
    }  # fmt: skip
    assert row["event_id_cnty"].startswith("UKR")


def test_acled_cells_that_a_spreadsheet_would_run_come_back():
    (row,) = table([event(code="190", title="=1+1", source=(actor("SYRMIL", "-2+3"),))], "acled")
    assert (row["notes"], row["actor1"]) == ("'=1+1", "'-2+3")


def test_plover_keeps_compound_actors_and_both_sides_of_a_meeting():
    meeting, host, planned = (
        json.loads(exported([e], "plover", all_modalities=True)[0])
        for e in (event(1, "040", source=("RUS", "CHN"), target=("IND",), reciprocal=True), event(2, "043"), event(3, "173", modality="planned"))
    )
    assert [a["code"] for a in meeting["actor"]] == ["RUS", "CHN", "IND"]
    assert meeting["recipient"] == []
    assert [host["actor"][0]["code"], host["recipient"][0]["code"]] == ["UKR", "RUSGOV"]
    assert (planned["auxiliary"], meeting["auxiliary"], planned["magnitude"]["dead"]) == ("future", None, 3)


def test_own_formats_are_whole():
    events = edge_cases()
    data = exported(events, "jsonl", all_modalities=True)[0].decode("utf-8")
    assert list(read_jsonl(data.split("\n"), "here")) == events
    assert pq.read_table(io.BytesIO(exported(events, "parquet", all_modalities=True)[0])).num_rows == len(events)
    assert len(list(csv.DictReader(io.StringIO(exported(events, "csv")[0].decode("utf-8"), newline="")))) == len(events) - 1


def test_half_characters_do_not_stop_an_export():
    line = json.dumps(event(1).to_dict()).replace("A title", "A \\ud800 title")
    (read,) = read_jsonl([line], "here")
    assert read.title == "A \N{REPLACEMENT CHARACTER} title"
    raw = event(1, title="\ud800", code="190")
    for to in FORMATS:
        if to != "parquet":
            exported([raw], to)[0].decode("utf-8")


def test_lines_that_are_no_records_are_told():
    problems = []
    good = json.dumps(event(1).to_dict())
    assert len(list(read_jsonl([good, "{", "", "[]", "[" * 100_000, good], "f.jsonl", problems.append))) == 2
    assert [p.split(": ")[0] for p in problems] == ["f.jsonl:2", "f.jsonl:4", "f.jsonl:5"]


def test_files_appear_only_whole(tmp_path):
    def broken():
        yield event(1)
        raise RuntimeError("the coder died")

    for to in FORMATS:
        with pytest.raises(RuntimeError):
            export_events(broken(), to, tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("x")
    with pytest.raises(SourceError, match="give a folder"):
        export_events([], "gdelt2", tmp_path / "file")
    with pytest.raises(SourceError, match="cannot be written"):
        export_events([], "icews", tmp_path / "missing" / "x.tab")


def test_hostile_text_is_in_the_own_formats_unchanged():
    (row,) = csv.DictReader(io.StringIO(exported([event(1, title=HOSTILE)], "csv")[0].decode("utf-8"), newline=""))
    assert row["title"][1:] == HOSTILE
    assert date.fromisoformat(row["event_date"]).year == 2016
