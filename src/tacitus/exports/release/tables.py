"""The tables of a release: their columns, and each column's type, limits and meaning (``data/fields.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tacitus.config import table

if TYPE_CHECKING:
    import pyarrow as pa

EVENTS, EVENTS_CSV, PAIRS, REPORTS, SOURCES = "events", "events-csv", "pairs", "reports", "sources"
REPORT_COLUMNS = ("id", "url", "published", "title", "publisher", "language", "events")
SOURCE_COLUMNS = ("publisher", "reports", "events")


@dataclass(frozen=True, slots=True)
class Resource:
    """One table: its name in the data package, its file, and what a row is."""

    name: str
    path: str
    title: str
    key: str | None

    @property
    def is_csv(self) -> bool:
        """Whether it is CSV; else it is Parquet."""
        return self.path.endswith(".csv")


RESOURCES = (
    Resource(EVENTS, "events.parquet", "Events, whole: one row an event, nested as the event record is", "event_id"),
    Resource(EVENTS_CSV, "events.csv", "Events, flat: one row an event, lists joined with '; '", "event_id"),
    Resource(PAIRS, "pairs.parquet", "Source-target pairs: one row for each source with each target of an event", None),
    Resource(REPORTS, "reports.csv", "Reports that were read, without their text", "id"),
    Resource(SOURCES, "sources.csv", "Publishers with their counts", None),
)


@dataclass(frozen=True, slots=True)
class Field:
    """One column: Frictionless type and limits, and what it means."""

    name: str
    type: str
    required: bool
    unique: bool
    minimum: str
    maximum: str
    enum: tuple[str, ...]
    description: str

    def schema(self) -> dict[str, Any]:
        """The column as Table Schema has it."""
        limits: dict[str, Any] = {}
        if self.required:
            limits["required"] = True
        if self.unique:
            limits["unique"] = True
        for name, value in (("minimum", self.minimum), ("maximum", self.maximum)):
            if value:
                limits[name] = int(value)
        if self.enum:
            limits["enum"] = list(self.enum)
        own: dict[str, Any] = {"name": self.name, "type": self.type, "description": self.description}
        if self.type == "boolean":
            own |= {"trueValues": ["True"], "falseValues": ["False"]}
        return own | ({"constraints": limits} if limits else {})


@cache
def _fields() -> dict[tuple[str, str], Field]:
    return {
        (resource, row["field"]): Field(
            row["field"], row["type"], row["required"] == "1", row["unique"] == "1", row["minimum"], row["maximum"], tuple(row["enum"].split()),
            row["description"],
        )
        for row in table("exports.release", "fields")
        for resource in row["resources"].split()
    }  # fmt: skip


def fields(resource: str, columns: tuple[str, ...]) -> tuple[Field, ...]:
    """The columns of a table, in the order given.

    Raises:
        KeyError: ``data/fields.csv`` does not tell a column.
    """
    return tuple(_fields()[resource, name] for name in columns)


def flat_arrow_schema(of: tuple[Field, ...]) -> pa.Schema:
    """The Arrow schema of a flat table; dates are ISO text, as in the event record."""
    import pyarrow as pa

    kinds: dict[str, Any] = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return pa.schema([(f.name, kinds.get(f.type, pa.string())) for f in of])
