"""What the words right before and after a place's name say of it: what kind of place it is, and in which wider place it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tacitus.places.choice import Level

# Patterns are left to the cache of ``re``: compiling them would be most of the time that importing the room takes.

_WORD = r"[A-Z][\w'’]*(?:-\w[\w'’]*)*"
NAME = rf"{_WORD}(?: (?:(?:al|el|ez|as|ad|de|la|las|los|le|du|des|do|dos|da|das|del|der|of|on|sur|e|y)[ -]){{0,2}}{_WORD}){{0,4}}"
_FIRST_LEVEL = r"provinces?|governorates?|states?|regions?|oblasts?|prefectures?|departments?|wilayas?|voivodeships?|krai|republic|emirate"
_TOWN = r"city|cities|towns?|villages?|suburbs?|ports?|port city|township|settlement|hamlet"
_LIST = rf"^(?:, {NAME})*,? and {NAME} (?:{_FIRST_LEVEL})\b"
_AFTER_REGION = rf"^(?:['’]s)? (?:[a-z]+ )?(?:{_FIRST_LEVEL})\b"
_BEFORE_REGION = rf"\b(?:{_FIRST_LEVEL}|governor|capital) of (?:the )?$|\b(?:provinces|states|regions) (?:of )?$"
_AFTER_TOWN = rf"^(?: (?:{_TOWN})\b|,? (?:the|a|an|its|their)? ?(?:[\w-]+ ){{0,4}}?(?:{_TOWN}|(?:provincial |regional |state )?capital)\b)"
_BEFORE_TOWN = rf"\b(?:{_TOWN}|streets|outskirts|suburbs|mayor|centre|center|residents|airport|hospital) (?:of|in|at|outside|near) (?:the )?$|\bcapital,? $"
_PART = "part|half|corner|tip|coast|edge|island|province|state|region|governorate|district"
_BESIDE = (
    r"^,? (?:which (?:is|lies) )?(?:(?:[a-z]+-)*[a-z]+ ){0,6}?(?:in|of|near|outside|from|on) "
    rf"(?:the )?(?:[a-z]+ (?:{_PART}) of )?(?:the )?(?P<rest>"
)
_POSSESSED = rf"(?P<owner>{NAME})['’]s? (?:[a-z-]+ ){{0,5}}(?:of )?(?:the )?$"
_DEMONYM = rf"\b(?P<owner>[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?)(?:-\w+)? (?:[a-z-]+ ){{0,3}}?(?:{_TOWN}|{_FIRST_LEVEL}|capital|island|district)(?: of)? (?:the )?$"
REACH = 80
"""Characters before and after a name that are read."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``level``: town or first-level region, None if the words don't say; ``wider``: names of places that it lies in or near, likeliest first;
    ``demonym``: what may be the demonym of its country ("the Syrian town of")."""

    level: Level | None = None
    wider: tuple[str, ...] = ()
    demonym: str | None = None


def read(before: str, after: str) -> Surroundings:
    """What the text says right before and after a name.

    >>> read("in Nigeria's ", " state, police said")
    Surroundings(level='first level', wider=('Nigeria',), demonym=None)
    >>> read("in the Syrian town of ", ", Idlib province")
    Surroundings(level='town', wider=('Idlib province',), demonym='Syrian')
    """
    before, after = before[-REACH:], after[:REACH]
    wider = []
    if found := re.search(_POSSESSED, before):
        wider.append(found["owner"])
    if found := re.match(rf", (?:in )?(?:[a-z]+ern )?(?P<rest>{NAME}(?: (?:{_FIRST_LEVEL})\b)?|[A-Z]\.[A-Z]\.)", after):
        wider.append(found["rest"])
    if found := re.match(rf"{_BESIDE}(?:[a-z]+ern )?{NAME}(?:['’]s (?:[a-z-]+ ){{0,3}}{NAME})?)", after):
        wider += [part for part in reversed(re.split(r"['’]s (?:[a-z-]+ )*", found["rest"])) if part]
    owner = re.search(_DEMONYM, before)
    return Surroundings(_level(before, after), tuple(dict.fromkeys(wider)), owner["owner"] if owner else None)


def _level(before: str, after: str) -> Level | None:
    if re.search(_BEFORE_TOWN, before):
        return "town"
    if re.match(_AFTER_REGION, after) or re.search(_BEFORE_REGION, before) or re.match(_LIST, after):
        return "first level"
    return "town" if re.match(_AFTER_TOWN, after) else None
