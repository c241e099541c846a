"""The tables of a release read back, column by column, some thousand rows at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

ROWS = 5_000
"""Rows read at a time."""
LONGEST_CELL = 64 * 1024 * 1024
"""Characters of a cell of CSV: no report, and so nothing quoted from one, is longer."""
SHOWN = 200
"""Characters shown of a list of names that does not fit."""
_ARROW_KINDS = {
    "string": ("string", "large_string"), "date": ("string", "large_string", "date32[day]"), "integer": ("int32", "int64"), "number": ("double", "float"),
    "boolean": ("bool",),
}  # fmt: skip


class NotReadable(Exception):  # noqa: N818 - it is caught where it becomes a finding
    """A table that is none, or not the one described; the text says why."""


def batches(path: Path, columns: Sequence[tuple[str, str]]) -> Iterator[dict[str, list[Any]]]:
    """The values of a table by column: text for CSV, Python values for Parquet (nested columns are left out there).

    Args:
        path: ``.csv`` or Parquet.
        columns: the name and Frictionless type of each.

    Raises:
        NotReadable: it cannot be read, or has other columns or types.
    """
    return _csv(path, columns) if path.suffix == ".csv" else _parquet(path, columns)


def _csv(path: Path, columns: Sequence[tuple[str, str]]) -> Iterator[dict[str, list[Any]]]:
    names = [name for name, _ in columns]
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream, strict=True)
            _same(next(rows, []), names)
            done = 0
            while batch := list(islice(rows, ROWS)):
                for number, row in enumerate(batch, done + 1):
                    if len(row) != len(names):
                        raise NotReadable(f"row {number} has {len(row)} cells where {len(names)} are expected")
                done += len(batch)
                yield {name: list(cells) for name, cells in zip(names, zip(*batch, strict=True), strict=True)}
    except (csv.Error, UnicodeDecodeError, OSError) as e:
        raise NotReadable(f"cannot be read as CSV: {e}") from e
    finally:
        csv.field_size_limit(before)


def _parquet(path: Path, columns: Sequence[tuple[str, str]]) -> Iterator[dict[str, list[Any]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as table:
            schema = table.schema_arrow
            _same(schema.names, [name for name, _ in columns])
            for name, kind in columns:
                own = schema.field(name).type
                nested = pa.types.is_struct(own) if kind == "object" else pa.types.is_list(own) if kind == "array" else False
                if not nested and str(own) not in _ARROW_KINDS.get(kind, ()):
                    raise NotReadable(f"column {name} is {own}, not {kind}")
            flat = [name for name, kind in columns if kind in _ARROW_KINDS]
            for batch in table.iter_batches(batch_size=ROWS, columns=flat):
                yield {name: batch.column(name).to_pylist() for name in flat}
    except (pa.ArrowException, OSError, UnicodeDecodeError) as e:
        raise NotReadable(f"cannot be read as Parquet: {e}") from e


def _same(found: Sequence[str], expected: Sequence[str]) -> None:
    if list(found) != list(expected):
        missing, other = [n for n in expected if n not in found], [n for n in found if n not in expected]
        what = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has {', '.join(other)}"] * bool(other)
        raise NotReadable(f"its columns are not those described: it {' and '.join(what)[:SHOWN] or 'has them in another order'}")
