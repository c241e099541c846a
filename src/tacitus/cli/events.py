"""``tacitus events``: the events of a store, chosen and paged."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tacitus.errors import StoreError

if TYPE_CHECKING:
    from tacitus.records import Event
    from tacitus.store import EventFilter

ROWS_ON_A_TERMINAL = 50
"""Events of a table without --limit: a few screens."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    from tacitus.records import MODALITIES

    parser.add_argument("--store", required=True, type=Path, metavar="FILE", help="the event store")
    parser.add_argument("--source", metavar="CODE", help="who acts: an actor code or its beginning (RUS finds RUSGOV)")
    parser.add_argument("--target", metavar="CODE", help="whom: likewise; a reciprocal event is found from both sides")
    parser.add_argument("--root", help="CAMEO root, two digits")
    parser.add_argument("--code", help="CAMEO code, with the narrower ones under it")
    parser.add_argument("--since", metavar="DATE", help="2016, 2016-03 or 2016-03-09")
    parser.add_argument("--until", metavar="DATE", help="likewise, that day, month or year included")
    parser.add_argument("--modality", choices=MODALITIES, help="only these (default: all)")
    parser.add_argument("--quad-class", type=int, choices=(1, 2, 3, 4), help="1, 2 verbal and material cooperation; 3, 4 verbal and material conflict")
    parser.add_argument("--country-place", metavar="CODE", help="where: three letters (ISO 3166-1)")
    parser.add_argument("--text", metavar="WORDS", help='words that the report holds, all of them; "in double quotes" one after the other')
    parser.add_argument("--min-confidence", type=float, metavar="P", help="leave out events of less confidence than this (0 to 1)")
    parser.add_argument("--report", metavar="ID", help="events of this report")
    parser.add_argument("--producer", metavar="NAME", help="tacitus, or whose events were imported")
    parser.add_argument("--newest", action="store_true", help="the latest events first")
    parser.add_argument("--limit", type=_count, metavar="N", help=f"at most so many (default: all; {ROWS_ON_A_TERMINAL} in a table)")
    parser.add_argument("--after", metavar="EVENT_ID", help="go on after this event: the next page")
    parser.add_argument("--format", choices=("table", "jsonl", "csv", "parquet"), help="table on a terminal, jsonl in a pipe unless given")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here instead of to standard output (Parquet needs it or a pipe)")


def run(args: argparse.Namespace) -> int:
    """Write the events that were asked for."""
    from tacitus.store import EventStore

    chosen = args.format or ("table" if args.output is None and sys.stdout.isatty() else "jsonl")
    limit = ROWS_ON_A_TERMINAL if args.limit is None and chosen == "table" else args.limit
    last = _Last(limit)
    with EventStore(args.store, create=False, readonly=True) as store:
        found = last.watch(store.events(_filter(args), limit=limit, after=args.after, newest=args.newest))
        with _output(args.output, binary=chosen == "parquet") as stream:
            _write(chosen, found, stream)
    if chosen == "table" and last.full:
        print(f"tacitus: there may be more: --after {last.event_id}", file=sys.stderr)
    return 0


def _filter(args: argparse.Namespace) -> EventFilter:
    from tacitus.store import EventFilter

    return EventFilter(
        source=args.source,
        target=args.target,
        root=args.root,
        code=args.code,
        since=args.since,
        until=args.until,
        modality=args.modality,
        quad_class=args.quad_class,
        place_country=args.country_place,
        text=args.text,
        min_confidence=args.min_confidence,
        report_id=args.report,
        producer=args.producer,
    )


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
