"""What is done to a report's text, and what is read off its first lines: title and dateline."""

from __future__ import annotations

import datetime
import re

BREAKS = re.compile(r"\r\n?|[\v\f\x85]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
USER_INFO = re.compile(r"(?<=://)[^/\s@]*@")
SURROGATES = re.compile(r"[\ud800-\udfff]")

TITLE_LENGTH = 120
"""Characters: headlines of news agencies stay under 100."""

FINAL_PUNCTUATION = tuple(".!?:;,\"'”’")
DATELINE_LINES = 6
"""A dateline stands before the first sentence: after a title, a byline and the empty lines between."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DAY = r"(?P<day>\d{1,2})"
PLACE = r"[A-Z][A-Z'’-]+(?:[ ,/.]+(?:[A-Z][\w'’-]*|al|de|el|of|the)){0,8}?"
AGENCY = r"\([A-Z][\w. ]{1,30}[,)]\s*(?:-+|[–—])?\s*"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
DATE = (
    rf"{WEEKDAY}(?:{MONTH}\s+{DAY},?|{DAY.replace('day', 'day_first')}\s+{MONTH.replace('month', 'month_last')},?)"
    r"\s+(?P<year>\d{4})"
)
DATELINE = re.compile(rf"{PLACE}\.?(?:,\s+|[,:]?\s+{AGENCY}){DATE}\b\s*(?:[():]|-|[–—]|$)")
DATE_ALONE = re.compile(DATE)


def clean(text: str) -> str:
    """Line endings as ``\\n``, control characters but ``\\n`` and ``\\t`` taken out, lone surrogates as U+FFFD; all else as it was,
    wrong encodings included: offsets of events count in the text that this returns."""
    return SURROGATES.sub("\ufffd", CONTROLS.sub("", BREAKS.sub("\n", text)))


def one_line(text: str | None) -> str | None:
    """A title or other short field on one line; None for an empty one."""
    return " ".join(clean(text).split()) or None if text else None


def shown(name: str) -> str:
    """A name of a file or a URL fit to be printed: what cannot be encoded or would steer a terminal is replaced, and a
    user name and password in a URL are left out."""
    return "".join(character if character.isprintable() else "\ufffd" for character in USER_INFO.sub("", name))


def title_of(text: str) -> str | None:
    """The first line as the title, if it is short, does not end as a sentence does and an empty line follows it."""
    first, _, rest = text.lstrip("\n").partition("\n")
    first = first.strip()
    following = rest.split("\n", 1)[0]
    if not rest.strip() or following.strip() or len(first) > TITLE_LENGTH or first.endswith(FINAL_PUNCTUATION):
        return None
    return first if any(character.isalpha() for character in first) and not DATELINE.match(first) else None


def dateline_date(text: str) -> str | None:
    """The ISO date of a dateline among the first lines that gives day, month and year: ``GENEVA, May 4, 2001 (Reuters)``."""
    for line in text[: 10 * TITLE_LENGTH].split("\n")[:DATELINE_LINES]:
        found = DATELINE.match(line.strip())
        if found:
            return _iso(found)
    return None


def date_alone(line: str) -> str | None:
    """The ISO date of a line that gives day, month and year, and nothing else: ``Friday, May 4, 2001``."""
    found = DATE_ALONE.fullmatch(line.strip())
    return _iso(found) if found else None


def _iso(found: re.Match[str]) -> str | None:
    month = found["month"] or found["month_last"]
    day = found["day"] or found["day_first"]
    try:
        return datetime.date(int(found["year"]), MONTHS.index(month[:3].lower()) + 1, int(day)).isoformat()
    except ValueError:
        return None
