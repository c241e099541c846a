"""Dates counted from the report or from a related event: weekdays, "last month", "two days ago", "the next morning"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tacitus.times import lexicon
from tacitus.times.absolute import STEPS, holiday
from tacitus.times.reference import Reference
from tacitus.times.value import SATURDAY, TimeValue, day, monday, saturday, shift, week

BACK = frozenset({"ago", "earlier", "previously"})
SAME_STORY_DAYS = 31
"""Days from the report within which "at dawn" or "within hours" goes on with a related event; an older one is background."""
WORD_OF_UNIT = {"night": "day", "morning": "day", "evening": "day", "fortnight": "week"}


def named_day(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """Yesterday; tonight; the day after tomorrow"""
    today = reference.published
    return day(today + timedelta(lexicon.value("day", found[0]))) if today else None


def weekday(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """Thursday; last Friday; next Tuesday; Saturday night; Monday's"""
    step = found["det"]
    today = reference.base if step in ("previous", "preceding", "following") else reference.published
    if today is None:
        return None
    number = lexicon.value("weekday", found["weekday"])
    if step == "this":
        return day(monday(today) + timedelta(number))
    if STEPS.get(step or "", 0) > 0 or (step is None and reference.future):
        ahead = (number - today.weekday()) % 7
        return day(today + timedelta(ahead or (7 if step else 0)))
    back = (today.weekday() - number) % 7
    return day(today - timedelta(back or (7 if step else 0)))


def weekday_of_week(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """Tuesday of this week; Friday last week"""
    today = reference.published
    return day(monday(today) + timedelta(lexicon.value("weekday", found["weekday"]) + 7 * STEPS[found["det"]])) if today else None


def weekday_ago(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """A week ago Thursday"""
    today = reference.published
    return day(today - timedelta((today.weekday() - lexicon.value("weekday", found["weekday"])) % 7 + 7)) if today else None


def counted(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """Two days ago; three months earlier; a week later; just over a week ago; four days before the vote (if still to come)"""
    way = found["way"]
    count, unit = _amount(found)
    vague = bool(found["hedge"]) or found["number"] in lexicon.table("vague")
    start = reference.published if way == "ago" else reference.base
    if way in ("later", "afterwards", "hence", "on"):
        start = start if reference.future else reference.anchor
    elif way in BACK or not reference.future:
        count = -count
    return shift(start, count, unit, vague) if start else None


def from_holiday(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """Two days before Christmas"""
    feast = holiday(found, reference)
    count, unit = _amount(found)
    return shift(date.fromisoformat(feast.date), -count if found["way"] == "before" else count, unit) if feast else None


def next_to(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """The day before; the morning after (of what is told after it: the day before); a year earlier"""
    if found["way"] == "later":
        return shift(reference.anchor, 1, _unit(found["unit"])) if reference.anchor else None
    return shift(reference.base, -1, _unit(found["unit"]), vague=True) if reference.base else None


def eve(_found: re.Match[str], reference: Reference) -> TimeValue | None:
    """On the eve of the ceremony"""
    return day(reference.base - timedelta(1)) if reference.base else None


def past_stretch(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """A stretch of time is dated by its beginning: the past two weeks; a week-old truce; for three months"""
    count, unit = _amount(found)
    return shift(reference.base, count if reference.future else -count, unit) if reference.base else None


def within(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """Within a day of the related event, or the latest day of what is to come"""
    count, unit = _amount(found)
    start = reference.base
    if start is None:
        return None
    return shift(start, count, unit) if reference.future or reference.anchor else day(start)


def running(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """For a second day; in its ninth year: dated by the beginning"""
    count = lexicon.value("ordinal", found["ordinal"]) - 1
    return shift(reference.base, -count, _unit(found["unit"])) if reference.base else None


def period(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """Last week; early next month; this year; over the weekend; later in the month"""
    unit, word = found["unit"], found.groupdict().get("det")
    today = reference.base if word in ("previous", "preceding", "following") else reference.published
    if today is None:
        return None
    step = STEPS.get(word or "", 0)
    if unit == "weekend":
        start = saturday(today, reference.future or step > 0)
        within = today.weekday() >= SATURDAY
        return day(start + timedelta(7 if word == "next" and within else -7 if word == "last" and within else 0))
    if unit == "week":
        return week(today + timedelta(7 * step))
    if unit == "decade":
        return shift(date(today.year // 10 * 10, 1, 1), step, unit)
    return shift(today, step, unit)


def adjoining(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """The next day; the following night; the previous day"""
    step = STEPS[found["det"]]
    start = reference.anchor if step > 0 and not reference.future else reference.base
    return day(start + timedelta(step)) if start else None


def same_day(_found: re.Match[str], reference: Reference) -> TimeValue | None:
    """That night; the same day"""
    return day(reference.base) if reference.base else None


def moment(_found: re.Match[str], reference: Reference) -> TimeValue | None:
    """At dawn; within hours; by breakfast"""
    near, today = reference.anchor, reference.published
    if near and today and abs((today - near).days) > SAME_STORY_DAYS:
        near = today
    start = near or today
    return day(start) if start else None


def same_period(found: re.Match[str], reference: Reference) -> TimeValue | None:
    """That year; the same week"""
    start, unit = reference.base, found["unit"]
    if start is None:
        return None
    return day(saturday(start, future=False)) if unit == "weekend" else shift(start, 0, unit, vague=True)


def _amount(found: re.Match[str]) -> tuple[int, str]:
    word, unit = found["number"] or "a", found["unit"]
    count = lexicon.value("vague" if word in lexicon.table("vague") else "number", word)
    return (2 * count if unit == "fortnight" else count), _unit(unit)


def _unit(word: str) -> str:
    return WORD_OF_UNIT.get(word, word)
