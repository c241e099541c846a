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
    return {code: c.iso3 for c in _today_last() for code in (c.fips,) if code} | {
        codes.fips[:2]: iso3 for (iso3, _), codes in _regions().items() if codes.fips
    }


@cache
def by_gdelt() -> dict[str, str]:
    """GDELT's three-letter actor codes to ours."""
    return {c.gdelt: c.iso3 for c in sorted(_today_last(), key=lambda c: c.gdelt != c.iso3)}


@cache
def by_name() -> dict[str, str]:
    """Country names as ICEWS, GDELT and we write them, in lower case, to three-letter codes."""
    return {name.lower(): c.iso3 for c in _today_last() for name in (c.gdelt_name, c.icews_name, c.name) if name}


@dataclass(frozen=True, slots=True)
class _Codes:
    """A first-level region's FIPS 10-4 and ISO 3166-2 codes, each empty where unknown, and its first name."""

    name: str
    fips: str
    iso: str


@cache
def _regions() -> dict[tuple[str, str], _Codes]:
    """By country and name; another name counts where no region of the country has it as its first."""
    rows = [(row["iso3"], _Codes(row["name"], row["fips"], row["iso"]), row["aliases"]) for row in table("producers", "adm1")]
    found = {(iso3, codes.name): codes for iso3, codes, _ in rows}
    for iso3, codes, aliases in rows:
        for alias in filter(None, aliases.split(";")):
            found.setdefault((iso3, alias), codes)
    return found


@cache
def _region_names() -> dict[str, str]:
    return {codes.fips: codes.name for codes in _regions().values() if len(codes.fips) > 2}


def fips_region(iso3: str | None, admin1: str | None) -> tuple[str, str]:
    """The FIPS country and first-level region (country code and two characters) of a place, each empty where unknown."""
    known = country(iso3)
    codes = _regions().get((iso3 or "", admin1 or ""))
    if codes is None or not codes.fips:
        return (known.fips if known else ""), ""
    return codes.fips[:2], codes.fips if len(codes.fips) > 2 else ""


def iso_region(iso3: str | None, admin1: str | None) -> str:
    """The ISO 3166-2 code of a first-level region ("IQ-NI" for Nineveh in Iraq), empty where unknown."""
    codes = _regions().get((iso3 or "", admin1 or ""))
    return codes.iso if codes else ""


def region_name(fips: str) -> str | None:
    """The name of a first-level region by its FIPS code; None if unknown."""
    return _region_names().get(fips)
