"""Events out: one module a format."""

from tacitus.exports.flat import write_csv
from tacitus.exports.jsonl import write_jsonl
from tacitus.exports.parquet import write_parquet

__all__ = ["write_csv", "write_jsonl", "write_parquet"]
