"""Where a place named in the news lies: countries, first-level regions, towns, and the regions that news names otherwise.

Towns, first-level regions and countries come from GeoNames (``data/README.md``); ``data/regions.csv`` is ours. Nothing is read before the
first look-up.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from tacitus.places import phrases, surroundings, tables
from tacitus.places.choice import Evidence, best, score
from tacitus.places.folding import LEAST_BONES, fold, skeleton
from tacitus.places.tables import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tacitus.places.tables import PlaceEntry

SHORTEST_NAME = 3
LONGEST_NAME = 200
"""Characters from which a phrase is no place's name, but something that nested readings would be lost in."""
SHORTEST_RESPELT = 5
"""Letters from which another spelling of a name is sought."""
DOMINANCE = 3.0
"""How many times as large as every town of its name abroad a region must be to stand for its country by name."""
WIDE = 1_000.0
"""What a region of ``regions.csv`` must weigh to stand for its country whatever people are called as it is."""
KNOWN = 15.0
"""What a place must weigh (thousands of people) to be meant by a text about other countries, or in place of a country that is also called so."""
LEAST_SCORE = math.log10(KNOWN)
"""What size and evidence together must come to (``choice.score``) for a place to be meant: a village only in the country that the text is about."""
STATE_AND_COUNTRY = "georgia"
"""The one country whose name a hint may turn into a state of another (Lebanon, Pennsylvania, and Niger State are not called so alone)."""


class Gazetteer:
    """Looks places up by name. Cheap to make; the tables load at the first question and are shared."""

    def locate(
        self,
        name: str,
        countries: Sequence[str] = (),
        near: tuple[float, float] | None = None,
        after: str = "",
        before: str = "",
        beside: Sequence[PlaceEntry] = (),
    ) -> PlaceEntry | None:
        """The entry that a name means, or None. ``ReportPlaces`` asks with all that a report says.

        Args:
            name: as the text writes it: "Kobani", "the town of Marib", "Anbar province", "northern Syria", "Tehran's Azadi Square".
            countries: ISO 3166-1 alpha-3 codes of countries that the text is about, the most telling first; they speak for places there.
            near: (lat, lon) of a place known to be close.
            after, before: what the text has right behind and before the name: a wider place (", Idaho, ...", "Pakistan's ...") or the kind
                ("province", "the town of ...").
            beside: other places of the text.
        """
        if len(name) > LONGEST_NAME:
            return None
        around = surroundings.read(before, after) if before or after else surroundings.Surroundings()
        point = [tables.PlaceEntry("", None, None, *near, None, "city")] if near else []
        evidence = Evidence(tuple(countries), None, (*point, *beside), around.level)
        phrase = phrases.bare(phrases.outside_missions(name))
        evidence = replace(evidence, within=self._within(phrase, around, evidence))
        if phrase != name and name[:1].isupper() and fold(name) in tables.regions():  # "In Amenas"
            return self._named(name, evidence)
        return self._phrase(phrase, evidence) or self._inside(phrase, evidence)

    def certain(self, name: str, countries: Sequence[str] = ()) -> PlaceEntry | None:
        """The entry of a name that needs no other place to be known: it stands for its country alone, or lies in one that the text is about and is
        no common word or surname ("on March 31" is not at March, Cambridgeshire)."""
        phrase = phrases.bare(name)
        entry = None if fold(phrase) in tables.unsafe_names() else self._named(phrase, Evidence(tuple(countries)))
        return entry if entry and (entry.country in countries or self._trusted(name, entry, tuple(countries))) else None

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
        towns = tables.towns(key)
        if listed := tables.regions().get(key):
            sure = (listed[0].weight >= WIDE or " " in key or key not in tables.unsafe_names()) and len(key) > SHORTEST_NAME
            return _only_country(listed, [*towns, *tables.admin1_regions()[0].get(key, ())]) if sure else None
        if (kind := phrases.first_level(name)) and kind[1]:
            province = fold(phrases.bare(kind[0]))
            return _only_country(tables.admin1_regions()[0].get(province) or tables.regions().get(province) or (), ())
        regions = tables.admin1_regions()[0].get(key, ())
        first = [c for c in regions if c.first]
        if towns and towns[0].safe and {c.entry.country for c in first} <= {towns[0].entry.country}:
            return towns[0].entry.country
        if len(key) <= SHORTEST_NAME or key in tables.unsafe_names():
            return None
        return _only_country(first, towns) if first else _only_country(regions, towns) if len(key) >= SHORTEST_RESPELT else None

    def _within(self, phrase: str, around: surroundings.Surroundings, evidence: Evidence) -> PlaceEntry | None:
        """The wider place that the text names with a name."""
        for name in around.wider:
            if wider := self._wider(phrase, name, evidence):
                return wider
        code = tables.demonyms().get(fold(around.demonym)) if around.demonym else None
        return tables.PlaceEntry("", code, None, 0.0, 0.0, None, "country") if code else None

    def _wider(self, phrase: str, name: str, evidence: Evidence) -> PlaceEntry | None:
        """The wider place of a name in which a place named by the phrase lies, if there is one: Georgia the state with Columbus, the country with Gori."""
        wider = tables.us_state(name) or self._phrase(phrases.bare(name), replace(evidence, level=None))
        places = [c.entry for c in self._candidates(fold(phrase))]
        if wider is None or any(p.country == wider.country for p in places):
            return wider
        namesakes = [c.entry for c in tables.admin1_regions()[0].get(fold(phrases.bare(name)), ())]
        return next((r for r in namesakes if any((p.country, p.admin1) == (r.country, r.admin1) for p in places)), wider)

    def _phrase(self, phrase: str, evidence: Evidence) -> PlaceEntry | None:
        if found := self._named(phrase, evidence):
            return found
        if "," in phrase:
            first, _, rest = phrase.rpartition(",")
            if wider := self._wider(phrases.bare(first), rest, evidence):
                return self._phrase(phrases.bare(first), replace(evidence, within=wider)) or wider
        if kind := phrases.first_level(phrase):
            rest, first_level = kind
            if found := self._first_level(phrases.bare(rest), evidence) if first_level else self._phrase(phrases.bare(rest), evidence):
                return found
        if part := phrases.direction(phrase):
            return self._part(*part, evidence)
        if name := phrases.named_after(phrase):
            return self._phrase(phrases.bare(name), evidence)
        if shorter := phrases.without_kind(phrase):
            rest, street = shorter
            found = self._phrase(phrases.bare(rest), evidence)
            at_home = found is not None and found.country in evidence.countries[: 1 if street else None]
            if found and (at_home or (not street and self._trusted(rest, found, evidence.countries))):
                return found
        return None

    def _named(self, name: str, evidence: Evidence) -> PlaceEntry | None:
        key = fold(name)
        if name.islower() or not key or (len(key) < SHORTEST_NAME and not name.replace(".", "").isupper()):
            return None
        candidates = self._candidates(key)
        lands = self._lands(evidence)
        if country := tables.countries().get(key):
            own = fold(country.entry.name) == key and key != STATE_AND_COUNTRY
            about = evidence.countries[:1]
            at_home = [c for c in candidates if c.entry.country in about and c.weight >= KNOWN] if not own and country.entry.country not in about else []
            return best(at_home, evidence) or country.entry
        if not any(c.entry.country in lands for c in candidates):
            candidates += self._respelt(key, evidence)
        if evidence.countries:
            candidates = [c for c in candidates if c.safe or c.entry.country is None or score(c, evidence) >= LEAST_SCORE]
        return best(candidates, evidence)

    @staticmethod
    def _lands(evidence: Evidence) -> frozenset[str]:
        """Every country that the evidence names."""
        entries = (*evidence.beside, *([evidence.within] if evidence.within else []))
        return frozenset((*evidence.countries, *(e.country for e in entries if e.country)))

    @staticmethod
    def _candidates(key: str) -> list[Candidate]:
        regions = [*tables.regions().get(key, ()), *tables.admin1_regions()[0].get(key, ())]
        towns = {c.entry.geonameid: c for form in sorted(tables.bare_forms(key)) for c in tables.towns(form)}
        return [*towns.values(), *regions]

    def _respelt(self, key: str, evidence: Evidence) -> list[Candidate]:
        """Towns that a name is another spelling of: of the countries that the text names, if it names any, and the more freely of the one that it
        is about."""
        if len(key) < SHORTEST_RESPELT or len(skeleton(key)) < LEAST_BONES or tables.is_demonym(key) or key in tables.unsafe_names():
            return []
        lands = self._lands(evidence)
        return [c for c in tables.spelt_like(key, lands.difference(evidence.countries[1:])) if c.entry.country in lands or not lands]

    def _first_level(self, name: str, evidence: Evidence) -> PlaceEntry | None:
        """A province by its name, or the province of the town that it is named after."""
        key = fold(name)
        named = tables.admin1_regions()[0].get(key, ())
        lands = self._lands(evidence)
        if named and (not lands or any(c.entry.country in lands for c in named)):
            return best(named, evidence)
        if listed := tables.regions().get(key):
            return best(listed, evidence)
        town = best(self._candidates(key) or self._respelt(key, evidence), replace(evidence, level=None))
        if town and town.precision == "city" and town.admin1:
            return self._region_of(town)
        return town or (tables.countries()[key].entry if key in tables.countries() else None)

    @staticmethod
    def _region_of(town: PlaceEntry) -> PlaceEntry:
        regions = tables.admin1_regions()[0].get(fold(town.admin1 or ""), ())
        found = next((c.entry for c in regions if c.entry.country == town.country), None)
        return replace(found or town, name=town.admin1 or town.name, geonameid=None, precision="admin1", lat=town.lat, lon=town.lon)

    def _trusted(self, name: str, entry: PlaceEntry, countries: tuple[str, ...]) -> bool:
        """Whether part of a phrase may be taken for a place: "Goma airport" lies at Goma, "Independence Square" not in Missouri."""
        return entry.country in countries or (entry.country is not None and self.country_of(name) == entry.country)

    def _part(self, step: tuple[int, int], rest: str, evidence: Evidence) -> PlaceEntry | None:
        """A part of a country lies a standard deviation of its towns from their middle; a part of anything smaller is where that is."""
        key = fold(phrases.bare(rest))
        country = tables.countries().get(key)
        if country is None or key in tables.regions():
            return self._phrase(phrases.bare(rest), evidence)
        lat = round(country.entry.lat + step[0] * country.lat_spread, 2)
        lon = round(country.entry.lon + step[1] * country.lon_spread, 2)
        return replace(country.entry, lat=lat, lon=lon, geonameid=None, precision="region")

    def _inside(self, phrase: str, evidence: Evidence) -> PlaceEntry | None:
        """The last resort: names inside the phrase that are known, and safe or of a country that the text is about (both where they are only part of
        a longer name: "Legislative Council" does not lie in Council, Idaho); the last that is no country ("Myanmar's Rakhine state")."""
        found: list[PlaceEntry] = []
        runs = phrases.names_in(phrase)
        kind = phrases.without_kind(phrase)
        for run in runs:
            namesake = kind is not None and kind[1] and run is runs[-1]  # the rue de Lyon need not lie in France
            for name in run:
                entry = self._named(phrases.bare(name), evidence)
                if entry is None or not self._trusted(name, entry, evidence.countries) or (namesake and entry.country not in evidence.countries[:1]):
                    continue
                if name == run[0] or (entry.country in evidence.countries and self._trusted(name, entry, ())):
                    found.append(entry)
                    if entry.country:
                        evidence = replace(evidence, countries=(*evidence.countries, entry.country))
                    break
        return next((entry for entry in reversed(found) if entry.precision != "country"), found[-1] if found else None)


def _only_country(regions: Sequence[Candidate], rivals: Sequence[Candidate]) -> str | None:
    """The country of regions that lie in one country and are not outweighed by a place of their name abroad; else None."""
    lands = {c.entry.country for c in regions}
    if len(lands) != 1:
        return None
    abroad = max((c.weight for c in rivals if c.first and c.entry.country not in lands), default=0.0)
    return regions[0].entry.country if abroad * DOMINANCE <= regions[0].weight else None
