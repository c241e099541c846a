"""What the gazetteers know: names of countries, people, organisations, groups and roles, matched against tokens.

The tables lie in ``data/``; each row of each becomes one ``Entry`` for every name it lists. Names are matched on folded tokens (no accents, no
case, no possessive), the longest first. What is written with a capital must stand in the text with one, and an acronym in capitals:
"turkey" is no country and "us" is not the United States.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tacitus.actors.nametable import NameTable, hash_names
from tacitus.actors.tokens import tokenise
from tacitus.actors.wordhash import Flags, Hashes, Numbers, hash_of, read_words
from tacitus.config import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

COUNTRY, DEMONYM, CAPITAL, SEAT, PERSON, ORGANISATION, GROUP, PEOPLE, ROLE, MODIFIER = (
    "country",
    "demonym",
    "capital",
    "seat",
    "person",
    "organisation",
    "group",
    "people",
    "role",
    "modifier",
)
NAMES = frozenset({COUNTRY, DEMONYM, CAPITAL, SEAT, PERSON, ORGANISATION, GROUP, PEOPLE})
LONGEST_ACRONYM = 5
"""Letters up to which a name all in capitals is taken for an acronym that the text must write in capitals too."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one thing. ``code`` is an actor code, or the role elements of a role; ``start`` and ``end`` bound its validity (ISO,
    possibly only a year or month; empty where open); ``origin`` is the table, or the user's file and line, that says so."""

    name: str
    kind: str
    code: str
    start: str = ""
    end: str = ""
    office: str = ""
    origin: str = ""

    @property
    def on_whose_word(self) -> str:
        """For reasons: the user's file and line, nothing where a shipped table says so."""
        return f" ({self.origin})" if ":" in self.origin else ""

    def holds_on(self, day: str | None) -> bool:
        """Whether the entry is valid on an ISO date; without a date everything is."""
        if day is None:
            return True
        return (not self.start or self.start <= day[: len(self.start)]) and (not self.end or day[: len(self.end)] <= self.end)


class Match(NamedTuple):
    """Words ``first:last`` of a text (end exclusive, numbered as ``tokenise`` gives them) that name something: every entry of that name."""

    first: int
    last: int
    entries: tuple[Entry, ...]


def best_on(entries: Sequence[Entry], day: str | None) -> Entry:
    """Of entries of one name, the one that holds on a day, a dated one before an undated one (the Soviet Union before Russia in 1990)."""
    holding = [e for e in entries if e.holds_on(day)] or entries
    return next((e for e in holding if day and e.end), holding[0])


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


@cache
def words(kind: str) -> frozenset[str]:
    """Function words of one kind, from ``data/words.csv``: what the grammar of a mention hangs on."""
    return frozenset(row["word"] for row in table("actors", "words") if row["kind"] == kind)


@cache
def stand_ins() -> dict[tuple[str, str], str]:
    """Whose force is meant where a country has none of its own: "the army" in a report on the Palestinians is Israel's."""
    return {(row["country"], row["role"]): row["stand_in"] for row in table("actors", "stand_ins")}


@cache
def contextual_names() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Names that mean somebody only in a report that speaks of certain countries: folded name to (code, countries needed)."""
    out: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for row in table("actors", "contextual"):
        out[row["name"]].append((row["code"], frozenset(_split(row["countries"]))))
    return out


@cache
def homonyms() -> dict[tuple[str, str], str]:
    """Names of countries that mean another at home: (folded name, country of the dateline) to code. "Congo" from Brazzaville, "Georgia" from Atlanta;
    code "-" where they mean no country, unless the report names that country otherwise ("Indian" from La Paz)."""
    return {(row["name"], row["dateline"]): row["code"] for row in table("actors", "homonyms")}


def shipped_entries() -> Iterator[tuple[str, Entry]]:
    """(name, entry) of everything in the shipped tables."""
    for row in table("actors", "countries"):
        span = (row["from"], row["to"])
        for column, kind in (("names", COUNTRY), ("demonyms", DEMONYM), ("capitals", CAPITAL), ("seats", SEAT)):
            code = row["code"] + ("GOV" if kind in (CAPITAL, SEAT) else "")
            for name in _split(row[column]):
                yield name, Entry(row["name"], kind, code, *span, origin="countries")
    for row in table("actors", "regions"):
        for name in _split(row["demonyms"]):
            yield name, Entry(row["name"], DEMONYM, row["code"], origin="regions")
    for table_name, kind in (("organisations", ORGANISATION), ("groups", GROUP), ("ethnic_religious", PEOPLE), ("leaders", PERSON)):
        for row in table("actors", table_name):
            origin = f"{table_name}, {row['source']}"
            entry = Entry(row["name"], kind, row["code"], row.get("from", ""), row.get("to", ""), row.get("office", ""), origin)
            for name in dict.fromkeys([row["name"], *_split(row["aliases"])]):
                yield name, entry
    for row in table("actors", "roles"):
        yield row["phrase"], Entry(row["phrase"], ROLE if row["kind"] == "head" else MODIFIER, row["roles"], origin="roles")


FREE, CAPITAL_FIRST, ALL_CAPITALS, UNLETTERED = 1, 2, 4, 8
"""How an entry's name must be written in a text: anyhow, with a capital first, all in capitals; the last marks names in capitals whose first character is
no letter ("17N")."""
_ANY = FREE | CAPITAL_FIRST | ALL_CAPITALS


class Gazetteer:
    """Names to entries, and the longest matches of names in texts.

    Args:
        entries: (name, entry) pairs; a name may stand in several, and a text's match has them in this order.
    """

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        pairs = [pair for pair in entries if any(map(str.isalnum, pair[0]))]  # a name without a word is none
        hashes, first, words_of_names = hash_names([name.removeprefix("the ") for name, _ in pairs])
        self._pairs = pairs
        self._table = NameTable(hashes, first, words_of_names)
        self._order = np.argsort(self._table.key_of, kind="stable")
        sizes = np.bincount(self._table.key_of, minlength=len(self._table.keys))
        self._bounds = [0, *np.cumsum(sizes).tolist()]
        self._writing = np.fromiter((_writing(name, entry) for name, entry in pairs), np.uint8, len(pairs))
        self._writings = np.zeros(len(sizes), np.uint8)
        np.bitwise_or.at(self._writings, self._table.key_of, self._writing)
        self._entries: dict[int, tuple[Entry, ...]] = _Chosen(self._choose)
        is_person = np.fromiter((e.kind == PERSON for _, e in pairs), np.bool_, len(pairs))
        self._name_words = np.unique(words_of_names.hashes[~np.repeat(is_person, np.diff(first))])
        people = (is_person & (np.diff(first) > 1)).nonzero()[0]
        leading = np.array([pairs[i][1].code[:3] in words("surname_first") for i in people.tolist()], np.bool_)
        begins, ends = words_of_names.hashes[first[people]], words_of_names.hashes[first[people + 1] - 1]
        self._first_names = np.unique(np.where(leading, ends, begins))
        surnames = np.where(leading, begins, ends)
        order = np.argsort(surnames, kind="stable")
        self._surnames, self._bearers = surnames[order], people[order]

    def matches(self, text: str) -> list[Match]:
        """The longest names in a text, left to right, not overlapping."""
        found = read_words(text)
        hits = self._table.find(found.hashes)
        if not len(hits.key):
            return []
        writings = self._writings[hits.key]
        capitals = found.capitals[hits.first]
        written = np.where(capitals, np.uint8(FREE | CAPITAL_FIRST), np.uint8(FREE))
        for i in ((writings >= ALL_CAPITALS) & (capitals | (writings >= UNLETTERED))).nonzero()[0].tolist():
            word = hits.first[i]
            if _all_capitals(text[found.starts[word] : found.ends[word]]):
                written[i] |= ALL_CAPITALS
        writings &= written
        fits = writings.nonzero()[0]
        choices = np.zeros(len(found.starts), np.int64)
        lengths = np.zeros(len(found.starts), np.int64)
        first = hits.first[fits]
        choices[first] = hits.key[fits] * (UNLETTERED * 2) + writings[fits]  # of several at a word the longest, which comes last
        lengths[first] = hits.length[fits]
        firsts = lengths.nonzero()[0]
        lasts = firsts + lengths[firsts]
        if not (taken := _not_overlapping(firsts, lasts)).all():
            firsts, lasts = firsts[taken], lasts[taken]
        return list(map(Match, firsts.tolist(), lasts.tolist(), map(self._entries.__getitem__, choices[firsts].tolist())))

    def named(self, name: str) -> tuple[Entry, ...]:
        """Every entry of a name, however it is written and whenever it holds."""
        key = self._table.key(t.folded for t in tokenise(name.strip().removeprefix("the ")))
        return self._entries[key * (UNLETTERED * 2) + _ANY] if key >= 0 else ()

    def names(self) -> list[str]:
        """All names there are, each once, in the order of the tables."""
        return list(dict.fromkeys(name for name, _ in self._pairs))

    def with_surname(self, surname: str) -> list[Entry]:
        """People whose name ends so (begins so, where surnames come first), whenever they hold an office."""
        bearing = read_words(surname).hashes
        if len(bearing) != 1:
            return []
        low, high = np.searchsorted(self._surnames, bearing[0], "left"), np.searchsorted(self._surnames, bearing[0], "right")
        return [self._pairs[i][1] for i in self._bearers[low:high].tolist()]

    def is_first_name(self, folded: str) -> bool:
        """Whether a folded word is the first name of somebody here."""
        return _has(self._first_names, folded)

    def is_in_a_name(self, folded: str) -> bool:
        """Whether a folded word stands in the name of anything but a person."""
        return _has(self._name_words, folded)

    def by_surname(self, surname: str, day: str | None) -> list[Entry]:
        """People in office on a day whose name ends so; none without a day."""
        return [e for e in self.with_surname(surname) if e.holds_on(day)] if day is not None else []

    def _choose(self, choice: int) -> tuple[Entry, ...]:
        """The entries of a key that a text's writing allows."""
        key, written = divmod(choice, UNLETTERED * 2)
        numbers = self._order[self._bounds[key] : self._bounds[key + 1]].tolist()
        return tuple(self._pairs[i][1] for i in numbers if self._writing[i] & written)


class _Chosen(dict[int, tuple["Entry", ...]]):
    """Entries by choice, made when they are first asked for."""

    def __init__(self, choose: Callable[[int], tuple[Entry, ...]]) -> None:
        super().__init__()
        self._choose = choose

    def __missing__(self, choice: int) -> tuple[Entry, ...]:
        entries = self[choice] = self._choose(choice)
        return entries


def _has(hashes: Hashes, folded: str) -> bool:
    """Whether the hash of a word is among sorted ones."""
    wanted = np.uint64(hash_of(folded))
    at = int(hashes.searchsorted(wanted))
    return at < len(hashes) and bool(hashes[at] == wanted)


def _not_overlapping(firsts: Numbers, lasts: Numbers) -> Flags:
    """Which of the stretches of words stand, taken from left to right: those that begin before the last one taken has ended don't."""
    taken = np.ones(len(firsts), np.bool_)
    for i in ((firsts[1:] < np.maximum.accumulate(lasts)[:-1]).nonzero()[0] + 1).tolist():
        before = i - 1
        while not taken[before]:
            before -= 1
        taken[i] = firsts[i] >= lasts[before]
    return taken


def _writing(name: str, entry: Entry) -> int:
    """How a text must write a name to mean the entry."""
    if entry.kind not in NAMES:
        return FREE
    if is_acronym(name):
        return ALL_CAPITALS if name[0].isalpha() else ALL_CAPITALS | UNLETTERED
    return CAPITAL_FIRST if entry.name[:1].isupper() else FREE


def is_acronym(name: str) -> bool:
    """Whether a name is so short and all in capitals that a text must write it in capitals too."""
    letters = name.replace(".", "")
    return letters.isupper() and len(letters) <= LONGEST_ACRONYM and " " not in letters


def _all_capitals(raw: str) -> bool:
    return raw.replace(".", "").removesuffix("'s").removesuffix("’s").isupper()


@cache
def shipped() -> Gazetteer:
    """The gazetteer of the shipped tables, loaded once."""
    return Gazetteer(shipped_entries())
