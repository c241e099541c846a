import json
from pathlib import Path

import pytest

from tacitus.language import split_sentences
from tacitus.language.sentences import LONGEST_SENTENCE

GOLD = Path(__file__).parents[2] / "evaluation" / "gold" / "reports.jsonl"


def texts(text):
    return [s.text for s in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Marine Corps Gen. Joe Dunford met U.S. officials on Oct. 4.", "They left at 5 p.m. on Friday."],
        ['"I do not believe it," he said.', '"Are you kidding?"', "That was all."],
        ["It bought Acme Corp. for $3.5 million.", "The U.S. objected."],
        ["He moved to the U.S.", "The move cost him his job."],
        ["Messrs. Kerry and Lavrov haven't spoken since Friday.", "A No. 2 official did."],
    ],
)
def test_boundaries(sentences):
    assert texts(" ".join(sentences)) == sentences


def test_offsets_are_of_the_text():
    text = "  One here.\n\nTwo there!  Three? "
    for s in split_sentences(text):
        assert text[s.start : s.end] == s.text
    assert texts(text) == ["One here.", "Two there!", "Three?"]


def test_an_empty_line_ends_a_sentence():
    assert texts("A headline without a stop\n\nThe text begins here.") == ["A headline without a stop", "The text begins here."]


def test_text_without_stops_is_cut():
    found = split_sentences("word " * 2000)
    assert len(found) > 1
    assert max(len(s.text) for s in found) <= LONGEST_SENTENCE
    assert " ".join(s.text for s in found).split() == ["word"] * 2000


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "...", "?!"])
def test_nothing_to_split_is_no_error(text):
    assert all(s.text.strip() for s in split_sentences(text))


def test_gold_reports_split_as_their_coders_split_them():
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert texts(record["text"]) == record["sentences"], record["id"]
