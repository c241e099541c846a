"""Reports in, events out: in batches, on one process or many."""

from __future__ import annotations

import multiprocessing
import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from tacitus._version import __version__
from tacitus.actors.own import OwnActors, read_own
from tacitus.coding import Explanation, ReportCoder, Resources
from tacitus.coding.relation import relate
from tacitus.errors import RecordError
from tacitus.language import split_sentences
from tacitus.model.calibration import calibrate
from tacitus.model.session import EventModel
from tacitus.places import Gazetteer as PlaceGazetteer
from tacitus.records import Event, Relation, Report

if TYPE_CHECKING:
    from pathlib import Path

REPORTS_PER_BATCH = 16
"""Reports that go to a process together; more gains nothing and delays the first events."""


REPORTS_FOR_PROCESSES = 48
"""Reports from which on a second process pays for its start (about a second)."""

BATCHES_AHEAD = 2
"""Batches that wait for each process, so that none is idle and memory stays flat."""

LEAD_BONUS, LEAD_DECAY, BACKGROUND_WEIGHT, BACKGROUND_DAYS, INCOMPLETE_WEIGHT = 1.0, 0.7, 0.3, 10, 0.3
"""How a report's main event is chosen: the first event counts twice, each later one less; events older than ten days count a third, and those of which
the report names only one party, or which rest on somebody's word, as little: the word is the event then (CODING, section 1)."""


class Coder:
    """Codes reports.

    >>> events = Coder().code("Russia vetoed the U.N. resolution on Tuesday.", published="2017-04-12")
    >>> [(e.source[0].code, e.code, e.target[0].code) for e in events]
    [('RUS', '129', 'IGOUNO')]

    Args:
        model: a folder with another model; the shipped one by default.
        threads: threads of the model's session; 0 leaves it to the machine.
        actors: files of the user's own actors (``docs/actors.md``), or what ``read_own`` made of them; they beat the shipped ones of the same name.

    Raises:
        ModelError: model files are missing or damaged.
        ActorsError: a file of actors cannot be used; the message says where.
    """

    def __init__(self, model: Path | None = None, threads: int = 0, actors: OwnActors | Iterable[str | os.PathLike[str]] = ()) -> None:
        if isinstance(actors, str | os.PathLike):
            actors = [actors]
        self.own_actors = actors if isinstance(actors, OwnActors) else read_own(actors)
        self.model = EventModel(model, threads)

    @property
    def version(self) -> str:
        """Program, model and what the user's own actors say, if any, as every event that it codes carries them in ``coder``."""
        own = f" actors-{self.own_actors.version}" if self.own_actors.entries else ""
        return f"tacitus {__version__} {self.model.name}{own}"

    @cached_property
    def _resources(self) -> Resources:
        return Resources(self.model, PlaceGazetteer(), calibrate, self.version, self.own_actors.gazetteer())

    def code(self, text: str, published: str | None = None, title: str | None = None) -> list[Event]:
        """The events of one text, in its order. ``published`` is an ISO date; without it relative dates stay null."""
        return self.code_report(Report(text=text, published=published, title=title))

    def code_report(self, report: Report) -> list[Event]:
        """The events of one report."""
        return next(self._code_batch([report]))[1]

    def code_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Event]]]:
        """Each report with its events, in the order of the reports, in batches and in memory that does not grow."""
        reports = iter(reports)
        while batch := list(islice(reports, REPORTS_PER_BATCH)):
            yield from self._code_batch(batch)

    def _code_batch(self, reports: list[Report]) -> Iterator[tuple[Report, list[Event]]]:
        sentences = [split_sentences(r.text) for r in reports]
        readings = iter(self.model.read([s.text for report in sentences for s in report]))
        for report, own in zip(reports, sentences, strict=True):
            yield report, ReportCoder(report, own, self._resources).code(list(islice(readings, len(own))))

    def explain(self, text: str, published: str | None = None) -> tuple[list[Event], Explanation]:
        """The events of a text and how they came about: every trigger, its arguments, and the reasons for each actor's code."""
        report = Report(text=text, published=published)
        sentences = split_sentences(text)
        coder = ReportCoder(report, sentences, self._resources)
        return coder.code(self.model.read([s.text for s in sentences])), coder.explanation

    def relate(self, text: str, source: tuple[int, int], target: tuple[int, int]) -> Relation:
        """What the mention at characters ``source`` does to the one at ``target`` (start, end exclusive), for any two mentions of a text.

        Raises:
            RecordError: an offset lies outside the text or holds no word.
        """
        return next(self.relate_many([(text, source, target)]))

    def relate_many(self, items: Iterable[tuple[str, tuple[int, int], tuple[int, int]]]) -> Iterator[Relation]:
        """``relate`` for many, in order."""
        checked = [(text, _checked_span(text, source, "source"), _checked_span(text, target, "target")) for text, source, target in items]
        yield from relate(self.model, [_window(*item) for item in checked])


def _checked_span(text: str, span: tuple[int, int], which: str) -> tuple[int, int]:
    start, end = span
    if not 0 <= start < end <= len(text) or not any(c.isalnum() for c in text[start:end]):
        raise RecordError(f"{which}={span} is no mention in a text of {len(text)} characters: give (start, end), end exclusive, around at least one word")
    return span


def _window(text: str, source: tuple[int, int], target: tuple[int, int]) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The sentences from the first mention to the last, and the offsets in them."""
    low, high = min(source[0], target[0]), max(source[1], target[1])
    inside = [s for s in split_sentences(text) if s.end > low and s.start < high]
    start, end = (inside[0].start, inside[-1].end) if inside else (0, len(text))
    start, end = min(start, low), max(end, high)
    return text[start:end], (source[0] - start, source[1] - start), (target[0] - start, target[1] - start)


def code_reports(reports: Iterable[Report], processes: int = 0, actors: OwnActors | None = None) -> Iterator[tuple[Report, list[Event]]]:
    """Each report with its events, in order, on several processes where there is enough to do.

    Args:
        reports: read as they are needed, in memory that does not grow with their number.
        processes: how many; 0 takes one a core once more than ``REPORTS_FOR_PROCESSES`` reports have come, and none before.
        actors: the user's own.
    """
    reports = iter(reports)
    make = partial(Coder, actors=actors or ())
    first = list(islice(reports, REPORTS_FOR_PROCESSES)) if processes == 0 else []
    if processes == 1 or (processes == 0 and len(first) < REPORTS_FOR_PROCESSES):
        yield from make().code_many(chain(first, reports))
        return
    workers = processes or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else processes or os.cpu_count() or 1
    if workers == 1:
        yield from make().code_many(chain(first, reports))
        return
    batches = _batches(chain(first, reports))
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker, initargs=(make,)) as pool:
        waiting: deque[Future[list[tuple[Report, list[Event]]]]] = deque()
        for batch in islice(batches, workers * BATCHES_AHEAD):
            waiting.append(pool.submit(_work, batch))
        while waiting:
            done = waiting.popleft().result()
            if more := next(batches, []):
                waiting.append(pool.submit(_work, more))
            yield from done


def _batches(reports: Iterator[Report]) -> Iterator[list[Report]]:
    while batch := list(islice(reports, REPORTS_PER_BATCH)):
        yield batch


_worker: list[Coder] = []


def _start_worker(make: Callable[..., Coder]) -> None:
    _worker.append(make(threads=1))


def _work(batch: list[Report]) -> list[tuple[Report, list[Event]]]:
    return list(_worker[0].code_many(batch))


def main_code(events: Iterable[Event]) -> str | None:
    """The CAMEO code that a report would be labelled with: that of its main event, None where it has no actual event.

    Each actual event votes for its root with its confidence, the more the earlier it stands (the lead tells the news), the less if it is dated well
    before the report (background), names only one party or rests on somebody's word; the code is the root's most voted one.
    """
    roots: dict[str, float] = defaultdict(float)
    codes: dict[str, float] = defaultdict(float)
    for rank, event in enumerate(e for e in events if e.modality == "actual"):
        weight = event.confidence * (1.0 + LEAD_BONUS * LEAD_DECAY**rank) * (BACKGROUND_WEIGHT if _is_background(event) else 1.0)
        weight *= 1.0 if event.source and event.target and not event.attribution else INCOMPLETE_WEIGHT
        roots[event.root] += weight
        codes[event.code] += weight
    if not roots:
        return None
    root = max(roots, key=lambda r: roots[r])
    return max((c for c in codes if c[:2] == root), key=lambda c: codes[c])


def _is_background(event: Event) -> bool:
    """Whether an event is dated well before its report, or only by its year, as news never is."""
    if event.date_precision == "year":
        return True
    if not event.event_date or not event.published:
        return False
    return (date.fromisoformat(event.published[:10]) - date.fromisoformat(event.event_date)).days > BACKGROUND_DAYS
