"""Rows of producers' files: zipped, gzipped or plain, of any size in flat memory; what cannot be read is told, not silently dropped."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from tacitus.errors import SourceError

LINE_LIMIT = 1 << 20
"""Bytes of a line; a longer one is no row of any producer (GDELT's longest are 3 kB)."""
TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt", "")
"""Members of an archive that hold rows; ICEWS' archives also carry codebooks in PDF."""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was left out: file, 1-based line (0: the file as a whole), and why."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


Listener = Callable[[SkippedRow], None]


def ignore(_: SkippedRow) -> None:
    """The listener of those who do not ask."""


def _streams(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with path.open("rb") as raw:
        magic = raw.read(4)
        raw.seek(0)
        if magic == b"PK\x03\x04":
            with zipfile.ZipFile(raw) as archive:
                for member in archive.infolist():
                    if not member.is_dir() and Path(member.filename).suffix.lower() in TEXT_SUFFIXES:
                        with archive.open(member) as stream:
                            yield f"{path}/{member.filename}", stream
        elif magic[:2] == b"\x1f\x8b":
            with gzip.open(raw) as stream:
                yield str(path), cast("IO[bytes]", stream)
        else:
            yield str(path), raw


def _lines(name: str, stream: IO[bytes], problem: Listener) -> Iterator[tuple[int, str]]:
    number = 0
    while line := stream.readline(LINE_LIMIT):
        number += 1
        if len(line) == LINE_LIMIT and not line.endswith(b"\n"):
            while (rest := stream.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                pass
            problem(SkippedRow(name, number, f"longer than {LINE_LIMIT:,} bytes"))
            continue
        yield number, line.decode("utf-8", "replace").rstrip("\r\n")


def rows(path: Path, widths: frozenset[int], problem: Listener = ignore) -> Iterator[tuple[str, int, list[str]]]:
    """The tab-separated rows of a file: its name, the 1-based line and the cells. Rows of other widths are told to ``problem`` and left out;
    an archive that ends before its end is told, after the rows that it still held.

    Raises:
        SourceError: the file is not there or cannot be opened, or an archive is damaged at its beginning or encrypted.
    """
    opened = False
    try:
        for name, stream in _streams(path):
            opened = True
            for number, line in _lines(name, stream, problem):
                cells = line.split("\t")
                if len(cells) in widths:
                    yield name, number, cells
                elif line.strip():
                    expected = " or ".join(map(str, sorted(widths)))
                    problem(SkippedRow(name, number, f"{len(cells)} columns where {expected} are expected"))
    except OSError as e:
        if not isinstance(e, gzip.BadGzipFile):
            raise SourceError(f"{path}: cannot be read: {e.strerror or e}") from e
        problem(SkippedRow(str(path), 0, f"damaged: {e}"))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as e:
        if not opened:
            raise SourceError(f"{path}: is no archive that can be read: {e}") from e
        problem(SkippedRow(str(path), 0, f"ends before its end: {e}"))
    if not opened:
        raise SourceError(f"{path}: holds no table; expected a member named .csv, .tsv, .tab or .txt")
