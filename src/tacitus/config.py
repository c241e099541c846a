"""Where the package's data tables lie, and how they are read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files


def table(room: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of ``data/NAME.csv`` of a room of the package, by column.

    Raises:
        ValueError: a row has more or fewer cells than the header.
    """
    path = files(f"tacitus.{room}").joinpath("data", f"{name}.csv")
    rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    columns = next(rows, [])
    for row in rows:
        if len(row) == len(columns):
            yield dict(zip(columns, row, strict=True))
        elif row:
            raise ValueError(f"{path}: line {rows.line_num} has {len(row)} cells, the header {len(columns)}")
