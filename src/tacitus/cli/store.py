"""``tacitus store``: look after a store."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tacitus.cli import EXIT_OK, EXIT_PROBLEMS

if TYPE_CHECKING:
    from tacitus.store import EventStore


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    tasks = parser.add_subparsers(dest="task", required=True, metavar="check|compact|stats|backup")
    for name, text in (
        ("check", "is the store sound? Status 1, and what is wrong, where it is not"),
        ("compact", "make the file as small and as quick as it can be (takes as much room again meanwhile)"),
        ("stats", "how much of everything there is"),
        ("backup", "copy the store as it is at one moment, while others write"),
    ):
        task = tasks.add_parser(name, help=text, description=text)
        task.add_argument("file", type=Path, metavar="FILE", help="the event store")
        if name == "backup":
            task.add_argument("target", type=Path, metavar="TARGET", help="the copy; must not be there yet")
        if name == "stats":
            task.add_argument("--format", choices=("text", "json"), help="text on a terminal, json in a pipe unless given")


def run(args: argparse.Namespace) -> int:
    """Do one of the tasks."""
    from tacitus.store import EventStore

    with EventStore(args.file, create=False, readonly=args.task in {"stats", "backup"}) as store:
        return {"check": _check, "compact": _compact, "stats": _stats, "backup": _backup}[args.task](store, args)


def _check(store: EventStore, _: argparse.Namespace) -> int:
    from tacitus.cli.terminal import safe

    problems = store.check()
    for problem in problems:
        print(f"tacitus: {safe(problem)}", file=sys.stderr)
    if problems:
        return EXIT_PROBLEMS
    print("sound")
    return EXIT_OK


def _compact(store: EventStore, args: argparse.Namespace) -> int:
    before = args.file.stat().st_size
    store.compact()
    print(f"{before:,} bytes before, {args.file.stat().st_size:,} after")
    return EXIT_OK


def _stats(store: EventStore, args: argparse.Namespace) -> int:
    figures = store.stats()
    if (args.format or ("text" if sys.stdout.isatty() else "json")) == "json":
        print(json.dumps(figures, ensure_ascii=False))
    else:
        print(figures_text(figures))
    return EXIT_OK


def figures_text(figures: dict[str, Any]) -> str:
    """The figures a line each, those of a group under it."""
    from tacitus.cli.terminal import safe

    lines = []
    for name, value in figures.items():
        if isinstance(value, dict):
            lines += [name.replace("_", " ") + ":", *(f"  {safe(str(key)):28} {number:>14,}" for key, number in value.items())]
        else:
            lines.append(f"{name.replace('_', ' '):30} {value if not isinstance(value, int) else f'{value:,}':>14}" if value is not None else f"{name} –")
    return "\n".join(lines)


def _backup(store: EventStore, args: argparse.Namespace) -> int:
    store.backup(args.target)
    print(f"{args.target}: {args.target.stat().st_size:,} bytes")
    return EXIT_OK
