"""The process that codes: reports in, events out, batch by batch."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Protocol

from tacitus.errors import TacitusError
from tacitus.records import Event, Report


class BatchCoder(Protocol):
    """What codes: ``tacitus.Coder``, or a stand-in."""

    @property
    def version(self) -> str:
        """As it stands on its events."""

    def code_many(self, reports: Iterable[Report], /) -> Iterator[tuple[Report, list[Event]]]:
        """Each report with its events, in order."""


MakeCoder = Callable[[], BatchCoder]
"""Makes a coder in the process where it works; a function or class that can be imported there."""


def shipped_coder() -> BatchCoder:
    """The coder with the shipped model, on one thread: there is a process for each core."""
    from tacitus.pipeline import Coder

    return Coder(threads=1)


def serve(connection: Connection, make: MakeCoder) -> None:
    """Tell the version, then code what is sent until the other side is gone. What cannot be coded is answered with the error's text."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        try:
            coder = make()
            connection.send((coder.version, None))
        except TacitusError as error:
            connection.send((None, str(error)))
            return
        while True:
            reports: list[Report] = connection.recv()
            try:
                connection.send((list(coder.code_many(reports)), None))
            except MemoryError:
                raise
            except Exception as error:  # one report must not end the ingest: it is tried alone, and left out if it is the one
                connection.send((None, f"{type(error).__name__}: {error}"))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
