"""The dates that restrict a code in PETRARCH's and TABARI's dictionaries: ``<991231``, ``>19990101``, ``990101-20021231``."""

from __future__ import annotations

import re
from datetime import date, timedelta

LAST_YEAR_OF_2000 = 30
"""Two-digit years up to it are of 2000, later ones of 1900, as PETRARCH reads them."""
_RESTRICTION = re.compile(r"(?P<sign>[<>])\s*(?P<day>\d{8}|\d{6})|(?P<first>\d{8}|\d{6})\s*-\s*(?P<last>\d{8}|\d{6})")


def read_restriction(text: str) -> tuple[str, str]:
    """First and last day (ISO, empty where open) on which a code holds: ``<`` until the day before, ``>`` from the day on, a stretch with both its days.

    Raises:
        ValueError: it is no such restriction, or a day that the calendar does not have.
    """
    first, last, rest = "", "", text
    while rest:
        m = _RESTRICTION.match(rest)
        if not m:
            raise ValueError(f"{rest[:40]!r} is no date restriction: they are written <990101, >990101 or 990101-991231")
        rest = rest[m.end() :].strip()
        if m["sign"] == "<":
            before = read_day(m["day"])
            if before == date.min:
                raise ValueError(f"{text[:40]!r} ends before the calendar begins")
            last = (before - timedelta(days=1)).isoformat()
        elif m["sign"]:
            first = read_day(m["day"]).isoformat()
        else:
            first, last = read_day(m["first"]).isoformat(), read_day(m["last"]).isoformat()
    if first and last and first > last:
        raise ValueError(f"{text[:40]!r} ends before it begins")
    return first, last


def read_day(digits: str) -> date:
    """A day of six digits (YYMMDD) or eight (YYYYMMDD).

    Raises:
        ValueError: the calendar has no such day.
    """
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= LAST_YEAR_OF_2000 else "19") + digits
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ValueError(f"{digits} is no day of the calendar (YYMMDD or YYYYMMDD)") from None
