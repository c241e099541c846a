import pytest

from tacitus.errors import RecordError
from tacitus.records import Event, Report, arrow_schema, made_id, report_from_record


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
