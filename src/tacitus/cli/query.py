"""``tacitus query``: SQL on a store, reading only."""

from __future__ import annotations

import argparse
import sys
import time
from itertools import islice
from pathlib import Path

SECONDS = 10.0
"""Time of a query unless --seconds says otherwise: indexed questions take milliseconds, a full pass over a million events a few seconds."""
ROWS_ON_A_TERMINAL = 200
"""Rows of a table without --limit."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("sql", metavar="SQL", help="one SELECT; start with the views events_flat (a row a source-target pair) and reports_flat; - for stdin")
    parser.add_argument("--store", required=True, type=Path, metavar="FILE", help="the event store")
    parser.add_argument("--limit", type=int, metavar="N", help=f"at most so many rows (default: all; {ROWS_ON_A_TERMINAL} in a table)")
    parser.add_argument("--seconds", type=float, default=SECONDS, metavar="S", help=f"stop after this time (default: {SECONDS:g})")
    parser.add_argument("--format", choices=("table", "jsonl", "csv"), help="table on a terminal, jsonl in a pipe unless given")


def run(args: argparse.Namespace) -> int:
    """Run the query and write its rows."""
    from tacitus.cli.rows import print_rows, write_csv_rows, write_json_rows
    from tacitus.store import query

    chosen = args.format or ("table" if sys.stdout.isatty() else "jsonl")
    limit = ROWS_ON_A_TERMINAL if args.limit is None and chosen == "table" else args.limit
    end = time.monotonic() + args.seconds
    sql = sys.stdin.read() if args.sql == "-" else args.sql
    with query(args.store, sql, expired=lambda: time.monotonic() > end) as result:
        rows = result.rows if limit is None else islice(result.rows, max(0, limit))
        {"table": print_rows, "jsonl": write_json_rows, "csv": write_csv_rows}[chosen](result.columns, rows, sys.stdout)
        if chosen == "table" and next(result.rows, None) is not None:
            print(f"tacitus: only the first {limit} rows are shown: --limit N shows more", file=sys.stderr)
    return 0
