"""Importing this loads what reads documents, parsers and the table of languages with it, so that the processes forked afterwards have it all at once and
its size is not counted against the first document."""

from __future__ import annotations

import contextlib

from tacitus.articles.formats import all_formats
from tacitus.articles.language import identify
from tacitus.ingest import reading_process

SENTENCE = "Long enough that the language is identified, and the table of languages is loaded for that."


def _load() -> None:
    all_formats()
    identify(SENTENCE, frozenset({"en"}))
    with contextlib.suppress(ImportError):  # told when the first page is read
        import trafilatura

        trafilatura.bare_extraction(f"<html><body><p>{SENTENCE}</p></body></html>", as_dict=False)


_load()

__all__ = ["reading_process"]
