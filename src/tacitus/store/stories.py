"""Stories: the same event told by many reports, with its events and mentions kept under it. Only links are written, so undoing loses nothing.

Reports are compared with those published within ``WINDOW_DAYS`` of them that share rare words. Copies are noted; events that match become links, and
links become stories. Whatever a new event is linked to, over however many links, is grouped anew with it: so the stories of a store are the same
whatever order its reports came in, in however many goes it was grouped. (While two processes group one store at once the last one wins; group again.)

Reports without a date and events imported without their report are told by nobody else: each such coded event is a story by itself, imported ones are
left alone.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tacitus.records import Event, Report, made_id
from tacitus.store.clusters import Joined, stories_of
from tacitus.store.copies import overlap
from tacitus.store.database import EventStore
from tacitus.store.matching import WINDOW_DAYS, Telling, is_copy, iso_day, matches, telling
from tacitus.store.rows import events_by_key
from tacitus.store.wording import weight
from tacitus.store.writing import CODED_HERE

RARE = 3.5
"""Weight from which on a stem finds candidates: it stands in at most 3 % of reports."""
RARE_SHARED = 2
"""Rare stems that two reports must share to be compared at all; every dev pair of one event shares more."""
DAYS_KEPT = 4 * WINDOW_DAYS
"""Days whose reports stay in memory: a sweep needs ``2 * WINDOW_DAYS + 1``, going back along links some more."""
EVENTS_WRITTEN = 5000
"""Events whose stories are written in one transaction: it holds the store for some tenths of a second, and memory stays flat.
(A set of linked reports is never parted, so it may be more.)"""


@dataclass(slots=True)
class StoryFigures:
    """What grouping did: events and reports looked at, stories of two reports or more among theirs, single ones, copies found."""

    reports: int = 0
    events: int = 0
    stories: int = 0
    single: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """One story: ``main`` is its surest event; ``copies`` of the ``reports`` are copies of another; ``sources`` are publishers, those that carried a
    report's very text counted too; ``first_seen`` and ``last_seen`` are publication dates."""

    id: str
    main: Event
    first_seen: str | None
    last_seen: str | None
    events: int
    mentions: int
    reports: int
    copies: int
    sources: int


def group(store: EventStore, since: str | None = None) -> StoryFigures:
    """Group the events that belong to no story yet, with all that they are linked to.

    Args:
        since: ISO date; only events of reports published then or later are taken up (what they are linked to may be older).

    Raises:
        StoreError: the store cannot be read or written. What was grouped until then stays so; the rest is taken up next time.
    """
    figures = StoryFigures()
    with store._reading() as connection:
        links = _Links(connection)
        for _ in links.follow(_new_reports(connection, since)):
            with store._writing() as writing:
                links.write(writing, figures)
    return figures


def undo(store: EventStore) -> None:
    """Forget all stories and copies; reports, events and mentions stay as they are."""
    with store._writing() as connection:
        connection.execute("UPDATE events SET story = NULL WHERE story IS NOT NULL")
        connection.execute("DELETE FROM stories")
        connection.execute("DELETE FROM report_copies")


def biggest(store: EventStore, limit: int = 20, since: str | None = None) -> Iterator[Story]:
    """The stories that most sources and reports tell, biggest first.

    Args:
        since: ISO date; only stories last seen then or later.
    """
    with store._reading() as connection:
        rows = connection.execute(_BIGGEST, (since, since, limit)).fetchall()
        for key, *row in rows:
            (main,) = connection.execute(_MAIN, (key,)).fetchone()
            (copies,) = connection.execute(_COPIES_IN, (key,)).fetchone()
            story_id, first, last, events, mentions, reports, sources = row
            yield Story(story_id, events_by_key(connection, [main])[0], first, last, events, mentions, reports, copies, sources)


_BIGGEST = """
SELECT key, id, first_seen, last_seen, events, mentions, reports, sources FROM stories WHERE ? IS NULL OR last_seen >= ?
ORDER BY sources DESC, reports DESC, mentions DESC, first_seen, id LIMIT ?
"""
_MAIN = "SELECT key FROM events WHERE story = ? ORDER BY modality = 'actual' DESC, sentence, confidence DESC, event_id LIMIT 1"
_COPIES_IN = "SELECT count(*) FROM report_copies WHERE report IN (SELECT report FROM events WHERE story = ?)"
_NEW = """
SELECT DISTINCT r.key, r.published FROM events e JOIN reports r ON r.key = e.report WHERE e.story IS NULL AND (? IS NULL OR r.published >= ?)
"""
_COUNTS = """
UPDATE stories SET
    events = (SELECT count(*) FROM events e WHERE e.story = stories.key),
    mentions = (SELECT count(*) FROM events e JOIN mentions m ON m.event = e.key WHERE e.story = stories.key),
    reports = (SELECT count(DISTINCT e.report) FROM events e WHERE e.story = stories.key),
    sources = (SELECT count(DISTINCT p.publisher) FROM (
        SELECT r.publisher FROM events e JOIN reports r ON r.key = e.report WHERE e.story = stories.key
        UNION ALL SELECT g.publisher FROM events e JOIN sightings g ON g.report = e.report WHERE e.story = stories.key
    ) p),
    first_seen = (SELECT min(r.published) FROM events e JOIN reports r ON r.key = e.report WHERE e.story = stories.key),
    last_seen = (SELECT max(r.published) FROM events e JOIN reports r ON r.key = e.report WHERE e.story = stories.key)
WHERE key IN (SELECT value FROM json_each(?))
"""


def _new_reports(connection: sqlite3.Connection, since: str | None) -> list[tuple[int, int]]:
    """Day and key of the reports with events in no story, undated ones with day 0."""
    return sorted((iso_day((published or "")[:10]) or 0, key) for key, published in connection.execute(_NEW, (since, since)))


@dataclass(slots=True)
class _Day:
    """The reports of one day, and which of them hold each rare stem."""

    tellings: dict[int, Telling] = field(default_factory=dict)
    holders: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


class _Links:
    """The links between reports, followed from new reports as far as they lead. All that is kept of what is written already is which reports it was."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.done: set[int] = set()
        self._days: OrderedDict[int, _Day] = OrderedDict()
        self._forget()

    def _forget(self) -> None:
        self.links: list[tuple[float, str, str]] = []
        self.report_of: dict[str, int] = {}
        self.copies: Joined[int] = Joined()
        self.first: dict[int, tuple[str, str]] = {}

    def follow(self, reports: Iterable[tuple[int, int]]) -> Iterator[None]:
        """Compare the reports (day, key) with those near them, and these with theirs where they are linked; stops where it is time to write."""
        for report in reports:
            if report[1] not in self.done:
                self._follow(report)
            if len(self.report_of) >= EVENTS_WRITTEN:
                yield
        if self.first:
            yield

    def _follow(self, report: tuple[int, int]) -> None:
        waiting, queued = [report], {report[1]}
        while waiting:
            day, key = heapq.heappop(waiting)
            own = self._own(day, key)
            self.done.add(key)
            self.first[key] = (own.report.published or "", own.report.id)
            self.report_of.update((e.event.event_id, key) for e in own.events)
            for other, its in self._candidates(day, key, own):
                if other in self.done:
                    continue
                found, copied = matches(own, its), is_copy(own, its)
                self.links += [(p, a.event_id, b.event_id) for p, a, b in found]
                if copied:
                    self.copies.join(key, other)
                if (found or copied) and other not in queued:
                    queued.add(other)
                    heapq.heappush(waiting, (its.day or 0, other))

    def _own(self, day: int, key: int) -> Telling:
        shelf = self._day(day).tellings if day else {}
        return shelf[key] if key in shelf else next(_tellings(self.connection, "r.key = ?", (key,)))[1]

    def _candidates(self, day: int, key: int, own: Telling) -> Iterator[tuple[int, Telling]]:
        """Reports near in time that share rare stems."""
        if not day:
            return
        rare = [s for s in own.wording.words if weight(s) >= RARE]
        for near in range(day - WINDOW_DAYS, day + WINDOW_DAYS + 1):
            shelf = self._day(near)
            shared: Counter[int] = Counter()
            for stem in rare:
                if stem in shelf.holders:
                    shared.update(shelf.holders[stem])
            for other in sorted(k for k, number in shared.items() if number >= RARE_SHARED and k != key):
                yield other, shelf.tellings[other]

    def _day(self, day: int) -> _Day:
        if day in self._days:
            self._days.move_to_end(day)
            return self._days[day]
        shelf = _Day()
        if 1 <= day < date.max.toordinal():
            span = (date.fromordinal(day).isoformat(), date.fromordinal(day + 1).isoformat())
            for key, found in _tellings(self.connection, "r.published >= ? AND r.published < ?", span):
                shelf.tellings[key] = found
                for stem in found.wording.words:
                    if weight(stem) >= RARE:
                        shelf.holders[stem].append(key)
        self._days[day] = shelf
        while len(self._days) > DAYS_KEPT:
            self._days.popitem(last=False)
        return shelf

    def write(self, connection: sqlite3.Connection, figures: StoryFigures) -> None:
        """Write the stories of the events looked at and forget them; stories that thereby lose all their events go."""
        grouped = stories_of(self.links, self.report_of)
        in_groups = {event for events in grouped for event in events}
        touched = set(self._old_stories(connection))
        for events in (*grouped, *([e] for e in self.report_of if e not in in_groups)):
            story_id = made_id("story", min((self.first[self.report_of[e]][0], e) for e in events)[1])
            connection.execute("INSERT INTO stories (id) VALUES (?) ON CONFLICT (id) DO NOTHING", (story_id,))
            (story,) = connection.execute("SELECT key FROM stories WHERE id = ?", (story_id,)).fetchone()
            connection.executemany("UPDATE events SET story = ? WHERE event_id = ?", [(story, e) for e in events])
            touched.add(story)
            figures.stories += len(events) > 1
            figures.single += len(events) == 1
        keys = json.dumps(sorted(touched))
        connection.execute(_COUNTS, (keys,))
        connection.execute("DELETE FROM stories WHERE events = 0 AND key IN (SELECT value FROM json_each(?))", (keys,))
        figures.copies += self._write_copies(connection)
        figures.reports += len(self.first)
        figures.events += len(self.report_of)
        self._forget()

    def _old_stories(self, connection: sqlite3.Connection) -> list[int]:
        asked = "SELECT DISTINCT story FROM events WHERE story IS NOT NULL AND report IN (SELECT value FROM json_each(?))"
        return [row[0] for row in connection.execute(asked, (json.dumps(sorted(self.first)),))]

    def _write_copies(self, connection: sqlite3.Connection) -> int:
        """Each copy is one of the first report of its set, by date and id."""
        number = 0
        connection.execute("DELETE FROM report_copies WHERE report IN (SELECT value FROM json_each(?))", (json.dumps(sorted(self.first)),))
        for keys in self.copies.sets():
            original = min(keys, key=lambda k: self.first[k])
            told = dict(_tellings(connection, "r.key IN (SELECT value FROM json_each(?))", (json.dumps(keys),), events=False))
            for key in keys:
                if key != original:
                    similarity = overlap(told[key].shingles, told[original].shingles)
                    connection.execute("INSERT INTO report_copies (report, copy_of, similarity) VALUES (?, ?, ?)", (key, original, similarity))
                    number += 1
        return number


def _tellings(connection: sqlite3.Connection, where: str, values: tuple[str | int, ...], events: bool = True) -> Iterator[tuple[int, Telling]]:
    """The reports of a condition of ours, with their events, in the order they came."""
    asked = f"SELECT r.key, r.text, r.id, r.url, r.published, r.title, r.language FROM reports r WHERE {where} ORDER BY r.key"  # noqa: S608 - conditions of ours only
    rows = connection.execute(asked, values).fetchall()
    for row in rows:
        keys = connection.execute("SELECT key FROM events WHERE report = ? AND producer = ? ORDER BY key", (row[0], CODED_HERE)) if events else ()
        yield row[0], telling(Report(*row[1:]), events_by_key(connection, [k for (k,) in keys]))
