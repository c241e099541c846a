"""What a tabular format is: its columns, how a row is written, and which events it cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tacitus.records import Event

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to export. ``added`` is the moment (UTC) under which the producer files what it adds, GDELT's DATEADDED; None: each event's publication."""

    added: datetime | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One tabular format. ``rows`` gives an event's rows, or in a word why the format cannot hold the event."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Event, Settings], list[Row] | str]
    header: bool
    suffix: str
    separator: str = "\t"


@dataclass(slots=True)
class Written:
    """What an export wrote: events that became rows, rows, events left out by reason, and the files (none for a stream)."""

    events: int = 0
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    files: list[Path] = field(default_factory=list)


NO_DATE = "no date, neither of the event nor of its report"
"""Why a format that files events by day leaves one out."""
