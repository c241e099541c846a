"""People who bear the name of a country or a capital: "Joseph Muscat", "Paris Hilton", "Mr. Jordan".

The gazetteers match words; a word of a country's that stands in a person's name is no mention of that country. It does where a first name that they know
stands right before it, or any name does and who it is comes after (", a teacher,"), where it is itself a usual first name (``data/words.csv``, kind
``given``) and a word follows that is in no organisation's or place's name, and after "Mr." and the like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tacitus.actors import gazetteer as gz
from tacitus.actors.gazetteer import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tacitus.actors.gazetteer import Gazetteer, Match
    from tacitus.actors.tokens import Token

_LAND = frozenset({gz.COUNTRY, gz.CAPITAL, gz.SEAT})
_SMALL = ("cut", "of", "quantity", "numeral")


def without_namesakes(text: str, tokens: Sequence[Token], matches: Sequence[Match], gazetteer: Gazetteer) -> list[Match]:
    """The matches that are no word of a person's name. A later mention of such a surname alone stays a country.

    Args:
        text: what was matched.
        tokens: its words.
        matches: what the gazetteer found in it, from left to right.
        gazetteer: knows first names, and what words organisations have in their names.
    """
    reader = _Names(text, tokens, matches, gazetteer)

    def of_a_person(m: Match) -> bool:
        lone = m.last - m.first == 1 and any(e.kind in _LAND for e in m.entries)
        return lone and (reader.is_surname(m.first) or reader.is_first_name(m.first))

    return [m for m in matches if not of_a_person(m)]


class _Names:
    """The capitalised words around those that the gazetteer matched."""

    def __init__(self, text: str, tokens: Sequence[Token], matches: Sequence[Match], gazetteer: Gazetteer) -> None:
        self._text, self._tokens, self._gazetteer = text, tokens, gazetteer
        self._matched = {i for m in matches for i in range(m.first, m.last)}

    def is_surname(self, i: int) -> bool:
        """Whether word i, a country's, ends a person's name: "Joseph Muscat", "Mr. Jordan"."""
        if i == 0 or self._is_unknown(i + 1, i):
            return False
        if self._is_courteous(i):
            return True
        before = self._tokens[i - 1]
        if not self._is_unknown(i - 1, i) or any(before.folded in words(kind) for kind in _SMALL):
            return False
        return self._gazetteer.is_first_name(before.folded) or self._is_introduced(i)

    def _is_introduced(self, i: int) -> bool:
        """Whether what follows word i says who somebody is: ", a teacher", ", 34,"."""
        after = self._tokens[i + 1] if i + 1 < len(self._tokens) else None
        if after is None or self._text[self._tokens[i].end : after.start] != ", ":
            return False
        return after.folded in ("a", "an") or after.raw.isdigit()

    def is_first_name(self, i: int) -> bool:
        """Whether word i, a country's, begins a person's name: "Paris Hilton", not "the Paris Opera"."""
        token = self._tokens[i]
        if token.raw.endswith(("'s", "’s")) or not self._is_unknown(i + 1, i):
            return False
        if self._is_courteous(i):
            return True
        is_place = i > 0 and self._tokens[i - 1].folded in words("locative") | {"the"}
        return token.folded in words("given") and not is_place and not self._gazetteer.is_in_a_name(self._tokens[i + 1].folded)

    def _is_courteous(self, i: int) -> bool:
        """Whether "Mr." or the like stands before word i."""
        before = self._tokens[i - 1] if i else None
        return before is not None and before.folded in words("courtesy") and self._text[before.end : self._tokens[i].start] in (" ", ". ")

    def _is_unknown(self, i: int, beside: int) -> bool:
        """Whether word i is one with a capital that the gazetteer did not match, and stands a space from word ``beside``."""
        if not 0 <= i < len(self._tokens) or i in self._matched or not self._tokens[i].raw[0].isupper():
            return False
        a, b = sorted((i, beside))
        return self._text[self._tokens[a].end : self._tokens[b].start] == " "
