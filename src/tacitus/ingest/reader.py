"""The side of reading that survives: it follows what the reading process finds, and when that dies, knows at which document, and goes on after it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tacitus.articles.options import ReadOptions
from tacitus.errors import FetchError, RecordError, SourceError
from tacitus.ingest.limits import MEGABYTE, Limits
from tacitus.ingest.processes import Died, Helper
from tacitus.ingest.reading_process import GROWN, OUT_OF_MEMORY, serve
from tacitus.records import Report, report_from_record
from tacitus.store import LeftOut

GRACE = 5.0
"""Seconds beyond a document's limit after which a process that does not end itself is ended."""
MOST_DEATHS = 1000
"""Documents of one source at which the process may die before the rest is left out: each costs up to the time limit."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where its bytes lie, what it is called in the ledger and in messages, which content it has, and what is known from outside."""

    path: Path
    name: str
    shown: str
    fingerprint: str
    kind: str = "file"
    file_name: str = ""
    url: str | None = None
    charset: str | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """What was found next, and the position to go on at after it: a report, something left out, the URL of a report that is known and was not fetched,
    or, where ``nothing`` is true, a document that is no report. With none of these, it only tells the position."""

    position: str | None
    report: Report | None = None
    left_out: LeftOut | None = None
    known_url: str | None = None
    nothing: bool = False


class ReadingFailedError(SourceError):
    """The disk gave an error while a source was read; it can be taken up again."""


class Reader:
    """Reads files in a process of its own, which is replaced when it dies.

    A position is an archive's, and after ``|`` how many of the items of the document there were told.
    """

    def __init__(self, options: ReadOptions, limits: Limits) -> None:
        self._options, self._limits = options, limits
        self._helper: Helper | None = None

    def close(self) -> None:
        """End the process."""
        if self._helper:
            self._helper.end()
            self._helper = None

    def read(self, file: SourceFile, position: str | None, is_known: Callable[[str], bool]) -> Iterator[Item]:
        """What a file holds from a position on, in its order.

        Args:
            is_known: whether the report of a URL need not be fetched.

        Raises:
            ReadingFailedError: the disk gave an error.
        """
        walk = _Walk(file, position)
        finished = False
        try:
            while not finished:
                try:
                    yield from self._follow(file, walk, is_known)
                    finished = True
                except Died as death:
                    self.close()
                    yield from walk.after(death, self._limits)
                    finished = walk.at_end
        finally:
            if not finished:  # left in the middle: what the process still says is about a file that nobody reads any more
                self.close()

    def fetch(self, url: str, to: Path) -> tuple[str, str, str | None]:
        """Fetch a URL into a file: its URL in the end, the suffix of its format, the charset of its header.

        Raises:
            FetchError: it could not be fetched.
        """
        try:
            self._order(fetch=url, to=str(to))
            answer = self._answer(self._options.fetch.total_seconds)
        except Died as death:
            self.close()
            raise FetchError(f"{url}: the process that fetched it: {death.in_words()}; try again later") from death
        if "fetched" not in answer:
            raise FetchError(str(answer["rest"][1]))
        found, suffix, charset = answer["fetched"]
        return str(found), str(suffix), charset

    def _follow(self, file: SourceFile, walk: _Walk, is_known: Callable[[str], bool]) -> Iterator[Item]:
        self._order(
            path=os.fsencode(file.path).hex(),
            name=file.shown,
            file_name=file.file_name,
            url=file.url,
            charset=file.charset,
            named=file.named,
            position=walk.position,
            told=walk.told,
            beyond=walk.beyond,
        )
        while True:
            answer = self._answer(self._options.fetch.total_seconds if walk.url else 0.0)
            if "begin" in answer:
                walk.begin(str(answer["begin"]), str(answer["after"]), answer["url"])
                if walk.url is not None:
                    known = is_known(walk.url)
                    self._order(wanted=not known)
                    if known:
                        yield walk.found(known_url=walk.url)
            elif "report" in answer:
                yield _item(walk, answer["report"])
            elif "left_out" in answer:
                kind, reason = answer["left_out"]
                yield walk.found(left_out=LeftOut(walk.place, str(kind), str(reason)))
            elif "end" in answer:
                yield walk.end()
            elif "rest" in answer:
                kind, reason = answer["rest"]
                yield Item(walk.here, left_out=LeftOut(file.shown, str(kind), str(reason)))
                return
            elif "failed" in answer:
                raise ReadingFailedError(str(answer["failed"]))
            else:
                return

    def _order(self, **order: Any) -> None:
        if self._helper is None:
            self._helper = Helper(serve, self._options, self._limits)
            self._helper.answer(self._limits.starting_seconds)
        self._helper.tell(**order)

    def _answer(self, more_seconds: float) -> dict[str, Any]:
        if self._helper is None:
            raise Died(0)
        return self._helper.answer(self._limits.seconds + more_seconds + GRACE)


class _Walk:
    """Where the reading of a file is."""

    def __init__(self, file: SourceFile, position: str | None) -> None:
        before, _, told = (position or "").partition("|")
        self._file = file
        self.position = before or None
        self.told = int(told or 0)
        self.place = ""
        self.url: str | None = None
        self.beyond = self.at_end = False
        self._after: str | None = None
        self._tried_again: str | None = None
        self._deaths = 0

    @property
    def here(self) -> str:
        """The position within the document that is read."""
        return f"{self.position or ''}|{self.told}" if self.told else self.position or ""

    def begin(self, place: str, after: str, url: str | None) -> None:
        self.place, self._after, self.url = place, after, url

    def found(self, report: Report | None = None, left_out: LeftOut | None = None, known_url: str | None = None) -> Item:
        self.told += 1
        return Item(self.here, report, left_out, known_url)

    def end(self) -> Item:
        nothing = self.told == 0 and bool(self.place)
        self.position, self.told, self._after, self.place, self.url, self.beyond = self._after, 0, None, "", None, False
        return Item(self.here, nothing=nothing)

    def after(self, death: Died, limits: Limits) -> Iterator[Item]:
        """What a death leaves out: the document that was parsed, or what follows if none was."""
        if death.status == GROWN and self._after is None:
            return
        kind, what = _cause(death, limits)
        self._deaths += 1
        if self._after is not None:
            yield self.found(left_out=LeftOut(self.place, kind, f"{self.place}: {what}; it was left out"))
            yield self.end()
            self.at_end = self._deaths > MOST_DEATHS
            if self.at_end:
                reason = f"{self._file.shown}: {MOST_DEATHS:,} documents in it broke their limits; the rest is left out"
                yield Item(self.here, left_out=LeftOut(self._file.shown, kind, reason))
        elif kind == "crash" and not self.beyond and self._tried_again != self.here:
            self._tried_again = self.here  # between two documents: somebody may have ended the process, so what follows is not to blame yet
        elif self.beyond:  # it died again on the way past it
            self.at_end = True
        else:
            self.beyond, self.told = True, 0
            place = f"{self._file.shown}, after position {self.position}" if self.position else self._file.shown
            yield Item(self.here, left_out=LeftOut(place, kind, f"{place}: finding the next document: {what}; the archive is left out as far as that goes"))


def _cause(death: Died, limits: Limits) -> tuple[str, str]:
    """The kind of problem and the words for it."""
    if death.late:
        return "time", f"reading it took longer than {limits.seconds:g} s"
    if death.status == OUT_OF_MEMORY:
        return "memory", f"reading it takes more than {limits.memory / MEGABYTE:g} MB of memory"
    return "crash", f"the process that read it died ({death.in_words()})"


def _item(walk: _Walk, record: dict[str, Any]) -> Item:
    """A report of the reading process, which may have been taken over by what it read: every field is checked."""
    try:
        report = report_from_record(record, walk.place)
        label = record.get("label")
        return walk.found(report=replace(report, label=str(label)) if label else report)
    except RecordError as error:
        return walk.found(left_out=LeftOut(walk.place, "record", str(error)))
