"""``tacitus export``: event records, or the events of a store, to the formats of other producers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tacitus.cli.filters import add_filter_options, any_filter, event_filter

if TYPE_CHECKING:
    from tacitus.exports.layout import Written
    from tacitus.records import Event

STANDARD_INPUT = "-"
FORMATS = ("gdelt2", "gdelt1", "icews", "polecat", "phoenix", "petrarch2", "acled", "plover", "csv", "parquet", "jsonl")
"""As ``tacitus.exports.export.FORMATS``, which a test compares: the help must not load the writers."""


def moment(value: str) -> datetime:
    """A moment in UTC, for argparse: ``20160925121500`` or ISO."""
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        try:
            read = datetime.strptime(value, "%Y%m%d%H%M%S")  # noqa: DTZ007 - GDELT's times are UTC
        except ValueError:
            raise argparse.ArgumentTypeError(f"{value!r} is no time: write it 20160925121500 or 2016-09-25T12:15:00") from None
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("events", nargs="*", metavar="EVENTS", help="event records as JSON Lines (`tacitus code … --format jsonl`); - for standard input")
    parser.add_argument("--store", type=Path, metavar="FILE", help="the events of this store instead, in the order of their dates")
    parser.add_argument("--to", required=True, choices=FORMATS, help="the format")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="PATH", help="a file, or a folder in which the file is named as its producer does (GDELT needs a folder)")
    where.add_argument("--stdout", action="store_true", help="write to standard output; of gdelt2, the events, not zipped")
    parser.add_argument("--all-modalities", action="store_true", help="planned, hypothetical and negated events too (plover, csv, parquet, jsonl)")
    parser.add_argument("--added", type=moment, metavar="TIME", help="when the events are added: GDELT's DATEADDED and file name (default: publication)")
    chosen = parser.add_argument_group("which events of the store")
    add_filter_options(chosen)
    chosen.add_argument("--one-a-day", action="store_true", help="of each day, source, target and code only one event, as other producers do")
    parser.set_defaults(wrong=parser.error)


def run(args: argparse.Namespace) -> int:
    """Export the records or the store's events; exit status 1 if a line could not be read."""
    from tacitus.cli import EXIT_OK, EXIT_PROBLEMS
    from tacitus.exports.export import export_events

    if bool(args.events) == (args.store is not None):
        args.wrong("name files of event records, or a store with --store")
    if args.store is None and (any_filter(args) or args.one_a_day):
        args.wrong("only the events of a store can be chosen: name it with --store")
    problems: list[int] = [0]
    modalities = args.all_modalities or args.modality not in {None, "actual"}
    with ExitStack() as stack:
        events = _stored(args, stack) if args.store is not None else read_events(args.events, problems)
        written = export_events(events, args.to, sys.stdout.buffer if args.stdout else args.out, all_modalities=modalities, added=args.added)
    tell(written)
    return EXIT_PROBLEMS if problems[0] else EXIT_OK


def _stored(args: argparse.Namespace, stack: ExitStack) -> Iterator[Event]:
    from tacitus.store import EventStore
    from tacitus.store.one_a_day import one_a_day

    wanted = event_filter(args)
    events = stack.enter_context(EventStore(args.store, create=False, readonly=True)).events(wanted)
    return one_a_day(events) if args.one_a_day else events


def read_events(sources: list[str], problems: list[int]) -> Iterator[Event]:
    """The events of files and of standard input, in their order; a line that is none is told on standard error and counted in ``problems[0]``."""
    from tacitus.cli.terminal import safe
    from tacitus.errors import SourceError
    from tacitus.exports.read_jsonl import read_jsonl

    def problem(message: str) -> None:
        problems[0] += 1
        print(f"tacitus: {safe(message)}", file=sys.stderr)

    for source in sources:
        if source == STANDARD_INPUT:
            yield from read_jsonl((line.decode("utf-8", "replace") for line in sys.stdin.buffer), "standard input", problem)
            continue
        try:
            with Path(source).open(encoding="utf-8", errors="replace", newline="\n") as stream:
                yield from read_jsonl(stream, source, problem)
        except OSError as e:
            raise SourceError(f"{source}: cannot be read: {e.strerror}") from e


def tell(written: Written) -> None:
    """What was written and what was left out, on standard error."""
    files = f" to {', '.join(map(str, written.files))}" if written.files else ""
    print(f"tacitus: {written.events} event(s) in {written.rows} row(s){files}", file=sys.stderr)
    for reason, count in written.left_out.most_common():
        print(f"tacitus: {count} event(s) left out: {reason}", file=sys.stderr)
