"""One report's judgements to its events: actors resolved in the order of the text, dates and places found, retellings merged.

The rules are those of the coding rules (``docs/coding.md``); the section is named where a step follows one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from tacitus.actors import ReportActors, Resolution
from tacitus.coding.apposition import tells_again
from tacitus.coding.counts import read_counts
from tacitus.coding.draft import ACTOR_ROLES, Draft, actor_spans, draft, means_each_other, names_an_action
from tacitus.coding.merge import Coded, Party, Span, merge
from tacitus.language import is_credit
from tacitus.ontology import cameo
from tacitus.places import ReportPlaces
from tacitus.records import Actor, Event, Mention, Place, Precision, Report, Trigger, made_id
from tacitus.times import TimeValue, resolve_time

if TYPE_CHECKING:
    from tacitus.actors.gazetteer import Gazetteer as ActorGazetteer
    from tacitus.language import Sentence
    from tacitus.model.session import EventModel, Reading
    from tacitus.places import Gazetteer as PlaceGazetteer

PRESS = "MED"
"""Attribution to the press is null (CODING, section 3)."""

VERBAL_COOPERATION = 1
"""The quad class of CAMEO 01 to 05: those who talk are often away from home, so that the place tells nothing of their country. On the corpus's gold
spans (38,967 actors) placing them made 36 more countries wrong than right; placing the others, 86 more right than wrong."""

LEAST_SCORE = 0.35
"""Drafts of a lower score are dropped: the highest value at which the triples' F1 on held-out passages of the corpus lies within a point of the
best (run 10: 0.472 and 0.477 on two sets of them, at 0.29 0.474 and 0.481, at 0.37 0.463 and 0.472)."""


LEAST_SCORE_ALONE = 0.10
"""Where a report that is of a kind that holds events would else have none, its surest draft is kept down to this score: users can leave out by confidence
what is doubtful, but not find again what is not there, and stories are told by it (`evaluation/stories`, dev half)."""

LEAST_TOPIC = 1.0
"""Mean log-odds of a report's sentences below which it is taken for one without events (sport, markets, accidents); set on the same passages."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What coding a report needs beside the model's judgements."""

    model: EventModel
    places: PlaceGazetteer
    calibrate: Callable[[float], float]
    coder: str
    actors: ActorGazetteer | None = None
    """The shipped ones if None."""


@dataclass(slots=True)
class Explanation:
    """How a report was read, for ``tacitus explain``: every draft, kept or not, who each mention was found to be and why, and the log-odds
    that the report is of a kind that holds events."""

    sentences: list[Sentence]
    drafts: list[Draft] = field(default_factory=list)
    actors: dict[Span, list[Resolution]] = field(default_factory=dict)
    topic: float = 0.0

    @property
    def eventful(self) -> bool:
        """Whether the report as a whole is of a kind that holds events; none is coded where it is not."""
        return self.topic >= LEAST_TOPIC


class ReportCoder:
    """Codes one report."""

    def __init__(self, report: Report, sentences: Sequence[Sentence], resources: Resources) -> None:
        self.report, self.sentences, self.resources = report, list(sentences), resources
        self.day = published_day(report.published)
        self._readings: Sequence[Reading] = ()
        self.actors = ReportActors(
            report.text, self.sentences, self.day.isoformat() if self.day else None, report.title, resources.places.country_of, resources.actors, self._kinds_of
        )
        self.places = ReportPlaces(resources.places, report.text)
        self.explanation = Explanation(self.sentences)
        self._times: dict[Span, TimeValue | None] = {}
        self._last_dated: date | None = None  # what "two days later" counts from

    def code(self, readings: Sequence[Reading]) -> list[Event]:
        """The report's events, in the order of the text."""
        model, self._readings = self.resources.model, readings
        told = [(i, (s, r)) for i, (s, r) in enumerate(zip(self.sentences, readings, strict=True)) if not is_credit(s.text)]
        drafts = [draft(model, j, s, i) for i, (s, reading) in told for j in reading.judgements]
        self.explanation.drafts = drafts
        self.explanation.topic = sum(r.topic for r in readings) / len(readings) if readings else 0.0
        if not self.explanation.eventful:
            return []
        surest = max(drafts, key=lambda d: d.score, default=None)
        drafts = [d for d in drafts if d.score >= LEAST_SCORE] or [d for d in drafts if d is surest and d.score >= LEAST_SCORE_ALONE]
        for d in drafts:
            for role in ACTOR_ROLES:
                d.spans[role] = self.actors.mentions(d.spans.get(role, []))
        self.explanation.actors = who = {span: self.actors.resolve(*span) for span in actor_spans(drafts)}
        coded = [c for d in drafts if (c := self._coded(d, who))]
        return [self._event(c) for c in merge(coded)]

    def _kinds_of(self, start: int, end: int) -> dict[str, float]:
        """The model's judgement of what kind of actor stands at characters ``start:end`` of the report; nothing where there is no word."""
        return self.resources.model.kinds_of(self._readings, [s.start for s in self.sentences], start, end)

    # --- drafts to coded events -------------------------------------------------------------------------------------------------------

    def _coded(self, d: Draft, who: dict[Span, list[Resolution]]) -> Coded | None:
        place = next((named for span in d.spans.get("place", []) if (named := self._named_place(span))), None)
        country = None if cameo(d.code).quad_class == VERBAL_COOPERATION else self._country_of(place)
        source = self._parties(d.spans.get("source", []), who, country)
        target = self._parties(d.spans.get("target", []), who, country)
        each_other = len(source) == 2 and any(means_each_other(self.report.text[slice(*t.span)]) for t in target)
        if each_other:  # "each blamed the other"
            source, target = source[:1], source[1:]
        d.reciprocal = d.reciprocal or each_other
        source, target = _two_sides(source, target, d.reciprocal)
        target = [t for t in target if t not in source]
        if len(source) > 1:  # "the coalition fighting Islamic State bombed ...": whom the source fights is no source
            source = [p for p in source if not (self.actors.is_opposed(p.span[0]) or self.actors.only_names_a_matter(p.span[1]))] or source
        if len(source) == 1 and self.actors.is_opposed(source[0].span[0]) and d.trigger[1] <= source[0].span[0]:
            source, target = [], [*source, *target]  # "fighting Islamic State": whom somebody fights does not fight himself
        if len(source) == 1:  # nobody does it to himself: the second mention was taken for the first
            target = [t for t in target if not _is_itself(source[0], t)]
        if not (source or target) or not names_an_action(self.report.text[slice(*d.trigger)], self.report.text[d.trigger[1] : d.trigger[1] + 4]):
            return None
        attribution = next((p for p in self._parties(d.spans.get("attribution", []), who, country) if PRESS not in p.answer.roles), None)
        if attribution and any(p.span == attribution.span for p in source):
            attribution = None
        when, precision, dated = self._date(d)
        return Coded(
            d.sentence, d.trigger, d.code, d.modality, d.reciprocal and bool(source), d.score, source, target, attribution, when, precision, dated, place
        )

    def _parties(self, spans: Sequence[Span], who: dict[Span, list[Resolution]], country: str | None) -> list[Party]:
        """The actors of a role, each code once; what has no country of its own has the event's. Of two mentions of which the second only says who the
        first is, the second counts; and who only says where ("a panel in Banjul") is no actor beside others."""
        again = [(a, b) for a, b in pairwise(spans) if tells_again(self.report.text, a, b)]
        who = who | {b: who[a] for a, b in again if not any(answer.roles and not answer.assumed for answer in who[b])}
        spans = [s for s in spans if s not in {a for a, _ in again}]
        spans = [s for s in spans if not self.actors.only_says_where(*s)] or spans
        parties = [Party(span, answer.placed_in(country) if country else answer) for span in spans for answer in who[span]]
        return list({p.answer.code or p.span: p for p in reversed(parties)}.values())[::-1]

    def _named_place(self, span: Span) -> Span | None:
        """A place's span from its first to its last word with a capital, and what is capitalised just before; None without one ("the city")."""
        text = self.report.text
        words = [m.span() for m in re.finditer(r"\S+", text[slice(*span)]) if m[0].strip("(\"'“‘")[:1].isupper()]
        if not words:
            return None
        start, end = span[0] + words[0][0], span[0] + words[-1][1]
        if words[0][0] == 0 and (before := re.search(r"(?<=[\w,] )((?:[A-Z][\w'’-]+ )+)$", text[max(0, start - 40) : start])):
            start -= len(before[1])
        return start, start + len(text[start:end].rstrip(".,;:)\"”’"))

    def _country_of(self, place: Span | None) -> str | None:
        """The country of an event's place, if the report speaks of it elsewhere too."""
        if place is None:
            return None
        elsewhere = self.actors.countries(outside=place)
        entry = self.places.locate(*place, elsewhere)
        return entry.country if entry and entry.country in elsewhere else None

    def _date(self, d: Draft) -> tuple[str | None, Precision | None, bool]:
        """When (CODING, section 5): what the text gives, else the report's date for what is actual; and whether the text gave it."""
        future = d.modality in ("planned", "hypothetical")
        for start, end in d.spans.get("time", []):
            if (start, end) not in self._times:
                self._times[start, end] = value = resolve_time(self.report.text[start:end], self.day, future=future, anchor=self._last_dated)
                if value and value.precision == "day":
                    self._last_dated = date.fromisoformat(value.date)
            if (value := self._times[start, end]) is not None:
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
        parties = [p.answer.country for p in (*c.target, *c.source) if p.answer.country]
        entry = self.places.locate(start, end, self.actors.countries_around(start, end, parties))
        if entry is None:
            return Place(text, start, end)
        name = common_name(text, entry.name)
        return Place(text, start, end, name, entry.country, entry.admin1, entry.lat, entry.lon, entry.geonameid, entry.precision)


def published_day(published: str | None) -> date | None:
    """The day of a report's date or timestamp, None where it has none that can be read."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _is_itself(a: Party, b: Party) -> bool:
    """Whether two mentions are one country as a whole, a country and its own government, or one person by name."""
    if a.answer.country and {a.code, b.code} == {a.answer.country, a.answer.country + "GOV"}:
        return True
    return a.code == b.code and (a.code == a.answer.country or (a.answer.person and a.answer.name == b.answer.name))


def common_name(text: str, name: str) -> str:
    """A gazetteer's name as English text writes it: without diacritics, or as the report writes it where that says more ("southern Lebanon")."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c) and c not in "’‘ʼ")
    written = text.casefold()
    return plain if plain.casefold() in written or written in plain.casefold() else text


def _two_sides(source: list[Party], target: list[Party], reciprocal: bool) -> tuple[list[Party], list[Party]]:
    """Of a reciprocal event told with all parties on one side, the first is the source and the rest are targets."""
    if not reciprocal:
        return source, target
    if len(source) > 1 and {p.code for p in source} == {p.code for p in target}:  # "the two sides are to meet": one mention for both
        return source[:1], source[1:]
    if not source and target:
        source, target = target, []
    if not target and len(source) > 1:
        return source[:1], source[1:]
    return source, target
