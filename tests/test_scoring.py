import json

import pytest

from tacitus.errors import RecordError, SourceError
from tacitus.records import Report
from tacitus.scoring import Gold, gold_reports, read_events, score


def event(source, code, target, **more):
    actors = {side: [{"code": c, "text": c} for c in codes] for side, codes in (("source", source), ("target", target))}
    rest = {"modality": "actual", "reciprocal": False, "attribution": None, "event_date": None, "place": None}
    return {"report_id": "r", "code": code, "trigger": "t"} | rest | actors | more


def figures(gold, coded):
    return score([Gold(Report("x", id="r"), gold)], {"r": coded})


def test_a_perfect_coder():
    gold = [event(["RUSGOV"], "112", ["USAGOV"], event_date="2016-01-01"), event(["USAGOV", "GBRGOV"], "040", ["FRAGOV"], reciprocal=True)]
    found, errors = figures(gold, gold)
    assert found["triple"]["f1"] == found["triple_full"]["f1"] == 1.0
    assert found["triple"]["gold"] == 5  # one, and two pairs both ways
    assert set(found["of_found"].values()) == {1.0, 2}
    assert errors == []


def test_the_country_and_the_root_are_enough_for_a_triple():
    found, _ = figures([event(["RUSGOV"], "1123", ["USAGOV"])], [event(["RUSMIL"], "112", ["USA"])])
    assert (found["triple"]["f1"], found["triple_full"]["f1"]) == (1.0, 0.0)
    assert found["of_found"]["code"] == 0.0


def test_misses_and_spurious_events_are_told():
    found, errors = figures([event(["RUS"], "112", ["USA"])], [event(["RUS"], "190", ["USA"])])
    assert found["triple"]["f1"] == 0.0
    assert [e.split()[0] for e in errors] == ["missed", "spurious"]


def test_what_is_not_actual_counts_only_among_the_found():
    planned = event(["RUS"], "112", ["USA"], modality="planned")
    found, _ = figures([planned], [planned])
    assert found["triple"]["gold"] == 0
    assert found["of_found"]["events"] == 1


def test_a_meeting_on_one_side_is_all_its_pairs():
    gold = [event(["USA", "RUS"], "040", [], reciprocal=True)]
    assert figures(gold, [event(["RUS"], "043", ["USA"], reciprocal=True)])[0]["triple"]["f1"] == 1.0


def test_bad_gold_says_where(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "r", "text": "x"}\n')
    with pytest.raises(RecordError, match=r"gold\.jsonl:1"):
        gold_reports([path])
    path.write_text("not json\n")
    with pytest.raises(RecordError, match="not JSON"):
        gold_reports([path])
    with pytest.raises(SourceError):
        gold_reports([tmp_path / "missing.jsonl"])
    path.write_text(json.dumps({"report_id": "unknown", "code": "010"}) + "\n")
    with pytest.raises(RecordError, match="unknown"):
        read_events(path, [])
