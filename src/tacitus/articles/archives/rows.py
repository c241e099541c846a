"""CSV and its kin as an archive: a report a row, its columns found by name, rows told one by one although quoted cells hold line breaks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial

from tacitus.articles.archives import Entry, problem
from tacitus.articles.archives.packed import Packed
from tacitus.articles.archives.table import chosen_columns, no_text_column, report_of_row
from tacitus.articles.encoding import decode
from tacitus.articles.options import MEGABYTE, ReadOptions
from tacitus.articles.reading import accepted
from tacitus.errors import DamagedError, RecordError, TacitusError
from tacitus.records import Report

SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
DELIMITERS = ",\t;|"
FALSE_STARTS = 100
"""Rows whose quotes do not end that are passed over; each may cost the reading of a whole row's limit."""


def is_table(head: bytes) -> bool:
    """Whether a file without a suffix begins with a header: short cells, one of them for the text, others for other fields."""
    line, end, _ = head.partition(b"\n")
    header = _header(decode(line), ",")[1] if end else []
    return len(chosen_columns(header)) > 1 and len(chosen_columns(header)) >= len(header) / 2


class ReportRows:
    """A table of reports. A position is ``BASE+INSIDE+LINE``, as in JSON Lines.

    Raises:
        SourceError: no column is named as that of a text.
    """

    def __init__(self, packed: Packed, options: ReadOptions, suffix: str = "") -> None:
        self._packed, self._options = packed, options
        csv.field_size_limit(options.max_line)
        lines = _Lines(packed, options.max_line)
        first = next(lines, "")
        self._delimiter, header = _header(first, "\t" if suffix in {".tsv", ".tab"} else "")
        columns = chosen_columns(header)
        if not columns:
            raise no_text_column(packed.name, header)
        self._width = len(header)
        self._columns = {field: header.index(column) for field, column in columns.items()}
        self._body = f"{packed.position}+1"

    def entries(self, position: str | None) -> Iterator[Entry]:
        """The rows that are not blank.

        Raises:
            DamagedError: the archive is cut, or too many rows have quotes that do not end.
        """
        at, _, line_before = (position or self._body).rpartition("+")
        self._packed.seek(at)
        number, false_starts = int(line_before), 0
        while True:
            start, first = self._packed.position, number + 1
            place = f"{self._packed.name}, line {first:,}"
            lines = _Lines(self._packed, self._options.max_line)
            try:
                row = next(csv.reader(lines, delimiter=self._delimiter), None)
                error = self._fault(row, lines) if row else None
            except (RecordError, csv.Error) as fault:
                row, error = None, str(fault)
            if lines.count == 0:
                return
            if error and lines.count > 1:  # the quote that began on the first line is wrong; what stands on the others may be well
                false_starts += 1
                if false_starts > FALSE_STARTS:
                    raise DamagedError(f"{place}: more than {FALSE_STARTS} rows have quotes that do not end; the rest is left out: mend the quotes")
                self._packed.seek(start)
                self._packed.readline(self._options.max_line)
                number = first
            else:
                number += lines.count
            after = f"{self._packed.position}+{number}"
            if error:
                yield problem(place, after, RecordError(f"{place}: {error}"))
            elif row:
                yield Entry(place, after, partial(self._report, row, place))

    def beyond(self, _position: str | None) -> str | None:
        """Nowhere: a row that cannot be unpacked has no end."""
        return None

    def _fault(self, row: list[str], lines: _Lines) -> str | None:
        if lines.count and lines.ended:
            return "its quotes do not end; close them"
        cells = len(row)
        while cells > self._width and not row[cells - 1]:
            cells -= 1
        return None if cells == self._width else f"it has {cells:,} cells, and the header {self._width:,}; put cells that hold the delimiter in quotes"

    def _report(self, row: list[str], place: str) -> Iterator[Report | TacitusError]:
        cells = {field: row[index] for field, index in self._columns.items()}
        yield accepted(report_of_row(cells, place), self._options, self._packed.name)


class _Lines:
    """The lines of one row, as many as the parser asks for: ``count`` of them, ``ended`` if it asked for more than there are."""

    def __init__(self, packed: Packed, limit: int) -> None:
        self._packed, self._most, self._limit = packed, limit, limit
        self.count, self.ended = 0, False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._packed.readline(self._limit)
        if line == b"":
            self.ended = True
            raise StopIteration
        self.count += 1
        self._limit -= len(line or b"")
        if line is None or self._limit <= 0:
            raise RecordError(f"it is over {self._most / MEGABYTE:g} MB; split the report, or close its quotes")
        return decode(line)


def _header(line: str, delimiter: str) -> tuple[str, list[str]]:
    """The delimiter and the names of a header: of the delimiters that are usual, the one that makes the most cells."""
    found = [(d, next(csv.reader([line], delimiter=d), [])) for d in delimiter or DELIMITERS]
    return max(found, key=lambda choice: len(choice[1]))
