"""Archives: files that may hold any number of reports, read one raw document at a time, from any position on, in memory that does not grow.

A document is first only found (its place, and the position after it) and then parsed, so that whoever reads hostile files knows what was at work when a
parser died, and goes on after it. Each format is a module that offers an ``Archive``; what no module takes is one document in a format of ``formats/``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from tacitus.errors import TacitusError
from tacitus.records import Report


@dataclass(frozen=True, slots=True)
class Entry:
    """A raw document that was found: its ``place`` in words, the position ``after`` it, and ``read``, which parses it (and gives nothing for what is no
    report at all). ``url`` is set where ``read`` would have to fetch it: whoever knows that report already need not."""

    place: str
    after: str
    read: Callable[[], Iterable[Report | TacitusError]]
    url: str | None = None


class Archive(Protocol):
    """What every format offers."""

    def entries(self, position: str | None) -> Iterator[Entry]:
        """The documents from a position on, None for the beginning. What is malformed is an entry whose ``read`` gives the error.

        Raises:
            SourceError: the rest cannot be read.
        """

    def beyond(self, position: str | None) -> str | None:
        """Where to go on if what stands at the position cannot even be looked at; None if that is nowhere."""


def problem(place: str, after: str, error: TacitusError) -> Entry:
    """An entry of something malformed."""
    return Entry(place, after, lambda: [error])


def nothing(place: str, after: str) -> Entry:
    """An entry of something that is no report, and nobody's fault."""
    return Entry(place, after, tuple)
