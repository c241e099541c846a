"""The labelled record: line 1 the report's URL, line 2 a CAMEO code, line 3 its root, then the report's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tacitus.articles.document import Document
from tacitus.articles.text import dateline_date, title_of
from tacitus.errors import RecordError, TacitusError
from tacitus.records import Report

RANK = 10
SUFFIXES: frozenset[str] = frozenset()
HEADER = re.compile(r"\s*(?P<url>https?://\S+)[ \t]*\r?\n[ \t]*(?P<code>\d{2,4})[ \t]*\r?\n[ \t]*(?P<root>\d{2})[ \t]*(?:\r?\n|$)")
CODE = re.compile(r"\d{2,4}")


def fits(document: Document) -> bool:
    """By content alone: three such lines are nothing else."""
    return HEADER.match(document.head_text) is not None


def read(document: Document) -> Iterator[Report | TacitusError]:
    """The one report, with ``url`` and ``label``.

    Raises:
        RecordError: the root is not that of the code, or no text follows.
        SourceError: the record is too large or binary.
    """
    yield read_labelled(document.text(document.options.max_document), document.name)


def read_labelled(text: str, where: str) -> Report:
    """The report of a labelled record's text; ``where`` names it in messages.

    Raises:
        RecordError: it does not begin with the three lines, the root is not that of the code, or no text follows.
    """
    header = HEADER.match(text)
    if not header:
        raise RecordError(f"{where}: a labelled record has the URL on line 1, the CAMEO code on line 2, its root on line 3, then the text")
    if not header["code"].startswith(header["root"]):
        raise RecordError(f'{where}: line 3 says root "{header["root"]}", but code "{header["code"]}" on line 2 has another; correct one')
    body = text[header.end() :]
    if not body.strip():
        raise RecordError(f"{where}: no text follows line 3; add the report's text")
    return Report(text=body, url=header["url"], published=dateline_date(body), title=title_of(body), label=header["code"])


def write_labelled(report: Report, code: str) -> str:
    """The labelled record of ``report`` with CAMEO ``code``, as ``read_labelled`` reads it.

    Raises:
        RecordError: the report has no http or https URL, or the code is not two to four digits.
    """
    if not report.url or not re.fullmatch(r"https?://\S+", report.url):
        raise RecordError(f"report {report.id}: a labelled record needs an http or https URL; the report has {report.url!r}")
    if not CODE.fullmatch(code):
        raise RecordError(f"report {report.id}: {code!r} is no CAMEO code; give two to four digits, leading zero included")
    return f"{report.url}\n{code}\n{code[:2]}\n{report.text}"
