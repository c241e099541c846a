"""Parquet: events nested as their records are, written in row groups so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from tacitus.records import Event, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_PER_GROUP = 10_000
SETTINGS: dict[str, Any] = {"version": "2.6", "data_page_version": "1.0", "compression": "zstd", "compression_level": 3, "store_schema": True}
"""Said in full, so that another default of pyarrow's does not change the bytes of a release."""


def write_parquet(events: Iterable[Event], stream: BinaryIO) -> int:
    """Write events as they come; returns how many."""
    return write_records((e.to_dict() for e in events), arrow_schema(Event), stream)


def write_records(records: Iterable[dict[str, Any]], schema: pa.Schema, stream: BinaryIO) -> int:
    """Write records of an Arrow schema as they come; returns how many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    count, records = 0, iter(records)
    with pq.ParquetWriter(stream, schema, **SETTINGS) as writer:
        while rows := list(islice(records, ROWS_PER_GROUP)):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count
