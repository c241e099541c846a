"""The quick matcher gives what a plain one gives, word by word, on real texts and on texts made to trip it."""

import random
from pathlib import Path

import pytest
from plain_matcher import PlainMatcher

from tacitus.actors.gazetteer import GROUP, ORGANISATION, PERSON, ROLE, Entry, Gazetteer, shipped, shipped_entries
from tacitus.actors.tokens import tokenise
from tacitus.actors.wordhash import BLOCK, hash_of, read_words

PASSAGES = Path(__file__).parents[2] / "training" / "corpus" / "passages"
ALPHABET = list("aAbsSuUnN.'’.'-  \n_9éÉßиИ²⒈ŉſŝ中x\u0301\ud800")


@pytest.fixture(scope="module")
def plain():
    return PlainMatcher(shipped_entries())


def same(text, plain):
    tokens, words = tokenise(text), read_words(text)
    assert [(t.start, t.end) for t in tokens] == list(zip(words.starts.tolist(), words.ends.tolist(), strict=True)), text[:200]
    assert [hash_of(t.folded) for t in tokens] == words.hashes.tolist(), text[:200]
    assert [t.raw[0].isupper() for t in tokens] == words.capitals.tolist(), text[:200]
    found = [tuple(m) for m in shipped().matches(text)]
    assert found == plain.matches(text), text[:200]
    return len(found)


def test_real_texts(plain):
    texts = [path.read_text(encoding="utf-8")[:60_000] for path in sorted(PASSAGES.glob("*.txt"))[::6]]
    assert sum(same(text, plain) for text in texts) > 5_000


def test_texts_made_to_trip_it(plain):
    rng = random.Random(1)
    for _ in range(2_000):
        same("".join(rng.choice(ALPHABET) for _ in range(rng.randrange(30))), plain)


def test_names_cut_joined_and_written_otherwise(plain):
    rng = random.Random(2)
    names = [name for name, _ in shipped_entries()]
    for _ in range(150):
        words = [rng.choice([str, str.lower, str.upper, str.title])(rng.choice(names)) + rng.choice(["", "'s", "’s", "."]) for _ in range(20)]
        same("".join(word + rng.choice([" ", "-", ", ", " of ", "\n", ""]) for word in words), plain)


def test_more_than_a_block(plain):
    rng = random.Random(3)
    names = [name for name, _ in shipped_entries()]
    assert same(" ".join(rng.choice(names) for _ in range(6_000)), plain) > 1_000
    assert same("x" * (2 * BLOCK) + " Russia " + "U." * BLOCK + " Russia", plain) == 2


def test_the_longest_name_that_is_written_so_wins():
    entries = [
        ("Salt", Entry("Salt", PERSON, "FRAGOV")), ("Salt Front", Entry("Salt Front", GROUP, "FRAREB")), ("front", Entry("front", ROLE, "MIL")),
        ("SALT", Entry("SALT", ORGANISATION, "IGO")),
    ]  # fmt: skip
    gazetteer = Gazetteer(iter(entries))

    def codes(text):
        return [[e.code for e in m.entries] for m in gazetteer.matches(text)]

    assert codes("the Salt Front front") == [["FRAREB"], ["MIL"]]
    assert codes("salt front Salt SALT") == [["MIL"], ["FRAGOV"], ["FRAGOV", "IGO"]]
    assert codes("") == []


def test_a_gazetteer_without_entries():
    assert Gazetteer(iter(())).matches("Russia vetoed it.") == []
    assert Gazetteer(iter(())).named("Russia") == ()


def test_names_and_surnames():
    assert {e.code for e in shipped().named("john KERRY")} == {"USALEG", "USAGOV"}
    assert {e.name for e in shipped().by_surname("Kerry’s", "2016-05-01")} == {"John Kerry"}
    assert shipped().by_surname("Kerry", None) == []
    assert shipped().with_surname("Kerry Smith") == []
