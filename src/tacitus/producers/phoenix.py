"""Phoenix event files (OEDA, Cline Center): 26 tab-separated columns without a header."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tacitus.producers.codes import known_cameo, our_actor_code
from tacitus.producers.columns import names
from tacitus.producers.countries import by_fips, by_gdelt, by_name
from tacitus.producers.imported import imported_actor, imported_event, iso_day, number
from tacitus.producers.reading import Listener, SkippedRow, ignore, rows
from tacitus.records import Event, Place

PRODUCER = "Phoenix"
NOTHING = "---"
"""An empty actor or code, as PETRARCH writes it."""


def read(path: Path, problem: Listener = ignore) -> Iterator[Event]:
    """The events of a Phoenix file (zip, gzip or plain). Malformed rows go to ``problem``. Of several URLs the first is kept; issues are not.

    Raises:
        SourceError: the file cannot be read.
    """
    header = names("phoenix")
    for name, line, cells in rows(path, frozenset({len(header)}), problem):
        if cells[0] == header[0]:
            continue
        try:
            yield _event(dict(zip(header, ("" if c.strip() == NOTHING else c.strip() for c in cells), strict=True)))
        except ValueError as e:
            problem(SkippedRow(name, line, str(e)))


def _event(row: dict[str, str]) -> Event:
    code = known_cameo(row["EventCode"])
    if code is None:
        raise ValueError(f"EventCode {row['EventCode'][:20]!r} is no CAMEO code")
    source, target = (our_actor_code(row[f"{side}ActorFull"]) for side in ("Source", "Target"))
    sentence = row["SentenceID"].rpartition("_")[2]
    return imported_event(
        PRODUCER,
        row["EventID"],
        code,
        source=imported_actor("", source),
        target=imported_actor("", target),
        event_date=iso_day(row["Date"], "%Y%m%d"),
        place=_place(row),
        url=row["URLs"].split(";")[0] or None,
        sentence=int(sentence) if sentence.isdecimal() else 0,
        goldstein=number(row["GoldsteinScore"], 10),
    )


def _place(row: dict[str, str]) -> Place | None:
    name, state, land = row["LocationName"] or None, row["StateName"] or None, row["CountryCode"]
    full = ", ".join(filter(None, (name, state, land)))
    if not full:
        return None
    iso3 = by_gdelt().get(land) or by_fips().get(land) or by_name().get(land.lower())
    lat, lon = number(row["Lat"], 90), number(row["Lon"], 180)
    return Place(full, 0, 0, name or state, iso3, state, lat, lon, None, "city" if name else "admin1" if state else "country")
