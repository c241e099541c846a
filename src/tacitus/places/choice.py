"""Which of several places of one name is meant: by size, and by what the text says around it.

Size counts by its logarithm, and each piece of evidence as so many orders of magnitude. The numbers were set on ``evaluation/places/dev.jsonl``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tacitus.places.tables import Candidate, PlaceEntry

Level = Literal["town", "first level"]

FIRST_HINT, OTHER_HINT = 1.8, 0.9
"""A place of the country that the text is most about, and of another that it names: 60 and 8 times its size."""
WITHIN, WITHIN_COUNTRY = 4.0, 2.5
"""A place of the first-level region, or of the country, that is named with it ("Columbus, Georgia")."""
NEAR, SAME_FIRST_LEVEL = 1.0, 1.0
"""A place near another that the text names, and of a first-level region that it names."""
NEAR_DEGREES = 2.5
"""Half the width of the box, in degrees of latitude, in which two places are near each other."""
SEAT_THOUSANDS = 8.0
"""People (thousands) from which a town is meant by a bare name rather than the region that is called after it: Daraa, not Punjab."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the text says around a name.

    ``countries``: ISO 3166-1 alpha-3, the most telling first; ``within``: a wider place named with it; ``beside``: other places of the text;
    ``level``: whether the words around it call it a town or a first-level region.
    """

    countries: tuple[str, ...] = ()
    within: PlaceEntry | None = None
    beside: tuple[PlaceEntry, ...] = ()
    level: Level | None = None


def best(candidates: Sequence[Candidate], evidence: Evidence) -> PlaceEntry | None:
    """The entry of the likeliest candidate; None of none."""
    rivals = _town_or_region(candidates, evidence.level)
    return max(rivals, key=lambda c: (score(c, evidence), -(c.entry.geonameid or 0))).entry if rivals else None


def score(c: Candidate, evidence: Evidence) -> float:
    """Orders of magnitude that speak for a candidate."""
    total = math.log10(c.weight + 0.01)
    countries = evidence.countries
    if c.entry.country in countries:
        total += FIRST_HINT if c.entry.country == countries[0] else OTHER_HINT
    if (wider := evidence.within) and wider.country == c.entry.country is not None:
        same = wider.precision == "admin1" and c.entry.admin1 == wider.admin1
        total += WITHIN if same or (wider.precision in ("city", "region") and near(c.entry, wider)) else WITHIN_COUNTRY
    others = [o for o in evidence.beside if o.name != c.entry.name]
    if any(o.precision != "country" and near(c.entry, o) for o in others):
        total += NEAR
    if c.entry.admin1 and any(o.precision == "admin1" and o.admin1 == c.entry.admin1 and o.country == c.entry.country for o in others):
        total += SAME_FIRST_LEVEL
    return total


def near(a: PlaceEntry, b: PlaceEntry) -> bool:
    """Whether two places lie in one box."""
    wide = NEAR_DEGREES / max(0.2, math.cos(math.radians(a.lat)))
    return abs(a.lat - b.lat) < NEAR_DEGREES and abs((a.lon - b.lon + 180) % 360 - 180) < wide


def _town_or_region(candidates: Sequence[Candidate], level: Level | None) -> list[Candidate]:
    """Candidates without the towns that are only named for their region, and the regions that are only named for their town."""
    out = list(candidates)
    if level == "first level":
        return [c for c in out if c.entry.precision == "admin1"] or out
    for region in [c for c in out if c.entry.precision == "admin1"]:
        seats = [c for c in out if c.entry.precision == "city" and (c.entry.country, c.entry.admin1) == (region.entry.country, region.entry.admin1)]
        if any(level == "town" or (c.first and (c.weight >= SEAT_THOUSANDS or not region.first) and not region.bare) for c in seats):
            out.remove(region)
        elif region.bare:
            out = [c for c in out if c not in seats]
    return out
