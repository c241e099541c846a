"""JSON Lines: one report object a line, streamed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tacitus.articles.document import Document
from tacitus.articles.encoding import decode
from tacitus.articles.options import MEGABYTE
from tacitus.articles.text import clean, dateline_date, one_line
from tacitus.errors import RecordError, TacitusError
from tacitus.records import Report, report_from_record

RANK = 20
SUFFIXES = frozenset({".jsonl", ".ndjson"})
OBJECT = re.compile(r'\{\s*["}]')


def fits(document: Document) -> bool:
    """By suffix, or because a line that is among the first is an object of its own (in JSON over many lines none is)."""
    if document.suffix in SUFFIXES:
        return True
    head = document.head_text
    if not OBJECT.match(head):
        return False
    if document.suffix == "" and "\n" not in head:
        return True
    return any(_is_object(line) for line in head.splitlines() if line.startswith("{"))


def read(document: Document) -> Iterator[Report | TacitusError]:
    """A report for each line that is not blank; a line that holds none is yielded as a RecordError with its number."""
    limit = document.options.max_line
    for number, line in document.lines(limit):
        where = f"{document.name}, line {number}"
        if line is None:
            yield RecordError(f"{where}: it is over {limit / MEGABYTE:g} MB; split the report")
        elif line.strip():
            try:
                yield report_of(parse(decode(line), where), where)
            except RecordError as error:
                yield error


def parse(text: str, where: str) -> Any:
    """The JSON value of ``text``.

    Raises:
        RecordError: it is not JSON; the message says at which character.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise RecordError(f"{where}: this is not JSON ({error.msg} at line {error.lineno}, column {error.colno}); correct it") from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{where}: this JSON cannot be read ({error}); correct it") from error


def report_of(record: Any, where: str) -> Report:
    """The report of a JSON value, its text cleaned; undated, it takes the date of its dateline.

    Raises:
        RecordError: the value is no object, or not one of a report.
    """
    if not isinstance(record, dict):
        raise RecordError(f'{where}: a report is a JSON object with a "text", not {type(record).__name__}')
    cleaned = {key: clean(value) if isinstance(value, str) else value for key, value in record.items()}
    if isinstance(cleaned.get("title"), str):
        cleaned["title"] = one_line(cleaned["title"])
    text = cleaned.get("text")
    if not cleaned.get("published"):
        cleaned["published"] = cleaned.get("date") or (dateline_date(text) if isinstance(text, str) else None)
    return report_from_record(cleaned, where)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
