"""What came of an ingest, in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Summary:
    """Figures of a run, as it goes on.

    Attributes:
        sources: files (and standard input, pipes, URLs) that were read.
        finished_before: sources of which nothing was left to read.
        left_to_others: sources that another ingest of the same store took up meanwhile.
        read: reports that were read, and what could not be.
        added: reports that are new in the store.
        events: theirs.
        known: reports that were there, by what they were known by: ``id``, ``url``, ``content``; ``meanwhile`` where only the adding showed it.
        left_out: what was not added, by kind of reason.
        no_reports: documents of archives that are none: requests, pictures, pages that were not there.
    """

    sources: int = 0
    finished_before: int = 0
    left_to_others: int = 0
    read: int = 0
    added: int = 0
    events: int = 0
    known: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    no_reports: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON types."""
        return {
            "sources": self.sources,
            "finished_before": self.finished_before,
            "left_to_others": self.left_to_others,
            "read": self.read,
            "added": self.added,
            "events": self.events,
            "known": dict(sorted(self.known.items())),
            "left_out": dict(sorted(self.left_out.items())),
            "no_reports": self.no_reports,
        }
