"""The problem log: what could not be read in a run that goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tacitus.errors import DamagedError, FetchError, LanguageError, RecordError, TacitusError

MAX_KEPT = 1000
"""Problems kept in full. Beyond it they are only counted: a million malformed lines must not fill the memory."""

KINDS: tuple[tuple[type[TacitusError], str], ...] = (
    (LanguageError, "language"),
    (FetchError, "fetch"),
    (RecordError, "record"),
    (DamagedError, "damaged"),
)


def kind_of(error: TacitusError) -> str:
    """What kind of problem an error is: language, fetch, record, damaged, or source for every other."""
    return next((name for kind, name in KINDS if isinstance(error, kind)), "source")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was left out: ``source`` as it is shown, ``kind`` as ``kind_of`` tells it and the message."""

    source: str
    kind: str
    message: str


@dataclass(slots=True)
class ProblemLog:
    """Counts every problem by kind, keeps the first thousand, and passes each to ``listener`` as it happens.

    ``reports`` counts what was read well, so that a caller can tell an empty run from one in which everything failed.
    """

    listener: Callable[[Problem], None] | None = None
    reports: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    kept: list[Problem] = field(default_factory=list)

    def record(self, source: str, error: TacitusError) -> None:
        """Notes ``error`` against ``source``."""
        kind = kind_of(error)
        problem = Problem(source, kind, str(error))
        self.counts[kind] += 1
        if len(self.kept) < MAX_KEPT:
            self.kept.append(problem)
        if self.listener is not None:
            self.listener(problem)

    @property
    def total(self) -> int:
        """How many problems there were, kept or not."""
        return self.counts.total()
