"""PETRARCH's and TABARI's agent dictionaries: nouns that say what somebody is, without a country::

    !PERSON! = MAN, MEN, WOMAN, WOMEN
    POLICE!PERSON!_ [~COP]
    ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~JUD]
    +PROSECUTOR

A set between exclamation marks stands for each of its words. Plurals stand in braces; where none do, and the noun does not end on ``_``, the regular plural
is made (PETRARCH's rule). The code joins the country that the text gives: ``~`` marks where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from tacitus.actors.dictionaries.lines import NULL_CODE, Notes, brackets, lines, words_of
from tacitus.actors.gazetteer import ROLE, Entry
from tacitus.actors.own.codes import check_code
from tacitus.actors.own.problems import NOTE, Problem
from tacitus.errors import UnknownCodeError

MOST_PHRASES = 10_000
"""Phrases that one line's sets may stand for."""
_SET = re.compile(r"!(?P<name>[\w ]+)!\s*=\s*(?P<words>.+)")
_USE = re.compile(r"!([\w ]+)!")
_BRACES = re.compile(r"\{([^{}]*)\}")
_NOUN = re.compile(r"[\w .'’&\-]+")
_HISSING = ("S", "SH", "CH", "X", "Z")


def read_agents(text: str, file: str) -> tuple[list[tuple[str, Entry]], list[Problem]]:
    """The (phrase, entry) pairs of an agent dictionary, and what in it could not be used, each with its line."""
    notes = Notes(file)
    sets: dict[str, list[str]] = {}
    pairs: list[tuple[str, Entry]] = []
    waiting: list[str] = []  # phrases whose code comes after their synonyms
    entry: Entry | None = None
    for line in lines(text):
        if m := _SET.fullmatch(line.text):
            sets[m["name"].strip()] = [words_of(w) for w in m["words"].split(",") if w.strip()]
            continue
        noun, codes = brackets(line.text)
        is_synonym = noun.startswith("+")
        phrases = list(_phrases(noun.removeprefix("+").strip(), sets, line.number, notes))
        if noun and not is_synonym:
            waiting, entry = [], None
        waiting += phrases
        for code in codes:
            entry = _entry(code, phrases or waiting, line.number, notes) or entry
        if len(codes) > 1:
            notes.add(line.number, "has several codes: the last counts", NOTE)
        if not noun and not codes:
            notes.add(line.number, f"{line.text[:60]!r} is neither a noun, a synonym (+) nor a set")
        if entry:
            pairs.extend((phrase, entry) for phrase in dict.fromkeys(waiting))
            waiting = []
    return pairs, notes.problems


def _entry(text: str, phrases: list[str], number: int, notes: Notes) -> Entry | None:
    code = text.replace("~", "").strip()
    if code == NULL_CODE:
        notes.add(number, "[---], no agent: the noun is left to the other gazetteers", NOTE)
        return None
    try:
        doubt = check_code(code, ROLE)
    except UnknownCodeError as e:
        notes.add(number, str(e))
        return None
    if doubt:
        notes.add(number, doubt, NOTE)
    return Entry(phrases[0] if phrases else "", ROLE, code, origin=f"{notes.file}:{number}")


def _phrases(noun: str, sets: dict[str, list[str]], number: int, notes: Notes) -> Iterator[str]:
    """All phrases that a noun with its sets and plurals stands for, in small letters."""
    plurals = [part for m in _BRACES.finditer(noun) for part in m[1].split(",") if part.strip()]
    noun = _BRACES.sub("", noun).strip()
    if not noun:
        return
    ends = noun.endswith(("_", "!"))
    for form in (noun, *plurals):
        for phrase in _without_sets(form, sets, number, notes):
            if not _NOUN.fullmatch(phrase) or not any(c.isalnum() for c in phrase):
                notes.add(number, f"{phrase[:60]!r} is no noun that can be read")
                continue
            yield phrase.lower()
            if not plurals and not ends:
                yield _plural(phrase).lower()


def _without_sets(form: str, sets: dict[str, list[str]], number: int, notes: Notes) -> Iterator[str]:
    parts = _USE.split(form)
    unknown = [name for name in parts[1::2] if name.strip() not in sets]
    if unknown:
        notes.add(number, f"the set !{unknown[0][:40]}! is not defined before this line")
        return
    choices = [[part] if i % 2 == 0 else sets[part.strip()] for i, part in enumerate(parts)]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST_PHRASES:
        notes.add(number, f"stands for {count:,} phrases, more than {MOST_PHRASES:,}")
        return
    for chosen in product(*choices):
        yield words_of("".join(chosen))


def _plural(phrase: str) -> str:
    upper = phrase.upper()
    if upper.endswith("Y") and not upper.endswith(("AY", "EY", "OY", "UY")):
        return phrase[:-1] + "ies"
    return phrase + ("es" if upper.endswith(_HISSING) else "s")
