"""What the tests of this room share: coders that stand in for the true one, and a quick way to ingest."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tacitus.ingest import IngestOptions, Limits, ingest
from tacitus.records import Event, Report
from tacitus.store import EventStore

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from kill_test import StandInCoder

AT = "2026-11-22T12:00:00Z"
QUICK = Limits(seconds=5.0, coding_seconds=5.0, pipe_seconds=0.2)


def line(number: int, **fields: object) -> str:
    """A report as a line of JSON."""
    record = {"id": f"r{number}", "url": f"https://example.org/{number}", "date": "2016-09-25", "language": "en", "text": text(number), **fields}
    return json.dumps(record) + "\n"


def text(number: int) -> str:
    """A report's text, its own for each number."""
    return f"Russia accused Ukraine of crime number {number}, the foreign ministry in Moscow said on Monday."


class NewerCoder(StandInCoder):
    """Another version, which finds one event less."""

    version = "stand-in 2"

    def code_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Event]]]:
        for report, events in super().code_many(reports):
            yield report, events[:1]


class DyingCoder(StandInCoder):
    """Dies of some reports, raises on others, hangs on a third kind."""

    def code_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Event]]]:
        for report, events in super().code_many(reports):
            if "DEADLY" in report.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "RAISING" in report.text:
                raise ValueError("no such word")
            if "HANGING" in report.text:
                signal.pause()
            yield report, events


class NoCoder(StandInCoder):
    """Does not start."""

    def __init__(self) -> None:
        os._exit(3)


def run(store_path, *sources, limits=QUICK, coder=StandInCoder, left_out=None, **more):
    """Ingest into a store; the summary. ``left_out`` is a list that takes what was left out."""
    how = {name: more.pop(name) for name in ("published", "again", "read") if name in more}
    options = IngestOptions(limits=limits, processes=more.pop("processes", 1), **how)
    with EventStore(store_path) as store:
        return ingest(
            sources, store, clock=lambda: AT, coder=coder, options=options, on_left_out=left_out.append if left_out is not None else None, **more
        )


def texts_of(store_path) -> list[str]:
    with EventStore(store_path, create=False) as store:
        assert store.check() == []
        return [report.text for report in store.reports()]
