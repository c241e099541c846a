"""``tacitus label``: a report in, a labelled record out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tacitus.cli.own import add_actor_options, own_actors
from tacitus.cli.sources import add_source_options, dated, exit_status, problem_log, read_options


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add_source_options(parser)
    add_actor_options(parser)
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="write one file a report here, named by the report's id")


def run(args: argparse.Namespace) -> int:
    """Label the sources: a record to standard output, or to a folder where there are several."""
    from tacitus.articles import read_sources, write_labelled
    from tacitus.errors import SourceError, TacitusError
    from tacitus.pipeline import Coder, main_code

    own = own_actors(args)
    problems = problem_log()
    reports = dated(read_sources(args.sources, options=read_options(args), problems=problems), args.published)
    count = unlabelled = 0
    if args.output:
        args.output.mkdir(parents=True, exist_ok=True)
    for report, events in Coder(actors=own).code_many(reports):
        code = main_code(events)
        if code is None:
            unlabelled += 1
            print(f"tacitus: {report.id}: no event in it, so no label", file=sys.stderr)
            continue
        try:
            record = write_labelled(report, code)
        except TacitusError as e:
            problems.record(report.id, e)
            continue
        count += 1
        if args.output:
            safe_name = "".join(c if c.isalnum() or c in "-_" else "_" for c in report.id)[:100]
            (args.output / f"{safe_name}.txt").write_text(record, encoding="utf-8")
        elif count > 1:
            raise SourceError("several reports make several records: name a folder for them with --output FOLDER")
        else:
            sys.stdout.write(record)
    return exit_status(problems) or int(unlabelled > 0)
