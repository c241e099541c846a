"""Dates that the calendar gives: days, months, seasons, years and decades; the year comes from the report where the words lack it."""

from __future__ import annotations

import re
from datetime import date

from tacitus.times import lexicon
from tacitus.times.reference import Reference
from tacitus.times.value import TimeValue, add_months, day, monday, month, year

SEASON_MONTHS = 3
LEAP_CYCLE = 8
"""Years within which every day of the calendar comes round, also across a century that has no leap day."""
STEPS = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "next": 1, "coming": 1, "following": 1}


def numeric(found: re.Match[str], _reference: Reference) -> TimeValue | None:
    """2003-06-14"""
    made = _made(int(found["year"]), int(found["month"]), int(found["day"]))
    return day(made) if made else None


def calendar(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """June 14, 2003; 14 June; June 2003; 2003"""
    parts = found.groupdict()
    number = int(parts["year"]) if parts.get("year") else None
    if parts.get("month") is None:
        return year(number) if number else None
    which = lexicon.value("month", parts["month"])
    if parts.get("day") is None:
        return month(date(number, which, 1)) if number else None
    if number:
        made = _made(number, which, int(parts["day"]))
        return day(made) if made else None
    return _nearest_day(which, int(parts["day"]), reference)


def holiday(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """Christmas; Boxing Day 2004"""
    which, number = (int(part) for part in lexicon.table("holiday")[re.sub(r"\s+", " ", found["day"])].split("-"))
    if found.groupdict().get("year"):
        return day(date(int(found["year"]), which, number))
    return _nearest_day(which, number, reference)


def week_of_month(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """The first week of April: it begins on the month's first Monday."""
    if found["year"]:
        first = date(int(found["year"]), lexicon.value("month", found["month"]), 1)
    else:
        near = month_alone(found, reference)
        if near is None:
            return None
        first = date.fromisoformat(near.date)
    if found["week"] == "last":
        start = monday(date.fromordinal(add_months(first, 1).toordinal() - 1))
    else:
        weeks = lexicon.value("ordinal", found["week"]) - 1
        start = date.fromordinal(first.toordinal() + (-first.weekday()) % 7 + 7 * weeks)
    return TimeValue(start.isoformat(), "week")


def month_alone(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """In May; last May; next June; in January this year"""
    today = reference.published
    if today is None:
        return None
    which = lexicon.value("month", found["month"])
    step = found.groupdict().get("det")
    if step and found[0].endswith("year"):
        return month(date(today.year + STEPS[step], which, 1))
    first = today.replace(day=1)
    return month(_nearest(which, first, future=reference.future or step == "next", strict=step in ("last", "next")))


def season(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """Last spring; all summer; the summer of 1995 (dated by its first month); the winter of 1937 (only its year is sure)"""
    which = lexicon.value("season", found["season"])
    parts = found.groupdict()
    if parts.get("year"):
        number = int(parts["year"])
        return year(number) if which == 12 else month(date(number, which, 1))
    today = reference.published
    if today is None:
        return None
    step = parts.get("det")
    future = reference.future or step in ("next", "coming")
    start = _nearest(which, today.replace(day=1), future=future, strict=step == "next")
    if step == "last" and today < add_months(start, SEASON_MONTHS):
        start = start.replace(year=start.year - 1)
    return month(start)


def new_year(_found: re.Match[str], reference: Reference) -> TimeValue | None:
    """The new year: January of it"""
    today = reference.published
    return month(_nearest(1, today.replace(day=1), reference.future, strict=reference.future)) if today else None


def decade(found: re.Match[str], _reference: Reference) -> TimeValue | None:
    """The 1990s"""
    return year(int(found["decade"]))


def _made(number: int, which: int, of_month: int) -> date | None:
    try:
        return date(number, which, of_month)
    except ValueError:
        return None


def _nearest(which: int, first: date, future: bool, strict: bool) -> date:
    """The nearest such month before or after a month's first day (that month itself too unless strict)."""
    distance = (which - first.month) % 12 if future else -((first.month - which) % 12)
    if strict and not distance:
        distance = 12 if future else -12
    return add_months(first, distance)


def _nearest_day(which: int, of_month: int, reference: Reference) -> TimeValue | None:
    today = reference.published
    if today is None:
        return None
    way = 1 if reference.future else -1
    for step in range(LEAP_CYCLE + 1):
        made = _made(today.year + way * step, which, of_month)
        if made and (made >= today if reference.future else made <= today):
            return day(made)
    return None
