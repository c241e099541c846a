"""``tacitus import``: other producers' events into a store."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tacitus.errors import SourceError

if TYPE_CHECKING:
    from tacitus.producers import SkippedRow
    from tacitus.records import Event
    from tacitus.store import EventStore, LeftOut
    from tacitus.store.importing import Imported

PRODUCERS = ("gdelt", "icews", "phoenix")
ROWS_TOLD = 20
"""Malformed rows of a file that are told one by one; all of them stand in the ledger (`left_out`)."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("producer", choices=PRODUCERS, help="whose files they are; the events are marked so (`tacitus events --producer gdelt`)")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="event files, zipped, gzipped or plain; one imported before adds nothing")
    parser.add_argument("--store", required=True, type=Path, metavar="FILE", help="the event store; made if it is not there")


def run(args: argparse.Namespace) -> int:
    """Import the files one after the other; exit status 1 if a file or a row could not be read."""
    from tacitus.cli import EXIT_OK, EXIT_PROBLEMS
    from tacitus.cli.terminal import safe
    from tacitus.store import EventStore

    problems = False
    with EventStore(args.store) as store:
        for path in args.files:
            try:
                state = _import(store, path, args.producer)
            except SourceError as e:
                print(f"tacitus: {safe(str(e))}", file=sys.stderr)
                problems = True
                continue
            problems = problems or bool(state.left_out)
    return EXIT_PROBLEMS if problems else EXIT_OK


def _import(store: EventStore, path: Path, producer: str) -> Imported:
    from tacitus.cli.terminal import safe
    from tacitus.store.importing import Imported, import_file

    at = datetime.now(UTC).isoformat(timespec="seconds")
    teller = _Teller()
    state = Imported()
    name, read = str(path.absolute()), partial(_read, path, producer)
    with closing(import_file(store, name, _fingerprint(path), producer, read, at=at, told=teller.tell)) as states:
        for state in states:
            if sys.stderr.isatty():
                print(f"\r{safe(path.name)}: {state.read:,} events", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if state.finished:
        print(f"tacitus: {safe(str(path))}: was imported before, nothing to do", file=sys.stderr)
        return state
    if teller.count > ROWS_TOLD:
        print(f"tacitus: {teller.count - ROWS_TOLD:,} more rows were left out; all stand in the store's table left_out", file=sys.stderr)
    more = "; another process goes on with it" if state.superseded else ""
    print(f"tacitus: {safe(str(path))}: {state.added:,} event(s) added, {state.known:,} known, {state.left_out:,} row(s) left out{more}", file=sys.stderr)
    return state


class _Teller:
    """Tells the first rows that were left out on standard error and counts them all."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, left_out: LeftOut) -> None:
        from tacitus.cli.terminal import safe

        self.count += 1
        if self.count <= ROWS_TOLD:
            print(f"tacitus: {safe(left_out.place)}: {safe(left_out.reason)}", file=sys.stderr)


def _read(path: Path, producer: str, listener: Callable[[LeftOut], None]) -> Iterable[Event]:
    from tacitus.producers import gdelt, icews, phoenix
    from tacitus.store import LeftOut

    def skipped(row: SkippedRow) -> None:
        listener(LeftOut(f"{row.path}:{row.line}" if row.line else row.path, "malformed", row.reason))

    readers: dict[str, Callable[[Path, Callable[[SkippedRow], None]], Iterable[Event]]] = {"gdelt": gdelt.read, "icews": icews.read, "phoenix": phoenix.read}
    return readers[producer](path, skipped)


def _fingerprint(path: Path) -> str:
    """The file's content, so that a file that was completed or corrected later counts as another."""
    try:
        with path.open("rb") as stream:
            return f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
    except OSError as e:
        raise SourceError(f"{path}: cannot be read: {e.strerror}") from e
