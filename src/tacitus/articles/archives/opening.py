"""Which archive a file is: told by its first bytes, and by its suffix where these do not say."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from tacitus.articles.archives import Archive
from tacitus.articles.archives import url_list as urls
from tacitus.articles.archives.columnar import MAGIC as PARQUET_MAGIC
from tacitus.articles.archives.columnar import ParquetReports
from tacitus.articles.archives.lines import JsonLines
from tacitus.articles.archives.packed import HEAD_BYTES, Packed
from tacitus.articles.archives.rows import SUFFIXES as TABLE_SUFFIXES
from tacitus.articles.archives.rows import ReportRows, is_table
from tacitus.articles.archives.single import SingleDocument
from tacitus.articles.archives.warc import MAGIC as WARC_MAGIC
from tacitus.articles.archives.warc import WebArchive
from tacitus.articles.document import Document
from tacitus.articles.formats import format_of, jsonlines
from tacitus.articles.options import ReadOptions
from tacitus.errors import SourceError

if TYPE_CHECKING:
    from tacitus.articles.fetch import Fetcher

PACKED_SUFFIXES = (".gz", ".gzip", ".zip")


def open_archive(
    raw: IO[bytes],
    name: str,
    options: ReadOptions,
    *,
    file_name: str = "",
    url: str | None = None,
    charset: str | None = None,
    named: bool = True,
    fetcher: Fetcher | None = None,
) -> Archive:
    """The archive that an opened file is.

    Args:
        raw: the file, which can be sought in.
        name: as it is shown in messages.
        file_name: whose suffix helps to tell the format.
        url, charset: where the file was fetched, and the charset that its server named.
        named: whether the user named it, not just a folder that holds it: there, text is read from files with a known suffix only.
        fetcher: stands in for the network, for lists of URLs.

    Raises:
        SourceError: it is empty, binary, damaged at its beginning, or a table without a column for the text.
    """
    suffix = _suffix(file_name)
    if raw.read(len(PARQUET_MAGIC)) == PARQUET_MAGIC or suffix == ".parquet":
        raw.seek(0)
        return ParquetReports(raw, name, options)
    packed = Packed(raw, name)
    head = packed.peek(HEAD_BYTES)
    if head.startswith(WARC_MAGIC):
        return WebArchive(packed, options)
    if not head:
        packed.read(1)  # tells the damage if that is why there is nothing
        raise SourceError(f"{name}: there is nothing in it; give a file that holds a report")
    document = Document(name, io.BytesIO(head), options, suffix=suffix, charset=charset)
    columns = urls.url_table(document.head_text)
    if columns:
        return urls.UrlList(packed, options, columns, fetcher)
    if suffix in TABLE_SUFFIXES or (not suffix and is_table(head)):
        return ReportRows(packed, options, suffix)
    if urls.is_url_list(document.head_text, whole=len(head) < HEAD_BYTES):
        return urls.UrlList(packed, options, None, fetcher)
    if format_of(document) is jsonlines:
        return JsonLines(packed, options)
    return SingleDocument(packed, options, suffix=suffix, url=url, charset=charset, named=named)


def _suffix(file_name: str) -> str:
    """The suffix of the unpacked file, in small letters with its dot."""
    name = file_name.lower()
    packed = next((s for s in PACKED_SUFFIXES if name.endswith(s)), "")
    stem = name.removesuffix(packed).rpartition("/")[2]
    return "." + stem.rpartition(".")[2] if "." in stem.lstrip(".") else ""
