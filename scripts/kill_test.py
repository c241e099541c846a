"""Kill an ingest again and again, and look whether anything is lost or there twice.

    python scripts/kill_test.py --reports 2000 --kills 300 --seed 1

Writes a corpus of short reports (with reports that come again by id, by URL and by content), ingests it into a store, and ends the whole process group with
SIGKILL at random moments and at every named step (read, coded, before commit, after commit), restarting it each time. When the corpus is through before all
kills are done, the store is checked and the next one begun. It tests the store and the ingest, not the coder: a stand-in makes two events a report.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tacitus.ingest import IngestOptions, ingest
from tacitus.ontology import cameo
from tacitus.records import Actor, Counts, Event, Mention, Report, Trigger, made_id
from tacitus.store import EventStore

STEPS = ("read", "coded", "before commit", "after commit")
EVENTS_A_REPORT = 2
STEP_SHARE = 0.5
"""Share of kills at a named step; the others come at a random moment."""
LATEST_STEP = 8
"""The step's last occurrence after a start at which a kill comes: some hundred reports."""
LATEST_SECONDS = 2.0
"""A random kill's latest moment after the start: starting takes up to a second, a batch some hundredths."""
AGAIN_EVERY = 9
"""Every ninth report comes once more, in turn with its id, its URL or its text."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
AT = "2026-11-22T12:00:00Z"


class StandInCoder:
    """Two events a report, the same ones every time."""

    version = "stand-in 1"

    def code_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Event]]]:
        """Each report with its events."""
        for report in reports:
            yield report, [_event(report, number) for number in range(EVENTS_A_REPORT)]


def _event(report: Report, number: int) -> Event:
    code = cameo(("112", "190")[number])
    start = number
    day = report.published if report.published and DAY.fullmatch(report.published) else None
    return Event(
        made_id(report.id, str(number)), report.id, report.url, report.published, report.title, 0, Trigger(report.text[start : start + 3], start, start + 3),
        code.code, code.root, code.name, code.quad_class, code.goldstein, code.plover, "actual", False,
        (Actor("Russia", 0, 6, "RUS", "RUS"),), (Actor("Ukraine", 8, 15, "UKR", "UKR"),), None, day, "day" if day else None, None, Counts(), 0.9,
        (Mention(0, start, start + 3),), StandInCoder.version,
    )  # fmt: skip


def write_corpus(folder: Path, reports: int) -> list[Path]:
    """Two overlapping files, one packed; every report's text names its number."""
    lines: list[str] = []
    for number in range(reports):
        if number == reports // 2:
            half = len(lines)
        record = {"id": f"r{number}", "url": f"https://example.org/news/{number}", "date": "2016-09-25", "language": "en", "text": _text(number)}
        lines.append(json.dumps(record))
        if number % AGAIN_EVERY == 0:
            again = {"id": f"r{number}" if number % 3 == 0 else f"again{number}", "date": "2016-09-25", "text": f"Told anew: {_text(number)}"}
            if number % 3 == 1:
                again["url"] = f"http://www.example.org/news/{number}/?utm_source=x"
            elif number % 3 == 2:
                again["text"] = _text(number).upper()
            lines.append(json.dumps(again))
    first, second = folder / "corpus.jsonl", folder / "more.jsonl.gz"
    first.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with gzip.open(second, "wt", encoding="utf-8") as stream:
        stream.write("\n".join(lines[half:]) + "\n")
    return [first, second]


def _text(number: int) -> str:
    return f"Russia accused Ukraine of crime number {number}, the foreign ministry in Moscow said on Monday."


def child(store_path: Path, sources: list[str], step: str, at: int, processes: int) -> int:
    """One ingest, which ends its own process group at the ``at``-th time of a step."""
    seen: Counter[str] = Counter()

    def on_step(name: str) -> None:
        seen[name] += 1
        if name == step and seen[name] == at:
            os.killpg(0, signal.SIGKILL)

    with EventStore(store_path) as store:
        store.on_step = on_step
        summary = ingest(sources, store, clock=lambda: AT, coder=StandInCoder, options=IngestOptions(processes=processes), on_step=on_step)
    print(json.dumps(summary.to_dict()))
    return 0


@dataclass(slots=True)
class Figures:
    """What came of it."""

    kills: Counter[str] = field(default_factory=Counter)
    stores: int = 0
    problems: list[str] = field(default_factory=list)


def problems_of(store_path: Path, reports: int) -> list[str]:
    """What is lost, doubled or unsound in a store into which the whole corpus went."""
    with EventStore(store_path, create=False) as store:
        found = store.check()
        texts = Counter(report.text for report in store.reports())
        events = Counter(event.event_id for event in store.events())
        expected = {f"r{number}": _text(number) for number in range(reports)}
        lost = [i for i, text in expected.items() if texts[text] != 1]
        lost_events = [i for i in expected for n in range(EVENTS_A_REPORT) if events[made_id(i, str(n))] != 1]
        if lost or len(texts) != reports:
            found.append(f"{len(lost)} reports lost or changed, {sum(texts.values())} in the store, {reports} expected")
        if lost_events or sum(events.values()) != reports * EVENTS_A_REPORT:
            found.append(f"{len(lost_events)} events lost, {sum(events.values())} in the store, {reports * EVENTS_A_REPORT} expected")
        found += [f"{s.name}: {s.state}" for s in store.sources() if s.state != "finished"]
    return found


def run(folder: Path, reports: int, kills: int, seed: int, processes: int) -> Figures:
    """All kills, store after store."""
    chance = random.Random(seed)
    sources = write_corpus(folder, reports)
    figures = Figures()
    while True:
        store_path = folder / f"store{figures.stores}.tacitus"
        while figures.kills.total() < kills:
            step = chance.choice(STEPS) if chance.random() < STEP_SHARE else ""
            moment = chance.uniform(0, LATEST_SECONDS)
            how = ["--step", step, "--at", str(chance.randint(1, LATEST_STEP)), "--processes", str(processes)]
            command = [sys.executable, __file__, "--child", str(store_path), *how]
            with (folder / "errors.txt").open("wb") as errors:
                process = subprocess.Popen([*command, *map(str, sources)], stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True)
                try:
                    status = process.wait(None if step else moment)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    status = process.wait()
            if status == 0:
                break
            if status != -signal.SIGKILL:
                figures.problems.append(f"the ingest failed: {(folder / 'errors.txt').read_text(errors='replace')[-500:]}")
                return figures
            figures.kills[step or "at random"] += 1
        done = subprocess.run(
            [sys.executable, __file__, "--child", str(store_path), "--processes", str(processes), *map(str, sources)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            figures.problems.append(f"the last ingest failed: {done.stderr[-500:]}")
        figures.stores += 1
        figures.problems += [f"store {figures.stores}: {problem}" for problem in problems_of(store_path, reports)]
        if figures.kills.total() >= kills or figures.problems:
            return figures


def main() -> int:
    """Run it; status 1 if anything was lost, doubled or unsound."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--step", default="", help=argparse.SUPPRESS)
    parser.add_argument("--at", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("sources", nargs="*", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        return child(args.child, args.sources, args.step, args.at, args.processes)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tacitus-kill-") as folder:
        figures = run(Path(folder), args.reports, args.kills, args.seed, args.processes)
    by_moment = ", ".join(f"{number} {name}" for name, number in sorted(figures.kills.items()))
    print(f"{figures.kills.total()} kills ({by_moment}) over {figures.stores} store(s) of {args.reports} reports, {time.monotonic() - begun:.0f} s")
    for problem in figures.problems:
        print(f"PROBLEM: {problem}")
    print("nothing lost, nothing doubled, every store sound" if not figures.problems else "FAILED")
    return 1 if figures.problems else 0


if __name__ == "__main__":
    sys.exit(main())
