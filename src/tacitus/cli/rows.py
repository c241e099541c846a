"""Plain rows out: a table for a terminal, JSON Lines or CSV, whatever their text holds."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

Cell = str | int | float | bytes | None
WIDTH_IN_A_PIPE = 160


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Cell]], stream: Any) -> None:
    """A table; what a terminal would act on is made harmless."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from tacitus.cli.terminal import safe

    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(Text(safe(name)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(safe("–" if cell is None else str(_plain(cell)))) for cell in row))
    Console(file=stream, width=None if stream.isatty() else WIDTH_IN_A_PIPE, highlight=False).print(table)


def write_json_rows(columns: Sequence[str], rows: Iterable[Sequence[Cell]], stream: Any) -> None:
    """A JSON object a row; bytes as hexadecimal digits, infinity (which JSON lacks) as a word."""
    for row in rows:
        record = {name: _plain(cell) for name, cell in zip(columns, row, strict=True)}
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_csv_rows(columns: Sequence[str], rows: Iterable[Sequence[Cell]], stream: Any) -> None:
    """CSV with a header; no spreadsheet runs a cell of it (see ``exports.flat``)."""
    from tacitus.exports.flat import csv_line

    stream.write(csv_line(columns))
    for row in rows:
        stream.write(csv_line(map(_plain, row)))


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, bytes):
        return cell.hex()
    return str(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell
