"""The training corpus holds to its format, and the checker refuses what does not."""

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("corpus_format", ROOT / "training" / "corpus" / "format.py")
corpus = importlib.util.module_from_spec(SPEC)
import sys  # noqa: E402

sys.modules["corpus_format"] = corpus
SPEC.loader.exec_module(corpus)
PASSAGES = sorted((ROOT / "training" / "corpus" / "passages").glob("*.txt"))
HEAD = "# x1 | 2014-03-21 | Title\nS Moscow accused Kyiv of lies, and Kyiv hit back.\n"


def read(tmp_path, text):
    path = tmp_path / "p.txt"
    path.write_text(text)
    return corpus.read_passages(path)


@pytest.fixture(scope="module")
def passages():
    return [p for f in PASSAGES for p in corpus.read_passages(f)]


def test_every_passage_is_well_formed_and_unique(passages):
    ids = [p.id for p in passages]
    assert len(ids) == len(set(ids))


def test_the_corpus_is_as_large_as_it_says(passages):
    counts = corpus.summary(passages)
    assert counts["passages"] >= 5600
    assert counts["sentences"] >= 36_000
    assert counts["codes"] == 298
    assert counts["eventless"] / counts["passages"] >= 0.2
    assert counts["attributed"] / counts["events"] >= 1 / 3
    assert set(counts["modality"]) == {"actual", "planned", "hypothetical", "negated"}


def test_what_happened_has_a_date(passages):
    assert not [(p.id, e.trigger.text) for p in passages for e in corpus.undated(p)]


def test_an_undated_event_is_found(tmp_path):
    (p,) = read(tmp_path, HEAD + "E 0 | accused | 112 | actual | - | Kyiv=UKRGOV | - | - | - | -\n")
    assert [e.trigger.text for e in corpus.undated(p)] == ["accused"]


def test_no_sentence_stands_twice_or_in_the_gold(passages):
    sentences = [s for p in passages for s in p.sentences if len(s) > 40]
    assert len(sentences) == len(set(sentences))
    gold = {s for line in (ROOT / "evaluation/gold/reports.jsonl").read_text(encoding="utf-8").splitlines() for s in json.loads(line)["sentences"]}
    assert not gold & set(sentences)


def test_mentions_are_found_where_they_stand(tmp_path):
    (p,) = read(tmp_path, HEAD + "E 0 | hit back | 111 | actual | Kyiv=UKRGOV | Moscow=RUSGOV | - | - | 2014-03-20 day | -\n")
    (e,) = p.events
    assert p.sentences[0][e.source[0].start : e.source[0].end] == "Kyiv"
    assert e.source[0].start == p.sentences[0].rindex("Kyiv")  # the one nearest the trigger
    assert (e.target[0].start, e.event_date, e.date_precision) == (0, "2014-03-20", "day")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("E 0 | accused | 999 | actual | - | - | - | - | - | -", "no CAMEO code"),
        ("E 0 | accused | 112 | real | - | - | - | - | - | -", "modality"),
        ("E 0 | accuses | 112 | actual | - | - | - | - | - | -", "word for word"),
        ("E 0 | accused | 112 | actual | Moscow | - | - | - | - | -", "mention=CODE"),
        ("E 0 | accused | 112 | actual | Moscow=QQQGOV | - | - | - | - | -", "no country"),
        ("E 0 | accused | 112 | actual | - | - | - | - | 2014-02-30 day | -", "no date"),
        ("E 0 | accused | 112 | actual | - | - | - | - | 2014-02-20 month | -", "first day"),
        ("E 1 | accused | 112 | actual | - | - | - | - | - | -", "sentence number"),
        ("E 0 | accused | 112 | actual", "fields"),
        ("X what", "begins with"),
    ],
)
def test_malformed_lines_are_refused_with_file_and_line(tmp_path, line, message):
    with pytest.raises(corpus.CorpusError, match=message) as e:
        read(tmp_path, HEAD + line + "\n")
    assert "p.txt:3" in str(e.value)
