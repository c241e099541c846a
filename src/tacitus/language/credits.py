"""Lines of a report that are about the report: who wrote, edited or photographed it, where to write to. They tell no news."""

from __future__ import annotations

import re
from functools import cache

from tacitus.config import table


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in table("language", "credits")), re.IGNORECASE)


def is_credit(sentence: str) -> bool:
    """Whether a sentence is a credit line.

    >>> is_credit("Jay Smith and Ann Lee contributed to this article.")
    True
    """
    return _pattern().search(sentence) is not None
