"""JSON Lines as an archive: a document a line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tacitus.articles.archives import Entry, problem
from tacitus.articles.archives.packed import Packed
from tacitus.articles.encoding import decode
from tacitus.articles.formats.jsonlines import parse, report_of
from tacitus.articles.options import MEGABYTE, ReadOptions
from tacitus.articles.reading import accepted
from tacitus.errors import RecordError, TacitusError
from tacitus.records import Report


class JsonLines:
    """Reports, one JSON object a line. A position is ``BASE+INSIDE+LINE``, the line being that before it."""

    def __init__(self, packed: Packed, options: ReadOptions) -> None:
        self._packed, self._options = packed, options

    def entries(self, position: str | None) -> Iterator[Entry]:
        """The lines that are not blank."""
        for number, after, line in numbered_lines(self._packed, position, self._options.max_line):
            place = f"{self._packed.name}, line {number:,}"
            if line is None:
                yield problem(place, after, RecordError(f"{place}: it is over {self._options.max_line / MEGABYTE:g} MB; split the report"))
            elif line.strip():
                yield Entry(place, after, partial(self._report, line, place))

    def beyond(self, _position: str | None) -> str | None:
        """Nowhere: a line that cannot be unpacked has no end."""
        return None

    def _report(self, line: bytes, place: str) -> Iterator[Report | TacitusError]:
        yield accepted(report_of(parse(decode(line), place), place), self._options, self._packed.name)


def numbered_lines(packed: Packed, position: str | None, limit: int) -> Iterator[tuple[int, str, bytes | None]]:
    """Lines from a position on: their number from 1, the position after them, and their bytes, None for one of over ``limit`` bytes."""
    at, _, number_before = (position or "0+0+0").rpartition("+")
    packed.seek(at)
    number = int(number_before)
    while (line := packed.readline(limit)) != b"":
        number += 1
        yield number, f"{packed.position}+{number}", line
