"""What kind of thing a name of a user's file is, where the file does not say: a person, a country, an organisation, a group, a role."""

from __future__ import annotations

from collections import defaultdict
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
"""Other things in whose names a word must stand to count as one of theirs ("front", "council"), and not as a surname that one of them holds."""
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
    usual = usual_words()
    return not any(w in usual for w in folded[1:]) and (dated or shipped().is_first_name(folded[0]) or folded[0] not in usual)


@cache
def usual_words() -> frozenset[str]:
    """Folded words that are usual in the shipped names of anything but people: "front", "council", "european"."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for name, entry in gz.shipped_entries():
        if entry.kind != gz.PERSON:
            for token in tokenise(name):
                bearers[token.folded].add(entry.name)
    return frozenset(word for word, names in bearers.items() if len(names) >= USUAL)


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
