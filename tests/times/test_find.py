"""Time expressions in sentences."""

from datetime import date

import pytest

from tacitus.times import find_times, resolve_time


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in find_times(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police arrested ten people on Thursday.", ["Thursday"]),
        ("The accord of 14 June 2003 was signed two years after the truce.", ["14 June 2003", "two years after"]),
        ("Troops may march in May, said Mrs May.", ["May"]),
        ("They sat in the sun and marched last March.", ["last March"]),
        ("Some 2,003 men fled in 1992 and 300 early last month.", ["1992", "early last month"]),
        ("He left at 8.15 for a second day.", []),
        ("The İstanbul talks began on Jan. 3 and ended the next day.", ["Jan. 3", "the next day"]),
        ("Since the 1990s, Friday’s prayers", ["the 1990s", "Friday"]),
        ("", []),
    ],
)
def test_found(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("text", ["on Monday night", "three weeks ago", "in mid-November", "over the weekend", "the day after tomorrow"])
def test_what_is_found_has_a_date(text: str) -> None:
    (start, end), *rest = find_times(text)
    assert not rest
    assert resolve_time(text[start:end], date(2014, 3, 21)) == resolve_time(text, date(2014, 3, 21))
