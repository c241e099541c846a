"""What CSV and Parquet share: which column holds which field of a report, and a row as a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tacitus.articles.encoding import decode
from tacitus.articles.formats.jsonlines import report_of
from tacitus.articles.text import shown
from tacitus.config import table
from tacitus.errors import SourceError
from tacitus.records import Report

COLUMNS_SHOWN = 40
"""Columns that a message names; no table of reports has more."""


@cache
def _fields() -> dict[str, str]:
    return {row["column"]: row["field"] for row in table("articles.archives", "columns")}


def chosen_columns(columns: Iterable[str]) -> dict[str, str]:
    """The fields of a report with the column of each, by ``data/columns.csv``; where two columns could be one field, the one that stands there first.
    Empty where no column holds a text."""
    columns = list(columns)
    rank = {name: number for number, name in enumerate(_fields())}
    found: dict[str, str] = {}
    for column in sorted(columns, key=lambda c: rank.get(_plain(c), len(rank))):
        field = _fields().get(_plain(column))
        if field:
            found.setdefault(field, column)
    return found if "text" in found else {}


def no_text_column(name: str, columns: Iterable[str]) -> SourceError:
    """The error of a table without a column for the text."""
    wanted = " or ".join(column for column, field in _fields().items() if field == "text")
    columns = list(columns)
    there = ", ".join(shown(str(c))[:40] for c in columns[:COLUMNS_SHOWN]) + (" …" if len(columns) > COLUMNS_SHOWN else "")
    return SourceError(f'{name}: a table of reports needs a column {wanted}; this one has "{there}": rename the one that holds the text')


def report_of_row(cells: Mapping[str, Any], where: str) -> Report:
    """The report of a row, by field; empty cells are missing fields.

    Raises:
        RecordError: it has no text, or a field is of a wrong type.
    """
    return report_of({field: _json(cell) for field, cell in cells.items() if cell is not None and cell != ""}, where)


def _json(cell: Any) -> Any:
    """A cell as JSON has it: dates as ISO text; text that its writer did not mark as text is bytes."""
    if isinstance(cell, bytes):
        return decode(cell)
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


def _plain(column: str) -> str:
    return column.strip().strip("\ufeff\"'").lower().replace(" ", "_")
