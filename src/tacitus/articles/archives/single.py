"""A file that is one document in a format of ``formats/``: text, HTML, JSON, a labelled record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, cast

from tacitus.articles.archives import Entry
from tacitus.articles.archives.packed import Packed
from tacitus.articles.options import ReadOptions
from tacitus.articles.reading import read_stream
from tacitus.errors import TacitusError
from tacitus.records import Report

END = "end"


class SingleDocument:
    """One document, with what is known of it from outside, as ``read_stream`` takes it. A position is ``end``, once it was read."""

    def __init__(
        self, packed: Packed, options: ReadOptions, *, suffix: str = "", url: str | None = None, charset: str | None = None, named: bool = True
    ) -> None:
        self._packed, self._options = packed, options
        self._suffix, self._url, self._charset, self._named = suffix, url, charset, named

    def entries(self, position: str | None) -> Iterator[Entry]:
        """The document, unless it was read."""
        if position != END:
            yield Entry(self._packed.name, END, self._reports)

    def beyond(self, _position: str | None) -> str | None:
        """Its end."""
        return END

    def _reports(self) -> Iterator[Report | TacitusError]:
        self._packed.seek("0+0")
        stream = cast("IO[bytes]", self._packed)
        yield from read_stream(
            stream, self._packed.name, self._options, suffix=self._suffix, url=self._url, charset=self._charset, named=self._named
        )
