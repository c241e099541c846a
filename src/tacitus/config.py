"""Where the package's data tables lie, and how they are read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files


def table(room: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of ``data/NAME.csv`` of a room of the package, by column."""
    path = files(f"tacitus.{room}").joinpath("data", f"{name}.csv")
    yield from csv.DictReader(path.read_text(encoding="utf-8").splitlines())
