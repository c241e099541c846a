"""Sources in, reports out: the one way in for the command line, the pipeline and the web."""

from __future__ import annotations

import dataclasses
import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tacitus.articles.document import Document
from tacitus.articles.formats import fallback, format_of, known_suffixes
from tacitus.articles.language import check_language
from tacitus.articles.options import ReadOptions
from tacitus.articles.problems import ProblemLog
from tacitus.articles.sources import STANDARD_INPUT, URL, FoundFile, files_of, printable, unreadable
from tacitus.errors import LanguageError, SourceError, TacitusError
from tacitus.records import Report

if TYPE_CHECKING:
    from tacitus.articles.fetch import Fetcher


def read_sources(
    sources: Iterable[str | os.PathLike[str]],
    *,
    options: ReadOptions | None = None,
    problems: ProblemLog,
    stdin: IO[bytes] | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Report]:
    """The reports of files, folders (with all below), patterns (``*``, ``?``, ``**``), URLs and standard input (``-``), as they are read.

    What cannot be read, or is in another language than ``options`` wants, is recorded in ``problems`` and the run goes on: nothing of
    a source is raised. ``stdin`` and ``fetcher`` stand in for the process's input and the network.
    """
    options = options or ReadOptions()
    for source in (sources,) if isinstance(sources, str | os.PathLike) else sources:
        name = os.fspath(source)
        for item in _reports_of(name, options, stdin, fetcher):
            if isinstance(item, TacitusError):
                problems.record(printable(name), item)
            else:
                problems.reports += 1
                yield item


def _reports_of(source: str, options: ReadOptions, stdin: IO[bytes] | None, fetcher: Fetcher | None) -> Iterator[Report | TacitusError]:
    """The reports of one source, and the errors of what cannot be read."""
    try:
        if not source:
            raise SourceError("a source is an empty name; give a file, a folder, a pattern, a URL, or - for standard input")
        if source == STANDARD_INPUT:
            yield from read_stream(stdin or sys.stdin.buffer, "standard input", options)
        elif URL.match(source):
            got = (fetcher or network())(source, options.fetch)
            yield from read_stream(io.BytesIO(got.content), printable(source), options, suffix=got.suffix, url=got.url, charset=got.charset)
        else:
            for found in files_of(source):
                if isinstance(found, SourceError):
                    yield found
                else:
                    yield from _read_file(found, options)
    except TacitusError as error:
        yield error
    except OSError as error:
        yield unreadable("standard input" if source == STANDARD_INPUT else source, error)


def network() -> Fetcher:
    """The fetcher of real URLs, loaded when the first one is asked for."""
    from tacitus.articles.fetch import fetch

    return fetch


def _read_file(found: FoundFile, options: ReadOptions) -> Iterator[Report | TacitusError]:
    path = Path(found.path)
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, printable(found.path), options, suffix=path.suffix, named=found.named)
    except OSError as error:
        yield unreadable(found.path, error)


def read_stream(
    stream: IO[bytes],
    name: str,
    options: ReadOptions,
    *,
    suffix: str = "",
    url: str | None = None,
    charset: str | None = None,
    named: bool = True,
) -> Iterator[Report | TacitusError]:
    """The reports of an opened stream that are wanted, and the errors of the others; an error of the whole is yielded last."""
    try:
        document = Document(name, stream, options, suffix=suffix, url=url, charset=charset)
        form = format_of(document)
        if not named and form is fallback() and document.suffix not in known_suffixes():
            known = ", ".join(sorted(known_suffixes() - {""}))
            raise SourceError(f"{name}: in a folder, text is read from files with {known} or no suffix; name this file to have it read")
        for item in form.read(document):
            yield item if isinstance(item, TacitusError) else accepted(item, options, name)
    except TacitusError as error:
        yield error


def accepted(report: Report, options: ReadOptions, name: str) -> Report | TacitusError:
    """The report, with its language where it can be told; an error if its text is too long or in a language that is not wanted."""
    where = f"{name}, report {report.id}"
    if len(report.text) > options.max_text:
        return SourceError(f"{where}: its text has {len(report.text):,} characters, and {options.max_text:,} is the most; split it")
    if options.languages is None:
        return report
    try:
        language = check_language(report, options.languages, where)
    except LanguageError as error:
        return error
    return dataclasses.replace(report, language=language or report.language)
