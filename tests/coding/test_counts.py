import pytest

from tacitus.coding.counts import number, read_counts
from tacitus.records import Counts


@pytest.mark.parametrize(
    ("sentence", "root", "trigger", "counts"),
    [
        ("A car bomb exploded on Thursday, wounding 14 officers.", "18", "car bomb", Counts(wounded=14)),
        ("Missiles hit a house in 2001, killing four members of the group.", "19", "hit", Counts(killed=4)),
        ("A raid left 17 dead and wounded 1,200 others.", "19", "raid", Counts(killed=17, wounded=1200)),
        ("Police detained twenty students.", "17", "detained", Counts(detained=20)),
        ("Some 20,000 peasants marched to the square.", "14", "marched", Counts(participants=20000)),
        ("Ministers met for three hours.", "04", "met", Counts()),
        ("Troops killed nobody in 20 days.", "19", "killed", Counts()),
    ],
)
def test_counts(sentence, root, trigger, counts):
    start = sentence.index(trigger)
    assert read_counts(sentence, root, (start, start + len(trigger))) == counts


def test_numbers():
    assert [number(w) for w in ("14", "1,200", "four", "Ninety", "many")] == [14, 1200, 4, 90, None]
