"""GDELT 1.0 and 2.0 event files: 57 columns (1.0 before April 2013), 58 (1.0 since) or 61 (2.0), tab-separated without a header."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tacitus.producers.codes import known_cameo, our_actor_code
from tacitus.producers.columns import names
from tacitus.producers.countries import by_fips, by_gdelt, country, region_name
from tacitus.producers.imported import imported_actor, imported_event, iso_day, number
from tacitus.producers.reading import Listener, SkippedRow, ignore, rows
from tacitus.records import Actor, Event, Place

WITHOUT_URL = 57
"""Columns of GDELT 1.0 before SOURCEURL came (2013-04-01)."""
COUNTRY, US_STATE, US_CITY, WORLD_CITY, WORLD_STATE = "1", "2", "3", "4", "5"
"""GDELT's Geo_Type."""
PRECISION = {COUNTRY: "country", US_STATE: "admin1", WORLD_STATE: "admin1", US_CITY: "city", WORLD_CITY: "city"}


def read(path: Path, problem: Listener = ignore) -> Iterator[Event]:
    """The events of a GDELT file (zip, gzip or plain), as GDELT coded them. Malformed rows go to ``problem``.

    GDELT's counts of mentions, sources and articles, its tone and the places of its actors have no field in our record.

    Raises:
        SourceError: the file cannot be read.
    """
    newest, oldest = names("gdelt2"), names("gdelt1")
    for name, line, cells in rows(path, frozenset({WITHOUT_URL, len(oldest), len(newest)}), problem):
        producer, header = ("GDELT 2.0", newest) if len(cells) == len(newest) else ("GDELT 1.0", oldest)
        try:
            yield _event(producer, dict(zip(header, cells, strict=False)))
        except ValueError as e:
            problem(SkippedRow(name, line, str(e)))


def _event(producer: str, row: dict[str, str]) -> Event:
    code = known_cameo(row["EventCode"])
    if code is None:
        raise ValueError(f"EventCode {row['EventCode'][:20]!r} is no CAMEO code")
    return imported_event(
        producer,
        row["GLOBALEVENTID"],
        code,
        source=_actor(row, "Actor1"),
        target=_actor(row, "Actor2"),
        event_date=iso_day(row["SQLDATE"], "%Y%m%d"),
        place=_place(row),
        url=row.get("SOURCEURL") or None,
        published=_added(row["DATEADDED"]),
        goldstein=number(row["GoldsteinScale"], 10),
    )


def _actor(row: dict[str, str], which: str) -> Actor | None:
    land = row[f"{which}CountryCode"]
    return imported_actor(row[f"{which}Name"], our_actor_code(row[f"{which}Code"]), by_gdelt().get(land))


def _added(text: str) -> str | None:
    """DATEADDED as an ISO day (1.0) or moment (2.0)."""
    if not text.strip():
        return None
    if len(text) == len("YYYYMMDD"):
        return iso_day(text, "%Y%m%d")
    return datetime.strptime(text, "%Y%m%d%H%M%S").isoformat() + "Z"  # noqa: DTZ007 - GDELT's times are UTC


def _place(row: dict[str, str]) -> Place | None:
    kind, full, adm1 = row["ActionGeo_Type"], row["ActionGeo_FullName"], row["ActionGeo_ADM1Code"]
    if kind not in PRECISION or not full:
        return None
    iso3 = by_fips().get(row["ActionGeo_CountryCode"])
    known = country(iso3)
    name, region = full, None
    if kind != COUNTRY:
        parts = _before_country(full, known.gdelt_name if known else "").split(", ")
        name = parts[0]
        told = parts[0] if PRECISION[kind] == "admin1" else parts[1] if len(parts) > 1 else None
        region = region_name(adm1) or (None if told is None or told.endswith("(general)") else told)
    if kind == COUNTRY and known:
        name = known.name
    lat, lon = number(row["ActionGeo_Lat"], 90), number(row["ActionGeo_Long"], 180)
    return Place(full, 0, 0, name, iso3, region, lat, lon, None, PRECISION[kind])


def _before_country(full: str, land: str) -> str:
    return full.removesuffix(f", {land}") if land and full.endswith(f", {land}") else full.rpartition(", ")[0] or full


def general(land: str) -> str:
    """What GDELT writes for a region that it does not know: "Israel (general)"."""
    return f"{land} (general)"
