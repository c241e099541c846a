"""Spans that a tagger found made into mentions: names and titles that were cut made whole, pieces put together, lists taken apart."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tacitus.actors import gazetteer as gz

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tacitus.actors.gazetteer import Match
    from tacitus.actors.tokens import Token

_SEPARATE = frozenset({gz.COUNTRY, gz.CAPITAL, gz.PERSON, gz.ORGANISATION, gz.GROUP})
"""Names each of which is an actor of its own when joined by "and"; demonyms are not ("Greek and Turkish ministers")."""
_POSSESSIVE = ("'s ", "’s ", "' ", "’ ")
_OWNED = re.compile(r"(?P<who>['’]s?(?: [a-z][\w-]*){1,4}), $")
"""What stands between an owner and the name of whom the owner's title describes."""


class Mentions:
    """Makes whole the mentions of one text. ``span_of`` gives the words (first, last, end exclusive) that characters overlap, None where there are none."""

    def __init__(self, text: str, tokens: Sequence[Token], matches: Sequence[Match], span_of: Callable[[int, int], tuple[int, int] | None]) -> None:
        self.text, self.tokens, self.matches, self._span = text, tokens, matches, span_of

    def whole(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The actors of a role as whole mentions, in order: names and titles that were cut made whole ("Human" to "Human Rights Watch"), pieces of one mention
        put together, and two names told as one mention taken apart ("the U.S. and Russia")."""
        out: list[tuple[int, int]] = []
        for start, end in sorted({self._whole(*span) for span in spans}):
            if out:
                between = self.text[out[-1][1] : start]
                if start < out[-1][1] or between in _POSSESSIVE or (between == " " and not self._begins_name(start)):
                    start, end = out[-1][0], max(end, out.pop()[1])  # "Niger" and "military government" of "Niger's military government"
                elif owned := _OWNED.match(between):
                    out[-1] = (out[-1][0], out[-1][1] + owned.end("who"))  # "The union" of "The union's secretary general, Rosa Quispe,"
            out.append((start, end))
        return [part for span in out for part in self._apart(*span)]

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        span = self._span(start, end)
        if span is None:
            return start, end
        for m in self.matches:
            name = any(e.kind in gz.NAMES for e in m.entries)
            if m.first < span[1] and m.last > span[0] and (name or m.last - m.first > 1):
                last = self.tokens[m.last - 1]
                start, end = min(start, self.tokens[m.first].start), max(end, last.end - 2 * last.raw.endswith(("'s", "’s")))
        if self.text[end : end + 1] == "s" and self.text[end - 1] in "'’":  # "Quebec'" to "Quebec's"
            end += 1
        i = self._span(start, end)[1] - 1  # type: ignore[index]  # it holds at least the token it held before
        while i + 1 < len(self.tokens) and self._goes_on(i):  # "Ruslan" to "Ruslan Pukhov", "a rebel" to "a rebel-held"
            i += 1
            end = self.tokens[i].end
        return start, end

    def _goes_on(self, i: int) -> bool:
        """Whether token i and the next are parts of one word or one unknown name."""
        token, after = self.tokens[i], self.tokens[i + 1]
        between = self.text[token.end : after.start]
        if between == "-":
            return True
        named = any(m.first <= i + 1 < m.last or m.first <= i < m.last for m in self.matches)
        return between == " " and not named and token.raw[0].isupper() and after.raw[0].isupper() and not token.raw.endswith(("'s", "’s"))

    def _begins_name(self, start: int) -> bool:
        """Whether a name of the gazetteers begins at a character: what stands before it is another mention, unless it is only a title."""
        return any(self.tokens[m.first].start == start and any(e.kind in gz.NAMES and e.kind != gz.PERSON for e in m.entries) for m in self.matches)

    def _apart(self, start: int, end: int) -> list[tuple[int, int]]:
        span = self._span(start, end)
        named = [m for m in self.matches if span and m.first >= span[0] and m.last <= span[1] and any(e.kind in _SEPARATE for e in m.entries)]
        for a, b in pairwise(named):
            between = self.text[self.tokens[a.last - 1].end : self.tokens[b.first].start]
            if between.strip() in ("and", "and the", "or", ",", "&", ", and"):
                cut = self.tokens[a.last - 1].end - 2 * self.tokens[a.last - 1].raw.endswith(("'s", "’s"))
                return [(start, cut), *self._apart(self.tokens[b.first].start, end)]
        return [(start, end)]
