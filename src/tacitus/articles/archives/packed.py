"""The bytes of a file, plain, gzipped or zipped, that know where they stand, and that tell when they end before their end.

A position is ``BASE+INSIDE``: where in the file a gzip member begins, and how many unpacked bytes of it were read. So the reading of a web archive, which
is a gzip member a record, goes on at once where it stopped; other packed files are unpacked again up to there.
"""

from __future__ import annotations

import codecs
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from typing import IO

from tacitus.articles.encoding import wide_encoding
from tacitus.articles.text import shown
from tacitus.errors import DamagedError, SourceError

CHUNK_BYTES = 64 * 1024
HEAD_BYTES = 8192
GZIP_MAGIC = b"\x1f\x8b\x08"
ZIP_MAGIC = b"PK\x03\x04"
GZIP_ONLY = 16 + zlib.MAX_WBITS
"""zlib's word for: gzip, its checksum and length verified."""

RATIO, RATIO_FROM = 250, 64 * 1024 * 1024
"""How much larger than it is packed a part may be, once it is over 64 MiB: news pack to a quarter, logs to a fiftieth; a bomb is a thousand times larger."""


class Packed:
    """A file's unpacked bytes. UTF-16 and UTF-32 are recoded to UTF-8, so that a line ends in one byte.

    Args:
        raw: the file, which can be sought in.
        name: as it is shown in messages.

    Raises:
        SourceError: a ZIP archive that is encrypted, damaged or holds more than one file.
    """

    def __init__(self, raw: IO[bytes], name: str) -> None:
        self._raw, self.name = raw, name
        self._size = raw.seek(0, 2)
        raw.seek(0)
        magic = raw.read(4)
        self.packing = "gzip" if magic.startswith(GZIP_MAGIC) else "zip" if magic == ZIP_MAGIC else "plain"
        self._wide: str | None = None
        self.seek("0+0")
        self._wide = wide_encoding(self.peek(HEAD_BYTES))
        if self._wide:
            self.seek("0+0")

    @property
    def position(self) -> str:
        """Where the next byte stands."""
        while len(self._marks) > 1 and self._marks[1][0] <= self._taken:
            self._marks.popleft()
        begins, base, inside = self._marks[0]
        return f"{base}+{inside + self._taken - begins}"

    def seek(self, position: str) -> None:
        """Go on at a position that was given before."""
        base, inside = (int(part) for part in position.split("+"))
        self._buffer, self._start, self._taken = bytearray(), 0, 0
        if self.packing == "plain" and not self._wide:
            self._marks = deque([(0, 0, inside)])
            self._chunks = self._plain(inside)
            return
        self._marks = deque([(0, base, 0)])
        self._chunks = self._recoded(self._unpacked(base)) if self._wide else self._unpacked(base)
        while inside and (passed := self.read(min(inside, CHUNK_BYTES))):
            inside -= len(passed)

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay where they are; fewer at the end, or where what follows is damaged."""
        try:
            while self._waiting() < size and self._fill():
                pass
        except DamagedError:
            pass  # told when it is read
        return bytes(self._buffer[self._start : self._start + size])

    def read(self, size: int, in_member: bool = False) -> bytes:
        """The next bytes: ``size`` of them, or fewer at the end (``in_member``: at the end of the gzip member, too).

        Raises:
            DamagedError: here and in ``readline``: the file is cut or damaged there; the bytes before were given.
        """
        member = self.position.partition("+")[0]
        while self._waiting() < size and not (in_member and len(self._marks) > 1):
            try:
                if not self._fill():
                    break
            except DamagedError:
                if not self._waiting():
                    raise
                break
        end = self._waiting()
        if in_member and len(self._marks) > 1 and self._marks[0][1] == int(member):
            end = min(end, self._marks[1][0] - self._taken)
        return self._take(min(size, end))

    def readline(self, limit: int) -> bytes | None:
        """The next line with its line break; nothing at the end; None for a line of over ``limit`` bytes, which is passed over."""
        searched, too_long = 0, False
        while True:
            found = self._buffer.find(b"\n", self._start + searched)
            if found >= 0:
                line = self._take(found + 1 - self._start)
                return None if too_long or len(line) > limit else line
            searched = self._waiting()
            if searched > limit:
                self._take(searched)
                searched, too_long = 0, True
            if not self._fill():
                line = self._take(self._waiting())
                return None if too_long or len(line) > limit else line

    def next_member(self, magic: bytes) -> bool:
        """Go to the next gzip member whose content begins with ``magic``, past whatever is damaged before it; False where there is none."""
        base = int(self.position.partition("+")[0]) + 1
        while (base := self._find(GZIP_MAGIC, base)) >= 0:
            self.seek(f"{base}+0")
            if self.peek(len(magic)) == magic:
                return True
            base += 1
        return False

    def _find(self, what: bytes, start: int) -> int:
        self._raw.seek(start)
        before = b""
        while chunk := self._raw.read(CHUNK_BYTES):
            found = (before + chunk).find(what)
            if found >= 0:
                return start - len(before) + found
            start += len(chunk)
            before = (before + chunk)[-len(what) + 1 :]
        return -1

    def _waiting(self) -> int:
        return len(self._buffer) - self._start

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[self._start : self._start + size])
        self._start += len(taken)
        self._taken += len(taken)
        if self._start > CHUNK_BYTES:
            del self._buffer[: self._start]
            self._start = 0
        return taken

    def _fill(self) -> bool:
        try:
            base, chunk = next(self._chunks, (None, b""))
        except DamagedError as error:
            self._chunks = self._damage(error)
            raise
        if base is not None:
            self._marks.append((self._taken + self._waiting(), base, 0))
        self._buffer += chunk
        return bool(chunk) or base is not None

    def _damage(self, error: DamagedError) -> Iterator[tuple[int | None, bytes]]:
        """The damage anew, for whoever reads on: it must not look like the end."""
        yield from ()
        raise error

    def _plain(self, start: int) -> Iterator[tuple[int | None, bytes]]:
        self._raw.seek(start)
        while chunk := self._raw.read(CHUNK_BYTES):
            yield None, chunk

    def _recoded(self, chunks: Iterator[tuple[int | None, bytes]]) -> Iterator[tuple[int | None, bytes]]:
        decoder = codecs.getincrementaldecoder(self._wide or "utf-8")("replace")
        mark = "\ufeff"
        for _, chunk in chunks:
            if text := decoder.decode(chunk):
                if bare := text.removeprefix(mark):
                    yield None, bare.encode("utf-8", "replace")
                mark = ""
        if rest := decoder.decode(b"", final=True):
            yield None, rest.encode("utf-8", "replace")

    def _unpacked(self, base: int) -> Iterator[tuple[int | None, bytes]]:
        if self.packing == "gzip":
            return self._gzip(base)
        return self._zip() if self.packing == "zip" else self._plain(0)

    def _gzip(self, base: int) -> Iterator[tuple[int | None, bytes]]:
        """Chunks, and None or where a further member begins before the first of its chunks."""
        self._raw.seek(base)
        rest, first = b"", True
        while rest := self._padding_gone(rest):
            begins = self._raw.tell() - len(rest)
            if not rest.startswith(GZIP_MAGIC[:2]):
                raise DamagedError(f"{self.name}: from byte {begins:,} on, what follows the gzip data is none; what came before was read")
            if not first:
                yield begins, b""
            first = False
            member = zlib.decompressobj(GZIP_ONLY)
            size = 0
            while not member.eof:
                rest = rest or self._raw.read(CHUNK_BYTES)
                try:
                    chunk = member.decompress(rest, CHUNK_BYTES)
                    if not rest and not chunk:
                        raise DamagedError(f"{self.name}: the gzip archive ends before its end, at byte {self._size:,}; what came before was read")
                except zlib.error as error:
                    raise DamagedError(f"{self.name}: the gzip part that begins at byte {begins:,} is damaged ({error}); get the file again") from error
                rest = member.unused_data if member.eof else member.unconsumed_tail
                size += len(chunk)
                self._hold_ratio(size, self._raw.tell() - begins)
                if chunk:
                    yield None, chunk

    def _padding_gone(self, rest: bytes) -> bytes:
        """What comes after a member and the zeros that may follow it."""
        while not (rest := rest.lstrip(b"\0")) and (rest := self._raw.read(CHUNK_BYTES)):
            pass
        return rest if len(rest) != 1 else rest + self._raw.read(CHUNK_BYTES)  # a magic number of which one byte was read

    def _zip(self) -> Iterator[tuple[int | None, bytes]]:
        try:
            with zipfile.ZipFile(self._raw) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
                if len(members) != 1:
                    raise SourceError(f"{self.name}: this is a ZIP archive of {len(members):,} files, and only one with a single file is read; unpack it")
                size = 0
                with archive.open(members[0]) as stream:
                    while chunk := stream.read(CHUNK_BYTES):
                        size += len(chunk)
                        self._hold_ratio(size, members[0].compress_size)
                        yield None, chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
            raise DamagedError(f"{self.name}: this ZIP archive is damaged, cut or encrypted ({shown(str(error))}); get it again, or unpack it") from error

    def _hold_ratio(self, size: int, packed: int) -> None:
        if size > RATIO_FROM and size > RATIO * max(packed, 1):
            raise DamagedError(f"{self.name}: it unpacks to more than {RATIO} times its size, as no news do; the rest is left out")
