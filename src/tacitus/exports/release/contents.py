"""What is in a release, counted as its events and reports pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tacitus.exports.release.settings import iso_day
from tacitus.ontology import elements
from tacitus.records import Event
from tacitus.store.snapshot import ReportHeader


@dataclass(slots=True)
class Contents:
    """Counts of a release. ``actor_elements`` counts the three-letter parts of actor codes, once an actor; ``publishers`` are reports and events by site
    (empty: none known); ``newest`` is the latest publication day."""

    events: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    quads: Counter[int] = field(default_factory=Counter)
    plover: Counter[tuple[str, str]] = field(default_factory=Counter)
    modalities: Counter[str] = field(default_factory=Counter)
    coders: Counter[str] = field(default_factory=Counter)
    actor_elements: Counter[str] = field(default_factory=Counter)
    first_date: str | None = None
    last_date: str | None = None
    reports: int = 0
    publishers: dict[str, tuple[int, int]] = field(default_factory=dict)
    newest: str | None = None

    def watch_events(self, events: Iterable[Event]) -> Iterator[Event]:
        """Count events as they pass."""
        for event in events:
            self.events += 1
            self.codes[event.code] += 1
            self.quads[event.quad_class] += 1
            self.modalities[event.modality] += 1
            self.coders[event.coder] += 1
            if event.plover.event:
                self.plover[event.plover.event, event.plover.mode or ""] += 1
            for actor in (*event.source, *event.target):
                self.actor_elements.update(dict.fromkeys(elements(actor.code or ""), 1))
            if event.event_date:
                self.first_date = min(self.first_date or event.event_date, event.event_date)
                self.last_date = max(self.last_date or event.event_date, event.event_date)
            yield event

    def watch_reports(self, reports: Iterable[ReportHeader]) -> Iterator[ReportHeader]:
        """Count reports as they pass."""
        for report in reports:
            self.reports += 1
            of, told = self.publishers.get(report.publisher or "", (0, 0))
            self.publishers[report.publisher or ""] = (of + 1, told + report.events)
            day = iso_day(report.published)
            if day is not None:
                self.newest = max(self.newest or day, day)
            yield report
