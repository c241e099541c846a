"""What hostile documents are made of: good words, pages, bombs."""

from __future__ import annotations

import gzip
import json
import zlib

CODED, REPORTED, EITHER, NOTHING = "coded", "reported", "either", "nothing"
MB = 1_000_000


_number = 0


def words() -> str:
    """A text of its own, as a report's, so that no two documents count as one."""
    global _number  # noqa: PLW0603 - a counter
    _number += 1
    return (
        f"Israel and Syria opened talks in Geneva on Friday in building {_number}, officials said, after months of delay and quiet work by diplomats. "
        f"The two sides met for {_number} hours and agreed to meet again next week, a spokesman for the United Nations said."
    )


def page(before: str = "", after: str = "", head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Talks</title>{head}</head><body>{before}<article><h1>Talks open</h1><p>{words()}</p></article>{after}</body></html>"
    )


def gzip_of(content: bytes, level: int = 9) -> bytes:
    return gzip.compress(content, level, mtime=0)


def zeros_packed(size: int, byte: bytes = b"\0", wrap: int = 31) -> bytes:
    """A bomb: so many bytes, packed without ever being there."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wrap)
    out = [packer.compress(byte * MB) for _ in range(size // MB)]
    return b"".join([*out, packer.flush()])


def record(**fields: object) -> str:
    return json.dumps({"text": words(), "date": "2001-05-04", **fields})
