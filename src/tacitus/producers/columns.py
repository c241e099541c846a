"""The columns of each producer's files, in order, with their types."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, cast

from tacitus.config import table

ColumnType = Literal["integer", "real", "text", "date"]


class Column(NamedTuple):
    """One column: its name as the producer writes it, and what its cells are (``date``: text in the producer's own writing of dates)."""

    name: str
    type: ColumnType


@cache
def columns(layout: str) -> tuple[Column, ...]:
    """The columns of a layout: ``gdelt1``, ``gdelt2``, ``gdelt2-mentions``, ``icews``, ``polecat``, ``phoenix``, ``petrarch2``, ``acled``.

    Raises:
        KeyError: there is no such layout.
    """
    found = tuple(Column(row["column"], cast("ColumnType", row["type"])) for row in table("producers", "columns") if row["format"] == layout)
    if not found:
        raise KeyError(layout)
    return found


@cache
def names(layout: str) -> tuple[str, ...]:
    """The names of a layout's columns."""
    return tuple(column.name for column in columns(layout))
