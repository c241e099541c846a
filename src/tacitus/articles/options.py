"""What a reader may set: languages, limits, and how URLs are fetched. Every default says where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How a URL is fetched. Sizes are bytes after decompression, times are seconds.

    ``total_seconds`` is wall-clock time over everything: look-up, redirects and the last byte. ``allow_private`` lets a URL lead to
    a private, loopback, link-local or reserved address, which is refused otherwise, so that a list of URLs from elsewhere cannot
    make the program read services of the network that it runs in.
    """

    total_seconds: float = 20.0
    connect_seconds: float = 20.0
    max_bytes: int = 10 * MEGABYTE
    max_redirects: int = 5
    allow_private: bool = False
    user_agent: str = "Tacitus (event data from the news)"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are read.

    ``languages`` are the ISO 639-1 codes that are coded; None takes every report and identifies none. ``max_text`` is in characters:
    a long report has about 50,000, so 2,000,000 is a book or an archive. ``max_document`` bounds a file that is one report (a text of
    ``max_text`` characters has at most four bytes each, and HTML its markup), ``max_json`` a JSON document, which has to be in memory
    as a whole, and ``max_line`` a line of JSON Lines (``max_text`` characters escaped at six bytes each, and the other fields).
    """

    languages: frozenset[str] | None = frozenset({"en"})
    max_text: int = 2_000_000
    max_document: int = 10 * MEGABYTE
    max_json: int = 64 * MEGABYTE
    max_line: int = 16 * MEGABYTE
    fetch: FetchOptions = field(default_factory=FetchOptions)
