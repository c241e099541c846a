"""People who bear the name of a country or capital, and countries that only look so."""

import pytest

from tacitus.actors import ReportActors
from tacitus.actors.gazetteer import shipped
from tacitus.actors.namesakes import without_namesakes
from tacitus.actors.tokens import tokenise
from tacitus.language import split_sentences


def named(text):
    tokens = tokenise(text)
    left = without_namesakes(text, tokens, shipped().matches(text), shipped())
    return [tokens[m.first].raw for m in left if any(e.kind in ("country", "capital") for e in m.entries)]


@pytest.mark.parametrize(
    "text",
    [
        "Joachim Muscat spoke.", "Police held Denzel Washington, a teacher.", "Police held Quenby Jordan, 34, on Monday.",
        "Paris Hilton was held.", "Jordan Brimley won.", "Ms. Havana Brown spoke.", "Mr. Jordan left.", "Mr Jordan left.",
        "Charles Santiago, a lawmaker",
    ],
)  # fmt: skip
def test_a_person_is_no_country(text):
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In Kabul Fowziya spoke.", "Kabul"),
        ("Israel Electric cut power.", "Israel"),
        ("The Paris Grotte burned.", "Paris"),
        ("in Jordan Brimley won", "Jordan"),
        ("Jordan's Brimley won.", "Jordan's"),
        ("Moscow Zarko burned.", "Moscow"),
        ("Ask Mr. Quill. Jordan refused.", "Jordan"),
        ("Joachim, Muscat refused.", "Muscat"),
        ("Joachim Muscat Airport closed.", "Muscat"),
    ],
)
def test_a_country_stays_one(text, name):
    assert named(text) == [name]


def test_the_person_has_the_code_of_the_description_and_the_country_none():
    text = "Jordan Brimley, a British banker, sued Kenya on Monday."
    actors = ReportActors(text, split_sentences(text), "2016-09-25")
    assert [a.code for a in actors.resolve(0, len("Jordan Brimley"))] == ["GBRBUS"]
    assert "JOR" not in actors.countries()
