"""The user's own actors on the command line: ``--actors FILE``, ``--project FILE``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tacitus.actors.own import OwnActors
    from tacitus.pipeline import Coder


def add_actor_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that asks who is who."""
    text = "your own actors, which beat the shipped ones: a CSV with name,code,… or a PETRARCH or TABARI dictionary; repeatable (docs/actors.md)"
    parser.add_argument("--actors", action="append", default=[], metavar="FILE", help=text)
    parser.add_argument("--project", type=Path, metavar="FILE", help="the project file (default: tacitus.toml in the working folder, if there is one)")


def own_actors(args: argparse.Namespace) -> OwnActors:
    """The actors of ``--actors`` and, after them, of the project file, whose other keys become defaults of the command's options. Lines that were not
    understood are counted on standard error.

    Raises:
        ActorsError: a file cannot be used.
    """
    from tacitus.actors.own import PASSED_OVER, read_own
    from tacitus.cli.project import read_project
    from tacitus.cli.terminal import safe

    project = read_project(args.project)
    for option in ("published", "min_confidence"):
        if getattr(args, option, "") is None:
            setattr(args, option, getattr(project, option))
    own = read_own([*args.actors, *project.actors])
    for file, count in Counter(p.file for p in own.problems if p.level == PASSED_OVER).items():
        print(f"tacitus: {safe(file)}: {count} line(s) passed over: `tacitus actors check` lists them", file=sys.stderr)
    return own


def make_coder(own: OwnActors) -> Coder:
    """A coder for a process of an ingest: on one thread, there is a process for each core."""
    from tacitus.pipeline import Coder

    return Coder(threads=1, actors=own)
