"""Making a release: the tables, the papers about them, and their checksums, in a folder that appears only when it is whole."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tacitus.errors import ReleaseError
from tacitus.exports.flat import COLUMNS, csv_line, write_csv
from tacitus.exports.parquet import write_parquet, write_records
from tacitus.exports.release import papers
from tacitus.exports.release.codebook import codebook
from tacitus.exports.release.contents import Contents
from tacitus.exports.release.settings import Settings
from tacitus.exports.release.tables import EVENTS, EVENTS_CSV, PAIRS, REPORT_COLUMNS, REPORTS, RESOURCES, SOURCE_COLUMNS, SOURCES, Field, flat_arrow_schema
from tacitus.exports.release.tables import fields as fields_of
from tacitus.records import Event, arrow_schema
from tacitus.store.snapshot import Snapshot, snapshot

DATAPACKAGE, SUMS = "datapackage.json", "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Released:
    """What was released: where, of which date, how much, and how many events of other producers stand in the store and were left there."""

    folder: Path
    date: str
    events: int
    pairs: int
    reports: int
    other_producers: int


def make_release(store: Path, folder: Path, settings: Settings) -> Released:
    """Make a release of one moment of a store.

    The same events, reports and settings give the same bytes, whatever the order in which they came into the store (Parquet: with the same pyarrow).

    Args:
        store: the store's file.
        folder: where the release shall stand; must not be there, or be empty.

    Raises:
        ReleaseError: the folder is taken or cannot be written, there is nothing to release, or no date to release it under.
        StoreError: the store cannot be read.
        UnknownCodeError: see ``EventFilter``.
    """
    with snapshot(store) as moment, _appearing(folder.absolute()) as stage:
        contents, rows, columns = _write_tables(moment, stage, settings)
        day = settings.date or contents.newest or contents.last_date
        if day is None:
            raise ReleaseError("neither a report nor an event of this release has a date to release it under: give --date")
        described = [papers.Described(r, columns[r.name], rows[r.name], *_size_and_sum(stage / r.path)) for r in RESOURCES]
        for name, text in (
            (DATAPACKAGE, papers.datapackage(settings, day, contents, described)),
            ("CODEBOOK.md", codebook(settings, contents, described)),
            ("CITATION.cff", papers.citation(settings, day)),
            ("README.md", papers.readme(settings, day, contents, described)),
        ):
            (stage / name).write_text(text, encoding="utf-8", newline="\n")
        sums = [f"{_size_and_sum(path)[1]}  {path.name}\n" for path in sorted(stage.iterdir())]
        (stage / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
        others = sum(count for producer, count in moment.producers().items() if producer != settings.producer)
        return Released(folder, day, contents.events, rows[PAIRS], contents.reports, others)


def _write_tables(moment: Snapshot, stage: Path, settings: Settings) -> tuple[Contents, dict[str, int], dict[str, tuple[Field, ...]]]:
    """The five tables; gives what is in them, their rows and their columns."""
    wanted, contents = settings.wanted, Contents()
    columns = {
        name: fields_of(name, tuple(names))
        for name, names in (
            (EVENTS, arrow_schema(Event).names), (EVENTS_CSV, COLUMNS), (PAIRS, moment.pair_columns()), (REPORTS, REPORT_COLUMNS), (SOURCES, SOURCE_COLUMNS),
        )
    }  # fmt: skip
    paths = {r.name: stage / r.path for r in RESOURCES}
    rows = {}
    with paths[EVENTS].open("wb") as stream:
        rows[EVENTS] = write_parquet(contents.watch_events(moment.events(wanted)), stream)
    if not contents.events:
        raise ReleaseError(f"the store holds no events of producer {settings.producer!r} that were asked for: there is nothing to release")
    with paths[EVENTS_CSV].open("w", encoding="utf-8", newline="") as text:
        rows[EVENTS_CSV] = write_csv(moment.events(wanted), text)
    with paths[PAIRS].open("wb") as stream:
        rows[PAIRS] = write_records(moment.pairs(wanted), flat_arrow_schema(columns[PAIRS]), stream)
    headers = contents.watch_reports(moment.reports(wanted))
    rows[REPORTS] = _write_csv(paths[REPORTS], REPORT_COLUMNS, ([getattr(header, name) for name in REPORT_COLUMNS] for header in headers))
    rows[SOURCES] = _write_csv(paths[SOURCES], SOURCE_COLUMNS, ([name, *counts] for name, counts in sorted(contents.publishers.items())))
    return contents, rows, columns


def _write_csv(path: Path, columns: tuple[str, ...], rows: Iterable[list[Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(csv_line(columns))
        for row in rows:
            stream.write(csv_line(row))
            count += 1
    return count


def _size_and_sum(path: Path) -> tuple[int, str]:
    with path.open("rb") as stream:
        return path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """A folder to write in, which becomes ``folder`` if all goes well and leaves nothing if not."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReleaseError(f"{folder}: is there already and not empty; a release overwrites nothing: name another folder")
    if not folder.parent.is_dir():
        raise ReleaseError(f"{folder}: there is no folder {folder.parent}: make it first")
    spool: Path | None = None
    try:
        spool = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))  # beside it, as only within one disk a rename is one step
        stage = spool / "release"
        stage.mkdir()
        yield stage
        if folder.exists():
            folder.rmdir()
        stage.rename(folder)
    except OSError as e:
        raise ReleaseError(f"{e.filename if e.filename else folder}: the release cannot be written: {e.strerror or e}; nothing of it was kept") from e
    finally:
        if spool is not None:
            shutil.rmtree(spool, ignore_errors=True)
