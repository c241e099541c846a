"""One opened document: its first bytes, and its text as a whole or line by line, in bounded memory."""

from __future__ import annotations

import codecs
import functools
from collections.abc import Iterator
from typing import IO

from tacitus.articles.encoding import declared_in, decode, wide_encoding
from tacitus.articles.magic import binary_kind
from tacitus.articles.options import MEGABYTE, ReadOptions
from tacitus.articles.text import clean
from tacitus.errors import SourceError

HEAD_BYTES = 8192
CHUNK_BYTES = 65536


class Document:
    """A stream of bytes with its name, and what is known of it from outside.

    Attributes:
        name: as it is shown in messages.
        suffix: of its file name or after its content type, in lower case with the dot, empty if it has none.
        url: where it was fetched, None for a file.
        head: the first bytes, up to 8 kB (fewer if a stream has a line of JSON sooner, so that a live one is not waited for).

    Raises:
        SourceError: the document is empty or binary.
    """

    def __init__(
        self, name: str, stream: IO[bytes], options: ReadOptions, *, suffix: str = "", url: str | None = None, charset: str | None = None
    ) -> None:
        self.name = name
        self.suffix = suffix.lower()
        self.url = url
        self.options = options
        self._charset = charset
        self._read = getattr(stream, "read1", stream.read)
        self.head = self._first_bytes()
        if not self.head.strip():
            raise SourceError(f"{name}: there is nothing in it; give a file that holds a report")
        kind = binary_kind(self.head)
        if kind:
            raise SourceError(f"{name}: this is {kind}, not text; give its text, HTML or JSON Lines")

    @functools.cached_property
    def head_text(self) -> str:
        """The first bytes as text, to tell the format by."""
        return decode(self.head, self._declared()).lstrip()

    def text(self, limit: int) -> str:
        """The whole text, cleaned; else as ``raw_text``."""
        return clean(self.raw_text(limit))

    def raw_text(self, limit: int) -> str:
        """The whole text as it is decoded. ``limit`` is in bytes.

        Raises:
            SourceError: it is longer than the limit, binary further down, or blank.
        """
        parts, size = [], 0
        for chunk in self.chunks():
            parts.append(chunk)
            size += len(chunk)
            if size > limit:
                raise SourceError(f"{self.name}: it is over {limit / MEGABYTE:g} MB; split it")
        raw = decode(b"".join(parts), self._declared())
        if "\x00" in raw:
            raise SourceError(f"{self.name}: this is binary data (it holds NUL bytes), not text; give its text, HTML or JSON Lines")
        if not clean(raw).strip():
            raise SourceError(f"{self.name}: there is only blank space in it; give a file that holds a report")
        return raw

    def lines(self, limit: int) -> Iterator[tuple[int, bytes | None]]:
        """Line numbers from 1 with each line in UTF-8 (or as it is), None for a line of over ``limit`` bytes, which is skipped."""
        line, number, too_long = bytearray(), 0, False
        for chunk in self._narrow_chunks():
            start = 0
            while (end := chunk.find(b"\n", start)) >= 0:
                line += chunk[start:end]
                number += 1
                yield number, None if too_long or len(line) > limit else bytes(line)
                line.clear()
                too_long, start = False, end + 1
            line += chunk[start:]
            if too_long or len(line) > limit:
                line.clear()
                too_long = True
        if line or too_long:
            yield number + 1, None if too_long else bytes(line)

    def chunks(self) -> Iterator[bytes]:
        """The bytes from the first on, in pieces."""
        yield self.head
        while chunk := self._read(CHUNK_BYTES):
            yield chunk

    def _narrow_chunks(self) -> Iterator[bytes]:
        """The chunks, recoded to UTF-8 if they are of an encoding in which a line break is more than one byte."""
        wide = wide_encoding(self.head)
        if wide is None:
            yield from self.chunks()
            return
        decoder = codecs.getincrementaldecoder(wide)("replace")
        for chunk in self.chunks():
            yield decoder.decode(chunk).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")

    def _declared(self) -> str | None:
        return self._charset or declared_in(self.head)

    def _first_bytes(self) -> bytes:
        head = b""
        while len(head) < HEAD_BYTES and (chunk := self._read(HEAD_BYTES - len(head))):
            head += chunk
            if head.lstrip().startswith(b"{") and b"\n" in head.lstrip():
                break
        return head
