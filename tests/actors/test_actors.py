"""Mentions in context with the code they should get. Sentences are made for these tests; each shows one way of naming somebody."""

import pytest

from tacitus.actors import ReportActors
from tacitus.actors.gazetteer import shipped
from tacitus.actors.tokens import fold, tokenise
from tacitus.language import split_sentences


def codes(text, mention, day="2016-09-25", title=None, nth=1, country_of_place=lambda _: None):
    """The codes of the nth occurrence of a mention, after the mentions before it have been asked for (none here)."""
    actors = ReportActors(text, split_sentences(text), day, title, country_of_place)
    start = -1
    for _ in range(nth):
        start = text.index(mention, start + 1)
    return [a.code for a in actors.resolve(start, start + len(mention))]


@pytest.mark.parametrize(
    ("text", "mention", "code"),
    [
        ("Russia vetoed the plan.", "Russia", "RUS"),
        ("Mr. Putin blamed the U.S. for it.", "U.S.", "USA"),
        ("Mr. Putin blamed the US for it.", "US", "USA"),
        ("Moscow vetoed the plan.", "Moscow", "RUSGOV"),
        ("The Kremlin vetoed the plan.", "The Kremlin", "RUSGOV"),
        ("The Russians vetoed the plan.", "The Russians", "RUS"),
        ("A Turkish foreign ministry spokesman said so.", "A Turkish foreign ministry spokesman", "TURGOV"),
        ("A spokesman for the Turkish foreign ministry said so.", "A spokesman for the Turkish foreign ministry", "TURGOV"),
        ("Police in Kenya fired.", "Police in Kenya", "KENCOP"),
        ("Saudi-backed Yemeni soldiers fled.", "Saudi-backed Yemeni soldiers", "YEMMIL"),
        ("Four members of Hamas died.", "Four members of Hamas", "PSEREBHAM"),
        ("U.N. officials fear it.", "U.N. officials", "IGOUNO"),
        ("Foreign Minister Sergei Lavrov flew home.", "Foreign Minister Sergei Lavrov", "RUSGOV"),
        ("Two Turkish engineers were seized.", "Two Turkish engineers", "TUR"),
    ],
)
def test_a_mention_alone(text, mention, code):
    found = codes(text, mention)[0]
    assert found == code or (code == "TUR" and found.startswith("TUR"))


@pytest.mark.parametrize(("day", "code"), [("2010-05-01", "USALEG"), ("2016-05-01", "USAGOV"), ("2019-05-01", "USAELI")])
def test_the_office_held_on_the_day(day, code):
    assert codes("John Kerry spoke.", "John Kerry", day) == [code]


def test_later_mentions_take_whom_they_stand_for():
    text = "Foreign Minister Sergei Lavrov met Secretary of State John Kerry. Mr. Lavrov left. He flew home. The two men will meet again."
    assert codes(text, "Mr. Lavrov") == ["RUSGOV"]
    assert codes(text, "He") == ["RUSGOV"]
    assert sorted(codes(text, "The two men")) == ["RUSGOV", "USAGOV"]


def test_somebody_unknown_takes_the_description():
    text = "It is a weapon, said Oleg Kulakov, a retired Russian colonel. Mr. Kulakov laughed."
    assert codes(text, "Oleg Kulakov") == ["RUSMIL"]
    assert codes(text, "Mr. Kulakov") == ["RUSMIL"]


def test_possessions_act_for_their_owner():
    assert codes("Israel answered at once and its helicopters fired.", "its helicopters") == ["ISRMIL"]


def test_a_role_takes_the_country_of_the_report():
    assert codes("SANAA, Yemen (AP) - Gunmen shot dead a judge.", "Gunmen") == ["YEMUAF"]
    assert codes("Gunmen shot dead a judge.", "Gunmen") == ["UAF"]


def test_a_town_gives_its_country():
    assert codes("They shelled Sinjar.", "Sinjar", country_of_place={"Sinjar": "IRQ"}.get) == ["IRQ"]


def test_nothing_is_guessed():
    assert codes("Somebody sang.", "Somebody", None) == [None]


def test_capitals_and_acronyms_count():
    def kinds(text):
        return {e.kind for m in shipped().matches(text) for e in m.entries}

    assert "country" not in kinds("They ate turkey with us.")
    assert "country" in kinds("Turkey and the US agreed.")


def test_folding():
    assert fold("Côte") == "cote"
    assert fold("U.S.’s") == "us"
    assert [t.folded for t in tokenise("U.S.-led al-Shabaab's")] == ["us", "led", "al", "shabaab"]


def test_offsets_outside_words_are_unknown():
    assert codes("Russia ... vetoed.", "...") == [None]
