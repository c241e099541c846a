"""What the gazetteers know: names of countries, people, organisations, groups and roles, matched against tokens.

The tables lie in ``data/``; each row of each becomes one ``Entry`` for every name it lists. Names are matched on folded tokens (no accents, no
case, no possessive), the longest first. What is written with a capital must stand in the text with one, and an acronym in capitals:
"turkey" is no country and "us" is not the United States.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tacitus.config import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}[A-Za-z]?|\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one thing. ``code`` is an actor code, or the role elements of a role; ``start`` and ``end`` bound its validity (ISO,
    possibly only a year or month; empty where open)."""

    name: str
    kind: str
    code: str
    start: str = ""
    end: str = ""
    office: str = ""

    def holds_on(self, day: str | None) -> bool:
        """Whether the entry is valid on an ISO date; without a date everything is."""
        if day is None:
            return True
        return (not self.start or self.start <= day[: len(self.start)]) and (not self.end or day[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text with its folded form and character offsets."""

    raw: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first:last`` (end exclusive) that name something: every entry of that name."""

    first: int
    last: int
    entries: tuple[Entry, ...]


def best_on(entries: Sequence[Entry], day: str | None) -> Entry:
    """Of entries of one name, the one that holds on a day, a dated one before an undated one (the Soviet Union before Russia in 1990)."""
    holding = [e for e in entries if e.holds_on(day)] or entries
    return next((e for e in holding if day and e.end), holding[0])


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word without accents, case, full stops and possessive ending."""
    word = word.replace("’", "'").replace(".", "")
    if word.endswith(("'s", "'S")):
        word = word[:-2]
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word.replace("'", "").casefold()


def tokenise(text: str) -> list[Token]:
    """The words of a text; hyphens and other signs separate."""
    return [Token(m[0], fold(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]


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


def shipped_entries() -> Iterator[tuple[str, Entry]]:
    """(name, entry) of everything in the shipped tables."""
    for row in table("actors", "countries"):
        span = (row["from"], row["to"])
        for column, kind in (("names", COUNTRY), ("demonyms", DEMONYM), ("capitals", CAPITAL), ("seats", SEAT)):
            code = row["code"] + ("GOV" if kind in (CAPITAL, SEAT) else "")
            for name in _split(row[column]):
                yield name, Entry(row["name"], kind, code, *span)
    for name_of_table, kind in (("organisations", ORGANISATION), ("groups", GROUP), ("ethnic_religious", PEOPLE), ("leaders", PERSON)):
        for row in table("actors", name_of_table):
            entry = Entry(row["name"], kind, row["code"], row.get("from", ""), row.get("to", ""), row.get("office", ""))
            for name in dict.fromkeys([row["name"], *_split(row["aliases"])]):
                yield name, entry
    for row in table("actors", "roles"):
        yield row["phrase"], Entry(row["phrase"], ROLE if row["kind"] == "head" else MODIFIER, row["roles"])


class Gazetteer:
    """Names to entries, and the longest matches of names in tokens."""

    def __init__(self, entries: Iterator[tuple[str, Entry]]) -> None:
        self._entries: dict[tuple[str, ...], list[tuple[bool, Entry]]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        self._surnames: dict[str, list[Entry]] = defaultdict(list)
        for name, entry in entries:
            key = tuple(token.folded for token in tokenise(name.removeprefix("the ")))
            if not key:
                continue
            letters = name.replace(".", "")
            acronym = letters.isupper() and len(letters) <= LONGEST_ACRONYM and " " not in letters
            self._entries[key].append((acronym, entry))
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))
            if entry.kind == PERSON and len(key) > 1:
                self._surnames[key[0] if entry.code[:3] in words("surname_first") else key[-1]].append(entry)

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """The longest names in the tokens, left to right, not overlapping."""
        found, i = [], 0
        while i < len(tokens):
            for length in range(min(self._longest.get(tokens[i].folded, 0), len(tokens) - i), 0, -1):
                key = tuple(t.folded for t in tokens[i : i + length])
                entries = tuple(e for acronym, e in self._entries.get(key, ()) if _as_written(tokens[i : i + length], acronym, e))
                if entries:
                    found.append(Match(i, i + length, entries))
                    i += length
                    break
            else:
                i += 1
        return found

    def by_surname(self, surname: str, day: str | None) -> list[Entry]:
        """People in office on a day whose name ends so; none without a day."""
        return [e for e in self._surnames.get(fold(surname), ()) if day is not None and e.holds_on(day)]


def _as_written(tokens: Sequence[Token], acronym: bool, entry: Entry) -> bool:
    if entry.kind not in NAMES:
        return True
    if acronym:
        raw = tokens[0].raw.replace(".", "").removesuffix("'s").removesuffix("’s")
        return raw.isupper()
    return tokens[0].raw[0].isupper() or not entry.name[:1].isupper()


@cache
def shipped() -> Gazetteer:
    """The gazetteer of the shipped tables, loaded once."""
    return Gazetteer(shipped_entries())
