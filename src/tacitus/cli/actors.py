"""``tacitus actors``: who is who, and what is missing."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tacitus.cli.own import add_actor_options, own_actors
from tacitus.cli.sources import iso_date, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tacitus.actors.lookup import Lookup
    from tacitus.actors.own import ActorsFile, Problem
    from tacitus.actors.unresolved import Unresolved
    from tacitus.cli.rows import Cell
    from tacitus.records import Event

ROWS_ON_A_TERMINAL = 50
"""Unresolved names of a table without --limit: a few screens."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The tasks and their options."""
    tasks = parser.add_subparsers(dest="task", required=True, metavar="lookup|check|unresolved")
    add_lookup(tasks.add_parser("lookup", help="every entry of a name, and which of them holds on a day; a surname will do"))
    check = tasks.add_parser("check", help="is a file of actors sound? Status 1, and what is wrong in which line, where it is not")
    check.add_argument("files", nargs="+", metavar="FILE", help="a CSV with name,code,… or a PETRARCH or TABARI dictionary of actors, agents or verbs")
    check.add_argument("--format", choices=("text", "jsonl"), help="text on a terminal, jsonl in a pipe unless given")
    unresolved = tasks.add_parser("unresolved", help="names in events that no gazetteer knows, the most frequent first, with a suggested code")
    unresolved.add_argument("events", metavar="STORE_OR_EVENTS", help="an event store, or event records as JSON Lines; - for standard input")
    unresolved.add_argument("--limit", type=whole_number, metavar="N", help=f"at most so many names (default: all; {ROWS_ON_A_TERMINAL} in a table)")
    unresolved.add_argument("--format", choices=("table", "jsonl", "csv"), help="csv is ready for --actors; table on a terminal, jsonl in a pipe unless given")
    add_actor_options(unresolved)


def add_lookup(parser: argparse.ArgumentParser) -> None:
    """The options of ``lookup``."""
    parser.add_argument("name", metavar="NAME", help="a name as a report writes it, or a surname")
    parser.add_argument("--on", type=iso_date, metavar="DATE", help="which entries hold on this day")
    parser.add_argument("--format", choices=("table", "jsonl", "csv"), help="table on a terminal, jsonl in a pipe unless given")
    add_actor_options(parser)


def run(args: argparse.Namespace) -> int:
    """Do one of the tasks."""
    return {"lookup": _lookup, "check": _check, "unresolved": _unresolved}[args.task](args)


# --- lookup -----------------------------------------------------------------------------------------------------------------------------


def _lookup(args: argparse.Namespace) -> int:
    """Exit status 1 where there is no such name."""
    from tacitus.actors.lookup import lookup
    from tacitus.cli import EXIT_OK, EXIT_PROBLEMS
    from tacitus.places import Gazetteer as PlaceGazetteer

    found = lookup(args.name, own_actors(args).gazetteer(), args.on, PlaceGazetteer().country_of)
    columns, rows = _looked_up(found)
    if found.found:
        _write(args.format, columns, rows)
    _tell(args.name, found)
    return EXIT_OK if found.found else EXIT_PROBLEMS


def _looked_up(found: Lookup) -> tuple[Sequence[str], Iterator[Sequence[Cell]]]:
    columns = ("name", "code", "kind", "office", "from", "to", "holds", "by", "said in")
    return columns, (
        (e.name, e.code, e.kind, e.office, e.start, e.end, "yes" if f.holds else "no", "surname" if f.by_surname else "name", e.origin)
        for f in found.found
        for e in (f.entry,)
    )


def _tell(name: str, found: Lookup) -> None:
    """On standard error: how the coder takes the name alone, and names that are like one that is not there."""
    from tacitus.cli.terminal import safe

    answer = found.resolution
    if not found.found:
        print(f"tacitus: no gazetteer has {safe(name)!r}" + (f"; like it: {safe(', '.join(found.suggestions))}" if found.suggestions else ""), file=sys.stderr)
    if answer.code:
        print(f"tacitus: alone, the coder takes it for {answer.code}: {safe('; '.join(answer.why))}", file=sys.stderr)


# --- check ------------------------------------------------------------------------------------------------------------------------------


def _check(args: argparse.Namespace) -> int:
    """Exit status 1 where there is more than notes."""
    from tacitus.actors.own import ERROR, NOTE, ActorsFile, Problem, read_file
    from tacitus.actors.own.check import check
    from tacitus.cli import EXIT_OK, EXIT_PROBLEMS
    from tacitus.errors import ActorsError

    sound = True
    for path in args.files:
        try:
            file = read_file(path)
            problems = check(file)
        except ActorsError as e:
            file = ActorsFile(path, "unreadable")
            problems = [Problem(path, 0, str(e).removeprefix(f"{path}: "), ERROR)]
        _show(file, problems, args.format or ("text" if sys.stdout.isatty() else "jsonl"))
        sound = sound and all(p.level == NOTE for p in problems)
    return EXIT_OK if sound else EXIT_PROBLEMS


def _show(file: ActorsFile, problems: list[Problem], form: str) -> None:
    from tacitus.actors.own import ERROR, NOTE, OVERLAP, PASSED_OVER
    from tacitus.cli.terminal import safe

    for p in problems:
        if form == "jsonl":
            print(json.dumps({"file": p.file, "line": p.line, "level": p.level, "message": p.message}, ensure_ascii=False))
        else:
            print(safe(f"{p.file}:{p.line}: {p.level}: {p.message}" if p.line else f"{p.file}: {p.level}: {p.message}"))
    levels = {level: sum(p.level == level for p in problems) for level in (ERROR, PASSED_OVER, OVERLAP, NOTE)}
    wrong = ", ".join(f"{count} {level}{'s' if level != PASSED_OVER and count > 1 else ''}" for level, count in levels.items() if count)
    print(safe(f"tacitus: {file.path}: {file.format}, {_holdings(file)}; {wrong or 'nothing to say against it'}"), file=sys.stderr)


def _holdings(file: ActorsFile) -> str:
    if file.verbs:
        coded = sum(verb.code is not None for verb in file.verbs.verbs)
        return f"{len(file.verbs.verbs)} verb(s), {coded} with a code, {len(file.verbs.patterns)} pattern(s), {len(file.verbs.sets)} set(s)"
    return f"{len(dict.fromkeys(e for _, e in file.entries))} row(s) with {len(dict.fromkeys(name for name, _ in file.entries))} name(s)"


# --- unresolved -------------------------------------------------------------------------------------------------------------------------


def _unresolved(args: argparse.Namespace) -> int:
    from tacitus.actors.unresolved import describe, to_read, unresolved
    from tacitus.cli import EXIT_OK, EXIT_PROBLEMS
    from tacitus.places import Gazetteer as PlaceGazetteer

    gazetteer, places = own_actors(args).gazetteer(), PlaceGazetteer()
    form = args.format or ("table" if sys.stdout.isatty() else "jsonl")
    limit = ROWS_ON_A_TERMINAL if args.limit is None and form == "table" else args.limit
    problems = [0]

    def is_place(name: str) -> bool:
        return places.locate(name) is not None

    if is_store(args.events):
        from tacitus.store import EventStore

        with EventStore(args.events, create=False, readonly=True) as store:
            names = unresolved(store.events(), gazetteer, is_place)[:limit]
            describe(names, store.reports(to_read(names)), gazetteer, places.country_of)
    else:
        names = unresolved(_read(args.events, problems), gazetteer, is_place)[:limit]
    if form == "csv":
        from tacitus.actors.own.table import COLUMNS

        _write(form, COLUMNS, ((n.name, n.code, "", "", "", n.kind, "", _note(n)) for n in names))
    else:
        from tacitus.actors.unresolved import EXAMPLES

        columns = ("name", "events", "reports", "code", "kind", "why", "examples")
        _write(form, columns, ((n.name, len(n.event_ids), len(n.reports), n.code, n.kind, n.why, " ".join(n.event_ids[:EXAMPLES])) for n in names))
    return EXIT_PROBLEMS if problems[0] else EXIT_OK


def is_store(path: str) -> bool:
    """Whether a path is a SQLite file."""
    try:
        with Path(path).open("rb") as stream:
            return stream.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _read(path: str, problems: list[int]) -> Iterator[Event]:
    from tacitus.cli.export import read_events

    return read_events([path], problems)


def _note(n: Unresolved) -> str:
    return f"{len(n.event_ids)} event(s), like {n.event_ids[0]}; {n.why}" if n.why else f"{len(n.event_ids)} event(s), like {n.event_ids[0]}"


def _write(form: str | None, columns: Sequence[str], rows: Iterator[Sequence[Cell]]) -> None:
    from tacitus.cli.rows import print_rows, write_csv_rows, write_json_rows

    chosen = form or ("table" if sys.stdout.isatty() else "jsonl")
    {"table": print_rows, "jsonl": write_json_rows, "csv": write_csv_rows}[chosen](columns, rows, sys.stdout)
