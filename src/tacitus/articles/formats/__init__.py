"""The formats that a report may come in, one module each, found by this folder.

A format module has:

- ``RANK: int``, the order in which formats are asked, the most particular first;
- ``SUFFIXES: frozenset[str]``, the file suffixes that are its own;
- ``fits(document: Document) -> bool``, whether the document is of it, by content or by suffix;
- ``read(document: Document) -> Iterator[Report | TacitusError]``: a report that cannot be read is yielded as its error, so that
  the ones after it are read; an error that is raised is the document's.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

from tacitus.articles.document import Document
from tacitus.errors import TacitusError
from tacitus.records import Report


class Format(Protocol):
    """What a module of this folder offers."""

    RANK: int
    SUFFIXES: frozenset[str]

    def fits(self, document: Document, /) -> bool:
        """Whether the document is of this format."""

    def read(self, document: Document) -> Iterator[Report | TacitusError]:
        """The document's reports, and the errors of those that cannot be read."""


@functools.cache
def all_formats() -> tuple[Format, ...]:
    """Every format, in the order in which they are asked."""
    modules = [cast("Format", importlib.import_module(f"{__name__}.{found.name}")) for found in pkgutil.iter_modules(__path__)]
    return tuple(sorted(modules, key=lambda module: module.RANK))


def known_suffixes() -> frozenset[str]:
    """The suffixes of all formats, and none."""
    return frozenset({""}).union(*(module.SUFFIXES for module in all_formats()))


def fallback() -> Format:
    """The format of what is nothing else: plain text."""
    return all_formats()[-1]


def format_of(document: Document) -> Format:
    """The format of a document: the first that it fits; plain text fits always."""
    return next(module for module in all_formats() if module.fits(document))
