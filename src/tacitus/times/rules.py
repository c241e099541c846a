"""The rules: patterns of time expressions, the more specific first, each with the function that dates it.

Patterns read text that ``plain`` has folded, so that offsets stay those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tacitus.times import absolute, relative
from tacitus.times.lexicon import any_of
from tacitus.times.reference import Reference
from tacitus.times.value import TimeValue

__all__ = ["Reference", "Rule", "plain", "rules"]

Resolver = Callable[["re.Match[str]", Reference], TimeValue | None]

_UNIT = r"(?P<unit>hour|day|night|week|fortnight|month|year|decade)"
_PERIOD = r"(?P<unit>week|month|year|decade)"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_STAGE = r"(?:(?:the\s+)?(?:early|mid|late|beginning\s+of|start\s+of|end\s+of|middle\s+of|(?:last|first)\s+days\s+of)[\s-]+)?"
_DETERMINER = r"(?P<det>last|this|next|past|coming|previous|preceding|following)"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what dates its match, and whether its match alone is a time expression (``findable``)."""

    pattern: re.Pattern[str]
    resolve: Resolver
    findable: bool


def plain(text: str) -> str:
    """The text in lower case with straight apostrophes, every character in its place."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)).replace("’", "'")


def _number() -> str:
    return rf"(?P<number>{any_of('number')}|{any_of('vague')}|\d{{1,3}})"


def _dates() -> list[tuple[str, Resolver, bool]]:
    month = rf"(?P<month>{any_of('month')})\b\.?"
    nth = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
    number = _number()
    nth_week = "first|second|third|fourth|last"
    return [
        (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", absolute.numeric, True),
        (rf"{month}\s+{nth}(?:(?:,\s*|\s+){_YEAR})?", absolute.calendar, True),
        (rf"(?:the\s+)?{nth}\s+(?:of\s+)?{month}(?:,?\s+{_YEAR})?", absolute.calendar, True),
        (rf"(?:the\s+)?(?P<week>{nth_week})\s+week\s+(?:of|in)\s+{month}(?:,?\s+{_YEAR})?", absolute.week_of_month, True),
        (rf"{_STAGE}{month},?\s+(?:of\s+)?(?P<det>last|this|next)\s+year", absolute.month_alone, True),
        (rf"{_STAGE}{month},?\s+(?:of\s+)?{_YEAR}", absolute.calendar, True),
        (rf"{number}\s+{_UNIT}s?\s+(?P<way>before|after)\s+(?P<day>{any_of('holiday')})", relative.from_holiday, True),
        (rf"(?P<day>{any_of('holiday')})(?:,?\s+{_YEAR})?", absolute.holiday, True),
        (rf"(?:(?:the|{_DETERMINER})\s+)?(?P<season>{any_of('season')})(?:\s+of|,)?\s+{_YEAR}", absolute.season, True),
    ]


def _counted() -> list[tuple[str, Resolver, bool]]:
    number = _number()
    amount = rf"(?:(?P<hedge>{any_of('hedge')})\s+)?{number}[\s-]+(?:and\s+a\s+half\s+)?{_UNIT}s?"
    weekday = any_of("weekday")
    return [
        (any_of("day"), relative.named_day, True),
        (rf"a\s+week\s+(?:ago\s+)?(?:on\s+)?(?P<weekday>{weekday})\s+ago", relative.weekday_ago, True),
        (rf"a\s+week\s+ago\s+(?:on\s+)?(?P<weekday>{weekday})", relative.weekday_ago, True),
        (rf"{amount}\s+(?P<way>ago|earlier|before|previously|later|afterwards|after|hence|on(?=\s*(?:[,;.]|$)))", relative.counted, True),
        (r"(?:the\s+)?(?P<unit>day|morning|night|evening|week|month|year)\s+(?P<way>before|after|earlier|later)", relative.next_to, True),
        (r"(?:on\s+)?(?:the\s+)?eve\s+of", relative.eve, False),
        (rf"(?:the\s+)?(?:past|last|previous)\s+{number}\s+{_UNIT}s", relative.past_stretch, True),
        (rf"(?:{number}[\s-])?{_UNIT}[\s-]old", relative.past_stretch, False),
        (rf"within\s+{number}\s+{_UNIT}s?", relative.within, False),
        (any_of("moment"), relative.moment, False),
    ]


def _relative() -> list[tuple[str, Resolver, bool]]:
    part = any_of("part")
    weekday = rf"(?P<weekday>{any_of('weekday')})(?:'s)?\b\.?"
    night = rf"(?:\s+(?:{part}))?"
    same = r"(?:the|that|this)\s+(?:(?:very|self)?[\s-]*same|very)"
    return [
        (rf"{weekday}{night}\s+(?:of\s+)?(?P<det>last|this|next)\s+week", relative.weekday_of_week, True),
        (rf"(?:(?:the\s+)?{_DETERMINER}\s+)?{weekday}{night}", relative.weekday, True),
        (rf"{_STAGE}(?:earlier|later)?\s*(?:the\s+)?{_DETERMINER}\s+(?P<unit>weekend|week|month|year|decade)", relative.period, True),
        (rf"(?:(?P<det>last|this|next)\s+){_STAGE}(?P<month>{any_of('month')})\b", absolute.month_alone, True),
        (rf"(?:the\s+)?(?P<det>next|following|previous|preceding)\s+(?P<unit>day|{part})", relative.adjoining, True),
        (rf"(?:{same}|that)\s+(?:first\s+)?(?P<unit>day|{part})", relative.same_day, True),
        (rf"(?:{same}|that)\s+(?P<unit>week|weekend|month|year|decade)", relative.same_period, True),
        (rf"(?P<ordinal>{any_of('ordinal')})\s+(?:straight\s+|consecutive\s+)?{_UNIT}", relative.running, False),
        (rf"(?:{_DETERMINER}\s+|the\s+|all\s+)(?P<season>{any_of('season')})\b", absolute.season, True),
        (r"(?:a|the)\s+(?P<unit>weekend)", relative.period, True),
        (rf"(?:earlier|later)\s+in\s+the\s+{_PERIOD}", relative.period, True),
        (rf"(?:all|the\s+(?:start|beginning|end|first\s+week)\s+of\s+the|before\s+the)\s+{_PERIOD}", relative.period, False),
        (r"the\s+new\s+year", absolute.new_year, True),
    ]


def _bare() -> list[tuple[str, Resolver, bool]]:
    number = _number()
    return [
        (rf"{_STAGE}(?P<month>{any_of('month')})\b\.?", absolute.month_alone, True),
        (r"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<decade>(?:1[5-9]|20)\d0)'?s", absolute.decade, True),
        (rf"{_STAGE}(?<![\d.,$£€#]){_YEAR}(?![\d%]|[.,:]\d)", absolute.calendar, True),
        (rf"(?P<season>{any_of('season')})", absolute.season, False),
        (rf"{number}[\s-]{_UNIT}s?", relative.past_stretch, False),
        (rf"(?:{any_of('part')}|\d\d?[.:]\d\d|the\s+day|daily|hours)", relative.moment, False),
        (r"(?:the|of)\s+(?P<unit>week|month|year)", relative.period, False),
    ]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order in which they are tried."""
    rows = [*_dates(), *_counted(), *_relative(), *_bare()]
    return tuple(Rule(re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)"), resolve, findable) for pattern, resolve, findable in rows)
