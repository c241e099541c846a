"""Reports in: from files, folders, patterns, standard input and URLs to ``Report``; what cannot be read goes to a problem log.

Public names load on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tacitus.articles.fetch import Fetched, Fetcher
    from tacitus.articles.formats.labelled import read_labelled, write_labelled
    from tacitus.articles.options import FetchOptions, ReadOptions
    from tacitus.articles.problems import Problem, ProblemLog
    from tacitus.articles.reading import read_sources

__all__ = [
    "FetchOptions",
    "Fetched",
    "Fetcher",
    "Problem",
    "ProblemLog",
    "ReadOptions",
    "read_labelled",
    "read_sources",
    "write_labelled",
]

_HOMES = {
    **dict.fromkeys(("Fetched", "Fetcher"), "fetch"),
    **dict.fromkeys(("read_labelled", "write_labelled"), "formats.labelled"),
    **dict.fromkeys(("FetchOptions", "ReadOptions"), "options"),
    **dict.fromkeys(("Problem", "ProblemLog"), "problems"),
    "read_sources": "reading",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
