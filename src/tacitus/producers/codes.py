"""Codes as each producer writes them: quad classes, actor codes taken apart, sectors in words, CAMEO codes without their zeros."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from tacitus.config import table
from tacitus.ontology import INTERNATIONAL, cameo_codes, roles, split_actor_code
from tacitus.producers.countries import by_gdelt, country

QuadTable = Literal["gdelt", "phoenix", "icews"]


@cache
def _quads() -> dict[str, dict[str, str]]:
    return {row["root"]: row for row in table("producers", "quad_classes")}


def quad_class(producer: QuadTable, root: str) -> int:
    """The quad class of a CAMEO root (two digits) in a producer's own table.

    GDELT: 01–05 are 1, 06–08 2, 09–13 3, 14–20 4. Phoenix: 01–02 are 0, 14 is 4, 16 is 3. ICEWS tooling: 14 is 3, 16 is 4.
    """
    return int(_quads()[root][producer])


def base_code(code: str) -> str:
    """A CAMEO code at its second level: ``0251`` is ``025``; shorter ones are themselves."""
    return code[:3]


@cache
def plover_events() -> dict[str, tuple[str, float]]:
    """PLOVER events to their quad category and PLOVER score (PLOVER codebook, chapter 3 and table 2.2)."""
    return {row["event"]: (row["quad_class"], float(row["score"])) for row in table("producers", "plover_events")}


@cache
def mirrored_codes() -> dict[str, str]:
    """Codes whose other side has a code of its own: a visit (042) is hosted (043)."""
    return {row["code"]: row["mirrored"] for row in table("producers", "mirrored_codes")}


@cache
def _kinds() -> dict[str, str]:
    return {row["element"]: row["kind"] for row in table("producers", "elements")}


@dataclass(frozen=True, slots=True)
class ActorParts:
    """An actor code taken apart. ``head`` is its country (ours), or the international class that stands there (``IGO``)."""

    head: str | None
    country: str | None
    groups: tuple[str, ...]
    ethnic: tuple[str, ...]
    religions: tuple[str, ...]
    types: tuple[str, ...]


def actor_parts(code: str | None) -> ActorParts:
    """Country, groups, peoples, faiths and types of an actor code, each in the code's order.

    After an international head an element is a faith, a role or a group, never a people: ``AMN`` in ``NGOAMN`` is Amnesty.
    """
    land, rest = split_actor_code(code or "")
    head = land or next((e for e in rest[:1] if e in INTERNATIONAL), None)
    found: dict[str, list[str]] = {"group": [], "ethnic": [], "religion": [], "type": []}
    for element in rest:
        kind = "type" if element in roles() or element in INTERNATIONAL else _kinds().get(element, "group")
        found["group" if kind == "ethnic" and head in INTERNATIONAL else kind].append(element)
    return ActorParts(head, land, *(tuple(found[kind]) for kind in ("group", "ethnic", "religion", "type")))


def gdelt_actor_code(code: str | None) -> str:
    """An actor code with its country as GDELT writes it: ``ROUGOV`` is ``ROMGOV``."""
    land = country((code or "")[:3])
    return land.gdelt + (code or "")[3:] if land else code or ""


def our_actor_code(code: str) -> str | None:
    """An actor code of GDELT's or Phoenix's with its country as ours; None for an empty one."""
    return by_gdelt().get(code[:3], code[:3]) + code[3:] or None


@cache
def sector_words() -> dict[str, str]:
    """Role elements to ICEWS sectors."""
    return {row["element"]: row["sector"] for row in table("producers", "icews_sectors") if row["written"] == "1"}


@cache
def sector_elements() -> dict[str, str]:
    """ICEWS sectors, in lower case, to role elements."""
    return {row["sector"].lower(): row["element"] for row in table("producers", "icews_sectors")}


def known_cameo(text: str) -> str | None:
    """The CAMEO code that a producer's cell means; None where it means none.

    Files that went through a spreadsheet lost leading zeros: ``43`` is 043, and ``14`` 014, not root 14 (no producer writes bare roots, but for ``04``).
    """
    text = text.strip()
    return next((code for code in (text, f"0{text}", f"{text}0") if code in cameo_codes()), None)


@cache
def _acled_events() -> dict[str, tuple[str, str, str]]:
    return {row["prefix"]: (row["disorder_type"], row["event_type"], row["sub_event_type"]) for row in table("producers", "acled_events")}


def acled_event(code: str) -> tuple[str, str, str] | None:
    """ACLED's disorder, event and sub-event type of a CAMEO code, by its longest known beginning; None for what ACLED does not record."""
    return next((_acled_events()[code[:n]] for n in range(len(code), 0, -1) if code[:n] in _acled_events()), None)


@cache
def acled_actors() -> dict[str, str]:
    """Role elements to ACLED's actor types."""
    return {row["element"]: row["inter"] for row in table("producers", "acled_actors")}
