"""What kind of thing a name of a user's file is, where the file does not say: a person, a country, an organisation, a group, a role."""

from __future__ import annotations

from collections import Counter
from functools import cache

from tacitus.actors import gazetteer as gz
from tacitus.actors.gazetteer import shipped, words
from tacitus.actors.tokens import tokenise
from tacitus.ontology import INTERNATIONAL, country_codes, elements, roles

KINDS = (gz.PERSON, gz.ORGANISATION, gz.GROUP, gz.COUNTRY, gz.DEMONYM, gz.CAPITAL, gz.SEAT, gz.PEOPLE, gz.ROLE, gz.MODIFIER)
ARMED = frozenset({"REB", "SEP", "INS", "UAF", "CRM"})
"""Roles whose bearers are spoken of in the plural, as groups are."""
PERSON_WORDS = range(2, 5)
"""Words of a person's name."""
PARTICLES = frozenset("al el bin ibn abu van von de da dos del di la le".split())
"""Small words in people's names."""
USUAL = 5
"""Names of other things in which a word must stand to count as one of theirs ("front", "council"), and not as a surname that one of them holds."""
VOWELS = frozenset("aeiouy")
SHORT = 3
"""Letters up to which a word all in capitals is an acronym, whatever its letters."""


def kind_of(name: str, code: str, dated: bool) -> str:
    """The kind that the shipped gazetteers give the name, else what its code and words make likely: a person where dates bound an office, where the first
    word is a first name that is known, or where no word stands in the name of anything else."""
    parts = elements(code)
    if name == name.lower() and all(p in roles() for p in parts):
        return gz.ROLE
    known = [e for e in shipped().named(name) if e.kind in gz.NAMES]
    if same := next((e for e in known if e.code[:3] == code[:3]), None):
        return same.kind
    if len(parts) == 1 and parts[0] in country_codes():
        return gz.COUNTRY
    return kind_of_actor(name, code, dated)


def kind_of_actor(name: str, code: str, dated: bool = False) -> str:
    """A person, a group or an organisation: what a name is that belongs to no country as such."""
    parts = elements(code)
    if parts[0] not in INTERNATIONAL and _is_person(name, dated):
        return gz.PERSON
    return gz.GROUP if ARMED & set(parts) else gz.ORGANISATION


def _is_person(name: str, dated: bool) -> bool:
    folded = [t.folded for t in tokenise(name) if t.folded not in PARTICLES]
    if len(folded) not in PERSON_WORDS:
        return False
    first_names, usual = _vocabulary()
    return not any(w in usual for w in folded[1:]) and (dated or folded[0] in first_names or folded[0] not in usual)


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """First names of the people in the shipped tables, and the words that are usual in the names of anything else."""
    first, others = set(), Counter[str]()
    for name, entry in gz.shipped_entries():
        folded = [t.folded for t in tokenise(name)]
        if entry.kind == gz.PERSON and len(folded) > 1:
            first.add(folded[-1] if entry.code[:3] in words("surname_first") else folded[0])
        elif entry.kind != gz.PERSON:
            others.update(set(folded))
    return frozenset(first), frozenset(w for w, count in others.items() if count >= USUAL)


def as_written(name: str) -> str:
    """A name of a dictionary in capitals as texts write it: "ANGELA MERKEL" as "Angela Merkel", while acronyms stay ("FMLN").

    A word alone is taken for an acronym where the shipped gazetteers have it as one, where it has at most three letters, or no vowel.
    """
    if name != name.upper():
        return name
    if gz.is_acronym(name) and name.isalpha() and (len(name) <= SHORT or name in _shipped_names() or not VOWELS & set(name.lower())):
        return name
    small = words("cut") | words("of") | {"and", "the"}
    lowered = [w.lower() if i and w.lower() in small else w.title() for i, w in enumerate(name.split())]
    return " ".join(lowered)


@cache
def _shipped_names() -> frozenset[str]:
    return frozenset(shipped().names())
