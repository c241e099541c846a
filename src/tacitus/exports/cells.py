"""Cells of tab-separated files: text of unknown origin that must not end a row, open a quotation or run in a spreadsheet."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tacitus.records import Event

_BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""Controls, everything that some reader takes for the end of a line or cell, and halves of characters, which UTF-8 cannot hold."""
_RUNNING = re.compile(r"^[\s=+\-@'\"]+")
"""What a spreadsheet takes for the beginning of a formula."""


def one_line(text: str | None) -> str:
    """A text on one line: controls and halves of characters become spaces. Empty for None."""
    return _BREAKING.sub(" ", text or "")


def tsv_cell(text: str | None) -> str:
    """A text as a cell of a tab-separated file that is read without quoting rules and with them: breaking characters become spaces, quotation marks
    apostrophes, and what would begin a formula is cut off (no name, place or URL begins so). Empty for None."""
    return _RUNNING.sub("", one_line(text).replace('"', "'")).strip()


def citation(event: Event) -> str:
    """Where an event was read: its report's URL (quotation marks and blanks percent-encoded), else title, else id."""
    if event.url:
        return tsv_cell(event.url.replace('"', "%22")).replace(" ", "%20")
    return tsv_cell(event.title) or tsv_cell(event.report_id)


def is_web(event: Event) -> bool:
    """Whether the report has an address on the web."""
    return (event.url or "").lower().startswith(("http://", "https://"))


def site(event: Event) -> str:
    """The site that published an event's report, without ``www.``; empty where the report has no address."""
    if not is_web(event):
        return ""
    try:
        host = urlsplit(event.url or "").hostname or ""
    except ValueError:
        return ""
    return tsv_cell(host.removeprefix("www."))
