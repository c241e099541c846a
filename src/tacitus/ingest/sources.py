"""From what a user names to files with fingerprints: paths, folders, patterns, URLs, standard input, named pipes.

What cannot be read twice (standard input, a pipe, a URL's content) is first written to a temporary file, deleted when the next source is asked for: so it
is parsed under the same limits, and known again by its hash if the run dies and the same comes once more.
"""

from __future__ import annotations

import hashlib
import os
import select
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tacitus.articles.problems import kind_of
from tacitus.articles.sources import STANDARD_INPUT, URL, files_of, printable, unreadable
from tacitus.articles.text import shown
from tacitus.errors import SourceError, TacitusError
from tacitus.ingest.limits import Limits
from tacitus.ingest.reader import Reader, SourceFile
from tacitus.store import LeftOut

HEAD_BYTES = 64 * 1024
"""Bytes of a file that its fingerprint takes in beside its size and time of change."""
COPY_BYTES = 1024 * 1024
HASH_LENGTH = 16
"""Hexadecimal digits of a hash in a fingerprint: 64 bits tell the versions of one file apart."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the files that sources stand for.

    Args:
        reader: fetches URLs.
        passed_over: paths that are no sources though they lie in a folder that is one: the store's own.
        stdin: stands in for the process's standard input.
    """

    reader: Reader
    limits: Limits
    passed_over: frozenset[str] = frozenset()
    stdin: IO[bytes] | None = None

    def find(self, sources: Iterable[str | os.PathLike[str]]) -> Iterator[SourceFile | LeftOut]:
        """The files of sources, in order, and what cannot be found."""
        for source in (sources,) if isinstance(sources, str | os.PathLike) else sources:
            name = os.fspath(source)
            try:
                yield from self._of(name)
            except TacitusError as error:
                yield _left_out(name, error)
            except OSError as error:
                yield _left_out(name, unreadable(name or STANDARD_INPUT, error))

    def _of(self, source: str) -> Iterator[SourceFile | LeftOut]:
        if not source:
            raise SourceError("a source is an empty name; give a file, a folder, a pattern, a URL, or - for standard input")
        if source == STANDARD_INPUT:
            yield from self._kept(self.stdin or sys.stdin.buffer, ledger_name(source), "standard input")
        elif URL.match(source):
            yield from self._fetched(source)
        else:
            for found in files_of(source):
                if isinstance(found, SourceError):
                    yield _left_out(source, found)
                    continue
                if not found.named and ledger_name(found.path) in self.passed_over:
                    continue
                try:
                    yield from self._file(found.path, found.named)
                except OSError as error:
                    yield _left_out(found.path, unreadable(found.path, error))

    def _file(self, path: str, named: bool) -> Iterator[SourceFile]:
        # Without waiting: a pipe may have been put in the file's place meanwhile.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as stream:  # noqa: PTH123 - a descriptor
            status = os.fstat(descriptor)
            if stat.S_ISFIFO(status.st_mode):
                yield from self._kept(_Pipe(descriptor, printable(path), self.limits.pipe_seconds), path, "pipe")
                return
            if not stat.S_ISREG(status.st_mode):
                raise SourceError(f"{printable(path)}: this is no file any more")
            head = hashlib.sha256(stream.read(HEAD_BYTES)).hexdigest()[:HASH_LENGTH]
        absolute = ledger_name(path)
        yield SourceFile(
            Path(absolute), absolute, printable(path), f"{status.st_size} bytes, {status.st_mtime_ns}, {head}", file_name=Path(path).name, named=named
        )

    def _fetched(self, url: str) -> Iterator[SourceFile]:
        path = _temporary()
        try:
            found, suffix, charset = self.reader.fetch(url, path)
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            yield SourceFile(path, ledger_name(url), shown(url), digest, "url", f"page{suffix}", found, charset)
        finally:
            path.unlink(missing_ok=True)

    def _kept(self, stream: IO[bytes] | _Pipe, name: str, kind: str) -> Iterator[SourceFile]:
        path = _temporary()
        digest = hashlib.sha256()
        try:
            with path.open("wb") as copy:
                while chunk := stream.read(COPY_BYTES):
                    digest.update(chunk)
                    copy.write(chunk)
            yield SourceFile(path, name, printable(name), digest.hexdigest(), kind)
        finally:
            path.unlink(missing_ok=True)


def _temporary() -> Path:
    descriptor, path = tempfile.mkstemp(prefix="tacitus-")
    os.close(descriptor)
    return Path(path)


class _Pipe:
    """A named pipe, read without waiting for ever for a writer that may never come."""

    def __init__(self, descriptor: int, name: str, seconds: float) -> None:
        self._descriptor, self._name, self._seconds = descriptor, name, seconds

    def read(self, size: int) -> bytes:
        """What there is; nothing once all writers have gone."""
        waiting = select.poll()
        waiting.register(self._descriptor, select.POLLIN)
        if not waiting.poll(self._seconds * 1000):
            raise SourceError(f"{self._name}: nothing came through this pipe for {self._seconds:g} s; start the program that writes to it first")
        return os.read(self._descriptor, size)


def ledger_name(source: str) -> str:
    """What the ledger calls a source."""
    if source == STANDARD_INPUT:
        return "standard input"
    return shown(source) if URL.match(source) else os.path.abspath(source)  # noqa: PTH100 - resolve() would rename a source when a link moves


def _left_out(source: str, error: TacitusError) -> LeftOut:
    return LeftOut(printable(source), kind_of(error), str(error))
