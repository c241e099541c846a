"""Where a place named in the news lies: countries, first-level regions, towns, and the regions that news names otherwise.

Towns, first-level regions and countries come from GeoNames (``data/README.md``); ``data/regions.csv`` is ours. Nothing is read before the
first look-up.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tacitus.places import phrases, tables
from tacitus.places.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tacitus.places.tables import Candidate, PlaceEntry

FIRST_LEVEL_WEIGHT = 50.0
"""What a first-level region weighs against a town of its name, in thousands of people: the town of Homs before its province, Punjab before
a village Punjab."""
NEAR_DEGREES = 3.0
"""Half the width of the box, in degrees, in which a namesake counts as near a known place."""
FAME, FAME_AGAINST_FIRST = 5.0, 60.0
"""How many times larger a place must be than its namesake in a hinted country, and in the most telling one, to be meant all the same: Geneva in
Switzerland where Americans meet."""
SHORTEST_NAME = 3
WIDER = re.compile(r"(?:, |,? in )((?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,2})\b")
"""A wider place named right after a place."""
STATE_AND_COUNTRY = "georgia"
"""The one country whose name a hint may turn into a state of another (Lebanon, Pennsylvania, and Niger State are not called so alone)."""


class Gazetteer:
    """Looks places up by name. Cheap to make; the tables load at the first question and are shared."""

    def locate(self, name: str, countries: Sequence[str] = (), near: tuple[float, float] | None = None, after: str = "") -> PlaceEntry | None:
        """The entry that a name means, or None.

        Args:
            name: as the text writes it: "Kobani", "the town of Marib", "Anbar province", "northern Syria", "Tehran's Azadi Square".
            countries: ISO 3166-1 alpha-3 codes of countries that the text is about, the most telling first; they choose among
                namesakes before the number of people does.
            near: (lat, lon) of a place known to be close; among namesakes of the same country hint, those near it come first.
            after: what the text goes on with; a wider place named there at once (", Idaho, ...") decides among namesakes before all else.
        """
        if (wider := WIDER.match(after)) and "," not in name:
            found = self._phrase(f"{phrases.bare(name)}, {wider[1]}", (), near)
            if found and found.precision == "city" and fold(found.name) == fold(phrases.bare(name)):
                return found
        phrase = phrases.bare(name)
        return self._phrase(phrase, tuple(countries), near) or self._inside(phrase, tuple(countries), near)

    def country_of(self, name: str) -> str | None:
        """The country (ISO 3166-1 alpha-3) that a town, region or country stands for by its name alone, or None.

        Only for names with a capital that are no common word or surname, and that one place alone can mean: "Kobani" is Syria's, "Mobile",
        "Ford" and "Valencia" nobody's.
        """
        if not name[:1].isupper():
            return None
        key = fold(phrases.bare(name))
        if key in tables.countries():
            return tables.countries()[key].entry.country
        if key in tables.regions():
            return tables.regions()[key].country
        candidates = tables.towns(key)
        first_level = {entry.country for entry in tables.admin1_regions()[0].get(key, ())}
        if candidates:
            country = candidates[0].entry.country
            return country if candidates[0].safe and first_level <= {country} else None
        return first_level.pop() if len(first_level) == 1 and len(key) > SHORTEST_NAME else None

    def _phrase(self, phrase: str, countries: tuple[str, ...], near: tuple[float, float] | None) -> PlaceEntry | None:
        if found := self._named(phrase, countries, near):
            return found
        if "," in phrase:
            first, _, rest = phrase.rpartition(",")
            wider = tables.us_state(rest) or self._phrase(phrases.bare(rest), countries, near)
            if wider:
                hints = (wider.country, *countries) if wider.country else countries
                return self._phrase(phrases.bare(first), hints, (wider.lat, wider.lon) if wider.precision != "country" else near) or wider
        if (name := phrases.first_level(phrase)) and (found := self._first_level(phrases.bare(name), countries)):
            return found
        if part := phrases.direction(phrase):
            return self._part(*part, countries, near)
        if name := phrases.named_after(phrase):
            return self._phrase(phrases.bare(name), countries, near)
        if shorter := phrases.without_kind(phrase):
            name, street = shorter
            found = self._phrase(phrases.bare(name), countries, near)
            if found and (found.country in countries or (not street and self._trusted(name, found, countries))):
                return found
        return None

    def _named(self, name: str, countries: tuple[str, ...], near: tuple[float, float] | None) -> PlaceEntry | None:
        key = fold(name)
        if name.islower() or not key or (len(key) < SHORTEST_NAME and not name.replace(".", "").isupper()):
            return None
        hinted = _best([c for c in self._candidates(key) if c.entry.country in countries], countries, near)
        region = tables.regions().get(key)
        country = tables.countries().get(key)
        if region and (region.country in countries or region.country is None or not hinted):
            return region
        if country and not (key == STATE_AND_COUNTRY and hinted and country.entry.country not in countries):
            return country.entry
        return hinted or _best(self._candidates(key), countries, near)

    def _candidates(self, key: str) -> list[Candidate]:
        found = [c for form in tables.bare_forms(key) for c in tables.towns(form)] or tables.towns("al " + key)
        regions = tables.admin1_regions()[0].get(key, ())
        return [*found, *(tables.Candidate(entry, FIRST_LEVEL_WEIGHT, safe=False) for entry in regions)]

    def _first_level(self, name: str, countries: tuple[str, ...]) -> PlaceEntry | None:
        """A province by its name, or the province of the town that it is named after."""
        key = fold(name)
        named = [tables.Candidate(entry, 0, safe=False) for entry in tables.admin1_regions()[0].get(key, ())]
        if named and (not countries or any(c.entry.country in countries for c in named)):
            return _best(named, countries, None)
        if key in tables.regions():
            return tables.regions()[key]
        town = _best(self._candidates(key), countries, None)
        if town and town.precision == "city" and town.admin1:
            return replace(town, name=town.admin1, geonameid=None, precision="admin1")
        return town or (tables.countries()[key].entry if key in tables.countries() else None)

    def _trusted(self, name: str, entry: PlaceEntry, countries: tuple[str, ...]) -> bool:
        """Whether part of a phrase may be taken for a place: "Goma airport" lies at Goma, "Independence Square" not in Missouri."""
        return entry.country in countries or (entry.country is not None and self.country_of(name) == entry.country)

    def _part(self, step: tuple[int, int], rest: str, countries: tuple[str, ...], near: tuple[float, float] | None) -> PlaceEntry | None:
        """A part of a country lies a standard deviation of its towns from their middle; a part of anything smaller is where that is."""
        key = fold(phrases.bare(rest))
        country = tables.countries().get(key)
        if country is None or key in tables.regions():
            return self._phrase(phrases.bare(rest), countries, near)
        lat = round(country.entry.lat + step[0] * country.lat_spread, 2)
        lon = round(country.entry.lon + step[1] * country.lon_spread, 2)
        return replace(country.entry, lat=lat, lon=lon, geonameid=None, precision="region")

    def _inside(self, phrase: str, countries: tuple[str, ...], near: tuple[float, float] | None) -> PlaceEntry | None:
        """The last resort: names inside the phrase that are known, and safe or of a country that the text is about; the last that is no
        country ("Myanmar's Rakhine state")."""
        found: list[PlaceEntry] = []
        for run in phrases.names_in(phrase):
            for name in run:
                entry = self._named(phrases.bare(name), countries, near)
                if entry and (entry.country in countries or (name == run[0] and self._trusted(name, entry, countries))):
                    found.append(entry)
                    countries = (*countries, entry.country) if entry.country else countries
                    break
        return next((entry for entry in reversed(found) if entry.precision != "country"), found[-1] if found else None)


def _best(candidates: Sequence[Candidate], countries: tuple[str, ...], near: tuple[float, float] | None) -> PlaceEntry | None:
    def rank(c: Candidate) -> tuple[int, bool, float]:
        hint = countries.index(c.entry.country) if c.entry.country in countries else len(countries)
        close = near is not None and abs(c.entry.lat - near[0]) < NEAR_DEGREES and abs(c.entry.lon - near[1]) < NEAR_DEGREES
        return hint, not close, -c.weight

    if not candidates:
        return None
    chosen, largest = min(candidates, key=rank), max(candidates, key=lambda c: c.weight)
    fame = FAME_AGAINST_FIRST if rank(chosen)[0] == 0 else FAME
    return (largest if countries and largest.weight > fame * max(chosen.weight, 1.0) else chosen).entry
