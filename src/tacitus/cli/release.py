"""``tacitus release``: a frozen, citable data set from a store."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the release shall stand; must not be there, or be empty")
    parser.add_argument("--store", required=True, type=Path, metavar="FILE", help="the event store")
    parser.add_argument("--version", required=True, metavar="VERSION", help="the release's version, such as 2026.11")
    parser.add_argument("--title", help='the data set\'s name (default: "Tacitus event data")')
    parser.add_argument("--author", action="append", metavar="NAME", help='who is cited: "Family, Given", or an institution; more than one with more options')
    parser.add_argument("--license", metavar="ID", help="SPDX id of the licence (default: CC-BY-4.0)")
    parser.add_argument("--date", metavar="DATE", help="date of the release (default: that of its newest report)")
    parser.add_argument("--since", metavar="DATE", help="events from 2016, 2016-03 or 2016-03-09 on")
    parser.add_argument("--until", metavar="DATE", help="likewise, that day, month or year included")
    parser.add_argument("--all-modalities", action="store_true", help="planned, hypothetical and negated events too")
    parser.add_argument("--producer", metavar="NAME", help="imported events of this producer instead of those coded here; mind its licence")


def run(args: argparse.Namespace) -> int:
    """Make the release."""
    from tacitus.exports.release import Settings, make_release

    given = {name: getattr(args, name) for name in ("title", "license", "date", "producer") if getattr(args, name) is not None}
    settings = Settings(
        args.version, since=args.since, until=args.until, all_modalities=args.all_modalities, authors=tuple(args.author or ()), **given
    )
    released = make_release(args.store, args.folder, settings)
    print(f"{args.folder}: {released.events:,} events, {released.pairs:,} pairs, {released.reports:,} reports, released {released.date}")
    if released.other_producers:
        print(f"tacitus: {released.other_producers:,} events of other producers are not in it", file=sys.stderr)
    return 0
