"""One report's judgements to its events: actors resolved in the order of the text, dates and places found, retellings merged.

The rules are those of the coding rules (``docs/coding.md``); the section is named where a step follows one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tacitus.actors import ReportActors, Resolution
from tacitus.coding.counts import read_counts
from tacitus.coding.draft import Draft, actor_spans, draft
from tacitus.coding.merge import Coded, Party, Span, merge
from tacitus.ontology import cameo
from tacitus.records import Actor, Event, Mention, Place, Precision, Report, Trigger, made_id
from tacitus.times import resolve_time

if TYPE_CHECKING:
    from tacitus.language import Sentence
    from tacitus.model.session import EventModel, Reading
    from tacitus.places import Gazetteer as PlaceGazetteer

PRESS = "MED"
"""Attribution to the press is null (CODING, section 3)."""

LEAST_SCORE = 0.30
"""Drafts whose trigger and root the model finds less likely than this together are dropped; set on held-out passages of the training corpus."""


LEAST_TOPIC = -1.0
"""Mean log-odds of a report's sentences below which it is taken for one without events (sport, markets, accidents); set on the same passages."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What coding a report needs beside the model's judgements."""

    model: EventModel
    places: PlaceGazetteer
    calibrate: Callable[[float], float]
    coder: str


@dataclass(slots=True)
class Explanation:
    """How a report was read, for ``tacitus explain``: every draft, kept or not, who each mention was found to be and why, and the log-odds
    that the report is of a kind that holds events."""

    sentences: list[Sentence]
    drafts: list[Draft] = field(default_factory=list)
    actors: dict[Span, list[Resolution]] = field(default_factory=dict)
    topic: float = 0.0


class ReportCoder:
    """Codes one report."""

    def __init__(self, report: Report, sentences: Sequence[Sentence], resources: Resources) -> None:
        self.report, self.sentences, self.resources = report, list(sentences), resources
        self.day = published_day(report.published)
        self.actors = ReportActors(
            report.text, self.sentences, self.day.isoformat() if self.day else None, report.title, resources.places.country_of
        )
        self.explanation = Explanation(self.sentences)
        self._last_dated: date | None = None  # what "two days later" counts from

    def code(self, readings: Sequence[Reading]) -> list[Event]:
        """The report's events, in the order of the text."""
        model = self.resources.model
        drafts = [draft(model, j, s, i) for i, (s, reading) in enumerate(zip(self.sentences, readings, strict=True)) for j in reading.judgements]
        self.explanation.drafts = drafts
        self.explanation.topic = topic = sum(r.topic for r in readings) / len(readings) if readings else 0.0
        if topic < LEAST_TOPIC:
            return []
        drafts = [d for d in drafts if d.score >= LEAST_SCORE]
        self.explanation.actors = who = {span: self.actors.resolve(*span) for span in actor_spans(drafts)}
        coded = [c for d in drafts if (c := self._coded(d, who))]
        return [self._event(c) for c in merge(coded)]

    # --- drafts to coded events -------------------------------------------------------------------------------------------------------

    def _coded(self, d: Draft, who: dict[Span, list[Resolution]]) -> Coded | None:
        source = self._parties(d.spans.get("source", []), who)
        target = self._parties(d.spans.get("target", []), who)
        source, target = _two_sides(source, target, d.reciprocal)
        target = [t for t in target if t not in source]
        if not source and not target:
            return None
        attribution = next((p for p in self._parties(d.spans.get("attribution", []), who) if PRESS not in p.answer.roles), None)
        if attribution and any(p.span == attribution.span for p in source):
            attribution = None
        when, precision, dated = self._date(d)
        place = next(iter(d.spans.get("place", [])), None)
        return Coded(
            d.sentence, d.trigger, d.code, d.modality, d.reciprocal and bool(source), d.score, source, target, attribution, when, precision, dated, place
        )

    @staticmethod
    def _parties(spans: Sequence[Span], who: dict[Span, list[Resolution]]) -> list[Party]:
        return [Party(span, answer) for span in spans for answer in who[span]]

    def _date(self, d: Draft) -> tuple[str | None, Precision | None, bool]:
        """When (CODING, section 5): what the text gives, else the report's date for what is actual; and whether the text gave it."""
        future = d.modality in ("planned", "hypothetical")
        for start, end in d.spans.get("time", []):
            value = resolve_time(self.report.text[start:end], self.day, future=future, anchor=self._last_dated)
            if value is not None:
                if value.precision == "day":
                    self._last_dated = date.fromisoformat(value.date)
                return value.date, value.precision, True
        if d.modality == "actual" and self.day:
            return self.day.isoformat(), "day", False
        return None, None, False

    # --- coded events to records ------------------------------------------------------------------------------------------------------

    def _event(self, c: Coded) -> Event:
        entry, report = cameo(c.code), self.report
        sentence = self.sentences[c.sentence]
        start, end = c.trigger
        relative = (start - sentence.start, end - sentence.start)
        return Event(
            event_id=made_id(report.id, c.root, str(start), str(end)),
            report_id=report.id,
            url=report.url,
            published=report.published,
            title=report.title,
            sentence=c.sentence,
            trigger=Trigger(report.text[start:end], start, end),
            code=entry.code,
            root=entry.root,
            name=entry.name,
            quad_class=entry.quad_class,
            goldstein=entry.goldstein,
            plover=entry.plover,
            modality=c.modality,
            reciprocal=c.reciprocal,
            source=tuple(self._actor(p) for p in c.source),
            target=tuple(self._actor(p) for p in c.target),
            attribution=self._actor(c.attribution) if c.attribution else None,
            event_date=c.date,
            date_precision=c.precision,
            place=self._place(c) if c.place else None,
            counts=read_counts(sentence.text, entry.root, relative),
            confidence=round(self.resources.calibrate(c.score), 4),
            mentions=tuple(Mention(number, *span) for number, span in c.mentions),
            coder=self.resources.coder,
        )

    def _actor(self, party: Party) -> Actor:
        (start, end), answer = party.span, party.answer
        text = self.report.text[start:end]
        name = answer.name if answer.name and answer.name != text else None
        return Actor(text, start, end, answer.code, answer.country, answer.roles, name)

    def _place(self, c: Coded) -> Place | None:
        if c.place is None:
            return None
        start, end = c.place
        text = self.report.text[start:end]
        countries = [p.answer.country for p in (*c.target, *c.source) if p.answer.country]
        about = self.actors.context_country(start)
        entry = self.resources.places.locate(text, [*([about] if about else []), *countries])
        if entry is None:
            return Place(text, start, end)
        return Place(text, start, end, entry.name, entry.country, entry.admin1, entry.lat, entry.lon, entry.geonameid, entry.precision)


def published_day(published: str | None) -> date | None:
    """The day of a report's date or timestamp, None where it has none that can be read."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _two_sides(source: list[Party], target: list[Party], reciprocal: bool) -> tuple[list[Party], list[Party]]:
    """Of a reciprocal event told with all parties on one side, the first is the source and the rest are targets."""
    if not reciprocal:
        return source, target
    if not source and target:
        source, target = target, []
    if not target and len(source) > 1:
        return source[:1], source[1:]
    return source, target
