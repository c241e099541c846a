"""Stories: copies, the same event told by many, and undoing it."""

import importlib.util
import json
import random
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from store_support import AT, actor, event, report

from tacitus.records import Mention, Trigger
from tacitus.store import EventStore
from tacitus.store.clusters import stories_of
from tacitus.store.copies import COPY, same_report
from tacitus.store.matching import SAME, match_weights, pair_label, same_event
from tacitus.store.one_a_day import one_a_day
from tacitus.store.stories import StoryFigures, biggest, group, undo
from tacitus.store.wording import stems, weight

RUNNER = Path(__file__).parents[2] / "evaluation" / "stories" / "run.py"

RAID = (
    "Turkish warplanes bombed Kurdish rebel camps near Zakho in northern Iraq on Sunday, killing nine fighters, the army said in Ankara. "
    "The raid was the third on the Haftanin valley this month. Baghdad called it a breach of its sovereignty."
)
RETOLD = (
    "Jets from Turkey pounded the Haftanin valley above Zakho on Sunday and left nine Kurdish fighters dead, according to officers in Ankara. "
    "Iraq protested against the violation of its soil."
)
NEXT_DAY = "Turkish soldiers shot two smugglers on the border with Syria near Kilis on Tuesday, the governor of the province said. Both men died in hospital."
FLOOD = "Heavy rain flooded the markets of Chittagong on Sunday and drowned eleven people, Bangladeshi officials said. Schools will stay shut this week."


def raid(number, text=RAID, published="1999-05-10", title="Turkish jets strike in Iraq", host="a.org", code="195", source="TURMIL", target="IRQREB",
         day="1999-05-09"):  # fmt: skip
    told = report(number, text, published=published, title=title, url=f"https://{host}/{number}")
    trigger = Trigger(text[17:23], 17, 23)
    return told, [event(told, f"e{number:02}", code, (source,), (target,), day, trigger=trigger, place=None, mentions=(Mention(0, 17, 23),))]


def coded():
    """A raid, a copy of it, another's words on it, the next day's news, and a flood."""
    return [
        raid(1),
        raid(2, "ANKARA - " + RAID[: RAID.index(" Baghdad")], host="b.org", title="Rebels bombed"),
        raid(3, RETOLD, "1999-05-11", "Haftanin burns again", "c.org", code="190"),
        raid(4, NEXT_DAY, "1999-05-11", "Smugglers shot", "c.org", code="193", source="TURMIL", target="SYRCRM", day="1999-05-11"),
        raid(5, FLOOD, "1999-05-10", "Floods", "d.org", code="010", source="BGDGOV", target="BGD"),
    ]


@pytest.fixture
def filled(store):
    store.add(coded(), coder="t", at=AT)
    return store


def layout(store):
    """Which events are together, under which story, with all figures; the copies."""
    with sqlite3.connect(store.path) as c:
        together = c.execute("SELECT e.event_id, y.id, y.first_seen, y.last_seen, y.events, y.mentions, y.reports, y.sources FROM events e "
                             "LEFT JOIN stories y ON y.key = e.story ORDER BY 1").fetchall()  # fmt: skip
        copies = c.execute("SELECT r.id, o.id, round(c.similarity, 9) FROM report_copies c JOIN reports r ON r.key = c.report "
                           "JOIN reports o ON o.key = c.copy_of ORDER BY 1").fetchall()  # fmt: skip
    return together, copies


def test_a_copy_is_known_by_its_text_alone():
    first, copy, retold, *_ = (r for r, _ in coded())
    assert same_report(first, copy) >= COPY > same_report(first, retold)
    assert same_report(first, first) == 1.0
    assert same_report(replace(first, text="Short."), first) == 0.0


def test_pairs_are_labelled():
    first, copy, retold, other, flood = coded()
    assert pair_label(*first, *copy) == "copy"
    assert pair_label(*first, *retold) == "same event"
    assert pair_label(*first, *other) in {"same topic", "unrelated"}
    assert pair_label(*first, *flood) == "unrelated"


def test_same_event_asks_for_actors_code_date_and_words():
    (r, (e,)), (q, (f,)) = coded()[0], coded()[2]
    sure = same_event(r, e, q, f)
    assert sure >= SAME
    assert same_event(q, f, r, e) == sure
    assert same_event(r, e, q, replace(f, source=(actor("CHLGOV"),), target=(actor("ARG"),))) < sure
    assert same_event(r, e, q, replace(f, code="042", root="04")) < sure
    assert same_event(r, e, q, replace(f, event_date="1999-05-02")) == 0.0
    assert same_event(r, e, q, replace(f, modality="planned")) == 0.0
    assert same_event(r, e, replace(q, published="1999-07-11"), f) == 0.0
    assert same_event(r, e, replace(q, published=None), f) == 0.0
    assert same_event(r, e, replace(q, published="1999-W19"), f) == 0.0


def test_a_reciprocal_event_matches_either_way_round():
    (r, (e,)), (q, (f,)) = coded()[0], coded()[2]
    turned = replace(f, source=f.target, target=f.source)
    assert same_event(r, replace(e, reciprocal=True), q, turned) == same_event(r, e, q, f) > same_event(r, e, q, turned)


def test_a_period_matches_a_day_in_it():
    (r, (e,)), (q, (f,)) = coded()[0], coded()[2]
    assert same_event(r, e, q, replace(f, event_date="1999-05-03", date_precision="week")) > 0.0
    assert same_event(r, e, q, replace(f, event_date="1999-05-01", date_precision="month")) > 0.0


def test_grouping_makes_stories_with_their_figures(filled):
    figures = group(filled)
    assert figures == StoryFigures(reports=5, events=5, stories=1, single=2, copies=1)
    first, *others = biggest(filled)
    assert (first.events, first.mentions, first.reports, first.copies, first.sources) == (3, 3, 3, 1, 3)
    assert (first.first_seen, first.last_seen) == ("1999-05-10", "1999-05-11")
    assert first.main.event_id in {"e01", "e02", "e03"}
    assert [y.events for y in others] == [1, 1]
    assert [row[:2] for row in layout(filled)[1]] == [("r2", "r1")]
    assert filled.check() == []


def test_grouping_again_changes_nothing(filled):
    group(filled)
    before = layout(filled)
    assert group(filled) == StoryFigures()
    assert layout(filled) == before


def test_undoing_loses_nothing(filled):
    events = list(filled.events())
    group(filled)
    undo(filled)
    assert list(filled.events()) == events
    assert all(row[1] is None for row in layout(filled)[0])
    assert filled.stats()["stories"] == filled.stats()["report_copies"] == 0
    assert filled.check() == []


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_reports_and_of_grouping_does_not_matter(tmp_path, filled, seed):
    group(filled)
    shuffled = coded()
    random.Random(seed).shuffle(shuffled)
    with EventStore(tmp_path / "other.tacitus") as other:
        for one in shuffled:
            other.add([one], coder="t", at=AT)
            if seed % 2 or one[0].id == "r3":
                group(other)
        group(other)
        assert layout(other) == layout(filled)
        assert other.check() == []


def test_since_takes_up_only_newer_reports(filled):
    assert group(filled, since="1999-05-11").reports >= 2
    ungrouped = [row[0] for row in layout(filled)[0] if row[1] is None]
    assert ungrouped == ["e05"]


def test_what_carried_the_very_text_counts_as_a_source(filled):
    again = raid(9, RAID, host="e.org")
    assert filled.add([again], coder="t", at=AT).known == 1
    group(filled)
    assert next(iter(biggest(filled))).sources == 4


def test_reports_without_a_usable_date_stand_alone(store):
    dates = (None, "soon", "19990510", "9999-12-31", "1999-05-10")
    store.add([raid(n, f"{RAID} Number {n}.", day, host=f"h{n}.org") for n, day in enumerate(dates, 1)], coder="t", at=AT)
    assert group(store).single == 5
    assert store.check() == []


def test_two_events_of_a_report_stay_two():
    report_of = {"a1": 1, "a2": 1, "b1": 2, "c1": 3}
    assert sorted(stories_of([(0.9, "a1", "b1"), (0.8, "b1", "a2")], report_of)) == [["a1", "b1"], ["a2"]]
    assert stories_of([(0.9, "a1", "b1"), (0.8, "c1", "b1")], report_of) == [["a1", "b1", "c1"]]


def test_a_chain_of_days_is_not_one_story():
    chain = [(0.9 - i / 100, f"e{i}", f"e{i + 1}") for i in range(7)]
    found = stories_of(chain, {f"e{i}": i for i in range(8)})
    assert max(map(len, found)) <= 3
    random.Random(1).shuffle(chain)
    assert stories_of(chain, {f"e{i}": i for i in range(8)}) == found


def test_one_a_day():
    told = report(1)
    first, again, next_day, other = (event(told, f"e{i}", event_date=d, source=(s,)) for i, (d, s) in enumerate(
        [("2016-09-24", "RUSGOV"), ("2016-09-24", "RUSGOV"), ("2016-09-25", "RUSGOV"), ("2016-09-25", "RUSMIL")]))  # fmt: skip
    assert list(one_a_day([first, again, next_day, other])) == [first, next_day, other]
    undated = replace(first, event_date=None)
    unknown = replace(first, source=(), target=())
    assert list(one_a_day([undated, undated, unknown, unknown])) == [undated, undated, unknown, unknown]
    mirrored = replace(first, reciprocal=True), replace(again, reciprocal=True, source=first.target, target=first.source)
    assert list(one_a_day(mirrored)) == [mirrored[0]]


def test_tables_are_sound():
    assert weight("the") < weight("minist") < weight("zakho")
    assert stems("Sanctioned, sanctions") == {"sancti"}
    weights, bias = match_weights()
    assert bias < 0 < min(weights)


def test_command(filled, capsys):
    from tacitus.cli import main

    assert main(["stories", "--store", str(filled.path), "--format", "jsonl"]) == 0
    out = capsys.readouterr()
    first = json.loads(out.out.splitlines()[0])
    assert (first["reports"], first["copies"], first["main"]["root"]) == (3, 1, "19")
    assert "1 stories of several reports" in out.err
    assert main(["stories", "--store", str(filled.path), "--format", "table", "--limit", "1", "--list-only"]) == 0
    assert "1999-05-10" in capsys.readouterr().out
    assert main(["stories", "--store", str(filled.path), "--undo"]) == 0
    assert filled.stats()["stories"] == 0
    assert main(["stories", "--store", str(filled.path) + ".none"]) == 1


def test_one_a_day_on_the_command_line(store, capsys):
    from tacitus.cli import main

    (told, (first,)), *_ = coded()
    store.add([(told, [first, replace(first, event_id="e90")])], coder="t", at=AT)
    store.close()
    lines = []
    for command in (["events"], ["export", "--to", "jsonl", "--stdout"]):
        for option in ([], ["--one-a-day"]):
            assert main([*command, "--store", str(store.path), *option]) == 0
            lines.append(len(capsys.readouterr().out.splitlines()))
    assert lines == [2, 1, 2, 1]
    assert main(["events", "--store", str(store.path), "--one-a-day", "--limit", "1", "--format", "jsonl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.fixture(scope="module")
def evaluation():
    spec = importlib.util.spec_from_file_location("evaluation_stories", RUNNER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluation_stories"] = module
    spec.loader.exec_module(module)
    return module


def test_the_pairs_are_sound(evaluation):
    reports, pairs = evaluation.read_reports(), evaluation.read_pairs()
    assert len(pairs) >= 300
    assert {p.label for p in pairs} == set(evaluation.LABELS)
    assert all(reports[p.a][1] == reports[p.b][1] == p.split for p in pairs)
    assert not {told_in for _, split, told_in in reports.values() if split == "dev"} & {told_in for _, split, told_in in reports.values() if split == "test"}


def test_stories_stand_above_their_floor(evaluation, coder):
    coded = evaluation.code(coder)
    pairs = [p for p in evaluation.read_pairs() if p.split == "test"]
    assert evaluation.scores(evaluation.by_pairs(coded, pairs))[2] >= evaluation.FLOORS["pairs"] > 0.5
    found = evaluation.by_store(coded, pairs)
    assert evaluation.scores(found)[2] >= evaluation.FLOORS["store"] > 0.5
    backwards = evaluation.by_store(coded, pairs, order=-1)
    assert {p: label in evaluation.POSITIVE for p, label in backwards.items()} == {p: label in evaluation.POSITIVE for p, label in found.items()}
