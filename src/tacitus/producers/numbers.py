"""Numbers and dates as producers write them."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from tacitus.records import Event

ID_BITS = 53
"""Bits of a made row number: what R, JavaScript and spreadsheets hold exactly in a double."""
DECIMALS = 4
"""Decimals of degrees, as GDELT and ICEWS write them (11 metres)."""
DAYS_OF_GDELTS_MONTH, DAYS_OF_GDELTS_YEAR = 30, 365
"""GDELT's FractionDate takes months of 30 days and years of 365 (GDELT 2.0 event codebook)."""


def row_number(*parts: object) -> int:
    """A whole number below 2**53 that is always the same for the same parts: chances that any two of a million rows share one are 1 in 18,000."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - ID_BITS)


def shortest(value: float | None) -> str:
    """A number as GDELT writes it: ``-10``, ``3.4``, ``38.8951``; empty for None."""
    if value is None:
        return ""
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def one_decimal(value: float) -> str:
    """A score as ICEWS and Phoenix write it: ``-2.0``, ``3.4``."""
    return f"{value:.1f}"


def fraction_date(day: date) -> str:
    """GDELT's FractionDate: the year and the part of it before the day, ``2015.1315`` for 2015-02-18.

    The codebook says (MONTH * 30 + DAY) / 365; GDELT's files count full months before the day's, so that December stays below 1.
    """
    return f"{day.year + ((day.month - 1) * DAYS_OF_GDELTS_MONTH + day.day) / DAYS_OF_GDELTS_YEAR:.4f}"


def published_at(event: Event) -> datetime | None:
    """When the report was published, in UTC (midnight where only its day is known); None where unknown or unreadable."""
    text = (event.published or "").strip()
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def event_day(event: Event, otherwise: datetime | None = None) -> date | None:
    """The day an event is filed under: its own (a period's first day), else its report's, else ``otherwise``'s; None if none is known."""
    if event.event_date:
        return date.fromisoformat(event.event_date)
    moment = published_at(event) or otherwise
    return moment.date() if moment else None


def compact(day: date) -> str:
    """A day as ``YYYYMMDD``."""
    return day.isoformat().replace("-", "")
