"""``tacitus ingest``: reports into a store, coded; each once, whatever dies on the way."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tacitus.cli.own import add_actor_options, make_coder, own_actors
from tacitus.cli.sources import add_source_options, read_options

if TYPE_CHECKING:
    from tacitus.ingest import RecodeSummary, Summary
    from tacitus.store import LeftOut

TOLD = 100
"""Things left out that are told one by one; all are in the store's ledger."""
LINE_EVERY = 50
"""Batches between two lines of progress where no terminal shows it."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add_source_options(parser, optional=True)
    add_actor_options(parser)
    parser.add_argument("--store", required=True, type=Path, metavar="FILE", help="the event store; made if it is not there")
    parser.add_argument("--recode", action="store_true", help="code again what another version coded (of these sources; of all reports without a SOURCE)")
    parser.add_argument("--again", action="store_true", help="read finished sources once more, from their beginning (URLs that failed are tried again)")
    parser.add_argument("--processes", type=int, default=0, metavar="N", help="processes to code on (default: one a core)")
    parser.add_argument("--progress", action=argparse.BooleanOptionalAction, help="show progress on standard error (default: on a terminal)")
    parser.add_argument("--format", choices=("text", "json"), help="of the summary: text on a terminal, json in a pipe unless given")


def run(args: argparse.Namespace) -> int:
    """Ingest the sources; exit status 1 if something was left out."""
    from tacitus.cli import EXIT_OK, EXIT_PROBLEMS, EXIT_USAGE
    from tacitus.ingest import IngestOptions, ingest, recode
    from tacitus.store import EventStore

    if not args.sources and not args.recode:
        print("tacitus ingest: name a SOURCE, or --recode to code again what is in the store", file=sys.stderr)
        return EXIT_USAGE
    own = own_actors(args)
    coder = partial(make_coder, own)
    options = IngestOptions(read=read_options(args), processes=max(0, args.processes), published=args.published, again=args.again)
    shown = _Shown(args.progress)
    summary: Summary | None = None
    again: RecodeSummary | None = None
    with EventStore(args.store, create=bool(args.sources)) as store:
        try:
            if args.sources:
                summary = ingest(args.sources, store, clock=_now, coder=coder, options=options, on_progress=shown.ingested, on_left_out=shown.left_out)
            if args.recode:
                again = recode(store, args.sources or None, coder=coder, options=options, on_progress=shown.recoded, on_left_out=shown.left_out)
        finally:
            shown.clear()
    _print_summary(summary, again, args.format or ("text" if sys.stdout.isatty() else "json"))
    return EXIT_PROBLEMS if shown.total else EXIT_OK


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class _Shown:
    """What is told on standard error while it goes on."""

    def __init__(self, progress: bool | None) -> None:
        self.total = 0
        self._terminal = sys.stderr.isatty()
        self._progress = self._terminal if progress is None else progress
        self._batches = 0

    def ingested(self, summary: Summary) -> None:
        known, left_out = summary.known.total(), summary.left_out.total()
        self._line(f"{summary.read:,} read, {summary.added:,} added, {known:,} known, {left_out:,} left out, {summary.events:,} events")

    def recoded(self, summary: RecodeSummary) -> None:
        self._line(f"{summary.reports:,} coded again, {summary.removed:,} events replaced by {summary.events:,}")

    def left_out(self, thing: LeftOut) -> None:
        """Tell it, unless it is one of too many."""
        from tacitus.cli.terminal import safe

        self.total += 1
        self.clear()
        if self.total <= TOLD:
            reason = thing.reason if thing.place in thing.reason else f"{thing.place}: {thing.reason}"
            print(f"tacitus: {safe(reason)}", file=sys.stderr)
        elif self.total == TOLD + 1:
            print("tacitus: more was left out; all of it is in the store: tacitus query 'SELECT * FROM left_out' --store FILE", file=sys.stderr)

    def clear(self) -> None:
        """Take the line of progress away."""
        if self._progress and self._terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _line(self, text: str) -> None:
        self._batches += 1
        if self._progress and self._terminal:
            print(f"\r\x1b[K{text} ", end="", file=sys.stderr, flush=True)
        elif self._progress and self._batches % LINE_EVERY == 0:
            print(text, file=sys.stderr, flush=True)


def _print_summary(summary: Summary | None, again: RecodeSummary | None, form: str) -> None:
    figures: dict[str, Any] = summary.to_dict() if summary else {}
    if again:
        figures["recoded"] = {"reports": again.reports, "events_before": again.removed, "events": again.events, "left_out": again.left_out}
    if form == "json":
        print(json.dumps(figures, ensure_ascii=False))
        return
    from tacitus.cli.store import figures_text

    print(figures_text({name: value for name, value in figures.items() if value or not isinstance(value, dict)}))
