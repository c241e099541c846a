"""The tables of ``data/``: read once, at first use, and kept as lines until a name asks for one."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from tacitus.places.folding import fold

PlacePrecision = Literal["city", "admin1", "country", "region"]
UNSAFE = "*"
"""Before a key of ``cities.tsv``: the name alone is no evidence of a country (a surname, a common word, a town of several countries)."""
ALIAS_WEIGHT = 0.02
"""A place known by another name counts for so much of its people beside one whose first name it is: Salisbury before Harare."""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One entry of the gazetteer, with the fields of ``records.Place``: ``country`` is ISO 3166-1 alpha-3 (None for a sea or a region of
    several countries), ``lat`` and ``lon`` are degrees (WGS 84) of a town, or of the middle of what is larger."""

    name: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    geonameid: int | None
    precision: PlacePrecision


@dataclass(frozen=True, slots=True)
class Country:
    """A country's entry and how far its towns lie apart (standard deviation in degrees of latitude and longitude)."""

    entry: PlaceEntry
    lat_spread: float
    lon_spread: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A town or first-level region that a name may mean: ``weight`` ranks namesakes, ``safe`` lets the name stand for its country."""

    entry: PlaceEntry
    weight: float
    safe: bool


def _lines(table: str) -> list[str]:
    return files("tacitus.places").joinpath("data", table).read_text(encoding="utf-8").splitlines()[1:]


@cache
def iso3() -> dict[str, str]:
    """ISO 3166-1 alpha-2 to alpha-3."""
    return {two: three for two, three in (line.split("\t")[:2] for line in _lines("countries.tsv")) if two}


@cache
def countries() -> dict[str, Country]:
    """Countries of today and of before, by folded name."""
    found = {}
    for line in _lines("countries.tsv"):
        _, code, name, keys, lat, lon, lat_spread, lon_spread, geonameid = line.split("\t")
        entry = PlaceEntry(name, code, None, float(lat), float(lon), int(geonameid) if geonameid else None, "country")
        found.update(dict.fromkeys(keys.split(";"), Country(entry, float(lat_spread), float(lon_spread))))
    return found


@cache
def regions() -> dict[str, PlaceEntry]:
    """Regions, seas, camps and quarters that news names (``regions.csv``), by folded name and alias."""
    found: dict[str, PlaceEntry] = {}
    with files("tacitus.places").joinpath("data", "regions.csv").open(encoding="utf-8") as f:
        for row in csv.DictReader(f):
            kind: PlacePrecision = "city" if row["kind"] == "town" else "region"
            entry = PlaceEntry(row["name"], row["country"] or None, None, float(row["lat"]), float(row["lon"]), None, kind)
            for name in (row["name"], *row["aliases"].split(";")):
                if name:
                    found.setdefault(fold(name).removeprefix("the "), entry)
    return found


@cache
def admin1_regions() -> tuple[dict[str, list[PlaceEntry]], dict[tuple[str, str], PlaceEntry]]:
    """First-level regions by folded name (with and without an Arabic article), and by country and GeoNames code."""
    named: dict[str, list[PlaceEntry]] = {}
    coded: dict[tuple[str, str], PlaceEntry] = {}
    for line in _lines("admin1.tsv"):
        country, code, name, lat, lon, geonameid = line.split("\t")
        entry = PlaceEntry(name, iso3().get(country), name, float(lat), float(lon), int(geonameid) if geonameid else None, "admin1")
        coded[country, code] = entry
        for key in bare_forms(fold(name)):
            named.setdefault(key, []).append(entry)
    return named, coded


def us_state(name: str) -> PlaceEntry | None:
    """The state of the USA of a postal abbreviation: "N.J.", "TX"."""
    return admin1_regions()[1].get(("US", name.strip().replace(".", "")))


@cache
def _towns() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _lines("cities.tsv"):
        for key in line[: line.index("\t")].replace(UNSAFE, "").split(";"):
            if key in found:
                found[key].append(line)
            else:
                found[key] = [line]
    return found


@cache
def _news_names() -> frozenset[tuple[str, str]]:
    """(folded name, ISO alpha-2) of ``aliases.csv``: other names under which news knows a town as well as under its first."""
    with files("tacitus.places").joinpath("data", "aliases.csv").open(encoding="utf-8") as f:
        return frozenset((fold(row["alias"]), row["country"]) for row in csv.DictReader(f))


def towns(key: str) -> list[Candidate]:
    """The towns of a folded name, the most likely first."""
    found = []
    for line in _towns().get(key, ()):
        keys, name, country, admin1, lat, lon, geonameid, thousands = line.split("\t")
        main, *others = keys.split(";")
        region = admin1_regions()[1].get((country, admin1))
        shown = name or main.removeprefix(UNSAFE).title()
        entry = PlaceEntry(shown, iso3().get(country), region.name if region else None, float(lat), float(lon), int(geonameid), "city")
        is_main = main.removeprefix(UNSAFE) == key or (key, country) in _news_names()
        weight = (int(thousands) + 0.5) * (1 if is_main else ALIAS_WEIGHT)
        found.append(Candidate(entry, weight, key in (main, *others)))
    return sorted(found, key=lambda c: -c.weight)


def bare_forms(key: str) -> set[str]:
    """A folded Arabic name with and without its article: "al anbar", "anbar"."""
    article, _, rest = key.partition(" ")
    return {key, rest} if rest and article in {"al", "el", "ar", "as", "at", "ad", "an", "ash", "az"} else {key}
