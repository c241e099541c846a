"""Names in events that no gazetteer knows, and which code the reports' own descriptions suggest for them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tacitus.actors import gazetteer as gz
from tacitus.actors.gazetteer import Gazetteer, Match, words
from tacitus.actors.own.kinds import kind_of_actor, usual_words
from tacitus.actors.report import ReportActors
from tacitus.actors.tokens import TOKEN, Token, fold, tokenise
from tacitus.language import split_sentences
from tacitus.ontology import split_actor_code
from tacitus.records import Actor, Event, Report

EXAMPLES = 5
"""Events named as examples of a name."""
MENTIONS_READ = 20
"""Mentions of a name whose reports are read for descriptions: a name that so many reports leave undescribed is not described."""
_LEADING = frozenset({gz.ROLE, gz.MODIFIER, gz.DEMONYM, gz.COUNTRY})
_SMALL = ("quantity", "both", "singular", "plural", "thing", "possessive", "first", "relative", "international", "of", "cut", "number")
_LOWER_NEXT = re.compile(r"['’s]* (?!(?:of|for|from|in|and|or|who|which|that)\b)[a-z]")
_JOINED = re.compile(r" (?:of|for|and|the) ")
_MACHINE = re.compile(r"[A-Z][A-Za-z]{0,3}-\d+[a-z]*")
"""Letters, a hyphen and a number, as aircraft, missiles and ships are called: "F-16s"."""
_ANY_ROLE = "GOV"
LEAST_LETTERS = 2
_KNOWN = frozenset({gz.PERSON, gz.ORGANISATION, gz.GROUP, gz.PEOPLE, gz.CAPITAL, gz.SEAT})
_WORD = r"(?:[A-Z]\.|[^\W\d_a-z][\w'’-]*)"
_RUN = re.compile(_WORD + r"(?:[ -](?:(?:of|for|the|and|al|bin|von|van|de|da|dos|del|el)[ -]){0,2}" + _WORD + ")*")
"""Words with a capital, and the small words between them."""


@dataclass(slots=True)
class Unresolved:
    """A name that no gazetteer knows: in which events, a suggested code (None where nothing says), and why that one."""

    name: str
    kind: str = ""
    code: str | None = None
    why: str = ""
    event_ids: list[str] = field(default_factory=list)
    reports: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    spellings: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)


def unresolved(events: Iterable[Event], gazetteer: Gazetteer, is_place: Callable[[str], bool]) -> list[Unresolved]:
    """The names, those in most events first; their codes are the events' own until ``describe`` has read the reports.

    Args:
        events: their actors' names are looked up.
        gazetteer: what is known.
        is_place: whether a name is that of a place: where somebody is, not who ("police in Kidal").
    """
    found: dict[str, Unresolved] = {}
    for event in events:
        for actor in (*event.source, *event.target, *((event.attribution,) if event.attribution else ())):
            name = unknown_name(actor, gazetteer, is_place)
            if not name:
                continue
            one = found.setdefault(" ".join(fold(m[0]) for m in TOKEN.finditer(name)), Unresolved(name))
            one.spellings[name] += 1
            if actor.code:
                one.codes[actor.code] += 1
            if event.event_id not in one.event_ids[-1:]:
                one.event_ids.append(event.event_id)
            one.reports[event.report_id].append((actor.start, actor.end))
    for one in found.values():
        one.name = one.spellings.most_common(1)[0][0]
        _from_events(one)
    return sorted(found.values(), key=lambda one: (-len(one.event_ids), one.name))


def unknown_name(actor: Actor, gazetteer: Gazetteer, is_place: Callable[[str], bool] = lambda _: False) -> str | None:
    """The name in an actor's mention (or the full name that it stands for), without title and country; None where there is none or a gazetteer has it.

    >>> from tacitus.actors.gazetteer import shipped
    >>> unknown_name(Actor("the Russian colonel Oleg Kulakov", 0, 32, "RUSMIL"), shipped())
    'Oleg Kulakov'
    """
    text = actor.name or actor.text
    matches = gazetteer.matches(text)
    tokens = tokenise(text)
    first, titled = _begin(tokens, matches)
    if first == len(tokens):
        return None
    m = _RUN.match(text, tokens[first].start)
    name = m[0].rstrip(".-").removesuffix("'s").removesuffix("’s") if m else tokens[first].raw
    head = _JOINED.split(name, maxsplit=1)[0]
    if head != name and (titled or kind_of_actor(head, _ANY_ROLE) == gz.PERSON):
        name = head  # "Ada Quill of Esteria", not "Front of the North"
    if (after := _after_role(name, matches, tokens, tokens[first].start)) is not None:
        name = name[tokens[after].start - tokens[first].start :]
        first, titled = after, True
    end = tokens[first].start + len(name)
    inside = [x for x in matches if x.first >= first and tokens[x.first].start < end]
    if any(x.first == first or {e.kind for e in x.entries} & _KNOWN for x in inside) or sum(c.isalpha() for c in name) < LEAST_LETTERS:
        return None
    if " " not in name and _is_common(name, first == 0):
        return None
    if " " not in name and (gazetteer.with_surname(name) or (first == 0 and _LOWER_NEXT.match(text, end))):
        return None  # a surname that is known; "Fourteen members", "Domestic critics"
    return None if is_place(name) and not titled and not actor.name else name


def _after_role(name: str, matches: Sequence[Match], tokens: Sequence[Token], start: int) -> int | None:
    """The first word of a person's name that stands after a title or role inside ``name``: "Cooperation Minister Ada Quill"."""
    end = start + len(name)
    for m in reversed(matches):
        if not any(e.kind == gz.ROLE for e in m.entries) or not start <= tokens[m.first].start < end:
            continue
        rest = name[tokens[m.last].start - start :] if m.last < len(tokens) and tokens[m.last].start < end else ""
        return m.last if " " in rest and kind_of_actor(rest, _ANY_ROLE) == gz.PERSON else None
    return None


def _is_common(name: str, bare: bool) -> bool:
    """Whether one word with a capital is no name: a machine's, a usual word of organisations' names ("the Council", "European"), a function word, or
    where nothing stands before it (``bare``: it may only begin a sentence) a plural of doers ("Organisers")."""
    folded = fold(name)
    is_doers = bare and folded.endswith(tuple(words("doers")))
    return is_doers or folded in words("nameless") | usual_words() or _MACHINE.fullmatch(name) is not None


def _begin(tokens: Sequence[Token], matches: Sequence[Match]) -> tuple[int, bool]:
    """The first word that may begin a name, after titles, roles, countries and small words; and whether a title or role stands right before it."""
    small = frozenset().union(*(words(kind) for kind in _SMALL))
    first, titled = 0, False
    while first < len(tokens):
        match = next((m for m in matches if m.first == first), None)
        kinds = {e.kind for e in match.entries} if match else set()
        if kinds & _KNOWN:
            break
        if match and kinds & _LEADING:
            titled, first = bool(kinds & {gz.ROLE, gz.MODIFIER}), match.last
        elif tokens[first].folded in words("title") | words("former"):
            titled, first = True, first + 1
        elif tokens[first].folded in small or not tokens[first].raw[0].isupper():
            titled, first = False, first + 1
        else:
            break
    return first, titled


def to_read(names: Iterable[Unresolved]) -> list[str]:
    """Ids of the reports that ``describe`` has a use for."""
    return list(_mentions(names))


def describe(names: Sequence[Unresolved], reports: Iterable[Report], gazetteer: Gazetteer, country_of_place: Callable[[str], str | None]) -> None:
    """Let the reports say who the names are: of the mentions described in them, the code that most have."""
    mentions = _mentions(names)
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    whys: dict[tuple[int, str], str] = {}
    persons: Counter[int] = Counter()
    for report in reports:
        day = report.published[:10] if report.published else None
        actors = ReportActors(report.text, split_sentences(report.text), day, report.title, country_of_place, gazetteer)
        for start, end, number in sorted(mentions.get(report.id, [])):
            for answer in actors.resolve(start, end):
                if answer.code and not answer.assumed:
                    votes[number][answer.code] += 1
                    whys.setdefault((number, answer.code), "; ".join(answer.why))
                    persons[number] += answer.person
    for number, found in votes.items():
        one = names[number]
        one.code = found.most_common(1)[0][0]
        one.why = whys[number, one.code]
        one.kind = gz.PERSON if persons[number] * 2 > found.total() else kind_of_actor(one.name, one.code)


def _mentions(names: Iterable[Unresolved]) -> dict[str, list[tuple[int, int, int]]]:
    """By report: the offsets of mentions that are to be read, and the number of the name."""
    out: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, one in enumerate(names):
        spans = [(report_id, *span) for report_id, found in one.reports.items() for span in found]
        for report_id, start, end in spans[:MENTIONS_READ]:
            out[report_id].append((start, end, number))
    return out


def _from_events(one: Unresolved) -> None:
    """The code that most events gave, if it says more than a country, which is often only the one that the report was about."""
    said = Counter({code: n for code, n in one.codes.items() if split_actor_code(code)[1]})
    if said:
        one.code = said.most_common(1)[0][0]
        one.why = "as its events were coded"
    elif one.codes:
        one.why = f"perhaps {one.codes.most_common(1)[0][0]}, the country that its reports are about"
    one.kind = kind_of_actor(one.name, one.code or one.codes.most_common(1)[0][0]) if one.codes else ""
