"""``tacitus verify``: is a release as it was made?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the release")


def run(args: argparse.Namespace) -> int:
    """Check the release; exit status 1, and what is wrong, where it is not sound."""
    from tacitus.cli import EXIT_OK, EXIT_PROBLEMS
    from tacitus.cli.terminal import safe
    from tacitus.exports.release import verify_release

    found = verify_release(args.folder)
    for problem in found.problems:
        print(f"tacitus: {safe(problem)}", file=sys.stderr)
    if found.problems:
        return EXIT_PROBLEMS
    print(f"sound: {found.files} files, {found.events:,} events")
    return EXIT_OK
