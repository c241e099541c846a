"""The places of one report: each is looked up in the light of the words around it and of the other places that the report names."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from tacitus.places.surroundings import NAME, REACH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tacitus.places.gazetteer import Gazetteer
    from tacitus.places.tables import PlaceEntry

LEADS = "in at near of from to outside around across into between toward towards off".split()
MENTION = rf"(?:\b(?:{'|'.join(f'[{w[0].upper()}{w[0]}]{w[1:]}' for w in LEADS)}|and|on)(?: the)? |, |^)(?P<name>{NAME})"
"""Names that stand where places do."""
MOST_MENTIONS = 200
"""Mentions that are read of a long report."""


class ReportPlaces:
    """Looks up the places of one report.

    Args:
        gazetteer: where to look.
        text: the report's text; offsets count its characters.
    """

    def __init__(self, gazetteer: Gazetteer, text: str) -> None:
        self._gazetteer, self._text = gazetteer, text
        self._known: dict[tuple[str, ...], list[tuple[int, int, PlaceEntry]]] = {}

    def locate(self, start: int, end: int, countries: Sequence[str] = ()) -> PlaceEntry | None:
        """The place that characters ``start:end`` name, or None.

        Args:
            start, end: the mention.
            countries: ISO 3166-1 alpha-3 codes of countries that the report is about, the most telling first.
        """
        beside = [entry for first, last, entry in self._places(tuple(countries)) if last <= start or first >= end]
        before, after = self._text[max(0, start - REACH) : start], self._text[end : end + REACH]
        return self._gazetteer.locate(self._text[start:end], countries, after=after, before=before, beside=beside)

    def _places(self, countries: tuple[str, ...]) -> list[tuple[int, int, PlaceEntry]]:
        """Places that the report names beyond doubt: where they lie needs no other place."""
        if countries not in self._known:
            mentions = islice(re.finditer(MENTION, self._text, re.MULTILINE), MOST_MENTIONS)
            found = ((m.span("name"), self._gazetteer.certain(m["name"], countries)) for m in mentions)
            self._known[countries] = [(*span, entry) for span, entry in found if entry]
        return self._known[countries]
