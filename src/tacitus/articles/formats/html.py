"""HTML: the article's text without the page around it, its title and its date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tacitus.articles.document import Document
from tacitus.articles.text import clean, date_alone, dateline_date, one_line
from tacitus.errors import SourceError, TacitusError
from tacitus.records import Report

if TYPE_CHECKING:
    from lxml.html import HtmlElement

RANK = 40
SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
START = re.compile(
    r"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|p|h1)\b", re.IGNORECASE | re.DOTALL
)
DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
"""For htmldate: what the page says of its publication, no guess from other dates in it, and no look at the clock."""

DATE_LINES = 4
"""Pieces of text in which the date below a headline is looked for: a byline, a place or a link or two may come first."""

LAYOUT = ("p", "table", "ul", "h1", "h2", "h3")
"""What a table of data does not hold: a table with one of these, an empty line or a single cell only lays out the page."""

TABLE_PARTS = ("caption", "thead", "tbody", "tfoot", "tr", "td", "th")
INLINE = frozenset({"a", "abbr", "b", "br", "em", "font", "i", "img", "small", "span", "strong", "u"})
NOT_TEXT = [
    "//p[.//img][contains(@class, 'photo') or contains(@class, 'image') or contains(@class, 'legend')]",
    "//blockquote[contains(@class, 'twitter-') or contains(@class, 'instagram-') or contains(@class, 'tiktok-')]",
]
"""What the extractor would take for the article's own words: captions set as paragraphs, and posts of others embedded as they are."""


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
        from trafilatura import bare_extraction, load_html
    except ImportError as error:
        raise SourceError(f"{document.name}: HTML is read with trafilatura, which does not load ({error}); install it again") from error
    try:
        tree = load_html(page)
        if tree is not None:
            _unwrap_tables(tree)
        found = bare_extraction(
            tree,
            url=document.url,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dict(DATE_SEARCH),
            prune_xpath=NOT_TEXT,
            as_dict=False,
        )
    except Exception as error:  # whatever a damaged page does to the extractor, a run over many pages goes on
        raise SourceError(f"{document.name}: this HTML cannot be read ({type(error).__name__}: {error}); give its text") from error
    text = None if found is None or isinstance(found, dict) else found.text
    if found is None or isinstance(found, dict) or not text or not text.strip():
        raise SourceError(f"{document.name}: no article text was found in this HTML; give the text itself")
    text = clean(text)
    url = document.url or _article_url(found.url)
    title = _headline(tree, one_line(found.title))
    yield Report(text=text, url=url, published=found.date or dateline_date(text) or _date_below(tree, title), title=title)


def _unwrap_tables(tree: HtmlElement) -> None:
    """Makes divisions of tables that only lay out the page, which the extractor would take for the article's data, menu and all."""
    tables = dict.fromkeys(filter(_is_layout, tree.iter("table")))
    for part in [part for part in tree.iter(*TABLE_PARTS) if next(part.iterancestors("table"), None) in tables]:
        part.tag = "div"
    for table in tables:
        table.tag = "div"
        if table.tail and table.tail.strip():  # the text went around the table: a paragraph of its own, or it is lost
            rest = table.makeelement("p")
            rest.text, table.tail = table.tail, None
            table.addnext(rest)
            while (after := rest.getnext()) is not None and after.tag in INLINE:
                rest.append(after)


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table holds what one of data does not."""
    if next(table.iterdescendants(*LAYOUT), None) is not None or len(list(islice(table.iter("td", "th"), 2))) < 2:
        return True
    return any((after := line.getnext()) is not None and after.tag == "br" and not (line.tail or "").strip() for line in table.iter("br"))


def _headline(tree: HtmlElement, title: str | None) -> str | None:
    """The title, unless it is just the site's name before the headline in the page's ``<title>``: the longer part is the headline."""
    whole = one_line(tree.findtext(".//head//title"))
    if not title or not whole or not whole.startswith(f"{title} ") or tree.xpath("//h1 | //meta[@property='og:title']"):
        return title
    rest = whole[len(title) :].lstrip(" :|·•–—-»>")
    return rest if len(rest) > len(title) else title


def _date_below(tree: HtmlElement, title: str | None) -> str | None:
    """The date that stands alone on one of the lines below the headline; none from elsewhere, as a page may show the day it was made."""
    lines = [line for line in map(one_line, tree.xpath("//body//text()[not(parent::script or parent::style)]")) if line]
    start = lines.index(title) + 1 if title in lines else len(lines)
    return next(filter(None, map(date_alone, lines[start : start + DATE_LINES])), None)


def _article_url(url: str | None) -> str | None:
    """The page's own word on its URL, unless it names the site's front page, which would give all its reports one id."""
    if not url:
        return None
    parts = urlsplit(url)
    return url if parts.scheme in {"http", "https"} and (parts.path.strip("/") or parts.query) else None
