"""From what a user names to the files that it stands for: paths, folders, patterns."""

from __future__ import annotations

import fnmatch
import glob
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tacitus.articles.text import shown
from tacitus.errors import SourceError

STANDARD_INPUT = "-"
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
EVERYTHING_BELOW = "**"
SPECIAL = ((stat.S_ISFIFO, "a named pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"))


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read; ``named`` if the user named it or its pattern, not just a folder that holds it."""

    path: str
    named: bool


def printable(path: str) -> str:
    """A path as it is shown in messages, whatever bytes its name is made of."""
    return shown(os.fsencode(path).decode("utf-8", "replace"))


def files_of(source: str) -> Iterator[FoundFile | SourceError]:
    """The files that a path, a folder or a pattern stands for, folders and patterns in the order of names.

    What cannot be read is yielded as its error, so that the rest of a folder is read.
    """
    if glob.has_magic(source) and not os.path.lexists(source):
        yield from _matching(source)
    else:
        yield from _existing(source)


def _existing(source: str) -> Iterator[FoundFile | SourceError]:
    try:
        mode = Path(source).stat().st_mode
    except (OSError, ValueError) as error:
        yield unreadable(source, error)
        return
    if stat.S_ISDIR(mode):
        yield from _below(source)
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        yield FoundFile(source, named=True)
    else:
        yield _special(source, mode)


def _matching(pattern: str) -> Iterator[FoundFile | SourceError]:
    """What a pattern matches. ``**`` goes over the walk of ``_below``: the standard one follows links round and round."""
    parts = Path(pattern).parts
    if EVERYTHING_BELOW in parts:
        depth = next(index for index, part in enumerate(parts) if glob.has_magic(part))
        base = str(Path(*parts[:depth])) if depth else os.curdir
        walked = _walk(base)
        matched = (found for found in walked if isinstance(found, SourceError) or _fits(_parts_below(found, base), parts[depth:]))
        results: Iterator[FoundFile | SourceError] = (
            found if isinstance(found, SourceError) else FoundFile(found, named=True) for found in matched
        )
    else:
        results = (found for path in sorted(glob.glob(pattern)) for found in _existing(path))  # noqa: PTH207 a pattern may be absolute
    found_any = False
    for result in results:
        found_any = True
        yield result
    if not found_any:
        yield SourceError(f"{printable(pattern)}: no file matches; check the pattern and the folder")


def _parts_below(path: str, base: str) -> tuple[str, ...]:
    return Path(os.path.relpath(path, base)).parts


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the parts of a path match those of a pattern, ``**`` standing for any number of folders."""
    if not pattern:
        return not parts
    if pattern[0] == EVERYTHING_BELOW:
        return (len(pattern) == 1 and bool(parts)) or any(_fits(parts[skipped:], pattern[1:]) for skipped in range(len(parts)))
    return bool(parts) and fnmatch.fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def _below(folder: str) -> Iterator[FoundFile | SourceError]:
    """The files in a folder and the folders in it."""
    found_any = False
    for found in _walk(folder):
        found_any = True
        yield found if isinstance(found, SourceError) else FoundFile(found, named=False)
    if not found_any:
        yield SourceError(f"{printable(folder)}: there is no file in this folder; give one that holds reports")


def _walk(folder: str) -> Iterator[str | SourceError]:
    """Paths of regular files by name, hidden ones left out; each folder once, by whatever links it is reached."""
    seen: dict[tuple[int, int], str] = {}
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            status = Path(path).stat()
            if not stat.S_ISDIR(status.st_mode):
                if stat.S_ISREG(status.st_mode):
                    yield path
                else:
                    yield _special(path, status.st_mode)
                continue
            before = seen.setdefault((status.st_dev, status.st_ino), path)
            if before is not path:
                yield SourceError(f"{printable(path)}: this links to {printable(before)}, which is read already; left out")
                continue
            with os.scandir(path) as entries:
                names = sorted((entry.name for entry in entries if not entry.name.startswith(".")), reverse=True)
            waiting.extend(str(Path(path) / name) for name in names)
        except (OSError, ValueError) as error:
            yield unreadable(path, error)


def _special(path: str, mode: int) -> SourceError:
    kind = next((name for is_kind, name in SPECIAL if is_kind(mode)), "a special file")
    return SourceError(f"{printable(path)}: this is {kind}, not a file; for standard input give {STANDARD_INPUT}")


def unreadable(path: str, error: OSError | ValueError) -> SourceError:
    """The error of a path that cannot be looked at or opened, with what to do."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SourceError(f"{printable(path)}: there is no such file or folder; check the path")
    if isinstance(error, PermissionError):
        return SourceError(f"{printable(path)}: reading it is not permitted; ask for the right to, or leave it out")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SourceError(f"{printable(path)}: it cannot be read ({reason}); check the path and the disk")
