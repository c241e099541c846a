"""The small tables of ``data/``: countries, first-level regions, and the regions that news names; read once, at first use. Towns are in ``towns``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from tacitus.places import towns as town_table
from tacitus.places.folding import ARTICLES, fold, likeness, skeleton

PlacePrecision = Literal["city", "admin1", "country", "region"]
OTHER_NAME, PART_OF_NAME = 0.02, 0.7
"""A place known by another name counts for so much of its people beside one whose first name it is (Salisbury before Harare); more where the name is part
of the first, or another spelling of it (Santiago for Santiago de Cuba)."""
LEAST_LIKENESS, LEAST_LIKENESS_SHORT, SHORT = 0.6, 0.85, 7
"""How alike two spellings must be (``folding.likeness``) to be taken for one name, more alike where they have fewer letters than ``SHORT`` or where
nothing else speaks for the country."""
FIRST_LEVEL_LEAST, FIRST_LEVEL_SHARE = 50.0, 0.1
"""What a first-level region weighs against a town of its name: a share of its people, and at least so many thousands, so that Punjab comes before a
village Punjab."""
KIND_WEIGHT = {"sea": 10_000.0, "region": 3_000.0, "river": 3_000.0, "border": 1_000.0, "island": 1_000.0, "district": 200.0, "city": 500.0, "town": 20.0}
SITE_WEIGHT = 200.0
"""What entries of ``regions.csv`` weigh against towns of their name, in thousands of people."""


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
    """A place that a name may mean: ``weight`` ranks namesakes (thousands of people), ``safe`` lets the name stand for its country, ``first`` tells
    whether it is the place's first name, and ``bare`` that the name without "province" means the region, not the town in it."""

    entry: PlaceEntry
    weight: float
    safe: bool = False
    first: bool = True
    bare: bool = False


def _lines(table: str) -> list[str]:
    return files("tacitus.places").joinpath("data", table).read_text(encoding="utf-8").splitlines()[1:]


def _rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files("tacitus.places").joinpath("data", table).read_text(encoding="utf-8").splitlines()))


@cache
def iso3() -> dict[str, str]:
    """ISO 3166-1 alpha-2 to alpha-3."""
    return {two: three for two, three in (line.split("\t")[:2] for line in _lines("countries.tsv")) if two}


@cache
def countries() -> dict[str, Country]:
    """Countries of today and of before, by folded name."""
    found = {}
    for line in _lines("countries.tsv"):
        _, code, name, keys, _, lat, lon, lat_spread, lon_spread, geonameid = line.split("\t")
        entry = PlaceEntry(name, code, None, float(lat), float(lon), int(geonameid) if geonameid else None, "country")
        found.update(dict.fromkeys(keys.split(";"), Country(entry, float(lat_spread), float(lon_spread))))
    return found


@cache
def _countries_by_demonym() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _lines("countries.tsv"):
        _, code, _, _, listed, *_ = line.split("\t")
        for demonym in filter(None, listed.split(";")):
            found.setdefault(demonym, []).append(code)
    return found


@cache
def demonyms() -> dict[str, str]:
    """ISO 3166-1 alpha-3 by folded demonym that one country alone has: "syrian", not "korean"."""
    return {demonym: codes[0] for demonym, codes in _countries_by_demonym().items() if len(codes) == 1}


def is_demonym(key: str) -> bool:
    """Whether a folded word is the demonym of a country, or of several."""
    return key in _countries_by_demonym()


@cache
def regions() -> dict[str, list[Candidate]]:
    """Regions, seas, camps, quarters and small towns that news names (``regions.csv``), by folded name and alias."""
    found: dict[str, list[Candidate]] = {}
    for row in _rows("regions.csv"):
        kind: PlacePrecision = "city" if row["kind"] in ("city", "town") else "region"
        entry = PlaceEntry(row["name"], row["country"] or None, None, float(row["lat"]), float(row["lon"]), None, kind)
        weight = KIND_WEIGHT.get(row["kind"], SITE_WEIGHT)
        for name in (row["name"], *row["aliases"].split(";")):
            if name:
                found.setdefault(fold(name).removeprefix("the "), []).append(Candidate(entry, weight))
    return found


@cache
def unsafe_names() -> frozenset[str]:
    """Folded surnames, given names and words that are places too."""
    return frozenset(fold(row["name"]) for row in _rows("unsafe_names.csv"))


@cache
def admin1_regions() -> tuple[dict[str, list[Candidate]], dict[tuple[str, str], PlaceEntry]]:
    """First-level regions by folded name (with and without an Arabic article), and by country (ISO 3166-1 alpha-2) and GeoNames code."""
    named: dict[str, list[Candidate]] = {}
    coded: dict[tuple[str, str], PlaceEntry] = {}
    for line in _lines("admin1.tsv"):
        country, code, name, aliases, lat, lon, geonameid, _, thousands, bare = line.split("\t")
        entry = PlaceEntry(name, iso3().get(country), name, float(lat), float(lon), int(geonameid) if geonameid else None, "admin1")
        coded[country, code] = entry
        weight = max(FIRST_LEVEL_LEAST, FIRST_LEVEL_SHARE * int(thousands))
        forms = dict.fromkeys(bare_forms(fold(name)), True)
        forms = dict.fromkeys((form for alias in aliases.split(";") if alias for form in bare_forms(fold(alias))), False) | forms
        for key, first in forms.items():
            named.setdefault(key, []).append(Candidate(entry, weight, first=first, bare=bool(bare)))
    return named, coded


def us_state(name: str) -> PlaceEntry | None:
    """The state of the USA of a postal abbreviation: "N.J.", "TX"."""
    return admin1_regions()[1].get(("US", name.strip().replace(".", "")))


@cache
def _news_names() -> frozenset[tuple[str, str, str]]:
    """(folded alias, folded name, ISO alpha-2) of ``aliases.csv``: other names under which news knows a town as well as under its first."""
    return frozenset((fold(row["alias"]), fold(row["name"]), row["country"]) for row in _rows("aliases.csv"))


@lru_cache(maxsize=1 << 13)
def towns(key: str) -> tuple[Candidate, ...]:
    """The towns of a folded name, the most likely first."""
    found = {}
    for town in sorted(town_table.named(key), key=lambda t: t.own):
        known = town.own or key in bare_forms(town.key) or (key, town.key, town.country) in _news_names()
        share = 1.0 if known else PART_OF_NAME if _is_part(key, town.key) or _is_spelling(key, town.key) else OTHER_NAME
        found[town.geonameid] = _candidate(town, share, first=share > OTHER_NAME)
    return tuple(sorted(found.values(), key=lambda c: (-c.weight, c.entry.geonameid)))


@lru_cache(maxsize=1 << 12)
def spelt_like(key: str, lands: frozenset[str]) -> tuple[Candidate, ...]:
    """The towns that a name may be another spelling of, "Sloviansk" of Slovyansk, above all in some countries (ISO 3166-1 alpha-3)."""
    best: dict[int, Candidate] = {}
    for town in town_table.like(skeleton(key)):
        share = likeness(key, town.key)
        if share >= (LEAST_LIKENESS if len(key) >= SHORT and iso3().get(town.country) in lands else LEAST_LIKENESS_SHORT):
            best[town.geonameid] = _candidate(town, share * share, first=True)
    return tuple(best.values())


def _candidate(town: town_table.Town, share: float, first: bool) -> Candidate:
    region = admin1_regions()[1].get((town.country, town.first_level))
    entry = PlaceEntry(town.name, iso3().get(town.country), region.name if region else None, town.lat, town.lon, town.geonameid, "city")
    return Candidate(entry, (town.thousands + 0.5) * share, town.safe, first)


def _is_part(key: str, own: str) -> bool:
    """Whether one name is the other's beginning or has "city" behind it: "santiago" and "santiago de cuba", "panama city" and "panama"."""
    return own.startswith(key + " ") or key == own + " city" or key.startswith(own + " ")


def _is_spelling(key: str, own: str) -> bool:
    return skeleton(key) == skeleton(own) and likeness(key, own) >= LEAST_LIKENESS


def bare_forms(key: str) -> set[str]:
    """A folded Arabic name with and without its article: "al anbar", "anbar"."""
    article, _, rest = key.partition(" ")
    return {key, rest} if rest and article in ARTICLES else {key}
