"""What a time expression is read against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reference:
    """The report's date, the date of a related event, and whether the event is still to come."""

    published: date | None
    anchor: date | None = None
    future: bool = False

    @property
    def base(self) -> date | None:
        """What "the same day" or "two days earlier" counts from: the related event, else the report."""
        return self.anchor or self.published
