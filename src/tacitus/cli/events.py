"""``tacitus events``: the events of a store, chosen and paged."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tacitus.cli.filters import add_filter_options, event_filter
from tacitus.errors import StoreError

if TYPE_CHECKING:
    from tacitus.records import Event

ROWS_ON_A_TERMINAL = 50
"""Events of a table without --limit: a few screens."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--store", required=True, type=Path, metavar="FILE", help="the event store")
    add_filter_options(parser)
    parser.add_argument("--one-a-day", action="store_true", help="of each day, source, target and code only one event, as other producers do")
    parser.add_argument("--newest", action="store_true", help="the latest events first")
    parser.add_argument("--limit", type=_count, metavar="N", help=f"at most so many (default: all; {ROWS_ON_A_TERMINAL} in a table)")
    parser.add_argument("--after", metavar="EVENT_ID", help="go on after this event: the next page")
    parser.add_argument("--format", choices=("table", "jsonl", "csv", "parquet"), help="table on a terminal, jsonl in a pipe unless given")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here instead of to standard output (Parquet needs it or a pipe)")


def run(args: argparse.Namespace) -> int:
    """Write the events that were asked for."""
    from tacitus.store import EventStore
    from tacitus.store.one_a_day import one_a_day

    chosen = args.format or ("table" if args.output is None and sys.stdout.isatty() else "jsonl")
    limit = ROWS_ON_A_TERMINAL if args.limit is None and chosen == "table" else args.limit
    last = _Last(limit)
    with EventStore(args.store, create=False, readonly=True) as store:
        events = store.events(event_filter(args), limit=None if args.one_a_day else limit, after=args.after, newest=args.newest)
        found = last.watch(islice(one_a_day(events), limit) if args.one_a_day else events)
        with _output(args.output, binary=chosen == "parquet") as stream:
            _write(chosen, found, stream)
    if chosen == "table" and last.full:
        print(f"tacitus: there may be more: --after {last.event_id}", file=sys.stderr)
    return 0


def _count(value: str) -> int:
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"{value!r} is no number of events: write 0 or more")
    return int(value)


class _Last:
    """The id of the last event that passed, and whether as many passed as were asked for."""

    def __init__(self, limit: int | None) -> None:
        self.limit, self.count, self.event_id = limit, 0, ""

    @property
    def full(self) -> bool:
        return bool(self.count) and self.count == self.limit

    def watch(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            self.count += 1
            self.event_id = event.event_id
            yield event


def _output(path: Path | None, binary: bool) -> Any:
    if path is not None:
        try:
            return path.open("wb") if binary else path.open("w", encoding="utf-8", newline="")
        except OSError as e:
            raise StoreError(f"{path}: it cannot be written: {e.strerror}") from e
    return nullcontext(sys.stdout.buffer if binary else sys.stdout)


def _write(kind: str, events: Iterable[Event], stream: Any) -> None:
    from tacitus import exports

    writers: dict[str, Callable[[Iterable[Event], Any], Any]] = {
        "table": _table,
        "jsonl": exports.write_jsonl,
        "csv": exports.write_csv,
        "parquet": exports.write_parquet,
    }
    writers[kind](events, stream)


def _table(events: Iterable[Event], stream: Any) -> None:
    from tacitus.cli.rows import print_rows
    from tacitus.cli.terminal import actor_label

    print_rows(
        ("date", "source", "code", "event", "target", "place", "p", "trigger", "report", "id"),
        (
            (
                e.event_date,
                actor_label(e.source),
                e.code,
                e.name + (" ↔" if e.reciprocal else "") + ("" if e.modality == "actual" else f" ({e.modality})"),
                actor_label(e.target),
                (e.place.name or e.place.text) if e.place else None,
                f"{e.confidence:.2f}",
                e.trigger.text,
                e.title or e.url or e.report_id,
                e.event_id,
            )
            for e in events
        ),
        stream,
    )
