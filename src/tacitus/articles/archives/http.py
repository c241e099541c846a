"""An HTTP answer as a web archive keeps it: its status, its media type, and its body, unpacked within a limit."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from tacitus.articles.options import MEGABYTE
from tacitus.articles.text import shown
from tacitus.errors import RecordError

HEAD_LIMIT = 64 * 1024
"""Bytes of the status line and the headers; servers refuse or send at most 16 kB."""
DEFLATE_OR_GZIP = 32 + zlib.MAX_WBITS
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: ``media`` such as ``text/html``, in small letters; ``charset`` as its header says; ``body`` as it was sent."""

    status: int
    media: str
    charset: str | None
    headers: dict[str, str]
    body: bytes


def headers_of(lines: list[bytes]) -> dict[str, str]:
    """Header fields by name in small letters, folded lines joined; what is none is passed over."""
    found: dict[str, str] = {}
    name = ""
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in {" ", "\t"} and name:
            found[name] += " " + text.strip()
        elif ":" in text:
            name, _, value = text.partition(":")
            name = name.strip().lower()
            found[name] = value.strip()
    return found


def media_of(value: str) -> tuple[str, str | None]:
    """Media type and charset of a ``Content-Type``."""
    media, *parameters = (part.strip() for part in value.split(";"))
    charset = next((p.partition("=")[2].strip("\"' ") for p in parameters if p.lower().startswith("charset=")), None)
    return media.lower(), charset or None


def answer_of(block: bytes, where: str) -> Answer:
    """The answer that a block of bytes is.

    Raises:
        RecordError: it does not begin as one, or its headers do not end.
    """
    head, separator, _ = block[:HEAD_LIMIT].partition(b"\r\n\r\n")
    if not separator:
        head, separator, _ = block[:HEAD_LIMIT].partition(b"\n\n")
    first, *rest = head.split(b"\n")
    parts = first.split(None, 2)
    if not separator or not first.startswith(b"HTTP/") or len(parts) < 2 or not parts[1].isdigit():
        raise RecordError(f"{where}: this is no HTTP answer with a status and headers; the record is left out")
    headers = headers_of(rest)
    media, charset = media_of(headers.get("content-type", ""))
    return Answer(int(parts[1][:9]), media, charset, headers, block[len(head) + len(separator) :])


def body_of(answer: Answer, limit: int, where: str) -> bytes:
    """The body without chunks and compression. Archives often keep it without them under the old headers, which is seen and taken as it is.

    Raises:
        RecordError: it is over ``limit`` bytes, its compression is unknown or damaged, or it ends early.
    """
    body = answer.body
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        body = _without_chunks(body, where)
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"gzip", "x-gzip", "deflate"} and (body.startswith(GZIP_MAGIC) or (encoding == "deflate" and body[:1] == b"\x78")):
        unpacker = zlib.decompressobj(DEFLATE_OR_GZIP)
        try:
            unpacked = unpacker.decompress(body, limit + 1)
        except zlib.error as error:
            raise RecordError(f"{where}: its compressed content is damaged ({error}); the record is left out") from error
        if len(unpacked) <= limit and not unpacker.eof:
            raise RecordError(f"{where}: its compressed content ends early; the record is left out")
        body = unpacked
    elif encoding not in {"identity", "", "gzip", "x-gzip", "deflate"} and body.lstrip()[:1] != b"<":
        raise RecordError(f'{where}: it is compressed with "{shown(encoding)[:40]}", which is not read; the record is left out')
    if len(body) > limit:
        raise RecordError(f"{where}: it is over {limit / MEGABYTE:g} MB; the record is left out")
    return body


def _without_chunks(body: bytes, where: str) -> bytes:
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 100)
        size_text = body[at:end].split(b";")[0].strip() if end >= 0 else b"-"
        try:
            size = int(size_text, 16) if size_text[:1].isalnum() else -1
        except ValueError:
            size = -1
        if size < 0:
            if not parts:
                return body
            raise RecordError(f"{where}: its chunks are damaged; the record is left out")
        if size == 0:
            return b"".join(parts)
        chunk = body[end + 1 : end + 1 + size]
        if len(chunk) < size:
            raise RecordError(f"{where}: its chunks end early; the record is left out")
        parts.append(chunk)
        at = end + 1 + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
