"""The project file, ``tacitus.toml``: what every command of a folder shall know without being told.

::

    actors = ["my.csv", "dictionaries/Phoenix.Countries.actors.txt"]   # beside this file
    published = 2016-09-25                                             # of reports without a date
    min_confidence = 0.6
"""

from __future__ import annotations

import difflib
import os
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tacitus.errors import ActorsError

NAME = "tacitus.toml"
KEYS = ("actors", "published", "min_confidence")


@dataclass(frozen=True, slots=True)
class Project:
    """What a project file says: files of actors (paths as the working folder sees them), and defaults of options (None where it has none)."""

    actors: tuple[str, ...] = ()
    published: str | None = None
    min_confidence: float | None = None


def read_project(path: Path | None) -> Project:
    """The project file given, or the one in the working folder, or an empty one.

    Raises:
        ActorsError: the file given is missing, or it holds what no project file does; the message names file and key.
    """
    if path is None:
        path = Path(NAME)
        if not path.is_file():
            return Project()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise ActorsError(f"{path}: cannot be read: {e.strerror}") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as e:
        raise ActorsError(f"{path}: is no project file in TOML: {e}") from e
    for key in values:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it knows {', '.join(KEYS)}"
            raise ActorsError(f"{path}: no project file has the key {key[:40]!r}; {hint}")
    return Project(
        _actors(values.get("actors", []), path),
        _published(values["published"], path) if "published" in values else None,
        _confidence(values["min_confidence"], path) if "min_confidence" in values else None,
    )


def _actors(value: Any, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ActorsError(f'{path}: actors must be a list of files, like ["my.csv"]')
    return tuple(os.fspath(path.parent / name) for name in value)


def _published(value: Any, path: Path) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(value)).isoformat()[:10]
    except (TypeError, ValueError):
        raise ActorsError(f"{path}: published must be a date, like 2016-09-25") from None


def _confidence(value: Any, path: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ActorsError(f"{path}: min_confidence must be a number from 0 to 1")
    return float(value)
