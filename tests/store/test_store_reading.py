"""Filters, pages, months, full text, views."""

import random

import pytest
from store_support import AT, event, report

from tacitus.errors import StoreError, UnknownCodeError
from tacitus.store import EventFilter, EventStore, reading

HOSTILE = ['"', '""', "'", "a AND", "NOT", "a NEAR b", "(", "a*", "^a", "title:x", "-", "{}", "\x00", "a\x00b", "\ud800", '"unclosed', "%_\\", "🦆", "½",
           " ".join("abc") * 5000, "); DROP TABLE reports; --", "\u0301", "ﷺ", "१२"]  # fmt: skip


@pytest.fixture
def filled(store):
    """Twelve events: dates, actors, codes, places and modalities of several kinds."""
    a, b, c = report(1), report(2, "Protesters marched in Café Street. Police watched."), report(3)
    store.add(
        [
            (a, [
                event(a, "us-ru", "112", ("USAGOV",), ("RUS",), "2016-01-05"),
                event(a, "us-ru2", "190", ("USAMIL", "USAGOV"), ("RUSMIL", "RUSGOV"), "2016-01-31"),
                event(a, "ru-us-both", "040", ("RUSGOV",), ("USA",), "2016-02-01", reciprocal=True),
                event(a, "ru-us", "111", ("RUS",), ("USA",), "2016-02-01", modality="negated"),
            ]),
            (b, [
                event(b, "uno", "036", ("IGOUNO",), ("SYR",), "2017-01-01", confidence=0.2),
                event(b, "none", "141", (), (), "2015-06-01", place=None),
                event(b, "undated", "1411", ("UKRCVL",), (), None),
                event(b, "undated2", "141", ("UKRCVL",), (), None),
            ]),
            (c, [event(c, f"day{n}", "173", ("GBRCOP",), ("LBY",), f"2018-03-{n:02}") for n in (3, 1, 2)]),
        ],
        coder="tacitus 1", at=AT,
    )  # fmt: skip
    return store


def ids(store, limit=None, after=None, newest=False, **conditions):
    wanted = EventFilter(**conditions)
    found = [e.event_id for e in store.events(wanted, limit=limit, after=after, newest=newest)]
    if limit is None and after is None:
        assert store.count(wanted) == len(found)
    return found


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"source": "USA", "target": "RUS"}, ["us-ru", "us-ru2", "ru-us-both"]),
        ({"source": "usagov"}, ["us-ru", "us-ru2"]),
        ({"source": "RUS"}, ["ru-us-both", "ru-us"]),
        ({"target": "RUSM"}, ["us-ru2"]),
        ({"source": "USA", "root": "11"}, ["us-ru"]),
        ({"source": "USA", "code": "19"}, ["us-ru2"]),
        ({"source": "USA", "quad_class": 1}, ["ru-us-both"]),
        ({"source": "IGO"}, ["uno"]),
        ({"source": "IG"}, ["uno"]),
        ({"root": "11"}, ["us-ru", "ru-us"]),
        ({"code": "141"}, ["none", "undated", "undated2"]),
        ({"code": "1411"}, ["undated"]),
        ({"since": "2016-01", "until": "2016-01"}, ["us-ru", "us-ru2"]),
        ({"since": "2016-02-01", "until": "2017"}, ["ru-us-both", "ru-us", "uno"]),
        ({"until": "2015"}, ["none"]),
        ({"modality": "negated"}, ["ru-us"]),
        ({"min_confidence": 0.5, "since": "2017", "until": "2017"}, []),
        ({"text": "police protester"}, ["none", "uno", "undated", "undated2"]),
        ({"text": '"police protester"'}, []),
        ({"text": "police", "source": "UKR"}, ["undated", "undated2"]),
        ({"text": "…"}, []),
        ({"report_id": "r3"}, ["day1", "day2", "day3"]),
        ({"report_id": "none"}, []),
        ({"place_country": "ukr", "root": "03"}, ["uno"]),
        ({"coder": "tacitus 1", "producer": "tacitus", "root": "03"}, ["uno"]),
        ({"story_id": "none"}, []),
        ({"source": "'; DROP TABLE events; --"}, []),
        ({"source": ""}, ["us-ru", "us-ru2", "ru-us-both", "ru-us", "uno", "day1", "day2", "day3", "undated", "undated2"]),
    ],
)
def test_filters(filled, conditions, expected):
    assert sorted(ids(filled, **conditions)) == sorted(expected)


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("more", [{}, {"source": "UKR"}, {"code": "141", "modality": "actual"}, {"target": "SYR", "place_country": "UKR"}])
def test_words_find_the_same_however_many_reports_hold_them(filled, monkeypatch, few, more):
    expected = [i for i in ids(filled, **more) if filled.get_event(i).report_id == "r2"]
    monkeypatch.setattr(reading, "FEW_REPORTS", few)
    assert ids(filled, text="protester", **more) == expected
    assert ids(filled, text="protester", newest=True, **more) == [i for i in ids(filled, newest=True, **more) if i in expected]


@pytest.mark.parametrize("conditions", [{}, {"source": "GBR"}, {"target": ""}, {"source": "UKR"}, {"source": "USA", "target": "RUS"}, {"code": "141"}])
@pytest.mark.parametrize("newest", [False, True])
def test_pages_are_the_whole_in_order(filled, monkeypatch, conditions, newest):
    whole = ids(filled, newest=newest, **conditions)
    monkeypatch.setattr(reading, "PAGE", 2)
    assert ids(filled, newest=newest, **conditions) == whole
    for size in (1, 2, 3):
        pages, after = [], None
        while page := ids(filled, size, after, newest, **conditions):
            pages += page
            after = page[-1]
        assert pages == whole
    dates = [filled.get_event(i).event_date for i in whole]
    dated = [d for d in dates if d]
    assert dated == sorted(dated, reverse=newest)
    assert dates[len(dated) :] == [None] * (len(dates) - len(dated))


def test_after_an_event_that_is_not_there(filled):
    with pytest.raises(StoreError, match="go on after"):
        ids(filled, after="nothing")
    assert ids(filled, limit=0) == []


def test_events_come_from_one_moment(filled, path):
    events = filled.events(EventFilter(source="USA"))
    next(events)
    filled.recode(((r, []) for r in filled.reports()), coder="new")
    assert len(list(events)) == 2
    assert filled.count() == 0


@pytest.mark.parametrize(("wrong", "error"), [({"since": "2016/01"}, StoreError), ({"until": "tomorrow"}, StoreError), ({"root": "99"}, StoreError),
                                              ({"modality": "done"}, StoreError), ({"code": "999"}, UnknownCodeError)])  # fmt: skip
def test_what_is_no_condition_is_told(wrong, error):
    with pytest.raises(error, match=str(next(iter(wrong.values())))):
        EventFilter(**wrong)


def test_months_of_a_dyad(filled):
    months = filled.dyad_months("USA", "RUS")
    assert [(m.month, m.events, m.quads) for m in months] == [("2016-01", 2, (0, 0, 1, 1)), ("2016-02", 1, (1, 0, 0, 0))]
    assert months[0].goldstein == pytest.approx((-2.0 + -10.0) / 2)
    assert [m.events for m in filled.dyad_months("RUS", "USA", wanted=EventFilter(modality="negated"))] == [1]
    assert filled.dyad_months("UKR") == []
    assert [m.month for m in filled.dyad_months("GBR", wanted=EventFilter(text="accused", place_country="UKR"))] == ["2018-03"]


def test_months_agree_with_a_plain_count(store):
    rng = random.Random(3)
    one = report(1)
    codes = ["USA", "USAGOV", "RUS", "RUSMIL", "IGOUNO", None]
    events = [
        event(one, f"e{n}", source=rng.choices(codes, k=rng.randrange(3)), target=rng.choices(codes, k=rng.randrange(3)), reciprocal=rng.random() < 0.3,
              event_date=f"20{rng.randrange(10, 12)}-0{rng.randrange(1, 4)}-11")
        for n in range(300)
    ]  # fmt: skip
    store.add([(one, events)], coder="c", at=AT)

    def between(e, a, b):
        return any((s.code or "").startswith(a) for s in e.source) and any((t.code or "").startswith(b) for t in e.target)

    for a, b in (("USA", "RUS"), ("RUS", "USAGOV"), ("IGO", "RUSMIL"), ("USA", "USA")):
        plain = {}
        for e in events:
            if between(e, a, b) or (e.reciprocal and between(e, b, a)):
                plain[e.event_date[:7]] = plain.get(e.event_date[:7], 0) + 1
        assert {m.month: m.events for m in store.dyad_months(a, b)} == plain
        assert plain


def test_search(filled):
    assert [r.id for r in filled.search("PROTESTER cafe")] == ["r2"]
    assert [r.id for r in filled.search('"street police"')] == ["r2"]
    assert filled.search('"police street"') == []
    assert len(filled.search("title")) == 3
    assert len(filled.search("title", limit=2)) == 2


def test_a_word_in_the_title_counts_more(store):
    store.add([(report(1, "Nothing but words, among them ceasefire.", title="Other"), []), (report(2, "Nothing but words and words.", title="Ceasefire"), [])],
              coder="c", at=AT)  # fmt: skip
    assert [r.id for r in store.search("ceasefire")] == ["r2", "r1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_a_search(filled, text):
    assert isinstance(filled.search(text), list)
    assert isinstance(ids(filled, text=text), list)


def test_the_flat_view_has_a_row_a_pair(filled):
    def rows(event_id):
        return filled._connection.execute(
            "SELECT source_code, target_code, source_text, report_id, url, mentions, killed, place_country FROM events_flat WHERE event_id = ?", (event_id,)
        ).fetchall()

    assert [r[:2] for r in rows("us-ru2")] == [("USAMIL", "RUSMIL"), ("USAMIL", "RUSGOV"), ("USAGOV", "RUSMIL"), ("USAGOV", "RUSGOV")]
    assert rows("none") == [(None, None, None, "r2", "https://example.org/2", 2, 3, None)]
    assert [r[:2] for r in rows("ru-us-both")] == [("RUSGOV", "USA")]
    assert filled._connection.execute("SELECT report_id, events, publisher FROM reports_flat ORDER BY 1").fetchall() == [
        ("r1", 4, "example.org"), ("r2", 4, "example.org"), ("r3", 3, "example.org"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("SELECT code FROM events_flat WHERE source_country = 'USA' AND target_country = 'RUS' AND event_date >= '2016'", "dyads_countries"),
        ("SELECT event_id FROM events WHERE root = '11' ORDER BY event_date", "events_root"),
        ("SELECT event_id FROM events WHERE place_country = 'UKR' ORDER BY event_date", "events_place"),
        ("SELECT event_id FROM events WHERE story = 1", "events_story"),
        ("SELECT event_id FROM events WHERE report = 1", "events_report"),
    ],
)
def test_questions_use_their_index(filled, statement, index):
    plan = " ".join(row[3] for row in filled._connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
    assert index in plan
    assert "SCAN" not in plan


def test_a_reader_sees_what_is_committed_and_writes_nothing(filled, path):
    with EventStore(path, readonly=True) as reader:
        assert reader.count() == filled.count()
        assert reader.check() == []
        with pytest.raises(StoreError, match="read-only"):
            reader.add([(report(9), [])], coder="c", at=AT)
