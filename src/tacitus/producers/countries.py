"""Countries and first-level regions as each producer writes them: FIPS 10-4, GDELT's CAMEO codes, Correlates of War numbers, names.

GDELT writes places with FIPS 10-4 codes (two letters, Germany is ``GM``) and actors with CAMEO's codes, which are ISO's but for a few (Romania is ``ROM``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tacitus.config import table

UNKNOWN_ADM1 = "00"
"""FIPS 10-4's region for "somewhere in the country", as GDELT writes towns whose region it does not know (``IS00``)."""


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory. ``iso3`` is ours (ISO 3166-1, and CAMEO's for states that are gone); a code that a list lacks is empty or None."""

    iso3: str
    name: str
    iso_numeric: int | None
    fips: str
    gdelt: str
    cow: int | None
    gdelt_name: str
    icews_name: str
    acled_region: str
    historical: bool


@cache
def countries() -> dict[str, Country]:
    """Every country by its three-letter code."""
    return {
        row["iso3"]: Country(
            row["iso3"],
            row["name"],
            int(row["iso_numeric"]) if row["iso_numeric"] else None,
            row["fips"],
            row["gdelt"],
            int(row["cow"]) if row["cow"] else None,
            row["gdelt_name"],
            row["icews_name"],
            row["acled_region"],
            row["historical"] == "1",
        )
        for row in table("producers", "countries")
    }


def country(iso3: str | None) -> Country | None:
    """The country of a three-letter code; None if there is none."""
    return countries().get(iso3 or "")


@cache
def _today_last() -> list[Country]:
    """States of today after those that are gone, so that a code which both have means today's."""
    return sorted(countries().values(), key=lambda c: not c.historical)


@cache
def by_fips() -> dict[str, str]:
    """FIPS 10-4 codes to three-letter codes; Gaza and the West Bank, two countries there, are ``PSE`` here."""
    return {code: c.iso3 for c in _today_last() for code in (c.fips,) if code} | {code[:2]: iso3 for (iso3, _), code in _regions().items()}


@cache
def by_gdelt() -> dict[str, str]:
    """GDELT's three-letter actor codes to ours."""
    return {c.gdelt: c.iso3 for c in sorted(_today_last(), key=lambda c: c.gdelt != c.iso3)}


@cache
def by_name() -> dict[str, str]:
    """Country names as ICEWS, GDELT and we write them, in lower case, to three-letter codes."""
    return {name.lower(): c.iso3 for c in _today_last() for name in (c.gdelt_name, c.icews_name, c.name) if name}


@cache
def _regions() -> dict[tuple[str, str], str]:
    return {(row["iso3"], row["name"]): row["fips"] for row in table("producers", "adm1")}


@cache
def _region_names() -> dict[str, str]:
    return {fips: name for (_, name), fips in _regions().items() if len(fips) > 2}


def fips_region(iso3: str | None, admin1: str | None) -> tuple[str, str]:
    """The FIPS country and first-level region (country code and two characters) of a place, each empty where unknown."""
    known = country(iso3)
    code = _regions().get((iso3 or "", admin1 or ""))
    if code is None:
        return (known.fips if known else ""), ""
    return code[:2], code if len(code) > 2 else ""


def region_name(fips: str) -> str | None:
    """The name of a first-level region by its FIPS code; None if unknown."""
    return _region_names().get(fips)
