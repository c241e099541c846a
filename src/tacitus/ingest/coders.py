"""Coding on processes that can die: batches go out to them and come back in order; a report that ends its process twice is left out."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from tacitus.errors import ModelError
from tacitus.ingest.coding_process import MakeCoder, serve
from tacitus.ingest.limits import Limits
from tacitus.ingest.processes import Died, Helper
from tacitus.records import Event, Report
from tacitus.store import LeftOut

CodedReports = list[tuple[Report, list[Event]]]
B = TypeVar("B")

BATCHES_AHEAD = 2
"""Batches that wait for each process beside the one that it codes, so that none is idle while a hostile document is read."""
TRIES = 2
"""How often a report may end the process that codes it: once may be the machine's doing."""
STARTS = 3
"""How often in a row a coding process may die before it has told its version."""


@dataclass(slots=True)
class _Task(Generic[B]):
    """A batch: what of it is still to be coded (lists that go out one after the other), and what came of it."""

    batch: B
    parts: deque[tuple[list[Report], int]]
    coded: CodedReports = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    at_work: bool = False

    def failed(self, reason: str) -> None:
        """The part that was at work ended its process: its reports are tried alone, or, tried alone before, left out."""
        reports, tries = self.parts.popleft()
        tries += 1
        if len(reports) > 1:
            self.parts.extendleft(([report], tries) for report in reversed(reports))
        elif tries < TRIES:
            self.parts.appendleft((reports, tries))
        else:
            self.left_out.append(LeftOut(reports[0].id, "coder", f"report {reports[0].id}: {reason}; it was left out"))


class Coders(Generic[B]):
    """Processes that code.

    Args:
        make: makes the coder in each.
        processes: how many, started as they are needed.
    """

    def __init__(self, make: MakeCoder, processes: int, limits: Limits) -> None:
        self._make, self._processes, self._limits = make, max(1, processes), limits
        self._idle: list[Helper] = []
        self._working: dict[Helper, tuple[_Task[B], float]] = {}
        self._version: str | None = None

    @property
    def version(self) -> str:
        """The coder's, as it stands on its events; starts a process if none has told it yet.

        Raises:
            ModelError: here and in ``code``: the coder does not start.
        """
        if self._version is None:
            self._idle.append(self._started())
        return self._version or ""

    def close(self) -> None:
        """End all processes."""
        for helper in [*self._idle, *self._working]:
            helper.end()
        self._idle.clear()
        self._working.clear()

    def code(self, batches: Iterable[tuple[B, Sequence[Report]]]) -> Iterator[tuple[B, CodedReports, list[LeftOut]]]:
        """Each batch with its reports' events and the reports that could not be coded, in order. Batches are taken some ahead, as many as keep all busy."""
        source = iter(batches)
        tasks: deque[_Task[B]] = deque()
        more = True
        while more or tasks:
            while more and len(tasks) < self._processes * (1 + BATCHES_AHEAD):
                batch = next(source, None)
                if batch is None:
                    more = False
                    break
                tasks.append(_Task(batch[0], deque([(list(batch[1]), 0)] if batch[1] else [])))
                self._turn(tasks, 0)
                if not tasks[0].parts:
                    break
            while tasks and not tasks[0].parts:
                done = tasks.popleft()
                yield done.batch, done.coded, done.left_out
            if tasks:
                self._turn(tasks, None if not more or len(tasks) >= self._processes * (1 + BATCHES_AHEAD) else 0)

    def _turn(self, tasks: Iterable[_Task[B]], seconds: float | None) -> None:
        """Hand out what waits, and take what has come back: what is there (0 seconds), or something at least (None)."""
        for task in tasks:
            if task.parts and not task.at_work:
                helper = self._free()
                if helper is None:
                    break
                self._hand_out(task, helper)
        if not self._working:
            return
        now = time.monotonic()
        earliest = min(end for _, end in self._working.values())
        there = wait([helper.connection for helper in self._working], max(0.0, earliest - now) if seconds is None else seconds)
        for helper, (task, end) in list(self._working.items()):
            if helper.connection in there or time.monotonic() > end:
                self._take_back(helper, task)

    def _hand_out(self, task: _Task[B], helper: Helper) -> None:
        reports = task.parts[0][0]
        try:
            helper.send(reports)
        except Died:  # between two batches: no report's fault
            return
        seconds = self._limits.coding_seconds + sum(len(r.text) for r in reports) / self._limits.characters_a_second
        task.at_work = True
        self._working[helper] = (task, time.monotonic() + seconds)

    def _take_back(self, helper: Helper, task: _Task[B]) -> None:
        del self._working[helper]
        task.at_work = False
        try:
            coded, error = helper.receive(0)
        except Died as death:
            task.failed(f"the coder: {death.in_words()}" if not death.late else "coding it took too long")
            return
        self._idle.append(helper)
        if error is not None:
            task.failed(f"the coder: {error}")
            return
        task.parts.popleft()
        task.coded.extend(coded)

    def _free(self) -> Helper | None:
        if self._idle:
            return self._idle.pop()
        return self._started() if len(self._working) < self._processes else None

    def _started(self) -> Helper:
        for _ in range(STARTS):
            helper = Helper(serve, self._make)
            try:
                version, error = helper.receive(self._limits.starting_seconds)
            except Died as death:
                reason = death.in_words()
                continue
            if error is not None:
                helper.end()
                raise ModelError(str(error))
            self._version = str(version)
            return helper
        raise ModelError(f"the coder does not start: {reason}; look at the machine's memory, and install Tacitus again")
