"""Plain text: one report a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tacitus.articles.document import Document
from tacitus.articles.text import dateline_date, title_of
from tacitus.errors import SourceError, TacitusError
from tacitus.records import Report

RANK = 90
SUFFIXES = frozenset({".txt", ".text"})
XML = re.compile(r"<\?xml\b|<(?:rss|feed|nitf|newsml)\b", re.IGNORECASE)


def fits(_document: Document) -> bool:
    """What is nothing else is plain text."""
    return True


def read(document: Document) -> Iterator[Report | TacitusError]:
    """The one report. Its title, where it has one, stays in the text, so that offsets count in what the file holds.

    Raises:
        SourceError: the text is too large, blank, or XML.
    """
    if XML.match(document.head_text):
        raise SourceError(f"{document.name}: this is an XML document, which is not read; give the reports as text, HTML or JSON Lines")
    text = document.text(document.options.max_document)
    yield Report(text=text, url=document.url, published=dateline_date(text), title=title_of(text))
