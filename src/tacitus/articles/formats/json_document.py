"""A JSON document: one report object, or a list of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tacitus.articles.document import Document
from tacitus.articles.formats.jsonlines import parse, report_of
from tacitus.errors import RecordError, TacitusError
from tacitus.records import Report

RANK = 30
SUFFIXES = frozenset({".json"})
START = re.compile(r'\{\s*["}]|\[\s*\{')


def fits(document: Document) -> bool:
    """By suffix, or because it begins as an object or a list of objects does."""
    return document.suffix in SUFFIXES or START.match(document.head_text) is not None


def read(document: Document) -> Iterator[Report | TacitusError]:
    """The report or reports; an element that holds none is yielded as a RecordError with its number from 1.

    Raises:
        RecordError: it is not JSON.
        SourceError: it is too large to be read as a whole: JSON Lines has no limit.
    """
    value = parse(document.raw_text(document.options.max_json), document.name)
    if not isinstance(value, list):
        yield report_of(value, document.name)
        return
    if not value:
        yield RecordError(f"{document.name}: the list is empty; give a list of report objects")
    for number, record in enumerate(value, 1):
        try:
            yield report_of(record, f"{document.name}, element {number}")
        except RecordError as error:
            yield error
