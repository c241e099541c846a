import csv
import io
import json
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from tacitus.exports import write_csv, write_jsonl, write_parquet
from tacitus.exports.flat import COLUMNS, RISKY, safe_cell
from tacitus.ontology import cameo
from tacitus.records import Actor, Counts, Event, Mention, Place, Trigger


def event(title="A title", text="the minister"):
    c = cameo("112")
    return Event(
        "e1", "r1", "https://x.org", "2016-09-25", title, 0, Trigger("accused", 10, 17), c.code, c.root, c.name, c.quad_class, c.goldstein, c.plover,
        "actual", False, (Actor(text, 0, 9, "RUSGOV", "RUS", ("GOV",), "Sergei Lavrov"),), (), None, "2016-09-25", "day",
        Place("Kyiv", 20, 24, "Kyiv", "UKR", None, 50.4, 30.5, 703448, "city"), Counts(killed=3), 0.91, (Mention(0, 10, 17),), "tacitus",
    )  # fmt: skip


def test_jsonl_is_the_event_record():
    out = io.StringIO()
    assert write_jsonl([event(), event()], out) == 2
    record = json.loads(out.getvalue().splitlines()[0])
    assert record["code"] == "112"
    assert record["source"][0]["roles"] == ["GOV"]
    assert record["attribution"] is None
    assert record["plover"] == {"event": "ACCUSE", "mode": "disapprove", "context": []}


def test_csv_has_a_row_an_event():
    out = io.StringIO()
    write_csv([event()], out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert list(row) == COLUMNS
    assert (row["source_code"], row["place_lat"], row["killed"], row["code"], row["goldstein"]) == ("RUSGOV", "50.4", "3", "112", "-2.0")


def test_csv_has_fips_and_iso_codes_of_places():
    place = Place("Mosul", 0, 5, "Mosul", "IRQ", "Nineveh", 36.3, 43.1, None, "city")
    out = io.StringIO()
    write_csv([replace(event(), place=place), replace(event(), place=None)], out)
    placed, unplaced = csv.DictReader(io.StringIO(out.getvalue()))
    assert [placed[f"place_{name}"] for name in ("country_fips", "admin1_fips", "admin1_iso")] == ["IZ", "IZ15", "IQ-NI"]
    assert [unplaced[f"place_{name}"] for name in ("country_fips", "admin1_fips", "admin1_iso")] == ["", "", ""]


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-2+3", "@x", "\tx", "'quoted"])
def test_no_spreadsheet_runs_a_cell_and_it_can_be_brought_back(cell):
    out = io.StringIO()
    write_csv([event(title=cell)], out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert row["title"][0] == "'"
    assert row["title"][1:] == cell
    assert safe_cell(-2.0) == -2.0
    assert not "plain".startswith(RISKY)


def test_parquet_round_trips():
    out = io.BytesIO()
    assert write_parquet([event()], out) == 1
    (row,) = pq.read_table(io.BytesIO(out.getvalue())).to_pylist()
    assert row["source"][0]["code"] == "RUSGOV"
    assert row["place"]["geonameid"] == 703448


def test_no_events_make_valid_files():
    out = io.BytesIO()
    write_parquet([], out)
    assert pq.read_table(io.BytesIO(out.getvalue())).num_rows == 0
    text = io.StringIO()
    assert write_csv([], text) == 0
    assert text.getvalue().count("\n") == 1
