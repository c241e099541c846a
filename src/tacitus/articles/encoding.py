"""Bytes to text: byte order marks, declared and guessed encodings."""

from __future__ import annotations

import codecs
import re

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FALLBACK = "cp1252"
MEANS_FALLBACK = frozenset({"ascii", "iso8859-1", "cp1252"})
"""What pages call Latin-1 or ASCII is Windows-1252 (WHATWG Encoding Standard, labels)."""

NOT_TEXT = frozenset({"utf-7", "punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
"""Python codecs that no page may choose."""

WIDE_SHARE = 0.4
"""A text in UTF-16 without a mark has NULs in nearly half its bytes when it is written in Latin letters."""

GOOD_PER_BAD = 4
"""UTF-8 with a few damaged bytes has many valid sequences for each damaged one; Windows-1252 read as UTF-8 has next to none."""

META_BYTES = 4096
"""HTML asks for the charset in the first 1,024 bytes; real pages are later."""

META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")


def wide_encoding(head: bytes) -> str | None:
    """``utf-16-le``, ``utf-16-be`` or their UTF-32 kin if the first bytes are of that encoding, by mark or by their NULs."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), None)
    if marked or len(head) < 4:
        return None if marked == "utf-8" else marked
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd >= WIDE_SHARE * 2 * half and even < odd / 20:
        return "utf-16-le"
    if even >= WIDE_SHARE * 2 * half and odd < even / 20:
        return "utf-16-be"
    return None


def declared_in(head: bytes) -> str | None:
    """The charset that an HTML or XML document names for itself."""
    found = META_CHARSET.search(head, 0, META_BYTES) or XML_ENCODING.match(head.lstrip()[:META_BYTES])
    return found.group(1).decode("ascii") if found else None


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``: by byte order mark, as UTF-16 without one, as UTF-8 if it is valid, as ``declared``, as Windows-1252.

    UTF-8 goes before what was declared because bytes that are valid UTF-8 by chance are rarer than wrong declarations; the
    exceptions are encodings that are pure ASCII on the wire (ISO-2022, HZ). Never raises: what no encoding explains becomes U+FFFD.
    """
    wide = wide_encoding(data[:META_BYTES])
    if wide:
        return data.decode(wide, "replace").removeprefix("\ufeff")
    codec = _known(declared)
    if codec and codec.startswith(("iso2022", "hz")):
        return data.decode(codec, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if codec and codec != "utf-8" and codec not in MEANS_FALLBACK:
        try:
            return data.decode(codec)
        except UnicodeError:
            pass
    lenient = data.decode("utf-8-sig", "replace")
    bad = lenient.count("\ufffd")
    good = sum(character > "\x7f" for character in lenient) - bad
    return lenient if good >= GOOD_PER_BAD * bad else data.decode(FALLBACK, "replace")


def _known(declared: str | None) -> str | None:
    """Python's name for a declared encoding, None for an unknown or unfit one."""
    if not declared:
        return None
    try:
        info = codecs.lookup(declared.strip())
        "".encode(info.name)  # a codec that is not of text refuses
    except (LookupError, ValueError):
        return None
    return None if info.name.replace("_", "-") in NOT_TEXT else info.name
