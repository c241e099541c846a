"""The whole way from text to events, with the shipped model. What the model finds is gated in evaluation; here: contracts and plain cases."""

import dataclasses
import json
from pathlib import Path

import pytest

import tacitus
from tacitus.errors import ModelError, RecordError
from tacitus.pipeline import REPORTS_FOR_PROCESSES, code_reports, main_code
from tacitus.records import MODALITIES, Report

GOLD = Path(__file__).parents[1] / "evaluation" / "gold" / "reports.jsonl"
TEXT = "LONDON - British police arrested two Libyan men on Tuesday. Foreign Minister Sergei Lavrov met Secretary of State John Kerry in Geneva last week."


@pytest.fixture(scope="module")
def reports():
    return [Report(r["text"], r["id"], None, r["date"], r["title"]) for r in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())]


def test_plain_events(coder):
    arrest, meeting = coder.code(TEXT, published="2016-09-21")
    assert ([a.code for a in arrest.source], arrest.root, arrest.event_date) == (["GBRCOP"], "17", "2016-09-20")
    assert arrest.target[0].country == "LBY"
    assert {*(a.code for a in meeting.source), *(a.code for a in meeting.target)} == {"RUSGOV", "USAGOV"}
    assert (meeting.root, meeting.reciprocal, meeting.event_date, meeting.date_precision) == ("04", True, "2016-09-12", "week")
    assert meeting.place.name == "Geneva"
    assert meeting.place.country == "CHE"


def test_who_talks_abroad_stays_of_his_country_and_who_riots_is_of_the_place(coder):
    talks = "BOGOTA - Negotiators of the government held talks with the guerrillas in Havana on Saturday, as Cuba had offered. Colombia's president was glad."
    riot = "BEIRUT - Protesters clashed with police in Damascus on Friday. Syria blamed Lebanon. Lebanon's president denied it in Beirut."
    (first, *_), (second, *_) = coder.code(talks, "2023-05-07"), coder.code(riot, "2023-05-07")
    assert (first.place.country, {a.country for a in (*first.source, *first.target)}) == ("CUB", {"COL"})
    assert (second.place.country, {a.country for a in (*second.source, *second.target)}) == ("SYR", {"SYR"})


def test_every_event_keeps_the_contract_of_the_record(coder, reports):
    for report, events in coder.code_many(reports):
        for e in events:
            for span in (e.trigger, *e.source, *e.target, *filter(None, (e.attribution, e.place))):
                assert report.text[span.start : span.end] == span.text
            assert e.report_id == report.id
            assert e.modality in MODALITIES
            assert 0.0 <= e.confidence <= 1.0
            assert e.source or e.target
            assert (e.event_date is None) == (e.date_precision is None)
            assert e.code.startswith(e.root)
            assert e.mentions[0].sentence >= 0
            json.dumps(e.to_dict(), allow_nan=False)
        assert len({e.event_id for e in events}) == len(events)


def test_the_same_report_gives_the_same_events_alone_and_in_a_batch(coder, reports):
    together = {r.id: events for r, events in coder.code_many(reports)}
    for report in reports[:3]:
        alone = coder.code_report(report)
        assert [(e.event_id, e.code) for e in alone] == [(e.event_id, e.code) for e in together[report.id]]


def test_without_a_date_relative_dates_stay_null(coder):
    assert {e.event_date for e in coder.code(TEXT)} == {None}


@pytest.mark.parametrize("text", ["", " ", "...", "\x00", "word " * 3000, "🙂" * 50, "A" * 5000, "(((((" * 400, "\n\n\n-\n"])
def test_odd_texts_are_no_error(coder, text):
    assert isinstance(coder.code(text, published="2016-09-21"), list)


def test_an_unreadable_date_is_no_date(coder):
    assert {e.event_date for e in coder.code(TEXT, published="yesterday")} == {None}


def test_relate(coder):
    text = "Russia vetoed the U.N. resolution after Britain praised it."
    relation = coder.relate(text, (0, 6), (text.index("the U.N."), text.index(" after")))
    assert relation.code.startswith("12")
    assert relation.plover.event == "REJECT"
    assert 0.0 < relation.confidence <= 1.0
    assert sum(relation.probabilities.values()) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(("source", "target"), [((0, 0), (5, 9)), ((0, 6), (90, 99)), ((-1, 3), (5, 9)), ((6, 7), (0, 6))])
def test_relate_refuses_what_is_no_mention(coder, source, target):
    with pytest.raises(RecordError, match="no mention"):
        coder.relate("Russia met Turkey.", source, target)


def test_a_missing_or_damaged_model_says_so(tmp_path, coder):
    with pytest.raises(ModelError, match=r"model\.json"):
        tacitus.Coder(model=tmp_path)
    (tmp_path / "model.json").write_text(json.dumps(coder.model.card))
    broken = tacitus.Coder(model=tmp_path)
    with pytest.raises(ModelError, match="missing"):
        broken.code(TEXT)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="checksum"):
        broken.code(TEXT)


def test_the_main_code_is_the_leads(coder):
    events = coder.code("Moscow accused Kyiv of lies on Friday. In 1994 the two countries signed a treaty. Officials will meet next week.", "2014-03-21")
    assert main_code(events)[:2] == "11"
    assert main_code([]) is None
    assert main_code([dataclasses.replace(e, modality="planned") for e in events]) is None


def test_few_reports_need_no_second_process(reports):
    assert len(reports) < REPORTS_FOR_PROCESSES
    assert [r.id for r, _ in code_reports(iter(reports[:2]))] == [r.id for r in reports[:2]]


@pytest.mark.slow
def test_processes_give_what_one_gives(reports):
    def key(found):
        return [(r.id, [e.event_id for e in events]) for r, events in found]

    assert key(code_reports(reports * 4, processes=2)) == key(code_reports(reports * 4, processes=1))
