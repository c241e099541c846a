"""Values of a column against what is said of it: type, limits, known codes; what is wrong is kept in words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from tacitus.exports.flat import RISKY
from tacitus.ontology import cameo_codes

TOLD = 10
"""Findings told of a table; the rest are counted."""
IDS = frozenset({"event_id", "report_id", "id"})
"""Columns of ids, whose values are kept to compare tables."""
SHOWN = 40
"""Characters shown of a value."""

_WHOLE = re.compile(r"-?\d{1,18}")
_REAL = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d{1,3})?")
_MISSING = object()


class Findings:
    """What is wrong with a table: the first in words, all counted."""

    def __init__(self, table: str) -> None:
        self.table, self.count = table, 0
        self._told: list[str] = []

    def add(self, row: int, column: str, what: str) -> None:
        """Note what is wrong with a cell (1-based row, the header not counted)."""
        self.count += 1
        if self.count <= TOLD:
            self._told.append(f"{self.table}: row {row}, {column}: {what}")

    def told(self) -> list[str]:
        """The findings in words."""
        more = [f"{self.table}: {self.count - TOLD:,} more findings like these"] if self.count > TOLD else []
        return [*self._told, *more]


class Column:
    """A column as ``datapackage.json`` describes it. ``seen``: the different values of a column of ids."""

    def __init__(self, told: dict[str, Any], findings: Findings, is_csv: bool) -> None:
        limits = told.get("constraints")
        limits = limits if isinstance(limits, dict) else {}
        self.name, self.type = str(told["name"]), str(told.get("type"))
        self.required, self.unique = limits.get("required") is True, limits.get("unique") is True
        self.minimum, self.maximum = _bound(limits.get("minimum"), -math.inf), _bound(limits.get("maximum"), math.inf)
        enum = limits.get("enum")
        self.enum = frozenset(map(str, enum)) if isinstance(enum, list) else None
        self.findings, self.is_csv = findings, is_csv
        self.keeps = self.unique or self.name in IDS
        self.seen: set[str] = set()

    def check(self, values: Sequence[Any], first: int) -> None:
        """Check values, the first of which stands in row ``first``."""
        for row, value in enumerate(values, first):
            if value is None or (self.is_csv and value == ""):
                if self.required:
                    self._tell(row, "is empty")
                continue
            if self.is_csv and value.startswith(RISKY) and value[0] != "'" and self.type not in {"integer", "number"}:
                self._tell(row, f"{value[:SHOWN]!r} would run in a spreadsheet: it lacks its apostrophe")
                continue
            parsed = self._parsed(value) if self.is_csv else self._date(value)
            if parsed is _MISSING:
                self._tell(row, f"{str(value)[:SHOWN]!r} is no {self.type}")
                continue
            self._check_limits(row, parsed)

    def _tell(self, row: int, what: str) -> None:
        self.findings.add(row, self.name, what)

    def _check_limits(self, row: int, value: Any) -> None:
        if isinstance(value, (int, float)) and not self.minimum <= value <= self.maximum:
            self._tell(row, f"{value} is outside {self.minimum:g} to {self.maximum:g}")
        if self.enum is not None and str(value) not in self.enum:
            self._tell(row, f"{str(value)[:SHOWN]!r} is none of {', '.join(sorted(self.enum))}")
        if self.name == "code" and value not in cameo_codes():
            self._tell(row, f"{str(value)[:SHOWN]!r} is no CAMEO code")
        if self.keeps:
            if self.unique and value in self.seen:
                self._tell(row, f"{str(value)[:SHOWN]!r} is there twice")
            self.seen.add(value)

    def _parsed(self, text: str) -> Any:
        """A cell of CSV as its type; ``_MISSING`` where it is none."""
        if self.type == "integer":
            return int(text) if _WHOLE.fullmatch(text) else _MISSING
        if self.type == "number":
            return float(text) if _REAL.fullmatch(text) else _MISSING
        if self.type == "boolean":
            return {"True": True, "False": False}.get(text, _MISSING)
        return self._date(text.removeprefix("'"))

    def _date(self, value: Any) -> Any:
        if self.type != "date" or isinstance(value, date):
            return value
        try:
            return value if date.fromisoformat(str(value)).isoformat() == value else _MISSING
        except ValueError:
            return _MISSING


def _bound(value: Any, otherwise: float) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else otherwise
