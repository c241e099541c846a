"""Events to a file, a folder or a stream in any of the formats: ``export_events`` finds the writer and names files as the producer does."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TextIO

from tacitus.errors import SourceError
from tacitus.exports.acled import ACLED
from tacitus.exports.archive import zipped
from tacitus.exports.flat import write_csv
from tacitus.exports.gdelt import GDELT1, GDELT2, date_added, stamp
from tacitus.exports.gdelt_mentions import GDELT2_MENTIONS
from tacitus.exports.icews import ICEWS
from tacitus.exports.jsonl import write_jsonl
from tacitus.exports.layout import Layout, Settings, Written
from tacitus.exports.parquet import write_parquet
from tacitus.exports.petrarch2 import PETRARCH2
from tacitus.exports.phoenix import PHOENIX
from tacitus.exports.plover import write_plover
from tacitus.exports.polecat import POLECAT
from tacitus.exports.tabular import write_tables
from tacitus.records import Event

LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "gdelt2": (GDELT2, GDELT2_MENTIONS),
    "gdelt1": (GDELT1,),
    **{layout.name: (layout,) for layout in (ICEWS, POLECAT, PHOENIX, PETRARCH2, ACLED)},
}
"""Tabular formats; those named ``gdelt`` are zipped and named by their time, the first table being the one that a stream gets."""
WHOLE = {"plover": ".jsonl", "csv": ".csv", "parquet": ".parquet", "jsonl": ".jsonl"}
"""Formats that hold every modality, with their suffixes."""
FORMATS = (*LAYOUTS, *WHOLE)
"""Every format by the name that ``--to`` takes."""
NEVER = "19790101000000"
"""The name of a GDELT file without events: GDELT's first day."""


def export_events(events: Iterable[Event], to: str, out: Path | BinaryIO, *, all_modalities: bool = False, added: datetime | None = None) -> Written:
    """Write events in a format as they come, in memory that does not grow.

    Args:
        events: what to write; only actual events are, unless ``all_modalities``.
        to: one of ``FORMATS``.
        out: a binary stream, a file, or a folder, in which the file is named as the producer names its own. GDELT's zipped files need a folder, which is
            made; to a stream go the rows alone, of ``gdelt2`` the events. Files appear under their names only when they are whole.
        all_modalities: planned, hypothetical and negated events too, where the format can say so.
        added: when the events are added to the data set (a moment with a time zone): GDELT's DATEADDED and file name. By default an event is added when its
            report is published, and the file named for its newest.

    Returns:
        What was written, and why events were left out.

    Raises:
        SourceError: there is no such format, it holds actual events only and all were asked for, or ``out`` cannot be written.
    """
    if to not in FORMATS:
        raise SourceError(f"{to!r} is no export format; there are {', '.join(FORMATS)}")
    if all_modalities and to not in WHOLE:
        raise SourceError(f"{to} holds actual events only; formats that hold all modalities are {', '.join(WHOLE)}")
    wanted = events if all_modalities else (e for e in events if e.modality == "actual")
    settings = Settings(added)
    try:
        if not isinstance(out, Path):
            return _write(to, wanted, out, settings)
        if to.startswith("gdelt"):
            return _archives(LAYOUTS[to], wanted, out, settings)
        return _file(to, wanted, out / f"{to}.events{_suffix(to)}" if out.is_dir() else out, settings)
    except OSError as e:
        if isinstance(e, BrokenPipeError):
            raise
        where = e.filename or (out if isinstance(out, Path) else "the output")
        raise SourceError(f"{where}: cannot be written: {e.strerror or e}") from e


def _suffix(to: str) -> str:
    return WHOLE[to] if to in WHOLE else LAYOUTS[to][0].suffix


def _text(stream: BinaryIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=False)


def _write(to: str, events: Iterable[Event], stream: BinaryIO, settings: Settings) -> Written:
    if to == "parquet":
        count = write_parquet(events, stream)
        return Written(count, count)
    text = _text(stream)
    try:
        if to in LAYOUTS:
            return write_tables(events, [(LAYOUTS[to][0], text)], settings)
        if to == "plover":
            return write_plover(events, text)
        writers: dict[str, Callable[[Iterable[Event], TextIO], int]] = {"csv": write_csv, "jsonl": write_jsonl}
        count = writers[to](events, text)
        return Written(count, count)
    finally:
        text.flush()
        text.detach()


def _file(to: str, events: Iterable[Event], path: Path, settings: Settings) -> Written:
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as stream:
            written = _write(to, events, stream, settings)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    written.files.append(path)
    return written


def _archives(layouts: tuple[Layout, ...], events: Iterable[Event], folder: Path, settings: Settings) -> Written:
    """Tables into zip archives of a folder, named for the moment of their newest event: that is known at the end, so tables are spooled to disk first."""
    if folder.exists() and not folder.is_dir():
        raise SourceError(f"{folder}: is a file; this format writes archives that it names itself, give a folder")
    folder.mkdir(parents=True, exist_ok=True)
    newest = _Newest(settings)
    with TemporaryDirectory(prefix=".partial-", dir=folder) as spool:
        tables = [Path(spool) / layout.suffix.strip(".") for layout in layouts]
        with ExitStack() as stack:
            streams = [stack.enter_context(_text(stack.enter_context(table.open("wb")))) for table in tables]
            written = write_tables(newest.watch(events), list(zip(layouts, streams, strict=True)), settings)
        name = newest.stamp[:8] if layouts[0] is GDELT1 else newest.stamp
        for layout, table in zip(layouts, tables, strict=True):
            archive = folder / f"{name}{layout.suffix}.zip"
            zipped(table, archive)
            written.files.append(archive)
    return written


class _Newest:
    """Notes the newest moment under which events are added, as they pass."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.moment = settings.added

    def watch(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            added = date_added(event, self.settings)
            if added and (self.moment is None or added > self.moment):
                self.moment = added
            yield event

    @property
    def stamp(self) -> str:
        return stamp(self.moment) if self.moment else NEVER
