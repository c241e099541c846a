"""One mention on its own: what its words say, before the report around it is asked.

A mention is read as an English noun phrase: the core up to the first preposition or relative, whose last noun is the head, then a tail
("a spokesman | for the Turkish foreign ministry"). Names beat roles, the head beats what modifies it, the tail fills what the core leaves open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tacitus.actors import gazetteer as gz
from tacitus.actors.gazetteer import Entry, Match, words
from tacitus.actors.resolution import Resolution
from tacitus.actors.tokens import Token
from tacitus.ontology import INTERNATIONAL, actor_code, elements, split_actor_code

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PEACEKEEPERS = "IGOPKO"
"""The code of peacekeepers of nobody named; those of a country are its soldiers."""
FORMER_ROLES = ("ELI",)
"""Who has left office is an elite (CAMEO manual, table 3.1)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase says of itself: a full code (a named person, group or organisation), or a country, or roles, or several."""

    code: str | None = None
    country: str | None = None
    roles: tuple[str, ...] = ()
    name: str | None = None
    former: bool = False
    why: tuple[str, ...] = ()
    person: bool = False

    @property
    def empty(self) -> bool:
        """Whether the phrase says nothing about who it is."""
        return not (self.code or self.country or self.roles)

    def resolution(self) -> Resolution | None:
        """The answer that the phrase gives alone, None if it needs the report."""
        if self.code:
            return Resolution(self.code, self.name, self.why, self.person)
        if self.country:
            return Resolution(actor_code(self.country, self.roles), self.name, self.why, self.person)
        return None


class PhraseReader:
    """Reads phrases of one report: its tokens and what the gazetteer matched in them, valid on the report's day."""

    def __init__(self, tokens: Sequence[Token], matches: Sequence[Match], day: str | None, country_of_place: Callable[[str], str | None]) -> None:
        self.tokens = tokens
        self.matches = matches
        self.day = day
        self.country_of_place = country_of_place

    def read(self, first: int, last: int) -> Reading:
        """The reading of tokens ``first:last``."""
        cut = next((i for i in range(first, last) if i > first and self.tokens[i].folded in words("cut") and not self._inside_match(i)), last)
        core = self._read_core(first, cut)
        if cut == last or core.code:
            return core
        preposition = self.tokens[cut].folded
        tail = self.read(cut + 1, last) if cut + 1 < last else Reading()
        if tail.empty and preposition in words("locative") | words("of") and (town := self._town(cut + 1, last)):
            tail = town
        heads = {self.tokens[i].folded for i in range(first, cut)}
        if heads & words("kin") and not tail.empty and core.country is None:
            country = tail.country or (split_actor_code(tail.code)[0] if tail.code else None)
            return Reading(None, country, core.roles or ("CVL",), None, core.former, (*tail.why, f"{self._text(first, cut)!r} of them"))
        if core.country is None and (core.roles == () or heads & words("aide")):
            if preposition in ("of", "for", "to", "from", "with", "in") and (tail.code or (preposition == "of" and not core.roles and not tail.empty)):
                return Reading(tail.code, tail.country, tail.roles, None, core.former, (*tail.why, f"{self._text(first, cut)!r} belongs to it"))
            held = heads & words("portfolio")  # "the minister for national reconciliation"
            if tail.roles and preposition in ("of", "for", "to", "from") and (not core.roles or (core.roles == ("GOV",) and not held)):
                return Reading(None, tail.country, tail.roles, None, core.former, tail.why)
        if self.tokens[cut - 1].folded in words("nowhere") and preposition in words("locative"):
            return core  # "a diplomat in Cairo" is no Egyptian
        if core.country is None and preposition not in words("adverse"):
            country = tail.country or (split_actor_code(tail.code)[0] if tail.code else None)
            if country:
                return Reading(None, country, core.roles, core.name, core.former, (*core.why, *tail.why))
        return core

    def _town(self, first: int, last: int) -> Reading | None:
        """The country of a town or region that the tail names."""
        name = " ".join(t.raw for t in self.tokens[first:last] if t.raw[0].isupper())
        country = self.country_of_place(name) if name else None
        return Reading(None, country, (), None, False, (f"{name} lies in {country}",)) if country else None

    def _read_core(self, first: int, last: int) -> Reading:
        inside = [m for m in self.matches if first <= m.first and m.last <= last]
        former = any(self.tokens[i].folded in words("former") for i in range(first, last))
        people = [e for e in next((m.entries for m in reversed(inside) if any(e.kind == gz.PERSON for e in m.entries)), ()) if e.kind == gz.PERSON]
        if people:
            titles = tuple(r for m in inside for e in m.entries[:1] if e.kind == gz.ROLE and self._titles(m) for r in elements(e.code))
            reading = self._person(people, former, titles[-1:], self._last(inside, gz.DEMONYM) or self._last(inside, gz.COUNTRY))
            if reading:
                return reading
        country, why = self._country(inside, last)
        roles, role_why = self._roles(inside, first, last)
        named = next((e for kind in (gz.GROUP, gz.ORGANISATION) if (e := self._last(inside, kind))), None)
        if named and country and named.code == PEACEKEEPERS:  # "Russian peacekeepers": soldiers of a country, whoever sends them
            return Reading(None, country, ("MIL",), None, former, why)
        if named:
            return self._named(named, roles, former, why)
        ethnic = self._last([m for m in inside if not any(e.kind == gz.DEMONYM for e in m.entries)], gz.PEOPLE)
        if ethnic:
            own, identity = split_actor_code(ethnic.code)
            country = own or country
            roles = (*identity, *roles)
            role_why = (*role_why, f"{ethnic.name!r} is {ethnic.code}")
        if former and "GOV" in roles:
            roles = FORMER_ROLES
        if country is None and roles and self._international(first, last):
            return Reading(actor_code("INT", roles), None, (), None, former, (*role_why, "of no one country"))
        return Reading(None, country, roles, None, former, (*why, *role_why))

    def _international(self, first: int, last: int) -> bool:
        """Whether the core says "foreign", "Western" or the like, other than in the name of a role ("foreign ministry")."""
        return any(
            self.tokens[i].folded in words("international") and not any(m.first <= i < m.last and m.last - m.first > 1 for m in self.matches)
            for i in range(first, last)
        )

    def of_no_country(self, first: int, last: int) -> bool:
        """Whether tokens ``first:last`` are headed by a noun whose holders are of no one country where none is named: "diplomats", "foreigners"."""
        cut = next((i for i in range(first + 1, last) if self.tokens[i].folded in words("cut") and not self._inside_match(i)), last)
        return self.tokens[cut - 1].folded in words("nowhere")

    def _named(self, entry: Entry, roles: tuple[str, ...], former: bool, why: tuple[str, ...]) -> Reading:
        """A group or organisation by name; a role joins a bare country or party ("BJP lawmakers"), not a code of its own ("NATO troops")."""
        reason = f"{entry.name!r} is {entry.code}{entry.on_whose_word}"
        own, rest = split_actor_code(entry.code)
        if own and roles and rest in ((), ("OPP",)):
            if _PRIMARY & set(roles):
                rest = ()  # "URNG guerrillas": armed, whatever the movement is in parliament
            return Reading(actor_code(own, (*rest, *roles)), None, (), entry.name, former, (reason, *why))
        if former and own and "GOV" in rest:
            return Reading(actor_code(own, FORMER_ROLES), None, (), entry.name, former, (reason, "out of office"))
        return Reading(entry.code, None, (), entry.name, former, (reason,))

    def _person(self, holders: list[Entry], former: bool, title: tuple[str, ...], country_named: Entry | None) -> Reading | None:
        """A person by name, by the office held on the report's day; among namesakes, the one of the country named beside. For who holds none then, the
        report's own title counts ("Attorney General Luisa Ortega", "Government envoy Manuel Camacho Solis")."""
        if country_named and (same := [e for e in holders if e.code[:3] == country_named.code[:3]]):
            holders = same
        name = holders[0].name
        now = [e for e in holders if e.holds_on(self.day)]
        home = elements(holders[0].code)[0]
        if _OFFICES & set(title) and not former and home not in INTERNATIONAL and not any(_in_office(e) for e in now):
            return Reading(actor_code(home, title), None, (), name, False, (f"{name}, by the title that the report gives",), True)
        if now and not former:
            best = max(now, key=lambda e: e.start)
            return Reading(best.code, None, (), best.name, False, (_office(best),), True)
        if self.day and not any(not e.start or e.start <= self.day for e in holders):
            earliest = min(holders, key=lambda e: e.start)
            country = split_actor_code(earliest.code)[0]
            return Reading(None, country, (), name, False, (f"{name} holds no office yet on {self.day}",), True) if country else None
        past = [e for e in holders if not self.day or not e.start or e.start <= self.day]
        latest = max(past or holders, key=lambda e: e.end or e.start)
        country, rest = split_actor_code(latest.code)
        if country and ({"GOV", "LEG", "MIL", "SPY", "JUD"} & set(rest)):
            return Reading(actor_code(country, FORMER_ROLES), None, (), latest.name, True, (_office(latest), "out of office"), True)
        return Reading(latest.code, None, (), latest.name, former, (_office(latest),), True)

    def _country(self, inside: Sequence[Match], last: int) -> tuple[str | None, tuple[str, ...]]:
        """The country that the core names: its last demonym, country or capital that is not only a backer ("Saudi-backed")."""
        for m in reversed(inside):
            named = [e for k in (gz.DEMONYM, gz.COUNTRY, gz.CAPITAL, gz.SEAT) for e in m.entries if e.kind == k]
            if not named:
                continue
            entry = gz.best_on(named, self.day)
            if m.last < last and self.tokens[m.last].folded in words("dropped") and self._hyphen(m.last):
                continue
            return elements(entry.code)[0], (f"{self._text(m.first, m.last)!r} names {elements(entry.code)[0]}",)
        return None, ()

    def _roles(self, inside: Sequence[Match], first: int, last: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Roles of the core: its last role noun, coloured by what stands before it."""
        roles: tuple[str, ...] = ()
        why: tuple[str, ...] = ()
        for m in inside:
            head = next((e for e in m.entries if e.kind == gz.ROLE), None)
            colour = next((e for e in m.entries if e.kind == gz.MODIFIER), None)
            seat = next((e for e in m.entries if e.kind in (gz.CAPITAL, gz.SEAT)), None)
            if seat and (m.first, m.last) == (self._skip(first, last), last):
                roles, why = ("GOV",), (f"{seat.name}: its government",)
            final = m.last == last
            if colour and not final:
                roles = tuple(dict.fromkeys((*roles, *elements(colour.code))))
                why = (*why, f"{self._text(m.first, m.last)!r} is {colour.code}")
            elif head:
                if roles and self._generic(m):
                    continue
                keep = tuple(r for r in roles if (r == "OPP" and not _PRIMARY & set(elements(head.code))) or r in FAITHS)
                roles = tuple(dict.fromkeys((*keep, *elements(head.code))))
                why = (*why, f"{self._text(m.first, m.last)!r} is {head.code}{head.on_whose_word}")
            elif colour:
                roles = tuple(dict.fromkeys((*roles, *elements(colour.code))))
                why = (*why, f"{self._text(m.first, m.last)!r} is {colour.code}")
        return roles, why

    def _generic(self, m: Match) -> bool:
        """Whether a role noun leaves open whose: "leader", "spokesman"."""
        return " ".join(t.folded for t in self.tokens[m.first : m.last]) in words("generic")

    def _titles(self, m: Match) -> bool:
        """Whether a role noun names an office by itself ("president", "attorney general"), as "leader" does not."""
        return not self._generic(m) or self.tokens[m.first].folded in words("top_office")

    def _last(self, inside: Sequence[Match], kind: str) -> Entry | None:
        """The last entry of a kind; among several of one name, the one that holds on the day."""
        for m in reversed(inside):
            found = [e for e in m.entries if e.kind == kind]
            if found and not (kind in (gz.GROUP, gz.ORGANISATION) and self._backer(m)):
                return next((e for e in found if e.holds_on(self.day)), found[-1])
        return None

    def _backer(self, m: Match) -> bool:
        return m.last < len(self.tokens) and self.tokens[m.last].folded in words("dropped") and self._hyphen(m.last)

    def _hyphen(self, i: int) -> bool:
        """Whether token i is joined to the one before it."""
        return self.tokens[i].start - self.tokens[i - 1].end == 1

    def _skip(self, first: int, last: int) -> int:
        while first < last and self.tokens[first].folded in words("quantity"):
            first += 1
        return first

    def _inside_match(self, i: int) -> bool:
        return any(m.first < i < m.last for m in self.matches)

    def _text(self, first: int, last: int) -> str:
        return " ".join(t.raw for t in self.tokens[first:last])


_PRIMARY = frozenset("GOV MIL REB SEP INS UAF COP JUD SPY".split())
"""Roles beside which nobody is "opposition": a socialist president, leftist rebels (CAMEO manual, 3.2: one primary role)."""
_OFFICES = frozenset("GOV MIL COP JUD SPY LEG".split())
"""Roles that are offices: a title of such a role tells what somebody is now, as "growers' leader" does not."""
FAITHS = frozenset("MOS SUN SHI CHR JEW HIN BUD SIK CTH PRO DOX KUR".split())
"""Faiths and the one people that stand beside a role: "Sunni lawmakers"."""


def _in_office(entry: Entry) -> bool:
    """Whether an entry is an office, not opposition or a past."""
    return not {"OPP", "ELI"} & set(elements(entry.code))


def _office(entry: Entry) -> str:
    since = f" from {entry.start}" if entry.start else ""
    until = f" to {entry.end}" if entry.end else ""
    return f"{entry.name}: {entry.office or entry.code}{since}{until} ({entry.code}){entry.on_whose_word}"
