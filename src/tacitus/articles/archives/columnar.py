"""Parquet as an archive: a report a row, row groups streamed a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import IO, Any

from tacitus.articles.archives import Entry, problem
from tacitus.articles.archives.packed import RATIO, RATIO_FROM
from tacitus.articles.archives.table import chosen_columns, no_text_column, report_of_row
from tacitus.articles.options import ReadOptions
from tacitus.articles.reading import accepted
from tacitus.articles.text import shown
from tacitus.errors import DamagedError, SourceError, TacitusError
from tacitus.records import Report

MAGIC = b"PAR1"
ROWS_AT_A_TIME = 64
"""Rows that are unpacked together: of texts of 2 MB, the longest that are taken, 128 MB."""
READ_BYTES = 64 * 1024


class ParquetReports:
    """A Parquet file of reports. A position is ``GROUP+ROW``.

    Raises:
        SourceError: it is cut, damaged or encrypted, or no column is named as that of a text.
    """

    def __init__(self, raw: IO[bytes], name: str, options: ReadOptions) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        self._name, self._options = name, options
        self._size = raw.seek(0, 2)
        raw.seek(0)
        pa.set_memory_pool(pa.system_memory_pool())  # the others reserve gigabytes, which a limit on memory forbids
        try:
            self._file: Any = parquet.ParquetFile(raw, pre_buffer=False, buffer_size=READ_BYTES)
            names = self._file.schema_arrow.names
            self._groups = int(self._file.num_row_groups)
        except MemoryError:
            raise
        except Exception as error:  # whatever a damaged footer does to the parser
            raise DamagedError(f"{name}: this Parquet file is cut, damaged or encrypted ({shown(str(error))[:200]}); get it again") from error
        self._columns = chosen_columns(names)
        if not self._columns:
            raise no_text_column(name, names)

    def entries(self, position: str | None) -> Iterator[Entry]:
        """The rows."""
        start, skipped = (int(part) for part in (position or "0+0").split("+"))
        unpacked = 0
        for group in range(start, self._groups):
            row = 0
            after_group = f"{group + 1}+0"
            try:
                for cells in self._rows(group):
                    row += 1
                    unpacked += len(cells["text"]) if isinstance(cells["text"], str | bytes) else 0
                    if unpacked > RATIO_FROM and unpacked > RATIO * self._size:
                        raise DamagedError(f"{self._name}: its texts are more than {RATIO} times as large as the file, as no news are; the rest is left out")
                    if row > skipped:
                        place = f"{self._name}, row group {group + 1:,}, row {row:,}"
                        yield Entry(place, f"{group}+{row}", partial(self._report, cells, place))
            except MemoryError:
                raise
            except SourceError:
                raise
            except Exception as error:
                place = f"{self._name}, row group {group + 1:,}, after row {row:,}"
                found = DamagedError(f"{place}: the rest of this row group is damaged ({shown(str(error))[:200]}); get the file again")
                yield problem(place, after_group, found)
            skipped = 0

    def beyond(self, position: str | None) -> str | None:
        """The next row group."""
        group = int((position or "0+0").split("+")[0]) + 1
        return f"{group}+0" if group < self._groups else None

    def _rows(self, group: int) -> Iterator[dict[str, Any]]:
        columns = list(self._columns.values())
        fields = {column: field for field, column in self._columns.items()}
        for batch in self._file.iter_batches(batch_size=ROWS_AT_A_TIME, row_groups=[group], columns=columns, use_threads=False):
            for number in range(batch.num_rows):
                yield {fields[column]: _cell(batch.column(column)[number]) for column in columns}

    def _report(self, cells: dict[str, Any], place: str) -> Iterator[Report | TacitusError]:
        yield accepted(report_of_row(cells, place), self._options, self._name)


def _cell(value: Any) -> Any:
    try:
        return value.as_py()
    except ValueError:  # bytes that are no UTF-8, or a moment beyond the calendar
        return value.as_buffer().to_pybytes() if hasattr(value, "as_buffer") else None
