"""Hostile web archives and ZIP archives."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from hostile_support import CODED, EITHER, MB, NOTHING, REPORTED, gzip_of, page, record, words, zeros_packed


def warc_record(block: bytes, kind: str = "response", media: str = "application/http; msgtype=response", length: object = None, more: str = "") -> bytes:
    size = len(block) if length is None else length
    fields = f"WARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{zlib.crc32(block)}\r\nContent-Type: {media}\r\n{more}"
    return f"WARC/1.0\r\n{fields}Content-Length: {size}\r\n\r\n".encode() + block + b"\r\n\r\n"


def answer(body: bytes | None = None, status: str = "200 OK", headers: str = "Content-Type: text/html") -> bytes:
    body = page().encode() if body is None else body
    return f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body


def warcs() -> Iterator[tuple[str, str, bytes, str]]:
    def good() -> bytes:
        return warc_record(answer())

    for what, length in (
        ("negative", -1),
        ("overlong", 10**6),
        ("of-an-exabyte", 10**18),
        ("of-a-thousand-digits", "9" * 1_000),
        ("nonsense", "ten"),
        ("short", 30),
        ("empty", ""),
    ):
        yield f"length-{what}", ".warc", good() + warc_record(answer(), length=length) + good(), REPORTED
        yield f"length-{what}-packed", ".warc.gz", gzip_of(good()) + gzip_of(warc_record(answer(), length=length)) + gzip_of(good()), REPORTED
    yield "no-line-ends-behind-the-block", ".warc", good().removesuffix(b"\r\n\r\n") + good(), CODED
    yield "many-line-ends-behind-the-block", ".warc", good() + b"\r\n" * 3 + good(), CODED
    yield "unix-line-ends", ".warc", warc_record(answer()).replace(b"\r\n", b"\n") + good(), EITHER
    yield "garbage-between", ".warc", good() + b"garbage\n" * 100 + good(), REPORTED
    yield "version-unknown", ".warc", good() + good().replace(b"WARC/1.0", b"WARC/9.9") + good(), REPORTED
    yield "headers-without-end", ".warc", good() + b"WARC/1.0\r\n" + b"X: y\r\n" * 100_000, REPORTED
    yield "header-line-of-1-mb", ".warc", good() + b"WARC/1.0\r\nX: " + b"y" * MB + b"\r\n\r\n" + good(), REPORTED
    yield "headers-cut", ".warc", good() + good()[:60], REPORTED
    yield "block-cut", ".warc", good() + good()[:-200], REPORTED
    yield "packed-and-cut", ".warc.gz", gzip_of(good()) + gzip_of(good())[:-40], REPORTED
    yield "packed-and-cut-in-the-trailer", ".warc.gz", gzip_of(good()) + gzip_of(good())[:-4], REPORTED
    damaged = bytearray(gzip_of(good()))
    damaged[60:80] = b"\xff" * 20
    yield "packed-with-a-damaged-record", ".warc.gz", gzip_of(good()) + bytes(damaged) + gzip_of(good()), REPORTED
    yield "packed-with-garbage-between", ".warc.gz", gzip_of(good()) + b"garbage" * 10 + gzip_of(good()), REPORTED
    yield "packed-as-one", ".warc.gz", gzip_of(good() + good()), CODED
    yield "packed-across-parts", ".warc.gz", b"".join(gzip_of(part) for part in _cut(good() + good(), 100)), CODED
    yield "packed-bomb-as-block", ".warc.gz", gzip_of(good()) + _warc_bomb(200 * MB) + gzip_of(good()), REPORTED
    yield "body-gzip-bomb", ".warc", warc_record(answer(zeros_packed(100 * MB), headers="Content-Type: text/html\r\nContent-Encoding: gzip")) + good(), REPORTED
    yield (
        "body-deflate-bomb",
        ".warc",
        warc_record(answer(zeros_packed(100 * MB, wrap=15), headers="Content-Type: text/html\r\nContent-Encoding: deflate")),
        REPORTED,
    )
    yield "body-gzip-cut", ".warc", warc_record(answer(gzip_of(page().encode())[:-20], headers="Content-Type: text/html\r\nContent-Encoding: gzip")), REPORTED
    yield "body-said-gzip-but-plain", ".warc", warc_record(answer(headers="Content-Type: text/html\r\nContent-Encoding: gzip")), CODED
    yield "body-brotli", ".warc", warc_record(answer(b"\x0b\x02\x80hi\x03", headers="Content-Type: text/html\r\nContent-Encoding: br")), REPORTED
    chunked = "Content-Type: text/html\r\nTransfer-Encoding: chunked"
    for what, body in (
        ("huge", b"ffffffffffffffff\r\nx"), ("negative", b"5\r\nhello\r\n-5\r\nx"), ("cut", b"5\r\nhello\r\n50\r\nx"), ("nonsense", b"5\r\nhello\r\nzz\r\nx"),
    ):  # fmt: skip
        yield f"chunk-size-{what}", ".warc", warc_record(answer(body, headers=chunked)) + good(), REPORTED
    yield "no-http-answer", ".warc", warc_record(b"hello") + good(), REPORTED
    yield "http-status-nonsense", ".warc", warc_record(answer(status="abc")) + good(), REPORTED
    yield "http-headers-without-end", ".warc", warc_record(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000) + good(), REPORTED
    yield "page-not-there", ".warc", warc_record(answer(status="404 Not Found")), NOTHING
    yield "picture", ".warc", warc_record(answer(b"\x89PNG", headers="Content-Type: image/png")), NOTHING
    yield "requests-only", ".warc", warc_record(b"GET / HTTP/1.0\r\n\r\n", kind="request") * 50, NOTHING
    yield "picture-called-html", ".warc", warc_record(answer(b"\x89PNG\r\n\x1a\n\0\0")), REPORTED
    yield "uri-of-script", ".warc", warc_record(answer()).replace(b"https://example.org", b"javascript:alert(1)"), EITHER
    yield "uri-missing", ".warc", warc_record(answer()).replace(b"WARC-Target-URI", b"X"), CODED
    yield "conversion-in-plain-text", ".warc", warc_record(words().encode(), "conversion", "text/plain"), CODED
    yield "resource-html", ".warc", warc_record(page().encode(), "resource", "text/html"), CODED
    yield "segment-2", ".warc", warc_record(answer(), more="WARC-Segment-Number: 2\r\n"), NOTHING
    yield "revisit", ".warc", warc_record(b"", "revisit"), NOTHING
    yield "block-over-the-limit", ".warc", warc_record(answer(b"x" * 12 * MB)) + good(), REPORTED


def _warc_bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = warc_record(b"", length=size).removesuffix(b"\r\n\r\n")
    return b"".join([packer.compress(head), *(packer.compress(b"\0" * MB) for _ in range(size // MB)), packer.compress(b"\r\n\r\n"), packer.flush()])


def _cut(content: bytes, size: int) -> list[bytes]:
    return [content[n : n + size] for n in range(0, len(content), size)]


def zips() -> Iterator[tuple[str, str, bytes, str]]:
    def made(members: dict[str, bytes]) -> bytes:
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return sink.getvalue()

    good = made({"x.jsonl": f"{record()}\n".encode()})
    yield "two-files", ".zip", made({"a.txt": b"a", "b.txt": b"b"}), REPORTED
    yield "no-files", ".zip", made({}), REPORTED
    yield "path-outside", ".jsonl.zip", made({"../../etc/passwd": f"{record()}\n".encode()}), CODED
    yield "cut", ".jsonl.zip", good[:-30], REPORTED
    central = good.index(b"PK\x01\x02")
    yield "wrong-checksum", ".jsonl.zip", good[: central + 16] + b"\1\2\3\4" + good[central + 20 :], REPORTED
    yield "size-lies", ".jsonl.zip", good[:22] + b"\xff\xff\xff\x7f" + good[26:], EITHER
    yield "zip64-lies", ".jsonl.zip", good.replace(b"PK\x05\x06", b"PK\x06\x06"), REPORTED
    yield "said-encrypted", ".jsonl.zip", good[:6] + b"\1" + good[7:], EITHER
    yield "encrypted-in-the-directory", ".jsonl.zip", good[: central + 8] + b"\1" + good[central + 9 :], REPORTED
    yield "unknown-method", ".jsonl.zip", good[: central + 10] + b"\x63" + good[central + 11 :], REPORTED
    yield "bomb", ".jsonl.zip", made({"x.jsonl": b"\0" * 100 * MB}), REPORTED
    yield "files-5000", ".zip", made({f"{n}.txt": b"" for n in range(5_000)}), REPORTED
