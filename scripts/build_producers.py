"""Builds the two tables of ``src/tacitus/producers/data`` that are drawn from the package's other tables: ``python scripts/build_producers.py``.

``adm1.csv``: first-level regions with their FIPS 10-4 and ISO 3166-2 codes. GeoNames' codes are FIPS's for most countries; those that are not two
characters long or hold no digit (but for the United States), and those of the countries in ``NOT_FIPS``, are not; Swiss cantons, written as postal codes
there, are numbered here in FIPS's order, and ``adm1_fips.csv`` has what is known of the others.
``elements.csv``: elements of actor codes that are peoples or faiths, so that GDELT's columns can be filled and read: CAMEO's 603 ethnic codes
(``ethnic.csv``: its ethnic coding scheme, table 5.1), those of our gazetteer, and the religious ones; none that is also a country or a role.
"""

from __future__ import annotations

import csv
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "tacitus"
OUT = PACKAGE / "producers" / "data"
NOT_FIPS = frozenset("BE BF CI FI FR GB GG GN IM JE LU LV MA ME MG MK MT NP PH RS TL XK".split())
"""Countries whose regions GeoNames numbers otherwise than FIPS 10-4 did: by ISO 3166-2, by the country's own numbers, or because regions were drawn anew."""
NEW_REGIONS = {"NO": 20, "CD": 12}
"""The last FIPS number of countries that have later ones of their own: Norway's counties of 2020, Congo's provinces of 2015."""
SWISS = "AG AR BL BS BE FR GE GL GR AI LU NE NW OW SG SH SZ SO TG TI UR VS VD ZG ZH JU".split()
"""Cantons in FIPS 10-4's order: SZ01 is Aargau, SZ26 Jura."""
RELIGIONS = "ABR ADR ALE ATH BAH BUD CHR CON CPT CTH DOX DRZ EAR HIN HSD INR ITR JAN JEW JHW LDS MOS MRN NRM PAG PRO SFI SHI SHN SIK SUN TAO UDX ZRO".split()
"""Religious elements: CAMEO's religious codebook, table 4.1, and GDELT's ``CAMEO.religion.txt``."""


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """A table of the package."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def elements(code: str) -> list[str]:
    """Three-letter elements of an actor code."""
    return [code[i : i + 3] for i in range(0, len(code), 3)]


def write(name: str, header: str, table: list[tuple[str, ...]]) -> None:
    """Write a table, sorted."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(sorted(set(table)))


def fips_code(land: str, country: str, code: str) -> str:
    """The FIPS 10-4 code of a region: FIPS's country, GeoNames' country and region; empty where GeoNames' code is not FIPS's."""
    if country == "CH" and code in SWISS:
        return f"{land}{SWISS.index(code) + 1:02}"
    later = country in NEW_REGIONS and code.isdigit() and int(code) > NEW_REGIONS[country]
    right = len(code) == 2 and (country == "US" or any(c.isdigit() for c in code))
    return land + code if land and right and not later and country not in NOT_FIPS else ""


def main() -> None:
    """Build both tables."""
    iso3 = {r["iso2"]: r["iso3"] for r in rows(PACKAGE / "places/data/countries.tsv", "\t") if r["iso2"] and r["iso3"] not in {"SCG"}}
    fips = {r["iso3"]: r["fips"] for r in rows(OUT / "countries.csv")}
    known = {(r["iso3"], r["name"]): r["fips"] for r in rows(OUT / "adm1_fips.csv")}
    regions: list[tuple[str, ...]] = []
    for r in rows(PACKAGE / "places/data/admin1.tsv", "\t"):
        country = iso3.get(r["country"], "")
        code = known.get((country, r["name"]), fips_code(fips.get(country, ""), r["country"], r["code"]))
        if country and (code or r["iso"]):
            regions.append((country, r["name"], r["aliases"], code, r["iso"]))
    write("adm1.csv", "iso3 name aliases fips iso", regions)

    roles = {r["code"] for r in rows(PACKAGE / "ontology/data/actor_roles.csv")}
    known = roles | {r["code"] for r in rows(PACKAGE / "ontology/data/country_codes.csv")} | set(RELIGIONS)
    peoples = {e for r in rows(PACKAGE / "actors/data/ethnic_religious.csv") for e in elements(r["code"])} | {r["element"] for r in rows(OUT / "ethnic.csv")}
    write("elements.csv", "element kind", [(e, "religion") for e in RELIGIONS] + [(e, "ethnic") for e in peoples - known])


if __name__ == "__main__":
    main()
