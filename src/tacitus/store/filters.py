"""Which events are asked for, and the SQL that finds them.

Questions about a source or a target are put to ``dyads``, the narrow table of source-target pairs, all others to ``events``; either is read along an
index in the order of dates, so that a page costs what it shows and not what the store holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tacitus.errors import StoreError
from tacitus.ontology import cameo, cameo_codes, cameo_roots, country_codes
from tacitus.records import MODALITIES
from tacitus.store.keys import well_formed

WORDS_OF_A_SEARCH = 64
"""Words of a search that are looked at: more than anybody types, few enough that a pasted book does no harm."""
AFTER_ANY = "~"
"""Sorts after every letter and digit of a code or date, so that ``x <= c < x~`` are those that begin with x."""

_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PHRASES = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events: all conditions hold together, None asks for nothing.

    Args:
        source, target: the beginning of an actor code (``RUS`` finds RUSGOV); a reciprocal event is found from both sides. A country's code also
            finds actors of that country whose code does not tell it.
        root: two digits. ``code``: a CAMEO code, with the narrower ones under it.
        since, until: ``2016``, ``2016-03`` or ``2016-03-09``, both inclusive; events without a date are left out then.
        modality, quad_class, producer, coder, report_id, story_id: exactly this.
        place_country: three letters (ISO 3166-1).
        text: words that the report holds, all of them; in double quotes, one after the other.
        min_confidence: 0 to 1.

    Raises:
        UnknownCodeError: the ontology holds no such code.
        StoreError: a date, root or modality that is none.
    """

    source: str | None = None
    target: str | None = None
    root: str | None = None
    code: str | None = None
    since: str | None = None
    until: str | None = None
    modality: str | None = None
    quad_class: int | None = None
    place_country: str | None = None
    text: str | None = None
    min_confidence: float | None = None
    report_id: str | None = None
    story_id: str | None = None
    producer: str | None = None
    coder: str | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and not _PARTIAL_DATE.fullmatch(value):
                raise StoreError(f"{name} {value!r} is no date: write 2016, 2016-03 or 2016-03-09")
        if self.root is not None and self.root not in cameo_roots():
            raise StoreError(f"{self.root!r} is no CAMEO root: write two digits, 01 to 20")
        if self.code is not None and not any(known.startswith(self.code) for known in cameo_codes()):
            cameo(self.code)
        if self.modality is not None and self.modality not in MODALITIES:
            raise StoreError(f"{self.modality!r} is no modality: one of {', '.join(MODALITIES)}")


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter as SQL: ``FROM source WHERE where``, with the columns that hold an event's key and date."""

    source: str
    key: str
    date: str
    where: str
    params: tuple[object, ...]


def selection(wanted: EventFilter, few_reports: bool) -> Selection:
    """The SQL of a filter; every value is a parameter. ``few_reports``: begin at the reports that hold its words, as they are few.

    A plus before a column keeps SQLite from entering by that column's index where we know a quicker way in.
    """
    of_dyads = wanted.source is not None or wanted.target is not None
    near, key = ("d", "d.event") if of_dyads else ("e", "e.key")
    where: list[str] = []
    params: list[object] = []

    def ask(condition: str, *values: object) -> None:
        where.append(condition)
        params.extend(well_formed(v) if isinstance(v, str) else v for v in values)

    for side, actor in (("source", wanted.source), ("target", wanted.target)):
        if actor is not None:
            _ask_actor(ask, f"+d.{side}" if few_reports else f"d.{side}", actor.strip().upper())
    if wanted.since is not None:
        ask(f"{near}.event_date >= ?", wanted.since)
    if wanted.until is not None:
        ask(f"{near}.event_date < ?", wanted.until + AFTER_ANY)
    if wanted.root is not None:
        ask(f"{near}.root = ?", wanted.root)
    if wanted.code is not None:
        narrower = any(known != wanted.code and known.startswith(wanted.code) for known in cameo_codes())
        ask(*((f"{near}.code >= ? AND {near}.code < ?", wanted.code, wanted.code + AFTER_ANY) if narrower else (f"{near}.code = ?", wanted.code)))
    if wanted.modality is not None:
        ask(f"{near}.modality = ?", wanted.modality)
    if wanted.min_confidence is not None:
        ask(f"{near}.confidence >= ?", wanted.min_confidence)
    if wanted.quad_class is not None:
        ask(f"{near}.quad_class = ?", wanted.quad_class)
    narrow = len(where)
    if wanted.place_country is not None:
        ask("e.place_country = ?", wanted.place_country.strip().upper())
    if wanted.producer is not None:
        ask("e.producer = ?", wanted.producer)
    if wanted.coder is not None:
        ask("e.coder = ?", wanted.coder)
    if wanted.report_id is not None:
        ask("(e.report = (SELECT key FROM reports WHERE id = ?) OR e.own_report_id = ?)", wanted.report_id, wanted.report_id)
    if wanted.story_id is not None:
        ask("e.story = (SELECT key FROM stories WHERE id = ?)", wanted.story_id)
    if wanted.text is not None:
        words = "reports_fts MATCH ?" if few_reports else "+e.report IN (SELECT rowid FROM reports_fts WHERE reports_fts MATCH ?)"
        ask(words, search_query(wanted.text))
    source = "events e" if not of_dyads else "dyads d" if len(where) == narrow else "dyads d JOIN events e ON e.key = d.event"
    if few_reports:  # CROSS JOIN is SQLite's word for "in this order"
        source = "reports_fts CROSS JOIN events e ON e.report = reports_fts.rowid" + (" CROSS JOIN dyads d ON d.event = e.key" if of_dyads else "")
    return Selection(source, key, f"{near}.event_date", " AND ".join(where) or "1", tuple(params))


def are_countries(*actors: str | None) -> bool:
    """Whether each of these beginnings of actor codes is a country's whole code."""
    return all(actor is not None and actor.strip().upper() in country_codes() for actor in actors)


def _ask_actor(ask: Callable[..., None], side: str, actor: str) -> None:
    country = actor[:3]
    if country in country_codes():
        ask(f"{side}_country = ?", country)
        if actor == country:
            return
    ask(f"{side}_code >= ? AND {side}_code < ?", actor, actor + AFTER_ANY)


def search_query(text: str) -> str:
    """A user's words as a full-text query: every word, and every phrase in double quotes, must be there; nothing in them is an operator.

    Returns:
        The query; one that finds nothing where the text holds no word.
    """
    phrases = (quoted or word for quoted, word in _PHRASES.findall(well_formed(text).replace("\0", " ")))
    wanted = [f'"{phrase}"' for phrase in phrases if any(c.isalnum() for c in phrase)]
    return " ".join(wanted[:WORDS_OF_A_SEARCH]) or '""'
