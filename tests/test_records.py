import json

import pytest

from tacitus.errors import RecordError
from tacitus.records import Event, Report, arrow_schema, event_from_record, made_id, report_from_record


def test_ids_are_stable_and_differ():
    assert Report("a text").id == Report("a text").id
    assert Report("a text").id != Report("another").id
    assert Report("a text", url="https://x.org/1").id == Report("edited", url="https://x.org/1").id
    assert len(made_id("x")) == 16


def test_a_report_needs_only_text():
    report = report_from_record({"text": "Something.", "date": "2001-02-03", "id": 7}, "here")
    assert (report.id, report.published, report.title) == ("7", "2001-02-03", None)


@pytest.mark.parametrize("record", [{}, {"text": ""}, {"text": " "}, {"text": 3}, {"text": "x", "title": ["y"]}])
def test_malformed_reports_say_where(record):
    with pytest.raises(RecordError, match=r"file\.jsonl:3"):
        report_from_record(record, "file.jsonl:3")


def test_every_field_of_an_event_is_in_its_arrow_schema():
    import dataclasses

    assert arrow_schema(Event).names == [f.name for f in dataclasses.fields(Event)]
    assert arrow_schema(Report).names == list(Report("x").to_dict())


RECORD = {
    "event_id": "e1", "report_id": "r1", "url": None, "published": "2016-09-25", "title": None, "sentence": 0,
    "trigger": {"text": "accused", "start": 10, "end": 17}, "code": "112", "root": "11", "name": "Accuse", "quad_class": 3, "goldstein": -2.0,
    "plover": {"event": "ACCUSE", "mode": None, "context": ["military"]}, "modality": "actual", "reciprocal": False,
    "source": [{"text": "he", "start": 0, "end": 2, "code": "RUSGOV", "country": "RUS", "roles": ["GOV"], "name": None}], "target": [],
    "attribution": {"text": "TASS", "start": 3, "end": 7, "code": None, "country": None, "roles": [], "name": None},
    "event_date": "2016-09-25", "date_precision": "day",
    "place": {"text": "Kyiv", "start": 20, "end": 24, "name": "Kyiv", "country": "UKR", "admin1": None, "lat": 50.0, "lon": 30.5, "geonameid": 703448,
              "precision": "city"},
    "counts": {"killed": 3, "wounded": None, "detained": None, "participants": None}, "confidence": 0.91,
    "mentions": [{"sentence": 0, "start": 10, "end": 17}], "coder": "tacitus",
}  # fmt: skip


def test_an_event_record_makes_its_event_again():
    event = event_from_record(json.loads(json.dumps(RECORD)), "here")
    assert event.to_dict() == RECORD
    assert event_from_record({**RECORD, "place": None, "attribution": None, "extra": 1}, "here").place is None


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("event_id", None, "missing"),
        ("code", 112, "string"),
        ("sentence", True, "whole number"),
        ("goldstein", float("nan"), "finite"),
        ("goldstein", 10**400, "finite"),
        ("modality", "certain", "one of"),
        ("reciprocal", "yes", "true or false"),
        ("event_date", "2016-13-01", "ISO date"),
        ("date_precision", "hour", "one of"),
        ("source", {"text": "x"}, "list"),
        ("source", [{"text": "x", "start": 0}], r"source\[0\].*end"),
        ("target", ["RUS"], "object"),
        ("plover", {"event": None, "mode": None, "context": [1]}, "list of strings"),
        ("trigger", None, "missing"),
        ("counts", {"killed": "3"}, "whole number"),
        ("event_date", "20160925", "ISO date"),
    ],
    ids=lambda v: repr(v)[:20],
)
def test_malformed_events_say_where_and_what(field, value, says):
    with pytest.raises(RecordError, match=rf"events\.jsonl:7.*{says}"):
        event_from_record({**RECORD, field: value}, "events.jsonl:7")


def test_a_record_that_is_no_object_is_refused():
    with pytest.raises(RecordError, match="must be an object"):
        event_from_record([], "here")
