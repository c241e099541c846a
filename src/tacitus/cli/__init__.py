"""The command line: one file a command, each a thin layer that parses, calls and prints. Heavy modules load only when a command runs."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from keyword import iskeyword

from tacitus._version import __version__

COMMANDS = {
    "code": "code reports: events as a table, JSON Lines, CSV or Parquet",
    "ingest": "bring reports into a store, coded: files, folders, archives, lists of URLs; resumable, each report once",
    "explain": "show how a text was read: triggers, arguments, codes, and why each actor got its code",
    "label": "write a report as a labelled record: URL, code, root, text",
    "actors": "who is who: look a name up, check files of your own actors, list the names that no gazetteer knows",
    "export": "write event records in the formats of GDELT, ICEWS, POLECAT, Phoenix, PETRARCH2, ACLED, PLOVER, or as CSV or Parquet",
    "evaluate": "score the coder against gold reports",
    "events": "the events of a store, chosen by dyad, code, date, place, words",
    "query": "ask a store in SQL, reading only, for a limited time",
    "release": "a frozen, citable data set from a store: Parquet, CSV, data package, codebook, checksums",
    "verify": "is a release as it was made?",
    "import": "other producers' events into a store: GDELT, ICEWS, Phoenix",
    "stories": "group the events of a store that tell one event, and list the biggest stories",
    "store": "look after a store: check, compact, stats, backup",
}
EXIT_OK, EXIT_PROBLEMS, EXIT_USAGE, EXIT_INTERRUPTED, EXIT_PIPE = 0, 1, 2, 130, 141


def parser() -> argparse.ArgumentParser:
    """The whole command line; a command's own options are added only when it is called."""
    top = argparse.ArgumentParser(
        prog="tacitus",
        description="Event data from the news: who did what to whom, when, where, and on whose word, coded in CAMEO and PLOVER.",
        epilog="Commands: " + "; ".join(f"{name}: {text}" for name, text in COMMANDS.items()) + ". `tacitus COMMAND --help` tells a command's options.",
    )
    top.add_argument("--version", action="version", version=f"tacitus {__version__}")
    top.add_argument("command", choices=COMMANDS, metavar="COMMAND", help=" | ".join(COMMANDS))
    top.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 done with problems or failed, 2 wrong usage."""
    args = parser().parse_args(argv)
    from tacitus.errors import TacitusError

    module = import_module(f"tacitus.cli.{args.command}{'_' * iskeyword(args.command)}")
    own = argparse.ArgumentParser(prog=f"tacitus {args.command}", description=COMMANDS[args.command].capitalize() + ".")
    module.add_options(own)
    try:
        return int(module.run(own.parse_args(args.rest)))
    except TacitusError as e:
        print(f"tacitus: {e}", file=sys.stderr)
        return EXIT_PROBLEMS
    except KeyboardInterrupt:
        print("tacitus: interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_PIPE
