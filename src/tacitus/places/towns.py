"""The towns of ``data/towns.zip``: 235,000 under all their names, of which a look-up unpacks the 20 KB that hold the name asked for.

The archive's parts are one sorted table, cut every thousand lines; a part's name is its number and its first key. Lines, tab-separated:
a town under its own name (key, name if it differs, country, first-level code, latitude, longitude, GeoNames id, thousands of people, mark), a pointer
to it under another name (key, own key, GeoNames id, mark) and under its skeleton (``SKELETON`` and the skeleton, own key, GeoNames id). The mark says that
the name alone may stand for the country.
"""

from __future__ import annotations

import zipfile
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

SKELETON = "~"
"""Before a key that is a skeleton."""
_OWN, _OTHER = 9, 4
"""Columns of a town's own line, and of a pointer under another name."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town as the table has it: ``country`` is ISO 3166-1 alpha-2, ``first_level`` GeoNames' code; ``own`` tells whether the name asked for is its first."""

    key: str
    name: str
    country: str
    first_level: str
    lat: float
    lon: float
    geonameid: int
    thousands: int
    own: bool
    safe: bool


def named(key: str) -> list[Town]:
    """The towns of a folded name, in no order."""
    found = []
    for line in _lines(key):
        cells = line.split("\t")
        if len(cells) == _OWN:
            found.append(_town(cells, own=True, safe=bool(cells[-1])))
        elif len(cells) == _OTHER:
            found += _pointed(cells[1], cells[2], safe=bool(cells[3]))
    return found


def like(skeleton: str) -> list[Town]:
    """The towns one of whose names has this skeleton (``folding.skeleton``)."""
    return [town for line in _lines(SKELETON + skeleton) for cells in (line.split("\t"),) for town in _pointed(cells[1], cells[2], safe=False)]


def _pointed(key: str, geonameid: str, safe: bool) -> list[Town]:
    own = (line.split("\t") for line in _lines(key))
    return [_town(cells, own=False, safe=safe) for cells in own if len(cells) == _OWN and cells[6] == geonameid]


def _town(cells: list[str], own: bool, safe: bool) -> Town:
    key, name, country, first_level, lat, lon, geonameid, thousands, _ = cells
    return Town(key, name or key.title(), country, first_level, float(lat), float(lon), int(geonameid), int(thousands or 0), own, safe)


def _lines(key: str) -> list[str]:
    """Every line of a key."""
    firsts = _archive()[1]
    found: list[str] = []
    start = f"\n{key}\t".encode()
    for number in range(max(0, bisect_left(firsts, key) - 1), len(firsts)):
        if firsts[number] > key:
            break
        part = _part(number)
        at = part.find(start)
        while at >= 0:
            end = part.index(b"\n", at + 1)
            found.append(part[at + 1 : end].decode())
            at = end if part.startswith(start, end) else -1
    return found


@cache
def _archive() -> tuple[zipfile.ZipFile, list[str], list[str]]:
    """The archive, held in memory so that forked processes share no file position; its parts' first keys; and their names."""
    archive = zipfile.ZipFile(BytesIO(files("tacitus.places").joinpath("data", "towns.zip").read_bytes()))
    names = archive.namelist()
    return archive, [name.partition(" ")[2] for name in names], names


@cache
def _part(number: int) -> bytes:
    """A part, with a line break before its first line and after its last; kept, since all of them together are 25 MB."""
    archive, _, names = _archive()
    return b"\n" + archive.read(names[number]) + b"\n"
