"""HTML: the article's text without the page around it, its title and its date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tacitus.articles.document import Document
from tacitus.articles.text import clean, dateline_date, one_line
from tacitus.errors import SourceError, TacitusError
from tacitus.records import Report

RANK = 40
SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
START = re.compile(
    r"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|p|h1)\b", re.IGNORECASE | re.DOTALL
)
DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
"""For htmldate: what the page says of its publication, no guess from other dates in it, and no look at the clock."""


def fits(document: Document) -> bool:
    """By suffix, or because it begins as a page does."""
    return document.suffix in SUFFIXES or START.match(document.head_text) is not None


def read(document: Document) -> Iterator[Report | TacitusError]:
    """The one report of a page.

    Raises:
        SourceError: no article text was found, the page is too large or damaged beyond reading, or trafilatura is not installed whole.
    """
    page = document.text(document.options.max_document)
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise SourceError(f"{document.name}: HTML is read with trafilatura, which does not load ({error}); install it again") from error
    try:
        found = bare_extraction(
            page, url=document.url, include_comments=False, with_metadata=True, date_extraction_params=dict(DATE_SEARCH), as_dict=False
        )
    except Exception as error:  # whatever a damaged page does to the extractor, a run over many pages goes on
        raise SourceError(f"{document.name}: this HTML cannot be read ({type(error).__name__}: {error}); give its text") from error
    text = None if found is None or isinstance(found, dict) else found.text
    if found is None or isinstance(found, dict) or not text or not text.strip():
        raise SourceError(f"{document.name}: no article text was found in this HTML; give the text itself")
    text = clean(text)
    url = document.url or _article_url(found.url)
    yield Report(text=text, url=url, published=found.date or dateline_date(text), title=one_line(found.title))


def _article_url(url: str | None) -> str | None:
    """The page's own word on its URL, unless it names the site's front page, which would give all its reports one id."""
    if not url:
        return None
    parts = urlsplit(url)
    return url if parts.scheme in {"http", "https"} and (parts.path.strip("/") or parts.query) else None
