"""Lists of URLs as archives: plain ones, and GDELT's tables of events, mentions and the knowledge graph, whose addresses are fetched.

Which column holds the address is in ``data/url_tables.csv``, by the number of a table's columns.
"""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from tacitus.articles.archives import Entry, nothing, problem
from tacitus.articles.archives.lines import numbered_lines
from tacitus.articles.archives.packed import Packed
from tacitus.articles.encoding import decode
from tacitus.articles.options import ReadOptions
from tacitus.articles.reading import network, read_stream
from tacitus.articles.text import shown
from tacitus.config import table
from tacitus.errors import FetchError, RecordError, TacitusError
from tacitus.records import Report

if TYPE_CHECKING:
    from tacitus.articles.fetch import Fetcher

LINE_LIMIT = 1 << 20
"""Bytes of a line; the longest of GDELT's knowledge graph are a few hundred thousand."""
URL_LIMIT = 8000
"""Characters of a URL (RFC 9110 asks that 8,000 be supported)."""
SHOWN = 200
URL_LINE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S*")
HTTP = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UrlTable:
    """A table of addresses: 0-based columns of the address and of the moment it was seen; ``kind`` is the column that must hold ``only`` (GDELT lists
    broadcasts and archives in the same column)."""

    columns: int
    url: int
    seen: int
    kind: int | None
    only: str


@cache
def _tables() -> tuple[UrlTable, ...]:
    rows = table("articles.archives", "url_tables")
    return tuple(UrlTable(int(r["columns"]), int(r["url"]), int(r["seen"]), int(r["kind"]) if r["kind"] else None, r["only"]) for r in rows)


def url_table(head: str) -> UrlTable | None:
    """Which of GDELT's tables a file begins as, if any."""
    cells = head.split("\n", 1)[0].rstrip("\r").split("\t")
    return next((t for t in _tables() if len(cells) == t.columns and (HTTP.fullmatch(cells[t.url]) or _is_moment(cells[t.seen]))), None)


def is_url_list(head: str, whole: bool) -> bool:
    """Whether every line (but the last, unless the head is the whole file) is a URL or a comment, and one at least leads to the web."""
    lines = [line.strip() for line in head.splitlines()]
    lines = [line for line in (lines if whole else lines[:-1]) if line and not line.startswith("#")]
    return bool(lines) and all(URL_LINE.fullmatch(line) for line in lines) and any(HTTP.fullmatch(line) for line in lines)


class UrlList:
    """Addresses, one a line, fetched one after the other. A position is that of JSON Lines.

    Args:
        columns: the table whose lines they are; None for a plain list.
        fetcher: stands in for the network.
    """

    def __init__(self, packed: Packed, options: ReadOptions, columns: UrlTable | None = None, fetcher: Fetcher | None = None) -> None:
        self._packed, self._options, self._columns, self._fetcher = packed, options, columns, fetcher

    def entries(self, position: str | None) -> Iterator[Entry]:
        """The addresses."""
        for number, after, line in numbered_lines(self._packed, position, LINE_LIMIT):
            place = f"{self._packed.name}, line {number:,}"
            text = "" if line is None else decode(line).strip("\r\n")
            if line is None:
                yield problem(place, after, RecordError(f"{place}: it is over {LINE_LIMIT:,} bytes, which no URL is"))
            elif self._columns is None:
                url = text.strip()
                if url and not url.startswith("#"):
                    yield self._entry(place, after, url, None)
            elif text.strip():
                yield self._row(place, after, text.split("\t"), self._columns)

    def beyond(self, _position: str | None) -> str | None:
        """Nowhere."""
        return None

    def _row(self, place: str, after: str, cells: list[str], columns: UrlTable) -> Entry:
        if len(cells) != columns.columns:
            return problem(place, after, RecordError(f"{place}: it has {len(cells):,} columns, and {columns.columns} are expected"))
        url = cells[columns.url].strip()
        if not HTTP.fullmatch(url) or (columns.kind is not None and cells[columns.kind].strip() != columns.only):
            return nothing(place, after)
        return self._entry(place, after, url, _moment(cells[columns.seen]))

    def _entry(self, place: str, after: str, url: str, seen: str | None) -> Entry:
        if len(url) > URL_LIMIT:
            return problem(place, after, RecordError(f"{place}: its URL has {len(url):,} characters, and {URL_LIMIT:,} are the most"))
        if not HTTP.fullmatch(url):
            return problem(place, after, FetchError(f"{place}: {shown(url)[:SHOWN]}: only http and https are fetched"))
        return Entry(place, after, partial(self._reports, url, seen), url)

    def _reports(self, url: str, seen: str | None) -> Iterator[Report | TacitusError]:
        got = (self._fetcher or network())(url, self._options.fetch)
        for item in read_stream(io.BytesIO(got.content), shown(url), self._options, suffix=got.suffix, url=got.url, charset=got.charset):
            yield dataclasses.replace(item, published=seen) if isinstance(item, Report) and seen and not item.published else item


def _is_moment(text: str) -> bool:
    return _moment(text) is not None


def _moment(text: str) -> str | None:
    """GDELT's ``YYYYMMDD`` or ``YYYYMMDDHHMMSS`` as an ISO date or moment; None for what is none."""
    text = text.strip()
    try:
        if re.fullmatch(r"\d{8}", text):
            return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date().isoformat()
        if re.fullmatch(r"\d{14}", text):
            return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")
    except ValueError:
        pass
    return None
