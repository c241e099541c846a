"""Tacitus: event data from the news. Public names load on first use.

>>> import tacitus
>>> events = tacitus.Coder().code("Russia vetoed the U.N. resolution on Tuesday.", published="2017-04-12")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tacitus._version import __version__

if TYPE_CHECKING:
    from tacitus.errors import TacitusError
    from tacitus.pipeline import Coder
    from tacitus.records import Actor, Event, Place, Relation, Report

__all__ = ["Actor", "Coder", "Event", "Place", "Relation", "Report", "TacitusError", "__version__"]

_HOMES = {
    "Coder": "tacitus.pipeline",
    "TacitusError": "tacitus.errors",
    **dict.fromkeys(("Actor", "Event", "Place", "Relation", "Report"), "tacitus.records"),
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'tacitus' has no attribute {name!r}")
