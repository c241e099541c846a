"""CAMEO and PLOVER: codes, quad classes, Goldstein values and actor roles, as frozen entries over the tables in ``data/``.

>>> from tacitus.ontology import cameo
>>> cameo("112").name
'Accuse, not specified below'
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache

from tacitus.config import table
from tacitus.errors import UnknownCodeError
from tacitus.records import Plover

QUAD_NAMES = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
"""Quad classes as GDELT numbers them: roots 01–05, 06–08, 09–13, 14–20."""

INTERNATIONAL = frozenset({"IGO", "NGO", "NGM", "IMG", "MNC", "INT", "UIS"})
"""First elements of an actor code that stand where a country would (CAMEO manual, 3.4)."""


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One CAMEO code. ``parent`` is the next broader code, or the two-digit root; ``goldstein`` runs from −10 to +10."""

    code: str
    parent: str
    root: str
    name: str
    quad_class: int
    goldstein: float
    plover: Plover


@dataclass(frozen=True, slots=True)
class Role:
    """One role element of an actor code. ``rank`` is its place in CAMEO's order (CAMEO manual, 3.1)."""

    code: str
    name: str
    tier: str
    rank: int


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """All 298 codes of CAMEO 1.1b3 by code, in the manual's order."""
    return {
        row["code"]: CameoCode(
            row["code"],
            row["parent"],
            row["root"],
            row["name"],
            int(row["quad_class"]),
            float(row["goldstein"]),
            Plover(row["plover_event"] or None, row["plover_mode"] or None, tuple(filter(None, row["plover_contexts"].split("; ")))),
        )
        for row in table("ontology", "cameo_codes")
    }


def cameo(code: str) -> CameoCode:
    """The entry of a CAMEO code, written with its leading zeros.

    Raises:
        UnknownCodeError: the ontology holds no such code; the message suggests near ones.
    """
    known = cameo_codes()
    if code in known:
        return known[code]
    near = [c for c in (f"0{code}", code[:3], f"{code}0") if c in known] + difflib.get_close_matches(code, known, n=4, cutoff=0.5)
    hint = ", ".join(dict.fromkeys(f"{c} ({known[c].name})" for c in near))
    raise UnknownCodeError(f"{code!r} is no CAMEO code" + (f"; near it: {hint}" if hint else "; codes run from 010 to 2042"))


@cache
def cameo_roots() -> dict[str, str]:
    """The twenty roots: two digits to name."""
    return {row["root"]: row["name"] for row in table("ontology", "cameo_roots")}


@cache
def roles() -> dict[str, Role]:
    """The role elements of actor codes, in CAMEO's order."""
    return {row["code"]: Role(row["code"], row["name"], row["tier"], rank) for rank, row in enumerate(table("ontology", "actor_roles"))}


@cache
def country_codes() -> dict[str, str]:
    """Three-letter country codes (ISO 3166-1, and CAMEO's for states that are gone) to names."""
    return {row["code"]: row["name"] for row in table("ontology", "country_codes")}


def elements(code: str) -> tuple[str, ...]:
    """The three-letter elements of an actor code: ``RUSGOV`` to ``("RUS", "GOV")``."""
    return tuple(code[i : i + 3] for i in range(0, len(code), 3))


def split_actor_code(code: str) -> tuple[str | None, tuple[str, ...]]:
    """Country (None for international and role-only actors) and the elements after it.

    >>> split_actor_code("RUSGOV")
    ('RUS', ('GOV',))
    >>> split_actor_code("IGOUNO")
    (None, ('IGO', 'UNO'))
    """
    parts = elements(code)
    if parts and parts[0] in country_codes():
        return parts[0], parts[1:]
    return None, parts


def actor_code(head: str | None, role_elements: tuple[str, ...]) -> str | None:
    """An actor code from its country or international head and its roles, in CAMEO's order without doubles; None if there is neither.

    Primary roles come first, then identities (groups, peoples, faiths), then secondary and tertiary roles (CAMEO manual, 3.1).
    """
    if international := next((r for r in role_elements if r in INTERNATIONAL), None):  # "aid workers" are of no country, wherever they come from
        head, role_elements = international, tuple(r for r in role_elements if r != international)
    known = roles()
    identities_rank = sum(role.tier == "primary" for role in known.values()) - 0.5
    ordered = sorted(dict.fromkeys(role_elements), key=lambda r: known[r].rank if r in known else identities_rank)
    return "".join([head or "", *ordered]) or None
