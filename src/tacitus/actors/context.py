"""What a report names, before anybody is asked for: people, places, countries, and what the report is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tacitus.actors import gazetteer as gz
from tacitus.actors.gazetteer import Gazetteer, shipped, words
from tacitus.actors.mentions import Mentions
from tacitus.actors.namesakes import without_namesakes
from tacitus.actors.phrase import PhraseReader, Reading
from tacitus.actors.resolution import Resolution
from tacitus.actors.tokens import fold, tokenise
from tacitus.ontology import actor_code, split_actor_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tacitus.actors.gazetteer import Match
    from tacitus.language import Sentence

DATELINE_WEIGHT, TITLE_WEIGHT, ANYWHERE_WEIGHT, DECAY = 1.5, 0.7, 1.0, 0.5
"""How much the dateline, the title and a mention anywhere in the report count, against one mention in the same sentence, when a report's country
is sought; and what is left of a mention's weight one sentence on. Set on the training corpus."""
DATELINE = re.compile(r"^\s*(?P<place>[A-Z][A-Za-z'’.\- ,/]{1,60}?)(?:,? \w{3,9}\.? \d{1,2})?(?: ?\([^)]{2,40}\))? ?(?:--?|—|–|:)\s?(?=\S)")
FORCES = frozenset({"MIL", "COP", "REB", "UAF"})
"""Roles whose holders of one sentence are of one country."""
NO_COUNTRY = "-"
"""The code of a homonym that names no country at home."""
APPOSITION_REACH = 14
"""Words of an apposition that are read."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Somebody the report has named: where, who, with which words, and what pronouns can stand for them."""

    start: int
    end: int
    sentence: int
    answer: Resolution
    folded: frozenset[str]
    person: bool
    plural: bool
    named: bool = False
    place: bool = False
    """Whether it only says where ("in London", a dateline): no pronoun stands for it."""


class ReportContext:
    """The names and countries of one report.

    Args:
        text: the report's text; offsets count its characters.
        sentences: its sentences.
        day: the report's ISO date, None if unknown.
        title: its headline.
        country_of_place: gives the country (ISO 3166-1 alpha-3) of a town or region by name, or None.
        gazetteer: names and roles; the shipped ones by default.
        kinds_of: the model's judgement of what kind of actor characters ``start:end`` stand for, where no gazetteer says: the probability of each role
            of CAMEO's and each international code, "" for a country as such; nothing where there is no model.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        day: str | None,
        title: str | None = None,
        country_of_place: Callable[[str], str | None] = lambda _: None,
        gazetteer: Gazetteer | None = None,
        kinds_of: Callable[[int, int], Mapping[str, float]] = lambda _start, _end: {},
    ) -> None:
        self._kinds_of = kinds_of
        self.text, self.day = text, day
        self._gazetteer = gazetteer or shipped()
        self._starts = [s.start for s in sentences] or [0]
        self.tokens = tokenise(text)
        self._token_starts = [t.start for t in self.tokens]
        self.matches = without_namesakes(text, self.tokens, self._gazetteer.matches(text), self._gazetteer)
        self._country_of_place = country_of_place
        self._noted: list[Noted] = []
        self._surnames: dict[str, list[tuple[int, Resolution]]] = defaultdict(list)
        self._countries: list[tuple[int, str]] = []
        self._heads: set[int] = set()  # where countries stand that share in a head noun before them
        self._speakers: list[tuple[int, int]] = []  # tokens of names beside a word of speech whose bearers nothing describes
        dateline = DATELINE.match(text)
        self._dateline_end = dateline.end() if dateline else 0
        self.dateline = self._dateline_country()
        self._title_countries = self._countries_of(title or "")
        self.matches = [at_home for m in self.matches if (at_home := self._at_home(m))]
        self.phrases = PhraseReader(self.tokens, self.matches, day, country_of_place)
        self._note_names()
        self._note_towns()

    def _kind_of(self, start: int, end: int) -> tuple[str, float]:
        """The likeliest kind of actor that characters ``start:end`` stand for, with its probability; "" and 0 without a model."""
        return max(self._kinds_of(start, end).items(), key=lambda kind: kind[1], default=("", 0.0))

    def _at_home(self, m: Match) -> Match | None:
        """A match, with the country that its name means in a report from where it does; None where it means none."""
        name = " ".join(t.folded for t in self.tokens[m.first : m.last])
        code = gz.homonyms().get((name, self.dateline or ""))
        if code == NO_COUNTRY:
            abroad = {e.code for e in m.entries}
            return m if any(e.code in abroad and e.kind != gz.DEMONYM for other in self.matches for e in other.entries) else None
        return m._replace(entries=tuple(replace(e, code=code) for e in m.entries if e.kind in (gz.COUNTRY, gz.DEMONYM))) if code else m

    def _note_names(self) -> None:
        for m in self.matches:
            first, last = self.tokens[m.first], self.tokens[m.last - 1]
            entry = gz.best_on(m.entries, self.day)
            if entry.kind not in gz.NAMES or (m.first and self.tokens[m.first - 1].folded == "pan"):  # the Pan-American Highway
                continue
            country, roles = split_actor_code(entry.code)
            if country and roles != ("MED",):  # "(Reuters)" says nothing of where a report is from
                self._countries.append((first.start, country))
            if entry.kind in (gz.DEMONYM, gz.PEOPLE):
                continue
            answer = self._read(m.first, m.last).resolution()
            if answer is None:
                continue
            person = entry.kind == gz.PERSON
            if person:
                self._surnames[last.folded].append((first.start, answer))
            folded = frozenset(t.folded for t in self.tokens[m.first : m.last]) | frozenset(fold(w) for w in entry.name.split())
            before = next((t.folded for t in reversed(self.tokens[max(0, m.first - 2) : m.first]) if t.folded != "the"), "")
            place = entry.kind in (gz.COUNTRY, gz.CAPITAL, gz.ORGANISATION) and (before in words("locative") or last.end <= self._dateline_end)
            self._noted.append(
                Noted(first.start, last.end, self._sentence(first.start), answer, folded, person, entry.kind == gz.GROUP, True, place)
            )
        self._note_described()
        self._note_surnames()

    def _note_towns(self) -> None:
        """Countries of towns and regions that the report places things in: "in Baalbek", "near the town of Bam"."""
        taken = {i for m in self.matches if any(e.kind in gz.NAMES for e in m.entries) for i in range(m.first, m.last)}
        for i, token in enumerate(self.tokens[:-1]):
            if token.folded not in words("locative") | words("of") or i + 1 in taken or not self.tokens[i + 1].raw[0].isupper():
                continue
            last = i + 1
            while last < len(self.tokens) and last - i <= 3 and self.tokens[last].raw[0].isupper() and last not in taken:
                last += 1
            name = self.text[self.tokens[i + 1].start : self.tokens[last - 1].end]
            if country := self._country_of_place(name):
                self._countries.append((self.tokens[i + 1].start, country))

    def _note_described(self) -> None:
        """People whom no gazetteer knows, from their title or apposition: "retired colonel Oleg Kulakov", "Oleg Kulakov, a retired Russian colonel"."""
        covered = [(self.tokens[m.first].start, self.tokens[m.last - 1].end) for m in self.matches if any(e.kind in gz.NAMES for e in m.entries)]
        for m in re.finditer(r"\b[A-Z][\w'’-]+(?: (?:al-|bin |von |van |de |da |dos |del |el-)?(?:[A-Z]\.|[A-Z][\w'’-]*)){1,3}", self.text):
            if any(a < m.end() and b > m.start() for a, b in covered) or self._is_later_mention(m.start(), m.end()):
                continue
            inside = self._span(m.start(), m.end())
            if inside is None or any(e.kind != gz.ROLE for x in self.matches if x.first < inside[1] and x.last > inside[0] for e in x.entries):
                continue
            titles = [x.last for x in self.matches if x.first == inside[0] and x.last + 1 < inside[1]]  # "Attorney General" of "Attorney General Luisa Ortega"
            answer = self._described(max(titles, default=inside[0]), inside[1], m[0])
            if answer:
                self._surnames[self.tokens[inside[1] - 1].folded].append((m.start(), answer))
                folded = frozenset(t.folded for t in self.tokens[inside[0] : inside[1]])
                self._noted.append(Noted(m.start(), m.end(), self._sentence(m.start()), answer, folded, True, False, True))
            elif self._speaks(*inside) and not self._country_of_place(m[0]):
                self._speakers.append(inside)

    def _speaks(self, first: int, last: int) -> bool:
        """Whether a word of speech stands beside tokens ``first:last``: "said Solomon Asea", "Solomon Asea argued"."""
        beside = [first - 1] * (self.text[self.tokens[first].start - 1 : self.tokens[first].start] == " ") + [last]
        return any(0 <= i < len(self.tokens) and self.tokens[i].folded in words("speech") for i in beside)

    def _is_later_mention(self, start: int, end: int) -> bool:
        """Whether a name is the end of one that a gazetteer knows and the report has given: "Mr. Perez Molina" after "Otto Perez Molina"."""
        first, last = self._span(start, end) or (0, 0)
        name = {t.folded for t in self.tokens[first:last] if t.folded not in words("title")}
        return any(n.end <= start and n.person and name < n.folded for n in self._noted)

    def _note_surnames(self) -> None:
        """Later mentions by surname alone of people named in full before: "Mr. Lavrov", "Messrs. Kerry and Lavrov"."""
        taken = {i for m in self.matches if any(e.kind in gz.NAMES for e in m.entries) for i in range(m.first, m.last)}
        taken |= {i for n in self._noted if n.person and (span := self._span(n.start, n.end)) for i in range(*span)}
        for i, token in enumerate(self.tokens):
            if i in taken or not token.raw[0].isupper():
                continue
            before = [answer for start, answer in self._surnames.get(token.folded, ()) if start < token.start]
            if before and (i + 1 == len(self.tokens) or i + 1 in taken or not self.tokens[i + 1].raw[0].isupper() or self.tokens[i + 1].start - token.end > 1):
                self._noted.append(Noted(token.start, token.end, self._sentence(token.start), before[-1], frozenset({token.folded}), True, False, True))

    def _described(self, first: int, last: int, name: str) -> Resolution | None:
        """Who a name is by the words around it; None if they don't say."""
        after = self._apposition(last)
        told = after if after and (after.roles or after.code) else None
        if told is None or told.former:  # "Attorney General Luisa Ortega, a former ally": the office that the title says she holds
            begin = first
            while begin > 0 and first - begin < 6 and self.text[self.tokens[begin - 1].end : self.tokens[begin].start] in (" ", "-"):
                if self.tokens[begin - 1].folded in words("cut") or not self._describes(begin - 1):
                    break
                begin -= 1
            title = self.phrases.read(begin, first) if begin < first else None
            if title and (title.roles or title.code) and not (told and title.former):
                told = title
        return self._placed(told, self.tokens[first].start, name) if told else None

    def _read(self, first: int, last: int) -> Reading:
        """The reading of tokens ``first:last``; somebody who held no office on the day that the gazetteers know of is what the words after the name say:
        "Bert Koenders, head of the U.N. mission"."""
        reading = self.phrases.read(first, last)
        if not reading.person or (reading.code and not reading.former):
            return reading
        after = self._apposition(last)
        if after is None or after.former or not (after.roles or after.code):
            return reading
        country = None if after.code else after.country or reading.country or split_actor_code(str(reading.code))[0]
        return replace(after, country=country, name=reading.name, person=True, why=(*after.why, "as the words after it say"))

    def _describes(self, i: int) -> bool:
        return any(m.first <= i < m.last for m in self.matches) or self.tokens[i].folded in words("former") or self.tokens[i].folded in words("title")

    def _apposition(self, after: int) -> Reading | None:
        """The reading of ", a retired Russian colonel," after token ``after``."""
        if after >= len(self.tokens) or self.text[self.tokens[after - 1].end : self.tokens[after].start].strip() != ",":
            return None
        last = after
        while last < len(self.tokens) and last - after < APPOSITION_REACH:
            if last > after and any(c in self.text[self.tokens[last - 1].end : self.tokens[last].start] for c in ",.;:()\"—"):
                break
            last += 1
        if self.tokens[after].folded in words("relative") or last == after or not self._begins_description(after):
            return None
        return self.phrases.read(after, last)

    def _begins_description(self, i: int) -> bool:
        """Whether token i can begin an apposition: "a colonel", "47", "Russia's envoy", "head of the union"; not a verb (", accused the prime minister")."""
        token = self.tokens[i]
        known = token.folded in words("possessive") | words("title") | words("quantity") | words("generic")
        return known or token.raw[0].isupper() or token.raw[0].isdigit() or self._describes(i)

    def _dateline_country(self) -> str | None:
        if not (m := DATELINE.match(self.text)):
            return None
        place = m["place"].strip(" ,")
        if not place.split(",")[0].strip().isupper() and "(" not in m[0]:
            return None
        if (found := self._countries_of(place.title())) or (found := self._countries_of(place)):
            return found[-1]
        return next((c for part in place.split(",") if (c := self._country_of_place(part.strip().title()))), None)

    def _countries_of(self, text: str) -> list[str]:
        return [
            c
            for m in without_namesakes(text, tokenise(text), self._gazetteer.matches(text), self._gazetteer)
            if (e := next((e for e in m.entries if e.kind in gz.NAMES and e.holds_on(self.day)), None)) and (c := split_actor_code(e.code)[0])
        ]

    def countries(self, outside: tuple[int, int] = (0, 0)) -> list[str]:
        """The countries that the report names, the most named first; not counting what characters ``outside`` name, so that "Santiago" is no evidence
        for where Santiago lies."""
        return [c for c, _ in Counter(c for start, c in self._countries if not outside[0] <= start < outside[1]).most_common()]

    def countries_around(self, start: int, end: int, parties: Sequence[str] = ()) -> list[str]:
        """The countries in which a place named by characters ``start:end`` may lie, the most telling first: the one that the report is about there, those
        of the event's ``parties``, and all that the report names elsewhere."""
        elsewhere = self.countries((start, end))
        about = self.context_country(start)
        return list(dict.fromkeys([*([about] if about in elsewhere else []), *parties, *elsewhere]))

    def context_country(self, position: int) -> str | None:
        """The country that the report is about at a character: its dateline, its title and the countries named so far, the nearer the more."""
        sentence = self._sentence(position)
        scores: dict[str, float] = defaultdict(float)
        if self.dateline:
            scores[self.dateline] += DATELINE_WEIGHT
        for country in dict.fromkeys(self._title_countries):
            scores[country] += TITLE_WEIGHT
        for start, country in self._countries:
            distance = sentence - self._sentence(start)
            scores[country] += ANYWHERE_WEIGHT + (DECAY**distance if distance >= 0 else 0.0)
        if not scores and self._countries:
            return self._countries[0][1]
        return max(scores, key=lambda c: scores[c], default=None)

    def home(self, position: int, roles: Sequence[str]) -> str | None:
        """The country of somebody who is only said to be of these roles: the one the report is about, or whoever fills the role there."""
        sentence = self._sentence(position)
        alike = [n for n in self._noted if n.sentence == sentence and n.end <= position and n.answer.country and not n.answer.assumed]
        if roles and roles[0] in FORCES and (same := [n for n in alike if n.answer.roles[:1] == tuple(roles[:1])]):
            return same[-1].answer.country  # "bombed Syrian army positions, killing government troops"
        country = self.context_country(position)
        return next((s for r in roles if (s := gz.stand_ins().get((country or "", r)))), country)

    def mentions(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The actors of a role as whole mentions, in order."""
        return Mentions(self.text, self.tokens, self.matches, self._span).whole(spans)

    def only_names_a_matter(self, end: int) -> bool:
        """Whether a name only says which matter is meant: "the Ukraine crisis", "the Iran question"."""
        after = bisect_right(self._token_starts, end)
        return after < len(self.tokens) and self.text[end : self.tokens[after].start] == " " and self.tokens[after].folded in words("matter")

    def only_says_where(self, start: int, end: int) -> bool:
        """Whether a mention is the name of a place that the word before it locates something in: "in Banjul", "near Beirut"; not "from Paris", where
        envoys come from."""
        before = bisect_right(self._token_starts, start - 1) - 1
        located = before >= 0 and self.tokens[before].folded in words("whereabouts")
        return located and any(n.place and n.start == start and n.end == end for n in self._noted)

    def is_opposed(self, start: int) -> bool:
        """Whether the word before a mention sets it against somebody ("fighting Islamic State", "against the army")."""
        before = [t.folded for t in self.tokens[: bisect_right(self._token_starts, start - 1)][-2:] if t.folded not in ("the", "a", "an")]
        return bool(before) and before[-1] in words("adverse")

    def _placed(self, reading: Reading, start: int, name: str | None) -> Resolution:
        """A reading with the report's country where it names none itself."""
        answer = reading.resolution()
        if answer:
            return Resolution(answer.code, answer.name or name, answer.why, answer.person or name is not None)
        country = self.home(start, reading.roles)
        reason = (f"the report is about {country}",) if country else ()
        return Resolution(actor_code(country, reading.roles), name, (*reading.why, *reason), name is not None, assumed=country is not None)

    def _note(self, span: tuple[int, int], answer: Resolution) -> None:
        first, last = span
        if not answer.code:
            return
        tokens = self.tokens[first:last]
        cut = next((i for i, t in enumerate(tokens) if i and t.folded in words("cut")), len(tokens))
        noun = tokens[cut - 1]
        plural_ending = noun.raw[0].islower() and noun.folded.endswith("s") and not noun.folded.endswith("ss")
        plural = plural_ending or noun.folded in words("number_plural") | words("plural")
        pronoun = len(tokens) == 1 and noun.folded in words("singular") | words("plural") | words("thing") | words("relative")
        person = noun.folded in words("singular") if pronoun else not plural and (answer.person or self._is_person_noun(first, first + cut))
        if any(n.start == tokens[0].start and n.end == tokens[-1].end and n.answer.code == answer.code for n in self._noted):
            return
        start, end = tokens[0].start, tokens[-1].end
        if person:
            self._noted = [n for n in self._noted if not (n.start >= start and n.end <= end and not n.person)]
        self._noted.append(Noted(start, end, self._sentence(start), answer, frozenset(t.folded for t in tokens), person, plural))

    def _is_person_noun(self, first: int, last: int) -> bool:
        """Whether the core ends on a role noun in the singular ("an interior ministry spokesman")."""
        return any(
            m.last == last and any(e.kind == gz.ROLE for e in m.entries) and self.tokens[first].folded in ("a", "an", "the", "his", "its")
            and self.tokens[last - 1].folded not in words("collective") - words("title")
            for m in self.matches
        )

    def _sentence(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def _span(self, start: int, end: int) -> tuple[int, int] | None:
        """Tokens ``first:last`` that overlap characters ``start:end``."""
        first = bisect_right(self._token_starts, start)
        if first and self.tokens[first - 1].end > start:
            first -= 1
        last = first
        while last < len(self.tokens) and self.tokens[last].start < end:
            last += 1
        return (first, last) if last > first else None
