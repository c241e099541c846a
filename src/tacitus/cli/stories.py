"""``tacitus stories``: group the events of a store to stories, and list the biggest."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tacitus.cli.sources import iso_date

if TYPE_CHECKING:
    from tacitus.store.stories import Story

LISTED = 20
"""Stories listed unless told: a screen."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--store", required=True, type=Path, metavar="FILE", help="the event store")
    parser.add_argument("--since", type=iso_date, metavar="DATE", help="group only events of reports published since, list only stories last seen since")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--rebuild", action="store_true", help="forget all stories first and group everything anew (after another version of the coder)")
    what.add_argument("--undo", action="store_true", help="forget all stories; no event or report is lost")
    what.add_argument("--list-only", action="store_true", help="list what is grouped already, change nothing")
    parser.add_argument("--limit", type=_count, default=LISTED, metavar="N", help=f"stories listed (default {LISTED})")
    parser.add_argument("--format", choices=("table", "jsonl"), help="table on a terminal, jsonl in a pipe unless given")


def run(args: argparse.Namespace) -> int:
    """Group what is new (or undo), then list."""
    from tacitus.store import EventStore
    from tacitus.store.stories import biggest, group, undo

    with EventStore(args.store, create=False, readonly=args.list_only) as store:
        if args.undo:
            undo(store)
            print("tacitus: all stories are forgotten; events and reports are as they were", file=sys.stderr)
            return 0
        if args.rebuild:
            undo(store)
        if not args.list_only:
            done = group(store, args.since)
            print(
                f"tacitus: {done.events} events of {done.reports} reports looked at: {done.stories} stories of several reports, "
                f"{done.single} of one, {done.copies} copies",
                file=sys.stderr,
            )
        chosen = args.format or ("table" if sys.stdout.isatty() else "jsonl")
        (_table if chosen == "table" else _json_lines)(biggest(store, args.limit, args.since), sys.stdout)
    return 0


def _count(value: str) -> int:
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"{value!r} is no number of stories: write 0 or more")
    return int(value)


def _json_lines(stories: Iterable[Story], stream: Any) -> None:
    for y in stories:
        numbers = {"events": y.events, "mentions": y.mentions, "reports": y.reports, "copies": y.copies, "sources": y.sources}
        record = {"story_id": y.id, "first_seen": y.first_seen, "last_seen": y.last_seen, **numbers, "main": y.main.to_dict()}
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def _table(stories: Iterable[Story], stream: Any) -> None:
    from tacitus.cli.rows import print_rows
    from tacitus.cli.terminal import actor_label

    print_rows(
        ("headline", "first seen", "last seen", "sources", "reports", "copies", "mentions", "main event"),
        (
            (
                y.main.title or y.main.url or y.main.report_id,
                (y.first_seen or "")[:10] or None,
                (y.last_seen or "")[:10] or None,
                y.sources,
                y.reports,
                y.copies,
                y.mentions,
                f"{actor_label(y.main.source)} {y.main.code} {y.main.name} {actor_label(y.main.target)}",
            )
            for y in stories
        ),
        stream,
    )
