"""Words of time (``data/words.csv``): weekdays, months, numbers, seasons, parts of the day, feasts, as tables and as patterns."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def table(kind: str) -> dict[str, str]:
    """The words of one kind with their values: number of the weekday (Monday 0) or month, day offset, ``month-day`` of a feast."""
    with files("tacitus.times").joinpath("data", "words.csv").open(encoding="utf-8") as f:
        return {row["word"]: row["value"] for row in csv.DictReader(f) if row["kind"] == kind}


def value(kind: str, word: str) -> int:
    """The number that a word of a kind stands for, digits for themselves."""
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else int(table(kind)[re.sub(r"\s+", " ", word)])


@cache
def any_of(kind: str) -> str:
    """A pattern for any word of a kind, the longest first."""
    words = sorted(table(kind), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"
