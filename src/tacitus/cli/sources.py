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


def whole_number(value: str) -> int:
    """A number from 0 up, for argparse."""
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"{value!r} is no number: write 0 or more")
    return int(value)


def add_source_options(parser: argparse.ArgumentParser, optional: bool = False) -> None:
    """The options of every command that reads reports; ``optional`` where it has something to do without them."""
    parser.add_argument("sources", nargs="*" if optional else "+", metavar="SOURCE", help="a file, folder, glob or URL; - for standard input")
    parser.add_argument("--published", type=iso_date, metavar="DATE", help="the reports' date where they carry none themselves")
    parser.add_argument("--allow-private", action="store_true", help="fetch URLs on private and loopback addresses too")
    parser.add_argument("--any-language", action="store_true", help="code what is not English too (the model knows English only)")


def read_options(args: argparse.Namespace) -> ReadOptions:
    """The options as the articles room takes them."""
    from tacitus.articles import FetchOptions, ReadOptions

    return ReadOptions(languages=None if args.any_language else frozenset({"en"}), fetch=FetchOptions(allow_private=args.allow_private))


def dated(reports: Iterable[Report], published: str | None) -> Iterator[Report]:
    """Reports with a date where they have none."""
    for report in reports:
        yield replace(report, published=published) if published and not report.published else report


def problem_log() -> ProblemLog:
    """A problem log that tells each problem on standard error as it comes."""
    from tacitus.articles import ProblemLog
    from tacitus.cli.terminal import safe

    return ProblemLog(listener=lambda problem: print(f"tacitus: {safe(problem.message)}", file=sys.stderr))


def exit_status(problems: ProblemLog) -> int:
    """0 where all was read; 1, and the sum of it on standard error, where something was not."""
    from tacitus.cli import EXIT_OK, EXIT_PROBLEMS

    if not problems.total:
        return EXIT_OK
    kinds = ", ".join(f"{count} {kind}" for kind, count in problems.counts.most_common())
    print(f"tacitus: {problems.reports} report(s) read, {problems.total} left out ({kinds})", file=sys.stderr)
    return EXIT_PROBLEMS
