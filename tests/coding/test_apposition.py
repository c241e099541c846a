import pytest

from tacitus.coding.apposition import tells_again


@pytest.mark.parametrize(
    ("text", "first", "second", "expected"),
    [
        ("A priest, Juan Soto, sat down with them.", "A priest", "Juan Soto", True),
        ("They freed one prisoner, lawmaker Juan Soto.", "one prisoner", "lawmaker Juan Soto", True),
        ("Peru, whose president smiled, agreed.", "Peru", "whose president", True),
        ("The army, Hamas, and Egypt agreed.", "The army", "Hamas", False),
        ("The army, Hamas and Egypt agreed.", "The army", "Hamas", False),
        ("Peru, Chile, Bolivia and others agreed.", "Peru", "Chile", False),
        ("Thirteen charities, Oxfam, and others left.", "Thirteen charities", "Oxfam", False),
        ("A priest met Juan Soto.", "A priest", "Juan Soto", False),
    ],
)
def test_who_is_told_twice(text, first, second, expected):
    spans = [(text.index(m), text.index(m) + len(m)) for m in (first, second)]
    assert tells_again(text, *spans) is expected
