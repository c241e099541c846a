"""When two reports are one: the canonical URL and the content key.

Both err towards two: what is kept twice can be joined later as a story, what is thrown away as known is gone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from urllib.parse import SplitResult, urlsplit

from tacitus.config import table

DEFAULT_PORTS = {"http": 80, "https": 443}
CONTENT_KEY_LENGTH = 32
"""Hexadecimal digits of a content key: 128 bits, so that no two texts of any collection share one by chance."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_AMP_PATH = re.compile(r"/amp/?$")
_SEPARATORS = re.compile(r"[\W_]+")


def well_formed(text: str) -> str:
    """A text that UTF-8 can hold: halves of surrogate pairs, which broken JSON brings, become U+FFFD; every offset stays."""
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def canonical_url(url: str | None) -> str | None:
    """What a web address means, for comparing: None where it is none or no ``http(s)`` one.

    Scheme and host in small letters, ``http`` as ``https``; no user, default port, fragment, tracking parameter (``data/url_parameters.csv``) or
    trailing slash; ``www.``, ``m.``, ``mobile.`` and ``amp.`` go where a site's name stays; other parameters in alphabetical order.

    >>> canonical_url("HTTP://M.Example.org:80/news/?utm_source=x&id=7#top")
    'https://example.org/news?id=7'
    """
    parts = _split(url)
    if parts is None:
        return None
    host = _site(parts)
    port = "" if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    path = _AMP_PATH.sub("", _ESCAPE.sub(_escape, parts.path)).rstrip("/")
    fields = sorted(_ESCAPE.sub(_escape, f) for f in parts.query.split("&") if f and not _is_tracking(f))
    return f"https://{host}{port}{path}" + ("?" + "&".join(fields) if fields else "")


def publisher(url: str | None) -> str | None:
    """The host of a web address without ``www.`` and the like, in small letters; None where it is none.

    >>> publisher("https://www.example.org/a")
    'example.org'
    """
    parts = _split(url)
    return None if parts is None else _site(parts)


def content_key(text: str) -> str | None:
    """A hash of what a text says: NFKC, case folded, punctuation and white space as one space. None where it holds no letter or digit.

    >>> content_key("Russia vetoed the\\n resolution.") == content_key("RUSSIA VETOED THE RESOLUTION")
    True
    """
    plain = _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:CONTENT_KEY_LENGTH] if plain else None


def _split(url: str | None) -> SplitResult | None:
    try:
        parts = urlsplit(well_formed(url or "").strip())
        usable = parts.scheme in DEFAULT_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        return None
    return parts if usable else None


def _site(parts: SplitResult) -> str:
    """The host, without a prefix of ``data/host_prefixes.csv`` where at least a name and its top level stay (``m.co.uk`` stays whole)."""
    host = (parts.hostname or "").rstrip(".")
    for prefix in _host_prefixes():
        rest = host.removeprefix(prefix)
        labels = rest.split(".")
        is_suffix = len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _second_levels()
        if rest != host and len(labels) >= 2 and not is_suffix:
            return rest
    return host


def _escape(match: re.Match[str]) -> str:
    """A percent escape as RFC 3986 (6.2.2) normalises it: none where none is needed, capitals elsewhere."""
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    exact, prefixes = _tracking()
    return name in exact or name.startswith(prefixes)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    rows = list(table("store", "url_parameters"))
    return frozenset(r["name"] for r in rows if r["match"] == "exact"), tuple(r["name"] for r in rows if r["match"] == "prefix")


@cache
def _host_prefixes() -> tuple[str, ...]:
    return tuple(row["prefix"] for row in table("store", "host_prefixes"))


@cache
def _second_levels() -> frozenset[str]:
    return frozenset(row["label"] for row in table("store", "second_levels"))
