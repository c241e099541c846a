"""Processes that may die: started, spoken to, waited for, and ended, so that whoever uses them only sees answers and deaths."""

from __future__ import annotations

import json
import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

PRELOADED = ["__main__", "tacitus.ingest.preloaded"]
"""What the process that others are forked from loads once: a killed one then has a successor within milliseconds."""
JOIN_SECONDS = 5.0
"""How long a killed process may take to be gone; one that hangs in the kernel is left to it."""


class Died(Exception):  # noqa: N818 - no error of ours: the process's end, which whoever waits for it expects
    """The process ended, or was ended because it took too long (``status`` None); a signal's number is negative."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status

    @property
    def late(self) -> bool:
        """Whether it took too long."""
        return self.status is None or (hasattr(signal, "SIGALRM") and self.status == -signal.SIGALRM)

    def in_words(self) -> str:
        """How it ended."""
        if self.late:
            return "it took too long"
        status = self.status or 0
        return f"it was ended by {signal.Signals(-status).name}" if status < 0 and -status in set(signal.Signals) else f"it ended with status {status}"


class Helper:
    """A process that runs ``work(connection, *args)`` and is ended with this one.

    Forked from a clean server process where the system can (a new one then takes milliseconds), spawned elsewhere.
    """

    def __init__(self, work: Callable[..., None], *args: Any) -> None:
        if "forkserver" in multiprocessing.get_all_start_methods():
            forking = multiprocessing.get_context("forkserver")
            forking.set_forkserver_preload(PRELOADED)
            self.connection, theirs = forking.Pipe()
            self._process: BaseProcess = forking.Process(target=work, args=(theirs, *args), daemon=True)
        else:
            spawning = multiprocessing.get_context("spawn")
            self.connection, theirs = spawning.Pipe()
            self._process = spawning.Process(target=work, args=(theirs, *args), daemon=True)
        self._process.start()
        theirs.close()

    def tell(self, **order: Any) -> None:
        """Give an order in JSON.

        Raises:
            Died: it is not there any more.
        """
        try:
            self.connection.send_bytes(json.dumps(order).encode("ascii"))
        except OSError:
            raise self._died() from None

    def answer(self, seconds: float) -> dict[str, Any]:
        """Its next message in JSON.

        Raises:
            Died: there is none, or none within this time.
        """
        return self._parsed(self._received(seconds, self.connection.recv_bytes))

    def send(self, what: object) -> None:
        """Hand over an object; for processes that only our own code runs in. Raises as ``tell`` does."""
        try:
            self.connection.send(what)
        except OSError:
            raise self._died() from None

    def receive(self, seconds: float) -> Any:
        """The object that it hands over; raises as ``answer`` does."""
        return self._received(seconds, self.connection.recv)

    def end(self) -> None:
        """End it, whatever it is at."""
        self._process.kill()
        self._process.join(JOIN_SECONDS)
        self.connection.close()

    def _received(self, seconds: float, take: Callable[[], Any]) -> Any:
        try:
            if not self.connection.poll(seconds):
                self.end()
                raise Died(None)
            return take()
        except (EOFError, OSError):
            raise self._died() from None

    def _parsed(self, message: bytes) -> dict[str, Any]:
        try:
            parsed = json.loads(message)
        except ValueError:
            parsed = None
        if not isinstance(parsed, dict):  # taken over by what it read
            self.end()
            raise Died(-signal.SIGABRT)
        return parsed

    def _died(self) -> Died:
        self._process.join(JOIN_SECONDS)
        status = self._process.exitcode
        self.end()
        return Died(status)
