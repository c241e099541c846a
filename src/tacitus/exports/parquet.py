"""Parquet: events nested as their records are, written in row groups so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import BinaryIO

from tacitus.records import Event, arrow_schema

ROWS_PER_GROUP = 10_000


def write_parquet(events: Iterable[Event], stream: BinaryIO) -> int:
    """Write events as they come; returns how many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, count, events = arrow_schema(Event), 0, iter(events)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while rows := [e.to_dict() for e in islice(events, ROWS_PER_GROUP)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count
