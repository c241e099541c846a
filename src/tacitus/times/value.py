"""A date with its precision, and the arithmetic of the calendar that the rules need.

A period is dated by its first day: a week by its Monday, a month by its first, a year by 1 January (rules of coding, 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tacitus.records import Precision

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class TimeValue:
    """When something happened: an ISO date, and how much of it the text gives."""

    date: str
    precision: Precision


def day(value: date) -> TimeValue:
    """A single day."""
    return TimeValue(value.isoformat(), "day")


def week(value: date) -> TimeValue:
    """The week that holds a day, dated by its Monday."""
    return TimeValue(monday(value).isoformat(), "week")


def month(value: date) -> TimeValue:
    """The month that holds a day, dated by its first."""
    return TimeValue(value.replace(day=1).isoformat(), "month")


def year(number: int) -> TimeValue:
    """A year, dated by 1 January."""
    return TimeValue(date(number, 1, 1).isoformat(), "year")


def monday(value: date) -> date:
    """The Monday of the week that holds a day."""
    return value - timedelta(value.weekday())


def saturday(value: date, future: bool) -> date:
    """The Saturday of the last weekend begun by a day, or of the next one still to end."""
    this = monday(value) + timedelta(SATURDAY)
    return this if future or this <= value else this - timedelta(7)


def add_months(value: date, count: int) -> date:
    """The first day of the month so many months off."""
    months = value.year * 12 + value.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def shift(value: date, count: int, unit: str, vague: bool = False) -> TimeValue | None:
    """The time ``count`` units off, to the precision of the unit; None outside the calendar.

    Whole weeks are counted in days unless ``vague`` ("just over a week ago"), for "two weeks ago" in news names the day.
    """
    try:
        if unit == "hour":
            return day(value)
        if unit == "day":
            return day(value + timedelta(count))
        if unit == "week":
            moved = value + timedelta(7 * count)
            return week(moved) if vague else day(moved)
        if unit == "month":
            return month(add_months(value, count))
        number = value.year + count * (10 if unit == "decade" else 1)
        return year(number) if MINYEAR <= number <= MAXYEAR else None
    except (OverflowError, ValueError):
        return None
