"""Dates of time expressions against the report's date (Friday 2014-03-21 unless said otherwise)."""

from datetime import date

import pytest

from tacitus.times import TimeValue, resolve_time

FRIDAY = date(2014, 3, 21)

PAST = [
    ("Thursday", "2014-03-20", "day"),
    ("on Friday", "2014-03-21", "day"),
    ("last Friday", "2014-03-14", "day"),
    ("next Tuesday", "2014-03-25", "day"),
    ("Saturday night", "2014-03-15", "day"),
    ("Tuesday of this week", "2014-03-18", "day"),
    ("Friday last week", "2014-03-14", "day"),
    ("Tuesday’s", "2014-03-18", "day"),
    ("today", "2014-03-21", "day"),
    ("yesterday", "2014-03-20", "day"),
    ("the day before yesterday", "2014-03-19", "day"),
    ("tomorrow", "2014-03-22", "day"),
    ("overnight", "2014-03-21", "day"),
    ("last night", "2014-03-20", "day"),
    ("this morning", "2014-03-21", "day"),
    ("June 14", "2013-06-14", "day"),
    ("14 June 2003", "2003-06-14", "day"),
    ("June 14, 2003", "2003-06-14", "day"),
    ("the 14th of June", "2013-06-14", "day"),
    ("Jan. 3", "2014-01-03", "day"),
    ("February 29", "2012-02-29", "day"),
    ("2003-06-14", "2003-06-14", "day"),
    ("in 1992", "1992-01-01", "year"),
    ("in May", "2013-05-01", "month"),
    ("in March", "2014-03-01", "month"),
    ("in March 1988", "1988-03-01", "month"),
    ("since March", "2014-03-01", "month"),
    ("last October", "2013-10-01", "month"),
    ("in January this year", "2014-01-01", "month"),
    ("May last year", "2013-05-01", "month"),
    ("late June", "2013-06-01", "month"),
    ("mid-November", "2013-11-01", "month"),
    ("last month", "2014-02-01", "month"),
    ("earlier this month", "2014-03-01", "month"),
    ("this week", "2014-03-17", "week"),
    ("last week", "2014-03-10", "week"),
    ("over the weekend", "2014-03-15", "day"),
    ("last year", "2013-01-01", "year"),
    ("Earlier in the year", "2014-01-01", "year"),
    ("two days ago", "2014-03-19", "day"),
    ("a week ago", "2014-03-14", "day"),
    ("just over a week ago", "2014-03-10", "week"),
    ("a fortnight ago", "2014-03-07", "day"),
    ("three months earlier", "2013-12-01", "month"),
    ("twenty-five years ago", "1989-01-01", "year"),
    ("the 1990s", "1990-01-01", "year"),
    ("early 2014", "2014-01-01", "year"),
    ("1998-2000", "1998-01-01", "year"),
    ("the summer of 1995", "1995-06-01", "month"),
    ("the winter of 1937", "1937-01-01", "year"),
    ("last spring", "2013-03-01", "month"),
    ("all summer", "2013-06-01", "month"),
    ("in the first week of April 1991", "1991-04-01", "week"),
    ("two days before Christmas", "2013-12-23", "day"),
    ("Boxing Day", "2013-12-26", "day"),
    ("Five days after", "2014-03-16", "day"),
    ("for a second day", "2014-03-20", "day"),
    ("at dawn", "2014-03-21", "day"),
    ("the eve of the vote", "2014-03-20", "day"),
]

FUTURE = [
    ("Friday", "2014-03-21", "day"),
    ("on Monday", "2014-03-24", "day"),
    ("in May", "2014-05-01", "month"),
    ("in January", "2015-01-01", "month"),
    ("April 3", "2014-04-03", "day"),
    ("Jan. 3", "2015-01-03", "day"),
    ("next week", "2014-03-24", "week"),
    ("next month", "2014-04-01", "month"),
    ("early next month", "2014-04-01", "month"),
    ("next year", "2015-01-01", "year"),
    ("at the weekend", "2014-03-22", "day"),
    ("in two days", "2014-03-23", "day"),
    ("in the autumn", "2014-09-01", "month"),
    ("four days before the vote", "2014-03-25", "day"),
]


@pytest.mark.parametrize(("words", "iso", "precision"), PAST)
def test_past(words: str, iso: str, precision: str) -> None:
    assert resolve_time(words, FRIDAY) == TimeValue(iso, precision)


@pytest.mark.parametrize(("words", "iso", "precision"), FUTURE)
def test_future(words: str, iso: str, precision: str) -> None:
    assert resolve_time(words, FRIDAY, future=True) == TimeValue(iso, precision)


@pytest.mark.parametrize(
    ("words", "iso", "precision"),
    [
        ("the next day", "2014-01-02", "day"),
        ("the previous day", "2013-12-31", "day"),
        ("two days later", "2014-01-03", "day"),
        ("a week later", "2014-01-08", "day"),
        ("two days earlier", "2013-12-30", "day"),
        ("the same night", "2014-01-01", "day"),
        ("that year", "2014-01-01", "year"),
        ("two days ago", "2014-03-19", "day"),
    ],
)
def test_anchor(words: str, iso: str, precision: str) -> None:
    assert resolve_time(words, FRIDAY, anchor=date(2014, 1, 1)) == TimeValue(iso, precision)


@pytest.mark.parametrize("words", ["Thursday", "in May", "last month", "two days ago", "June 14", "at dawn", "Christmas", "last spring"])
def test_nothing_relative_without_a_date(words: str) -> None:
    assert resolve_time(words, None) is None


@pytest.mark.parametrize(("words", "iso"), [("14 June 2003", "2003-06-14"), ("June 2003", "2003-06-01"), ("the 1990s", "1990-01-01")])
def test_absolute_without_a_date(words: str, iso: str) -> None:
    value = resolve_time(words, None)
    assert value is not None
    assert value.date == iso


@pytest.mark.parametrize("words", ["", "hardly ever", "31 February 2003", "two days later", "2003-13-45", "999 decades ago"])
def test_no_date(words: str) -> None:
    assert resolve_time(words, FRIDAY) is None
