"""The user's actors as a CSV of ours: ``name,code`` and, as wanted, ``aliases,from,to,kind,office,note``.

``aliases`` are separated by ``;``, dates are ISO, possibly only a year or month, and empty where open; ``kind`` is guessed where it is not given
(``kinds.kind_of``); ``note`` is for people. Lines that begin with ``#`` are comments.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator
from datetime import date

from tacitus.actors.gazetteer import Entry
from tacitus.actors.own.codes import check_code
from tacitus.actors.own.kinds import KINDS, kind_of
from tacitus.actors.own.problems import ERROR, NOTE, Problem
from tacitus.errors import UnknownCodeError

COLUMNS = ("name", "code", "aliases", "from", "to", "kind", "office", "note")
NEEDED = ("name", "code")
DELIMITERS = (",", "\t", ";")
"""Between cells; semicolons are what spreadsheets write in countries with a decimal comma."""
_SPELLINGS = {"organization": "organisation"}
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_ESCAPED = re.compile(r"'(?=[=+\-@\t\r'])")
"""An apostrophe that a cell was given so that no spreadsheet runs it (``exports.flat``)."""


def is_header(line: str) -> bool:
    """Whether a line is the first of such a table."""
    return _delimiter(line) is not None


def _delimiter(line: str) -> str | None:
    """What stands between the columns of a header; None if it is no header of such a table."""
    for delimiter in DELIMITERS:
        if set(NEEDED) <= {c.strip().strip('"').casefold() for c in line.split(delimiter)}:
            return delimiter
    return None


def read_table(text: str, file: str) -> tuple[list[tuple[str, Entry]], list[Problem]]:
    """The (name, entry) pairs of a table, and what is wrong with it; rows with something wrong have no entries."""
    entries: list[tuple[str, Entry]] = []
    problems: list[Problem] = []
    reader = _Rows(text, file, problems)
    for line, row in reader:
        found = list(_checked(row, file, line))
        problems.extend(found)
        if any(p.level == ERROR for p in found) or not row["code"]:
            continue
        kind = _kind(row) or kind_of(row["name"], row["code"], bool(row["from"] or row["to"]))
        name = row["name"].removeprefix("the ")
        entry = Entry(name, kind, row["code"], row["from"], row["to"], row["office"], f"{file}:{line}")
        entries.extend((alias, entry) for alias in dict.fromkeys([name, *_aliases(row)]))
    return entries, problems


class _Rows:
    """The rows of a table by column, with the line each begins at."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self._lines = text.splitlines()
        self._file, self._problems = file, problems

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        reader = csv.reader(self._kept(), delimiter=self._delimiter(), strict=True)
        columns: list[str] = []
        begins = 1
        try:
            for cells in reader:
                line, begins = begins, reader.line_num + 1
                if not any(cell.strip() for cell in cells):
                    continue
                if not columns:
                    columns = self._header(cells, line)
                    if not columns:
                        return
                    continue
                if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
                    self._add(line, f"{len(cells)} cells, but the header has {len(columns)} columns: put a cell with a comma in it in quotes", ERROR)
                    continue
                values = [_ESCAPED.sub("", " ".join(cell.split()), count=1) if cell.startswith("'") else " ".join(cell.split()) for cell in cells]
                yield line, {**dict.fromkeys(COLUMNS, ""), **dict(zip(columns, values, strict=False))}
        except csv.Error as e:
            self._add(begins, f"is no CSV from here on ({e}): is there a quote that is not closed?", ERROR)

    def _kept(self) -> Iterator[str]:
        """The lines, comments as empty ones, so that lines keep their numbers."""
        for line in self._lines:
            yield "\n" if line.lstrip().startswith("#") else line + "\n"

    def _delimiter(self) -> str:
        first = next((line for line in self._lines if line.strip() and not line.lstrip().startswith("#")), "")
        return _delimiter(first) or DELIMITERS[0]

    def _header(self, cells: list[str], line: int) -> list[str]:
        columns = [cell.strip().casefold() for cell in cells]
        for name in NEEDED:
            if name not in columns:
                self._add(line, f"has no column {name!r}: the header names the columns, {','.join(COLUMNS)}", ERROR)
                return []
        for name in dict.fromkeys(columns):
            if name in COLUMNS and columns.count(name) > 1:
                self._add(line, f"has the column {name!r} more than once", ERROR)
                return []
            if name not in COLUMNS:
                near = difflib.get_close_matches(name, COLUMNS, n=1)
                self._add(line, f"the column {name[:40]!r} is not read" + (f"; did you mean {near[0]!r}?" if near else ""))
        return columns

    def _add(self, line: int, message: str, level: str = NOTE) -> None:
        self._problems.append(Problem(self._file, line, message, level))


def _checked(row: dict[str, str], file: str, line: int) -> Iterator[Problem]:
    if not any(c.isalnum() for c in row["name"]):
        yield Problem(file, line, "has no name", ERROR)
    if row["kind"] and not _kind(row):
        near = difflib.get_close_matches(row["kind"].casefold(), KINDS, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f": it is one of {', '.join(KINDS)}, or empty"
        yield Problem(file, line, f"{row['kind'][:40]!r} is no kind{hint}", ERROR)
    if not row["code"]:
        yield Problem(file, line, f"{row['name'][:60]!r} has no code yet: the row is passed over")
    else:
        try:
            doubt = check_code(row["code"], _kind(row))
        except UnknownCodeError as e:
            yield Problem(file, line, str(e), ERROR)
        else:
            if doubt:
                yield Problem(file, line, doubt, NOTE)
    dates = [row["from"], row["to"]]
    for column, value in zip(("from", "to"), dates, strict=True):
        if value and not is_date(value):
            yield Problem(file, line, f"{column} {value[:40]!r} is no date: write it 2016-09-25, 2016-09 or 2016", ERROR)
    if all(dates) and all(map(is_date, dates)) and dates[0] > dates[1] and not dates[0].startswith(dates[1]):
        yield Problem(file, line, f"from {dates[0]} comes after to {dates[1]}", ERROR)


def is_date(value: str) -> bool:
    """Whether a text is an ISO date, month or year that the calendar has."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat((value + "-01-01")[:10] if len(value) < 8 else value)
    except ValueError:
        return False
    return True


def _kind(row: dict[str, str]) -> str:
    kind = row["kind"].casefold()
    kind = _SPELLINGS.get(kind, kind)
    return kind if kind in KINDS else ""


def _aliases(row: dict[str, str]) -> list[str]:
    return [alias.strip().removeprefix("the ") for alias in row["aliases"].split(";") if any(c.isalnum() for c in alias)]
