"""What the commands share: reading sources with their options, and telling on standard error what was skipped."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tacitus.articles import ProblemLog, ReadOptions
    from tacitus.records import Report


def iso_date(value: str) -> str:
    """An ISO date, for argparse."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is no date: write it 2016-09-25") from None


def add_source_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that reads reports."""
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file, folder, glob or URL; - for standard input")
    parser.add_argument("--published", type=iso_date, metavar="DATE", help="the reports' date where they carry none themselves")
    parser.add_argument("--allow-private", action="store_true", help="fetch URLs on private and loopback addresses too")
    parser.add_argument("--any-language", action="store_true", help="code what is not English too (the model knows English only)")


def read_options(args: argparse.Namespace) -> ReadOptions:
    """The options as the articles room takes them."""
    from tacitus.articles import ReadOptions

    return ReadOptions(allow_private=args.allow_private, languages=None if args.any_language else frozenset({"en"}))


def dated(reports: Iterable[Report], published: str | None) -> Iterator[Report]:
    """Reports with a date where they have none."""
    for report in reports:
        yield replace(report, published=published) if published and not report.published else report


def tell_problems(problems: ProblemLog, coded: int) -> int:
    """Problems on standard error, one a line, and the sum of it; the exit status."""
    from tacitus.cli import EXIT_OK, EXIT_PROBLEMS
    from tacitus.cli.terminal import safe

    for problem in problems:
        print(f"tacitus: {safe(str(problem))}", file=sys.stderr)
    if problems and coded:
        print(f"tacitus: {coded} report(s) read, {len(problems)} problem(s)", file=sys.stderr)
    return EXIT_PROBLEMS if problems else EXIT_OK
