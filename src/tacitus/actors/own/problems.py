"""What is wrong with a user's file, where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tacitus.errors import ActorsError

ERROR, PASSED_OVER, OVERLAP, NOTE = "error", "passed over", "overlap", "note"
"""How bad: the file cannot be used so; the line was not understood and is left out; two rows say different things of one day; only to be known."""
SHOWN = 10
"""Problems that an error lists one by one; ``tacitus actors check`` lists all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file: ``line`` counts from 1 (0 where it is the file as a whole); ``level`` says how bad it is."""

    file: str
    line: int
    message: str
    level: str = PASSED_OVER

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


def refuse(problems: Sequence[Problem]) -> None:
    """Raise what is fatal.

    Raises:
        ActorsError: something is; the message lists it, with file and line.
    """
    fatal = [p for p in problems if p.level == ERROR]
    if fatal:
        more = f"\n… and {len(fatal) - SHOWN} more: `tacitus actors check` lists them all" if len(fatal) > SHOWN else ""
        raise ActorsError("\n".join(str(p) for p in fatal[:SHOWN]) + more)
