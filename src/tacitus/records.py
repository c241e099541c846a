"""The nouns of the field: what goes in and what comes out, frozen and typed.

Field names and meanings are those of the event record (``docs/event-record.md``); every class writes itself as plain JSON types
with ``to_dict`` and has its Arrow schema in ``arrow_schema``.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, cast

from tacitus.errors import RecordError

if TYPE_CHECKING:
    import pyarrow as pa

Modality = Literal["actual", "planned", "hypothetical", "negated"]
Precision = Literal["day", "week", "month", "year"]

MODALITIES: tuple[Modality, ...] = ("actual", "planned", "hypothetical", "negated")
PRECISIONS: tuple[Precision, ...] = ("day", "week", "month", "year")
ID_LENGTH = 16
"""Hexadecimal digits of a made id: 64 bits, so that a billion reports collide with a chance of 3 %."""


def made_id(*parts: str) -> str:
    """A stable id from text: the first 16 hexadecimal digits of the SHA-256 of the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]


@dataclass(frozen=True, slots=True)
class Report:
    """One news report. Only ``text`` is required; ``published`` is an ISO date or timestamp; ``label`` is the CAMEO code that a
    labelled record carries."""

    text: str
    id: str = ""
    url: str | None = None
    published: str | None = None
    title: str | None = None
    language: str | None = None
    label: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", made_id(self.url) if self.url else made_id(self.text, self.published or ""))

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON types, in the order of a report in JSON Lines."""
        return {
            "id": self.id,
            "published": self.published,
            "title": self.title,
            "text": self.text,
            "url": self.url,
            "language": self.language,
        }


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that name the action: character offsets into the report's text, end exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, is acted on or vouches: a mention and who it is (``code`` is a CAMEO actor code, None if unresolved)."""

    text: str
    start: int
    end: int
    code: str | None = None
    country: str | None = None
    roles: tuple[str, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happened: the mention, and its gazetteer entry (degrees, WGS 84) where one was found."""

    text: str
    start: int
    end: int
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class Plover:
    """The PLOVER 1.3 event, mode and contexts; ``event`` is None where PLOVER has none for a CAMEO code."""

    event: str | None
    mode: str | None
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures that the text gives for an event; None where it gives none."""

    killed: int | None = None
    wounded: int | None = None
    detained: int | None = None
    participants: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the report that tells an event: sentence (0-based) and character offsets into the report's text."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Event:
    """One coded event, as the event record describes it."""

    event_id: str
    report_id: str
    url: str | None
    published: str | None
    title: str | None
    sentence: int
    trigger: Trigger
    code: str
    root: str
    name: str
    quad_class: int
    goldstein: float
    plover: Plover
    modality: Modality
    reciprocal: bool
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    attribution: Actor | None
    event_date: str | None
    date_precision: Precision | None
    place: Place | None
    counts: Counts
    confidence: float
    mentions: tuple[Mention, ...]
    coder: str

    def to_dict(self) -> dict[str, Any]:
        """The event as JSON types, fields named and ordered as in the event record."""
        record = dataclasses.asdict(self)
        for side in ("source", "target"):
            record[side] = [{**actor, "roles": list(actor["roles"])} for actor in record[side]]
        if record["attribution"]:
            record["attribution"]["roles"] = list(record["attribution"]["roles"])
        record["plover"]["context"] = list(record["plover"]["context"])
        record["mentions"] = list(record["mentions"])
        return record


@dataclass(frozen=True, slots=True)
class Relation:
    """What one given mention does to another: CAMEO code, its PLOVER event, the probability of the code's root, and that of every code."""

    code: str
    name: str
    plover: Plover
    confidence: float
    probabilities: dict[str, float] = field(default_factory=dict)


def report_from_record(record: dict[str, Any], where: str) -> Report:
    """A report from one JSON object: ``{id, published (or date), title, text, url, language}``, only ``text`` required.

    Raises:
        RecordError: ``text`` is missing, empty or no string, or another field is not a string; ``where`` names the record.
    """
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise RecordError(f'{where}: a report needs a "text" that is a string and not empty')
    values: dict[str, str | None] = {}
    for name in ("id", "url", "published", "title", "language"):
        value = record.get(name)
        if value is None and name == "published":
            value = record.get("date")
        if value is not None and not isinstance(value, (str, int)):
            raise RecordError(f'{where}: "{name}" must be a string, not {type(value).__name__}')
        values[name] = None if value is None else str(value)
    return Report(
        text=text, id=values["id"] or "", url=values["url"], published=values["published"], title=values["title"], language=values["language"]
    )


class _Fields:
    """The fields of one JSON object, each read as the type that it must have."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise RecordError(f"{where}: must be an object, not {type(value).__name__}")
        self.value, self.where = value, where

    def _of(self, name: str, kinds: tuple[type, ...], what: str) -> Any:
        value = self.value.get(name)
        if value is not None and (not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds)):
            raise RecordError(f'{self.where}: "{name}" must be {what}, not {type(value).__name__}')
        return value

    def given(self, value: Any, name: str) -> Any:
        if value is None:
            raise RecordError(f'{self.where}: "{name}" is missing; an event record has it always')
        return value

    def text(self, name: str) -> str | None:
        return cast("str | None", self._of(name, (str,), "a string"))

    def whole(self, name: str) -> int | None:
        return cast("int | None", self._of(name, (int,), "a whole number"))

    def flag(self, name: str) -> bool:
        return bool(self.given(self._of(name, (bool,), "true or false"), name))

    def real(self, name: str) -> float | None:
        value = self._of(name, (int, float), "a number")
        if value is not None and not abs(value) < _REAL_LIMIT:
            raise RecordError(f'{self.where}: "{name}" must be a finite number')
        return None if value is None else float(value)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._of(name, (list,), "a list") or []
        if not all(isinstance(v, str) for v in values):
            raise RecordError(f'{self.where}: "{name}" must be a list of strings')
        return tuple(values)

    def within(self, name: str) -> _Fields | None:
        value = self.value.get(name)
        return None if value is None else _Fields(value, f"{self.where}: {name}")

    def each(self, name: str) -> list[_Fields]:
        return [_Fields(v, f"{self.where}: {name}[{i}]") for i, v in enumerate(self._of(name, (list,), "a list") or [])]

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str | None:
        value = self.text(name)
        if value is not None and value not in allowed:
            raise RecordError(f'{self.where}: "{name}" must be one of {", ".join(allowed)}, not {value[:40]!r}')
        return value

    def needed(self, name: str) -> str:
        return str(self.given(self.text(name), name))

    def count(self, name: str) -> int:
        return int(self.given(self.whole(name), name))

    def span(self) -> tuple[str, int, int]:
        return self.needed("text"), self.count("start"), self.count("end")


_REAL_LIMIT = 1e300
"""A whole number beyond it is none that a float holds."""


def _actor(f: _Fields) -> Actor:
    return Actor(*f.span(), f.text("code"), f.text("country"), f.texts("roles"), f.text("name"))


def _place(f: _Fields) -> Place:
    words = (f.text("name"), f.text("country"), f.text("admin1"))
    return Place(*f.span(), *words, f.real("lat"), f.real("lon"), f.whole("geonameid"), f.text("precision"))


def event_from_record(record: dict[str, Any], where: str) -> Event:
    """An event from its record, as ``Event.to_dict``, JSON Lines and Parquet give it; fields that no record has are passed over.

    Raises:
        RecordError: a field that an event always has is missing, or one is of another type or outside its values; ``where`` names the record.
    """
    f = _Fields(record, where)
    trigger, plover, counts = (f.given(f.within(name), name) for name in ("trigger", "plover", "counts"))
    attribution, place, event_date = f.within("attribution"), f.within("place"), f.text("event_date")
    if event_date is not None:
        try:
            valid = date.fromisoformat(event_date).isoformat() == event_date
        except ValueError:
            valid = False
        if not valid:
            raise RecordError(f'{where}: "event_date" must be an ISO date such as 2016-09-25, not {event_date[:40]!r}')
    return Event(
        event_id=f.needed("event_id"),
        report_id=f.needed("report_id"),
        url=f.text("url"),
        published=f.text("published"),
        title=f.text("title"),
        sentence=f.count("sentence"),
        trigger=Trigger(*trigger.span()),
        code=f.needed("code"),
        root=f.needed("root"),
        name=f.needed("name"),
        quad_class=f.count("quad_class"),
        goldstein=float(f.given(f.real("goldstein"), "goldstein")),
        plover=Plover(plover.text("event"), plover.text("mode"), plover.texts("context")),
        modality=cast("Modality", f.given(f.one_of("modality", MODALITIES), "modality")),
        reciprocal=f.flag("reciprocal"),
        source=tuple(_actor(a) for a in f.each("source")),
        target=tuple(_actor(a) for a in f.each("target")),
        attribution=_actor(attribution) if attribution else None,
        event_date=event_date,
        date_precision=cast("Precision | None", f.one_of("date_precision", PRECISIONS)),
        place=_place(place) if place else None,
        counts=Counts(*(counts.whole(c.name) for c in dataclasses.fields(Counts))),
        confidence=float(f.given(f.real("confidence"), "confidence")),
        mentions=tuple(Mention(m.count("sentence"), m.count("start"), m.count("end")) for m in f.each("mentions")),
        coder=f.needed("coder"),
    )


def arrow_schema(kind: type[Report | Event]) -> pa.Schema:
    """The Arrow schema of reports or events, nested as their records are."""
    import pyarrow as pa

    text: Any = pa.string()
    small: Any = pa.int32()
    real: Any = pa.float64()
    if kind is Report:
        return pa.schema([(name, text) for name in ("id", "published", "title", "text", "url", "language")])
    span: list[Any] = [("text", text), ("start", small), ("end", small)]
    actor = pa.struct([*span, ("code", text), ("country", text), ("roles", pa.list_(text)), ("name", text)])
    place = pa.struct(
        [*span, ("name", text), ("country", text), ("admin1", text), ("lat", real), ("lon", real), ("geonameid", pa.int64()), ("precision", text)]
    )
    fields: list[Any] = [
            *((name, text) for name in ("event_id", "report_id", "url", "published", "title")),
            ("sentence", small),
            ("trigger", pa.struct(span)),
            *((name, text) for name in ("code", "root", "name")),
            ("quad_class", small),
            ("goldstein", real),
            ("plover", pa.struct([("event", text), ("mode", text), ("context", pa.list_(text))])),
            ("modality", text),
            ("reciprocal", pa.bool_()),
            ("source", pa.list_(actor)),
            ("target", pa.list_(actor)),
            ("attribution", actor),
            ("event_date", text),
            ("date_precision", text),
            ("place", place),
            ("counts", pa.struct([(name, small) for name in ("killed", "wounded", "detained", "participants")])),
            ("confidence", real),
            ("mentions", pa.list_(pa.struct([("sentence", small), ("start", small), ("end", small)]))),
            ("coder", text),
        ]
    return pa.schema(fields)
