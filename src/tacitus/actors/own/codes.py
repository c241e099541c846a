"""Actor codes that users write: are they made of elements that are known, and if not, what is near."""

from __future__ import annotations

import difflib
import re
from functools import cache

from tacitus.actors.gazetteer import MODIFIER, ROLE, shipped_entries
from tacitus.config import table
from tacitus.errors import UnknownCodeError
from tacitus.ontology import INTERNATIONAL, country_codes, elements, roles

_FORM = re.compile(r"(?:[A-Z]{3})+")
NEAR = 4
"""Suggestions for an unknown element."""


@cache
def regions() -> dict[str, str]:
    """International regions that stand where a country would (CAMEO manual, table 3.3, and the ones the gazetteers add), to their names."""
    return {row["code"]: row["name"] for row in table("actors", "regions")}


@cache
def heads() -> dict[str, str]:
    """What an actor code can begin with: countries, regions, international codes, roles without a country; to its name where it has one."""
    return {**dict.fromkeys(INTERNATIONAL, "international"), **{code: role.name for code, role in roles().items()}, **regions(), **country_codes()}


@cache
def tails() -> frozenset[str]:
    """What is known to follow: roles, and the codes of groups, peoples and faiths that the shipped gazetteers use."""
    return frozenset(e for _, entry in shipped_entries() for e in elements(entry.code)) | frozenset(roles()) | frozenset(country_codes())


def check_code(code: str, kind: str = "") -> str | None:
    """A doubt about an actor code (an element after the first that no gazetteer uses: it may be a group of the user's own), None where there is none.

    Raises:
        UnknownCodeError: it is no actor code: not made of three capital letters each, or it begins with what is neither a country, a region, an
            international code nor a role; the message suggests near ones.
    """
    if not _FORM.fullmatch(code):
        made = re.sub(r"[^A-Z]", "", code.upper())
        hint = f"; did you mean {made!r}?" if _FORM.fullmatch(made) and made[:3] in heads() else ""
        raise UnknownCodeError(f"{code[:40]!r} is no actor code: it is made of elements of three capital letters each, like RUSGOV or PSEREBHAM{hint}")
    first, *rest = elements(code)
    known = heads()
    if kind not in (ROLE, MODIFIER) and first not in known:
        raise UnknownCodeError(f"{code[:40]!r} begins with {first!r}, which is no country, region, international code or role{_near(first, known)}")
    named = tails()
    unknown = [e for e in ((first, *rest) if kind in (ROLE, MODIFIER) else rest) if e not in named]
    if not unknown:
        return None
    near = _near(unknown[0], {c: role.name for c, role in roles().items()})
    return f"no gazetteer uses the element {unknown[0]!r} of {code[:40]!r}: right if it is a group of your own{near}"


def _near(element: str, known: dict[str, str]) -> str:
    near = difflib.get_close_matches(element, known, n=NEAR, cutoff=0.6)
    return "; near it: " + ", ".join(f"{c} ({known[c]})" for c in near) if near else ""
