"""``tacitus code``: reports to events."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tacitus.cli.own import add_actor_options, own_actors
from tacitus.cli.sources import add_source_options, dated, exit_status, problem_log, read_options
from tacitus.errors import TacitusError

if TYPE_CHECKING:
    from tacitus.records import Event, Report

PROGRESS_AFTER = 20
"""Reports after which progress is shown on a terminal."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add_source_options(parser)
    add_actor_options(parser)
    parser.add_argument("--format", choices=("table", "jsonl", "csv", "parquet"), help="table on a terminal, jsonl in a pipe unless given")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here instead of to standard output (Parquet needs it or a pipe)")
    parser.add_argument("--all-modalities", action="store_true", help="planned, hypothetical and negated events too, not only actual ones")
    parser.add_argument("--min-confidence", type=float, metavar="P", help="leave out events of less confidence than this (0 to 1)")
    parser.add_argument("--processes", type=int, default=0, metavar="N", help="processes to code on (default: one a core where there is much to do)")


def run(args: argparse.Namespace) -> int:
    """Code the sources; exit status 1 if a source had a problem."""
    from tacitus.articles import read_sources
    from tacitus.pipeline import code_reports

    own = own_actors(args)
    problems = problem_log()
    reports = dated(read_sources(args.sources, options=read_options(args), problems=problems), args.published)
    seen = _Count()
    chosen = args.format or ("table" if args.output is None and sys.stdout.isatty() else "jsonl")
    coded = _wanted(seen.watch(code_reports(reports, processes=args.processes, actors=own)), args)
    with _output(args.output, binary=chosen == "parquet") as stream:
        _write(chosen, coded, stream)
    return exit_status(problems)


class _Count:
    """Counts reports as they pass, and shows it on a terminal's standard error."""

    def __init__(self) -> None:
        self.reports = self.events = 0

    def watch(self, coded: Iterable[tuple[Report, list[Event]]]) -> Iterator[tuple[Report, list[Event]]]:
        show = sys.stderr.isatty()
        for report, events in coded:
            self.reports += 1
            self.events += len(events)
            if show and self.reports % PROGRESS_AFTER == 0:
                print(f"\r{self.reports} reports, {self.events} events ", end="", file=sys.stderr, flush=True)
            yield report, events
        if show and self.reports >= PROGRESS_AFTER:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _wanted(coded: Iterable[tuple[Report, list[Event]]], args: argparse.Namespace) -> Iterator[tuple[Report, list[Event]]]:
    least = args.min_confidence or 0.0
    for report, events in coded:
        yield report, [e for e in events if (args.all_modalities or e.modality == "actual") and e.confidence >= least]


def _output(path: Path | None, binary: bool) -> Any:
    if path is not None:
        try:
            return path.open("wb") if binary else path.open("w", encoding="utf-8", newline="")
        except OSError as e:
            raise TacitusError(f"{path}: cannot be written: {e.strerror}") from e
    return nullcontext(sys.stdout.buffer if binary else sys.stdout)


def _write(kind: str, coded: Iterable[tuple[Report, list[Event]]], stream: Any) -> None:
    from tacitus import exports

    if kind == "table":
        from tacitus.cli.table import print_table

        print_table(coded, stream)
        return
    events = (event for _, found in coded for event in found)
    writers: dict[str, Callable[[Iterable[Event], Any], int]] = {
        "jsonl": exports.write_jsonl,
        "csv": exports.write_csv,
        "parquet": exports.write_parquet,
    }
    writers[kind](events, stream)
