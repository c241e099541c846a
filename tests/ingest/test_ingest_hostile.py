"""Hostile documents, hundreds of them: none ends the ingest or holds it up, each is coded or reported, and the good ones between them arrive."""

from __future__ import annotations

import time
from pathlib import Path

import hostile
import pytest
from hostile_support import CODED, EITHER, NOTHING, REPORTED, words
from ingest_support import run

from tacitus.ingest import Limits
from tacitus.store import EventStore

LIMITS = Limits(seconds=2.0, memory=256 * 1024 * 1024)
GOOD_EVERY = 10
LONGEST = 300
"""Seconds that nothing may take: the documents need about 35 s on a busy machine."""


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """The documents, the good texts, and the store into which all went, as one folder."""
    folder = tmp_path_factory.mktemp("hostile") / "documents"
    folder.mkdir()
    documents = hostile.documents()
    good = {}
    for number, document in enumerate(documents):
        (folder / document.file).write_bytes(document.content)
        if number % GOOD_EVERY == 0:
            name = document.file.rpartition(".")[0] + "-and-good.txt"
            good[name] = words()
            (folder / name).write_text(good[name], encoding="utf-8")
    special = folder / "special"
    special.mkdir()
    hostile.write_special(special)
    left_out = []
    store_path = folder.parent / "news.tacitus"
    begun = time.monotonic()
    summary = run(store_path, folder, limits=LIMITS, left_out=left_out)
    seconds = time.monotonic() - begun
    with EventStore(store_path) as store:
        sources = {Path(s.name).relative_to(folder).as_posix(): (s, store.left_out(s)) for s in store.sources()}
        yield documents, good, sources, summary, left_out, seconds, store


def test_there_are_enough_and_each_has_a_name(ingested):
    documents = ingested[0]
    assert len(documents) >= 300
    assert len({document.name for document in documents}) == len(documents)


def test_the_ingest_went_through(ingested):
    _, _, sources, _, _, seconds, store = ingested
    assert seconds < LONGEST
    assert store.check() == []
    assert {source.state for source, _ in sources.values()} == {"finished"}


def test_each_is_coded_or_reported(ingested):
    wrong = []
    for document in ingested[0]:
        source, left_out = ingested[2][document.file]
        coded = source.added + source.known > 0
        fine = {
            CODED: coded,
            REPORTED: bool(left_out),
            EITHER: coded or bool(left_out),
            NOTHING: not coded and not left_out,
        }[document.outcome]
        if not fine:
            wrong.append((document.name, document.outcome, coded, left_out))
    assert wrong == []


def test_every_reason_is_for_people(ingested):
    for thing in ingested[4]:
        assert thing.reason.strip()
        assert len(thing.reason) < 1_500, thing
        assert all(c.isprintable() for c in thing.reason), thing


def test_limits_of_time_and_memory_were_needed(ingested):
    kinds = ingested[3].left_out
    assert kinds["time"] > 0
    assert kinds["memory"] > 0


def test_the_good_documents_between_them_arrive(ingested):
    _, good, sources, _, _, _, store = ingested
    there = {report.text for report in store.reports()}
    assert [name for name, text in good.items() if text not in there] == []
    assert [name for name in good if sources[name][0].added != 1] == []


def test_what_is_behind_the_danger_arrives(ingested):
    sources = ingested[2]
    for name in ("parquet-page-bomb-before-a-good-group.parquet", "warc-length-negative.warc", "warc-body-gzip-bomb.warc"):
        assert sources[name][0].added > 0, name
    assert sources["warc-packed-with-a-damaged-record.warc.gz"][0].added == 2


def test_links_pipes_and_strange_names(ingested):
    _, _, sources, _, left_out, _, _ = ingested
    strange = [name for name in sources if name.startswith("special/")]
    assert len(strange) == 12
    assert all(sources[name][0].added == 1 for name in strange), strange
    told = " ".join(thing.reason for thing in left_out)
    for word in ("link-to-itself", "link-loop-a", "link-to-nothing", "link-to-the-folder", "link-to-zero", "pipe.txt"):
        assert word in told, word
