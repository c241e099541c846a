"""What one hostile document may cost: time and memory, held by the system itself, so that a parser that hangs or swells dies and nothing else does."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MEGABYTE = 1024 * 1024
STATUS = Path("/proc/self/status")
DATA = "VmData:"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is allowed; times are seconds.

    ``seconds`` is for each step with a document: finding it in its archive, and parsing it (fetching has its own limit besides). ``memory`` is in bytes,
    what a reading process may take beyond what it takes at its start. ``coding_seconds`` and ``characters_a_second`` bound the coder: so many seconds,
    and a second more for so many characters. ``starting_seconds`` is for a process to come up. ``pipe_seconds`` is how long a named pipe may be silent.

    The defaults: a page of 1 MB is parsed in 0.3 s and an archive's longest records in 2 s, so that 10 s are a parser that hangs; the largest
    document that is taken (10 MB) needs about 200 MB; the coder does at least 2,000 characters a second on one core that others use too.
    """

    seconds: float = 10.0
    memory: int = 512 * MEGABYTE
    coding_seconds: float = 120.0
    characters_a_second: float = 500.0
    starting_seconds: float = 120.0
    pipe_seconds: float = 60.0


def hold_memory(limit: int) -> bool:
    """Allow this process so many bytes beyond what it has; False where the system has no such limit (Windows, and macOS does not keep to it).

    The limit is on data (private memory that can be written), not on address space: allocators and threads reserve gigabytes that they never use.
    """
    if resource is None or not STATUS.exists():
        return False
    allowed = memory_used() + limit
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))
    return True


def memory_used() -> int:
    """Bytes of data of this process as the limit counts them; 0 where the system does not tell."""
    try:
        lines = STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(DATA)), 0)


@contextmanager
def held_to(seconds: float) -> Iterator[None]:
    """The system ends this process if what is done inside takes longer (where it has timers: on Windows the parent does)."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
