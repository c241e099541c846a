"""Binary files, named by their first bytes."""

from __future__ import annotations

from tacitus.articles.encoding import wide_encoding

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, Excel or EPUB file)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a WebP, WAV or AVI file"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"OggS", "an Ogg sound or video file"),
    (b"ID3\x03", "an MP3 sound file"),
    (b"ID3\x04", "an MP3 sound file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"WARC/1.", "a WARC archive"),
    (b"\x7fELF", "a program"),
)
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
CONTROL_SHARE = 0.1
"""Texts have no control characters but a stray one; random bytes have 10 % of them."""


def binary_kind(head: bytes) -> str | None:
    """What the binary file that begins with ``head`` is, in words with their article; None for text in any encoding."""
    for signature, name in SIGNATURES:
        if head.startswith(signature):
            return name
    if wide_encoding(head):
        return None
    if b"\x00" in head:
        return "binary data (it holds NUL bytes)"
    if sum(byte in CONTROLS for byte in head) > CONTROL_SHARE * len(head):
        return "binary data (it holds control characters)"
    return None
