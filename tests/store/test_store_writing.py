"""Nothing lost, nothing twice."""

import multiprocessing
from dataclasses import replace

import pytest
from store_support import AT, actor, event, report

from tacitus.errors import RecordError, StoreError
from tacitus.ontology import cameo_codes
from tacitus.records import Counts, Plover
from tacitus.store import EventFilter, EventStore, LeftOut, Progress

ONE, TWO = report(1), report(2)


def edge_events(of):
    """Events of every shape."""
    return [
        event(of, "whole", attribution=actor("NGOHRW", "Human Rights Watch", name="Human Rights Watch")),
        event(of, "bare", source=(), target=(), place=None, event_date=None, counts=Counts(), mentions=(), plover=Plover(None, None)),
        event(of, "compound", source=("USA", "GBRGOV", "FRA"), target=("RUS", "IGOUNO"), reciprocal=True, modality="planned", date_precision="month"),
        event(of, "unresolved", source=(None,), target=("MNC",), plover=Plover("ASSAULT", "beat", ("cyber", "legislative")), confidence=0.0),
        event(of, "hostile", name="=1+1\x00\x1b[31m'); DROP TABLE events; --", place=replace(event(of).place, lat=None, geonameid=None, name="\u202e")),
        event(of, "negative", goldstein=-10, confidence=1, sentence=2**40, counts=Counts(0, 0, 0, 10**15)),
    ]


def add(store, *coded, **more):
    return store.add(coded, coder="tacitus 1", at=AT, **more)


def test_events_come_back_as_they_went_in(store, path):
    events = edge_events(ONE)
    added = add(store, (ONE, events))
    assert (added.reports, added.events, added.known, added.refused) == (1, len(events), 0, [])
    assert {e.event_id: e for e in store.events()} == {e.event_id: e for e in events}
    assert all(store.get_event(e.event_id) == e for e in events)
    assert list(store.reports()) == [ONE]
    assert store.get_event("none") is None
    assert store.check() == []


def test_the_real_coder_s_events_come_back(store, coder):
    text = "British police arrested two Libyan men in London on Tuesday. Officials will meet them on Friday, the interior ministry said."
    coded = list(coder.code_many([report(9, text)]))
    add(store, *coded)
    assert list(store.events(EventFilter(report_id="r9"))) == sorted(coded[0][1], key=lambda e: (e.event_date is None, e.event_date or ""))


def test_the_same_batch_again_adds_nothing(store):
    batch = [(ONE, edge_events(ONE)), (TWO, [])]
    add(store, *batch)
    before = store.stats()
    again = add(store, *batch, *batch)
    assert (again.reports, again.events, again.known) == (0, 0, 4)
    assert {k: v for k, v in store.stats().items() if k != "bytes"} == {k: v for k, v in before.items() if k != "bytes"}


def test_known_by_id_url_and_content(store):
    add(store, (ONE, []))
    assert store.known(ONE) == "id"
    assert store.known(report(3, url="http://www.example.org/1/?utm_source=x")) == "url"
    assert store.known(report(3, text=ONE.text.upper() + "!!", url=None)) == "content"
    assert store.known(report(3)) is None
    assert store.known(report(3, text="…", url=None)) is None


def test_another_address_of_a_known_text_is_kept_as_a_sighting(store):
    copy = report(7, text=ONE.text, url="https://other.example/copy")
    assert add(store, (ONE, []), (copy, [])).known == 1
    assert add(store, (copy, [])).known == 1
    assert store._connection.execute("SELECT publisher, canonical_url FROM sightings").fetchall() == [("other.example", "https://other.example/copy")]
    assert store.known(report(8, url="https://other.example/copy#x")) == "url"
    assert store.check() == []


def test_reports_without_words_are_not_each_other_s_copies(store):
    assert add(store, (report(1, "?!"), []), (report(2, "?!"), [])).reports == 2


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (event(TWO, "e9"), "report_id"),
        (event(ONE, "e9", title="another"), "title"),
        (event(ONE, "e9", confidence=1.5), "confidence"),
        (event(ONE, "e9", goldstein=float("nan")), "goldstein"),
        (event(ONE, "e9", counts=Counts(killed=10**30)), "too large"),
        (event(ONE, "e9", event_date="yesterday"), "event_date"),
        (event(ONE, "taken"), "event_id"),
        (event(ONE, "e9", sentence="first"), "sentence"),
    ],
)
def test_what_the_tables_cannot_hold_is_refused_alone(store, bad, why):
    taken = report(5)
    added = add(store, (taken, [event(taken, "taken")]), (ONE, [event(ONE, "good"), bad]), (TWO, [event(TWO, "e2")]))
    assert (added.reports, added.events) == (2, 2)
    (refused,) = added.refused
    assert refused.place == ONE.id
    assert why in refused.reason
    assert {e.event_id for e in store.events()} == {"taken", "e2"}
    assert store.check() == []


def test_half_a_surrogate_pair_is_kept_with_its_offsets(store):
    broken = report(1, "Russia \ud800 accused Ukraine.", title="\udfff")
    added = add(store, (broken, [event(broken, "e1", source=(), name="x\ud800")]))
    assert added.reports == 1
    assert store.get_report("r1").text == "Russia \N{REPLACEMENT CHARACTER} accused Ukraine."
    assert store.get_event("e1").title == "\N{REPLACEMENT CHARACTER}"
    assert store.known(broken) == "id"


def test_text_with_nul_comes_back_whole(store):
    nul = report(1, "Russia\x00accused\x00Ukraine")
    add(store, (nul, []))
    assert store.get_report("r1").text == nul.text
    assert store.search("Ukraine") == [nul]
    assert store.check() == []


def test_a_batch_that_breaks_off_leaves_nothing(store):
    def breaks():
        yield ONE, [event(ONE)]
        raise ValueError("the reader died")

    with pytest.raises(ValueError, match="died"):
        store.add(breaks(), coder="c", at=AT)
    assert store.count() == 0


@pytest.mark.parametrize(("step", "kept"), [("before commit", 0), ("after commit", 1)])
def test_breaking_off_at_a_step(store, path, step, kept):
    def die(name):
        if name == step:
            raise KeyboardInterrupt

    source = store.begin_source("a.jsonl", "jsonl", "f", AT)
    store.on_step = die
    with pytest.raises(KeyboardInterrupt):
        add(store, (ONE, [event(ONE)]), progress=Progress(source, "1"))
    store.on_step = None
    with EventStore(path, readonly=True) as other:
        assert other.count() == kept
        assert other.sources()[0].read == kept
    assert add(store, (ONE, [event(ONE)])).reports == 1 - kept
    assert store.check() == []


def overlapping(path, start, queue):
    with EventStore(path) as store:
        start.wait()
        done = [add(store, *((r, [event(r, f"e{n}")]) for n in range(i, i + 5) for r in [report(n)])) for i in range(0, 100, 5)]
        queue.put((sum(a.reports for a in done), sum(a.events for a in done), sum(a.known for a in done)))


def test_processes_at_once_make_the_same_store_as_one(path):
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    start, queue = context.Barrier(3), context.Queue()
    workers = [context.Process(target=overlapping, args=(path, start, queue)) for _ in range(3)]
    for worker in workers:
        worker.start()
    results = [queue.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert [sum(column) for column in zip(*results, strict=True)] == [100, 100, 200]
    with EventStore(path) as store:
        assert store.count() == 100
        assert store.check() == []


def test_recode_replaces_a_version_s_events(store):
    add(store, (ONE, [event(ONE, "kept"), event(ONE, "gone")]), (TWO, [event(TWO, "other")]))
    store._connection.executescript(
        "INSERT INTO stories (id, events) VALUES ('s1', 1), ('s2', 1);"
        "UPDATE events SET story = (SELECT key FROM stories WHERE id = 's1') WHERE event_id = 'kept';"
        "UPDATE events SET story = (SELECT key FROM stories WHERE id = 's2') WHERE event_id = 'gone';"
    )
    new = [event(ONE, "kept", code="190", coder="tacitus 2"), event(ONE, "new", coder="tacitus 2")]
    done = store.recode(((r, new) for r in store.reports(["r1"])), coder="tacitus 2")
    assert (done.reports, done.removed, done.events) == (1, 2, 2)
    assert sorted(store.events(), key=lambda e: e.event_id) == [new[0], new[1], event(TWO, "other")]
    assert [e.event_id for e in store.events(EventFilter(story_id="s1"))] == ["kept"]
    assert store._connection.execute("SELECT id FROM stories").fetchall() == [("s1",)]
    assert [r.id for r in store.reports(not_coder="tacitus 2")] == ["r2"]
    assert store.check() == []


def test_a_recode_that_fails_changes_nothing(store):
    old = [event(ONE, "e1"), event(ONE, "e2")]
    add(store, (ONE, old), (TWO, [event(TWO, "e3")]))
    for wrong in ([(ONE, [event(ONE, "e4")]), (report(9), [])], [(ONE, [event(ONE, "e4")]), (TWO, [event(TWO, "e5", confidence=2)])]):
        with pytest.raises(RecordError):
            store.recode(wrong, coder="new")
        assert {e.event_id for e in store.events()} == {"e1", "e2", "e3"}
    store.recode([(ONE, [])], coder="new")
    assert [e.event_id for e in store.events()] == ["e3"]


def test_recode_of_all_while_it_is_read(store):
    add(store, *((r, [event(r, f"e{n}")]) for n in range(1200) for r in [report(n)]))
    done = store.recode(((r, [event(r, f"n{r.id}", code="190")]) for r in store.reports()), coder="tacitus 2")
    assert (done.reports, done.removed, done.events) == (1200, 1200, 1200)
    assert store.count(EventFilter(code="190")) == store.count() == 1200


def test_imported_events_are_their_producer_s(store):
    theirs = [replace(event(report(50 + n), f"g{n}"), coder="GDELT 2.0", url="https://example.org/1", title=None) for n in range(3)]
    add(store, (ONE, [event(ONE, "mine")]))
    added = store.import_events([*theirs, replace(theirs[0], event_id="bad", confidence=7)], producer="GDELT 2.0", at=AT)
    assert (added.events, added.known, len(added.refused)) == (3, 0, 1)
    assert store.import_events(theirs, producer="GDELT 2.0", at=AT).known == 3
    assert list(store.events(EventFilter(producer="GDELT 2.0"))) == theirs
    assert list(store.events(EventFilter(report_id="r51"))) == [theirs[1]]
    assert store.stats()["by_producer"] == {"GDELT 2.0": 3, "tacitus": 1}
    assert store.check() == []
    with pytest.raises(StoreError, match="tacitus"):
        store.import_events(theirs, producer="tacitus", at=AT)


def test_the_ledger_tells_what_the_store_holds(store):
    source = store.begin_source("news.jsonl", "jsonl", "10 bytes", AT)
    assert (source.position, source.state, source.run) == (None, "reading", 1)
    bad = LeftOut("line 3", "malformed", "no JSON")
    add(store, (ONE, [event(ONE)]), progress=Progress(source, "line 3", left_out=(bad,)))
    add(store, (TWO, [event(TWO, confidence=3)]), progress=Progress(source, "line 5", known=(report(3, ONE.text),)))
    assert store.leave_out(source, [LeftOut("line 9", "truncated", "the file ends in the middle")], at=AT)
    assert store.advance(Progress(source, "line 9"), at=AT)
    (now,) = store.sources()
    assert (now.position, now.read, now.added, now.known, now.left_out, now.events) == ("line 9", 5, 1, 1, 3, 1)
    assert [x.place for x in store.left_out(source)] == ["line 3", "r2", "line 9"]
    assert store._connection.execute("SELECT url FROM sightings").fetchall() == [("https://example.org/3",)]
    assert store.finish_source(source, at=AT)
    assert store.check() == []


def test_a_source_is_taken_up_where_it_was_left(store, path):
    first = store.begin_source("news.jsonl", "jsonl", "f", AT)
    add(store, (ONE, []), progress=Progress(first, "1"))
    with EventStore(path) as other:
        second = other.begin_source("news.jsonl", "jsonl", "f", AT)
        assert (second.position, second.run) == ("1", 2)
        late = add(store, (TWO, []), progress=Progress(first, "2"))
        assert (late.superseded, late.reports) == (True, 1)
        assert not store.finish_source(first, at=AT)
        assert not add(other, (TWO, []), progress=Progress(second, "2")).superseded
        assert other.finish_source(second, at=AT)
    assert store.begin_source("news.jsonl", "jsonl", "f", AT).state == "finished"
    anew = store.begin_source("news.jsonl", "jsonl", "f", AT, again=True)
    assert (anew.position, anew.read, anew.state) == (None, 0, "reading")
    assert store.begin_source("news.jsonl", "jsonl", "other content", AT).key != first.key


def test_every_code_of_the_ontology_fits(store):
    add(store, (ONE, [event(ONE, code, code=code) for code in cameo_codes()]))
    assert store.count() == len(cameo_codes())
