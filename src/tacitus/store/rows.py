"""Records to rows and back, exactly: what goes in as an ``Event`` comes out as the same ``Event``."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import product
from typing import Any

from tacitus.errors import RecordError
from tacitus.ontology import split_actor_code
from tacitus.records import Actor, Counts, Event, Mention, Place, Plover, Report, Trigger
from tacitus.store.keys import well_formed

PLACE = ("text", "start", "end", "name", "country", "admin1", "lat", "lon", "geonameid", "precision")
COUNTS = ("killed", "wounded", "detained", "participants")
EVENT_COLUMNS = (
    "event_id report own_report_id own_url own_published own_title producer event_date date_precision code root name quad_class goldstein "
    "plover_event plover_mode plover_context modality reciprocal sentence trigger_text trigger_start trigger_end "
    + " ".join(f"place_{name}" for name in PLACE)
    + f" {' '.join(COUNTS)} confidence coder"
).split()
ACTOR_COLUMNS = ("event", "side", "position", "text", "start", '"end"', "code", "country", "roles", "name")
MENTION_COLUMNS = ("event", "position", "sentence", "start", '"end"')
DYAD_COLUMNS = (
    "event mirrored first_of_pair source_position target_position source_code target_code source_country target_country "
    "event_date code root quad_class goldstein modality confidence"
).split()
REPORT_FIELDS = ("text", "id", "url", "published", "title", "language", "label")

Row = Sequence[Any]
Whom = tuple[str | None, str | None]
"""An actor's code and country, as dyads know it."""


def insert(table: str, columns: Sequence[str]) -> str:
    """The statement that inserts a row of these columns."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - names of ours only


@dataclass(frozen=True, slots=True)
class EventRows:
    """The rows of one event; those of the other tables lack only the event's key, which comes first in each."""

    event: Row
    actors: Sequence[Row]
    mentions: Sequence[Row]
    dyads: Sequence[Row]


def event_rows(event: Event, report: int | None, producer: str) -> EventRows:
    """The rows of an event. ``report`` is the key of its report, None for an imported event, which keeps its header itself."""
    place = astuple(event.place) if event.place else (None,) * len(PLACE)
    trigger, plover = event.trigger, event.plover
    header = (None,) * 4 if report is not None else (event.report_id, event.url, event.published, event.title)
    row = (
        event.event_id, report, *header, producer, event.event_date, event.date_precision, event.code, event.root, event.name, event.quad_class,
        event.goldstein, plover.event, plover.mode, json.dumps(plover.context), event.modality, int(event.reciprocal), event.sentence,
        trigger.text, trigger.start, trigger.end, *place, *astuple(event.counts), event.confidence, event.coder,
    )  # fmt: skip
    sides = (("source", event.source), ("target", event.target), ("attribution", (event.attribution,) if event.attribution else ()))
    actors = [
        (side, position, a.text, a.start, a.end, a.code, a.country, json.dumps(a.roles), a.name)
        for side, found in sides
        for position, a in enumerate(found)
    ]
    mentions = [(position, m.sentence, m.start, m.end) for position, m in enumerate(event.mentions)]
    return EventRows(row, actors, mentions, _dyads(event))


def _dyads(event: Event) -> list[Row]:
    shared = (event.event_date, event.code, event.root, event.quad_class, event.goldstein, event.modality, event.confidence)
    sources, targets = [list(enumerate(_whom(a) for a in side)) or [(0, (None, None))] for side in (event.source, event.target)]
    rows: list[Row] = []
    seen: set[tuple[str | None, str | None]] = set()

    def pair(mirrored: int, i: int, j: int, a: Whom, b: Whom) -> None:
        countries = (a[1], b[1])
        rows.append((mirrored, int(countries not in seen), i, j, a[0], b[0], *countries, *shared))
        seen.add(countries)

    for (i, source), (j, target) in product(sources, targets):
        pair(0, i, j, source, target)
        if event.reciprocal:
            pair(1, j, i, target, source)
    return rows


def _whom(actor: Actor) -> Whom:
    """An actor's code and country: the code's country first, so that a code's beginning always implies it."""
    return actor.code, (split_actor_code(actor.code)[0] if actor.code else None) or actor.country


def repaired(event: Event) -> Event:
    """The event with every string such that UTF-8 can hold it, offsets unchanged."""
    text = {name: _repair(getattr(event, name)) for name in ("event_id", "report_id", "url", "published", "title", "name", "coder")}
    return replace(
        event,
        **text,
        trigger=replace(event.trigger, text=well_formed(event.trigger.text)),
        source=tuple(_repaired_actor(a) for a in event.source),
        target=tuple(_repaired_actor(a) for a in event.target),
        attribution=_repaired_actor(event.attribution) if event.attribution else None,
        place=replace(event.place, **{n: _repair(getattr(event.place, n)) for n in ("text", "name", "admin1")}) if event.place else None,
    )


def repaired_report(report: Report) -> Report:
    """The report with every string such that UTF-8 can hold it."""
    return Report(**{name: _repair(getattr(report, name)) for name in REPORT_FIELDS})


def _repaired_actor(actor: Actor) -> Actor:
    return replace(actor, text=well_formed(actor.text), name=_repair(actor.name))


def _repair(text: Any) -> Any:
    return well_formed(text) if isinstance(text, str) else text


def check_header(report: Report, event: Event) -> None:
    """A coded event's header is its report's: it is kept once, with the report.

    Raises:
        RecordError: it is not.
    """
    for name, own, its in (
        ("report_id", report.id, event.report_id),
        ("url", report.url, event.url),
        ("published", report.published, event.published),
        ("title", report.title, event.title),
    ):
        if own != its:
            raise RecordError(f"event {event.event_id} has {name} {its!r} and its report {own!r}: code the report again, as it is now")


_EVENTS = f"""
SELECT e.key, {", ".join(f"e.{name}" for name in EVENT_COLUMNS)}, r.id AS report_id, r.url, r.published, r.title
FROM json_each(?) wanted JOIN events e ON e.key = wanted.value LEFT JOIN reports r ON r.key = e.report ORDER BY wanted.key
"""  # noqa: S608 - names of ours only
_ACTORS = """
SELECT event, side, text, start, "end", code, country, roles, name FROM actors WHERE event IN (SELECT value FROM json_each(?)) ORDER BY event, position
"""
_MENTIONS = 'SELECT event, sentence, start, "end" FROM mentions WHERE event IN (SELECT value FROM json_each(?)) ORDER BY event, position'


def events_by_key(connection: sqlite3.Connection, keys: Iterable[int]) -> list[Event]:
    """The events of these keys, in their order."""
    wanted = json.dumps(list(keys))
    actors: dict[tuple[int, str], list[Actor]] = defaultdict(list)
    for event, side, text, start, end, code, country, roles, name in connection.execute(_ACTORS, (wanted,)):
        actors[event, side].append(Actor(text, start, end, code, country, tuple(json.loads(roles)), name))
    mentions: dict[int, list[Mention]] = defaultdict(list)
    for event, sentence, start, end in connection.execute(_MENTIONS, (wanted,)):
        mentions[event].append(Mention(sentence, start, end))
    cursor = connection.execute(_EVENTS, (wanted,))
    names = [column[0] for column in cursor.description]
    return [_event(dict(zip(names, row, strict=True)), actors, mentions) for row in cursor]


def _event(row: dict[str, Any], actors: dict[tuple[int, str], list[Actor]], mentions: dict[int, list[Mention]]) -> Event:
    key, own = row["key"], "own_" if row["report"] is None else ""
    attribution = actors.get((key, "attribution"))
    return Event(
        **{name: row[own + name] for name in ("report_id", "url", "published", "title")},
        **{
            name: row[name]
            for name in "event_id sentence code root name quad_class goldstein modality event_date date_precision confidence coder".split()
        },
        trigger=Trigger(row["trigger_text"], row["trigger_start"], row["trigger_end"]),
        plover=Plover(row["plover_event"], row["plover_mode"], tuple(json.loads(row["plover_context"]))),
        reciprocal=bool(row["reciprocal"]),
        source=tuple(actors.get((key, "source"), ())),
        target=tuple(actors.get((key, "target"), ())),
        attribution=attribution[0] if attribution else None,
        place=None if row["place_text"] is None else Place(**{name: row[f"place_{name}"] for name in PLACE}),
        counts=Counts(**{name: row[name] for name in COUNTS}),
        mentions=tuple(mentions.get(key, ())),
    )
