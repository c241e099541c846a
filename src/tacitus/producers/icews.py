"""ICEWS event files (Harvard Dataverse): 20 tab-separated columns under a header; actors by name, country and sectors in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tacitus.ontology import INTERNATIONAL, actor_code
from tacitus.producers.codes import known_cameo, sector_elements
from tacitus.producers.columns import names
from tacitus.producers.countries import by_name
from tacitus.producers.imported import imported_actor, imported_event, iso_day, number
from tacitus.producers.reading import Listener, SkippedRow, ignore, rows
from tacitus.records import Actor, Event, Place, made_id

PRODUCER = "ICEWS"
NULLS = frozenset({"", "NULL", "None", "---"})
"""How missing values are written in ICEWS files of various years."""


def read(path: Path, problem: Listener = ignore) -> Iterator[Event]:
    """The events of an ICEWS file (zip, gzip or plain, with its header or without). Malformed rows go to ``problem``.

    An actor's code is made of its country and those of its sectors that CAMEO has a role for; ICEWS itself gives no actor codes.

    Raises:
        SourceError: the file cannot be read.
    """
    header = names("icews")
    for name, line, cells in rows(path, frozenset({len(header)}), problem):
        if cells[0].strip('\ufeff"') == header[0]:
            continue
        try:
            yield _event(dict(zip(header, (_cell(c) for c in cells), strict=True)))
        except ValueError as e:
            problem(SkippedRow(name, line, str(e)))


def _cell(text: str) -> str:
    """A cell without the quotation marks in which some years' files wrap it."""
    text = text.strip()
    text = text[1:-1].replace('""', '"') if len(text) > 1 and text[0] == text[-1] == '"' else text
    return "" if text in NULLS else text


def _event(row: dict[str, str]) -> Event:
    code = known_cameo(row["CAMEO Code"])
    if code is None:
        raise ValueError(f"CAMEO Code {row['CAMEO Code'][:20]!r} is no CAMEO code")
    sentence = row["Sentence Number"]
    return imported_event(
        PRODUCER,
        f"{row['Event ID']} {row['Event Date']}",
        code,
        source=_actor(row, "Source"),
        target=_actor(row, "Target"),
        event_date=iso_day(row["Event Date"], "%Y-%m-%d"),
        place=_place(row),
        url=None,
        report_id=made_id(PRODUCER, row["Story ID"]) if row["Story ID"] else None,
        sentence=max(0, int(sentence) - 1) if sentence.isdecimal() else 0,
        goldstein=number(row["Intensity"], 10),
    )


def _actor(row: dict[str, str], side: str) -> Actor | None:
    land = by_name().get(row[f"{side} Country"].lower())
    found = [sector_elements()[s] for s in map(str.strip, row[f"{side} Sectors"].lower().split(",")) if s in sector_elements()]
    head = land or next((e for e in found if e in INTERNATIONAL), None)
    code = actor_code(head, tuple(e for e in found if e not in INTERNATIONAL))
    return imported_actor(row[f"{side} Name"], code, land)


def _place(row: dict[str, str]) -> Place | None:
    city, province, land = row["City"] or None, row["Province"] or None, row["Country"] or None
    full = ", ".join(filter(None, (city, row["District"], province, land)))
    if not full:
        return None
    precision = "city" if city else "admin1" if province or row["District"] else "country"
    lat, lon = number(row["Latitude"], 90), number(row["Longitude"], 180)
    iso3 = by_name().get((land or "").lower())
    return Place(full, 0, 0, city or province or row["District"] or land, iso3, province, lat, lon, None, precision)
