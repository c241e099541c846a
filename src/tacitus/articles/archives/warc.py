"""Web archives (WARC, ISO 28500): a document a record, of pages and plain texts, in packed and plain files, whole and damaged."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from functools import partial

from tacitus.articles.archives import Entry, nothing, problem
from tacitus.articles.archives.http import HEAD_LIMIT, answer_of, body_of, headers_of, media_of
from tacitus.articles.archives.packed import CHUNK_BYTES, Packed
from tacitus.articles.options import MEGABYTE, ReadOptions
from tacitus.articles.reading import read_stream
from tacitus.articles.text import shown
from tacitus.errors import DamagedError, RecordError, TacitusError
from tacitus.records import Report

VERSION = re.compile(rb"WARC/(?:0\.\d+|1\.\d)\s*\r?\n?$")
MAGIC = b"WARC/"
RECORD_OVERHEAD = HEAD_LIMIT
"""Bytes that the block of a page may have beyond its page: the HTTP headers."""
SUFFIX_OF = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}
DOCUMENT_TYPES = frozenset({"response", "resource", "conversion"})
FOUND = 200
"""HTTP's status of a page that is there."""
GAP = 8
"""Bytes in which the line breaks after a block end; two are the standard's, some writers leave more."""


class WebArchive:
    """The pages and plain texts of a web archive; requests, metadata, pictures, pages that were not there are nothing. A position is
    ``BASE+INSIDE+RECORD``, the record's number being that before it."""

    def __init__(self, packed: Packed, options: ReadOptions) -> None:
        self._packed, self._options = packed, options

    def entries(self, position: str | None) -> Iterator[Entry]:
        """The records.

        Raises:
            DamagedError: it is cut or damaged, and no further record is found.
        """
        at, _, before = (position or "0+0+0").rpartition("+")
        self._packed.seek(at)
        number = int(before)
        while True:
            number += 1
            start = self._packed.position
            place = f"{self._packed.name}, record {number:,}"
            try:
                try:
                    entry = self._entry(place, number)
                except RecordError as error:
                    self._go_to_next(start)
                    entry = problem(place, self._position(number), error)
            except DamagedError as error:
                if self._packed.packing != "gzip" or not self._packed.next_member(MAGIC):
                    raise
                entry = problem(place, self._position(number), error)
            if entry is None:
                return
            yield entry

    def beyond(self, position: str | None) -> str | None:
        """The next gzip member; nowhere in a plain file."""
        at, _, number = (position or "0+0+0").rpartition("+")
        if self._packed.packing != "gzip":
            return None
        self._packed.seek(f"{at.split('+')[0]}+0")
        return f"{self._packed.position}+{int(number) + 1}" if self._packed.next_member(MAGIC) else None

    def _position(self, number: int) -> str:
        return f"{self._packed.position}+{number}"

    def _entry(self, place: str, number: int) -> Entry | None:
        """The record that begins here, None at the end; what follows it comes next."""
        headers = self._headers(place)
        if headers is None:
            return None
        length_text = headers.get("content-length", "")
        if not length_text.isascii() or not length_text.isdigit() or len(length_text) > 18:
            raise RecordError(f'{place}: its Content-Length is "{shown(length_text)[:40]}", no number of bytes; the record is left out')
        length = int(length_text)
        kind = headers.get("warc-type", "").strip().lower()
        limit = self._options.max_document + RECORD_OVERHEAD
        wanted = kind in DOCUMENT_TYPES and headers.get("warc-segment-number", "1") == "1"
        block = self._block(length, place, keep=wanted and length <= limit)
        self._gap(place)
        after = self._position(number)
        if not wanted:
            return nothing(place, after)
        if length > limit:
            return problem(place, after, RecordError(f"{place}: it is over {self._options.max_document / MEGABYTE:g} MB; the record is left out"))
        return Entry(place, after, partial(self._reports, headers, block, place))

    def _headers(self, place: str) -> dict[str, str] | None:
        line = self._line(place)
        while line in {b"\n", b"\r\n"}:
            line = self._line(place)
        if not line:
            return None
        if not VERSION.match(line):
            raise RecordError(f"{place}: no WARC record begins here; what stands before the next one is left out")
        lines: list[bytes] = []
        size = 0
        while (line := self._line(place)).strip():
            size += len(line)
            if size > HEAD_LIMIT:
                raise RecordError(f"{place}: its headers are over {HEAD_LIMIT:,} bytes; the record is left out")
            lines.append(line)
        if not line:
            raise RecordError(f"{place}: the archive ends within this record's headers; get it again")
        return headers_of(lines)

    def _line(self, place: str) -> bytes:
        line = self._packed.readline(HEAD_LIMIT)
        if line is None:
            raise RecordError(f"{place}: a line of its headers is over {HEAD_LIMIT:,} bytes; the record is left out")
        return line

    def _block(self, length: int, place: str, keep: bool) -> bytes:
        parts: list[bytes] = []
        left = length
        while left:
            part = self._packed.read(min(left, CHUNK_BYTES), in_member=True)
            if not part:
                part = self._across_members(left, place)
            left -= len(part)
            if keep:
                parts.append(part)
        return b"".join(parts)

    def _across_members(self, left: int, place: str) -> bytes:
        """What follows the end of a gzip member within a block: more of it, unless another record begins there."""
        if self._packed.peek(len(MAGIC)) == MAGIC or not (part := self._packed.read(min(left, CHUNK_BYTES))):
            raise RecordError(f"{place}: its Content-Length says {left:,} bytes more than there are; the record is cut or its length is wrong, and is left out")
        return part

    def _gap(self, place: str) -> None:
        """Pass over the line breaks after a block; a length that was too small or too large shows here."""
        ahead = self._packed.peek(GAP + len(MAGIC))
        breaks = len(ahead) - len(ahead.lstrip(b"\r\n"))
        if ahead[breaks:] and not ahead[breaks:].startswith(MAGIC):
            raise RecordError(f"{place}: what follows its Content-Length is no record; the length is wrong, and the record is left out")
        self._packed.read(breaks)

    def _go_to_next(self, start: str) -> None:
        """To the next line that a record begins with, after the one at ``start``; to the end where there is none."""
        self._packed.seek(start)
        self._packed.readline(HEAD_LIMIT)
        while True:
            at = self._packed.position
            line = self._packed.readline(HEAD_LIMIT)
            if line == b"":
                return
            if line is not None and VERSION.match(line):
                self._packed.seek(at)
                return

    def _reports(self, headers: dict[str, str], block: bytes, place: str) -> Iterable[Report | TacitusError]:
        media, charset = media_of(headers.get("content-type", ""))
        if media == "application/http":
            answer = answer_of(block, place)
            if answer.status != FOUND or answer.media not in SUFFIX_OF:
                return
            media, charset, body = answer.media, answer.charset, body_of(answer, self._options.max_document, place)
        elif media in SUFFIX_OF:
            body = block
        else:
            return
        url = headers.get("warc-target-uri", "").strip("<> ") or None
        yield from read_stream(io.BytesIO(body), place, self._options, suffix=SUFFIX_OF[media], url=url, charset=charset)
