"""The process that touches hostile documents: it opens, unpacks and parses them under limits, and tells what it finds in JSON.

It is told what to read, and answers with messages, each a JSON object:

- ``ready``: it is up;
- ``begin``, ``after``, ``url``: a document was found: its place, the position after it, its URL if it would be fetched (the answer is awaited then);
- ``report`` or ``left_out``: what the document held, any number of them;
- ``end``: the document is done;
- ``rest`` (kind, reason): what follows cannot be read; ``failed`` (reason): the disk gave an error; ``done``: there is no more;
- ``fetched``: a URL's content is in the file that was asked for.

JSON because whoever takes over this process must not take over the one that reads its answers.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar, cast

from tacitus.articles.archives import Archive, Entry
from tacitus.articles.archives.opening import open_archive
from tacitus.articles.options import ReadOptions
from tacitus.articles.problems import kind_of
from tacitus.articles.sources import unreadable
from tacitus.articles.text import shown
from tacitus.errors import TacitusError
from tacitus.ingest.limits import Limits, held_to, hold_memory, memory_used
from tacitus.records import Report

OUT_OF_MEMORY, GROWN = 71, 72
"""Exit statuses: a document needed more memory than allowed (os.EX_OSERR's neighbours, used by nothing else); the process grew and wants a successor."""
GROWN_SHARE = 0.5
"""How much of its memory a process may hold between two documents: parsers cache and fragment, and the next document must have its share."""
T = TypeVar("T")
REASON_LENGTH = 300
"""Characters of a parser's own message that are passed on."""


def serve(connection: Connection, options: ReadOptions, limits: Limits) -> None:
    """Take orders until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other side decides when to stop
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process; whoever started us may have ignored it
    _be_silent()
    import_module("tacitus.ingest.preloaded")
    hold_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):
        _Reading(connection, options, limits).serve()


def _be_silent() -> None:
    """Parsers in C print when they die; what there is to say is said by the other side."""
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


class _Reading:
    """One side of the conversation."""

    def __init__(self, connection: Connection, options: ReadOptions, limits: Limits) -> None:
        self._connection, self._options, self._limits = connection, options, limits
        self._most = memory_used() + limits.memory * GROWN_SHARE

    def serve(self) -> None:
        self._say(ready=True)
        while True:
            order = self._hear()
            if "fetch" in order:
                self._fetch(order["fetch"], Path(order["to"]))
            else:
                self._read(order)

    def _say(self, **message: Any) -> None:
        self._connection.send_bytes(json.dumps(message).encode("ascii"))

    def _hear(self) -> dict[str, Any]:
        return cast("dict[str, Any]", json.loads(self._connection.recv_bytes()))

    def _fetch(self, url: str, to: Path) -> None:
        from tacitus.articles.fetch import fetch

        try:
            got = fetch(url, self._options.fetch)
            to.write_bytes(got.content)
            self._say(fetched=[got.url, got.suffix, got.charset])
        except TacitusError as error:
            self._say(rest=[kind_of(error), str(error)])

    def _read(self, order: dict[str, Any]) -> None:
        """All documents of a file from a position on."""
        name = str(order["name"])
        try:
            with Path(os.fsdecode(bytes.fromhex(order["path"]))).open("rb") as raw:
                outside = {key: order[key] for key in ("file_name", "url", "charset", "named")}
                with held_to(self._limits.seconds):
                    archive = open_archive(raw, name, self._options, **outside)
                self._tell_entries(archive, order)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except TacitusError as error:
            self._say(rest=[kind_of(error), str(error)])
        except BrokenPipeError:
            raise
        except OSError as error:
            self._say(failed=str(unreadable(name, error)))
        except Exception as error:  # whatever a damaged archive does to its reader
            self._say(rest=["damaged", _unexpected(name, error)])
        else:
            self._say(done=True)

    def _tell_entries(self, archive: Archive, order: dict[str, Any]) -> None:
        position: str | None = order["position"]
        if order["beyond"]:
            with held_to(self._limits.seconds):
                position = archive.beyond(position)
            if position is None:
                return
            self._say(begin="", after=position, url=None)
            self._say(end=True)
        entries = archive.entries(position)
        told = int(order["told"])
        while (entry := self._next(entries)) is not None:
            self._say(begin=entry.place, after=entry.after, url=entry.url)
            if entry.url is None or self._hear()["wanted"]:
                self._tell(entry, told)
            self._say(end=True)
            told = 0
            if memory_used() > self._most:
                os._exit(GROWN)

    def _tell(self, entry: Entry, told: int) -> None:
        """What a document holds, but the first ``told`` of it."""
        items = _items(entry)
        number = 0
        while (item := self._next(items, self._options.fetch.total_seconds if entry.url else 0.0)) is not None:
            number += 1
            if number > told:
                if isinstance(item, Report):
                    self._say(report={**item.to_dict(), "label": item.label})
                else:
                    self._say(left_out=[kind_of(item), str(item)] if isinstance(item, TacitusError) else ["damaged", item])

    def _next(self, items: Iterator[T], more_seconds: float = 0.0) -> T | None:
        with held_to(self._limits.seconds + more_seconds):
            return next(items, None)


def _items(entry: Entry) -> Iterator[Report | TacitusError | str]:
    try:
        yield from entry.read()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except TacitusError as error:
        yield error
    except Exception as error:  # whatever a hostile document does to a parser, the next one is read
        yield _unexpected(entry.place, error)


def _unexpected(place: str, error: Exception) -> str:
    return f"{place}: it cannot be read ({type(error).__name__}: {shown(str(error))[:REASON_LENGTH]}); look at it, or leave it out"
