"""Who is who in one report: mentions resolved against each other and against what the report is about.

Built once a report. ``resolve`` answers for a mention; every answer is noted, so that "the minister", "Mr. Lavrov", "he" and "both sides"
further on find whom they stand for. Mentions are best asked for in the order of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from math import log
from typing import TYPE_CHECKING

from tacitus.actors import gazetteer as gz
from tacitus.actors.context import Noted, ReportContext
from tacitus.actors.gazetteer import words
from tacitus.actors.phrase import FAITHS, FORMER_ROLES, Reading
from tacitus.actors.resolution import UNKNOWN, Resolution
from tacitus.ontology import INTERNATIONAL, actor_code, elements, split_actor_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tacitus.actors.tokens import Token

LEAST_KIND = 0.3
"""Probability from which the model's judgement of an actor's kind is believed where no gazetteer says; set on held-out passages."""

LEAST_OVERRULING = 0.5
"""Probability from which it is believed against a role noun; set likewise."""

SENTENCES_BACK = 4
"""How many sentences, its own among them, a pronoun reaches back."""

RANK_LOSS, UNNAMED_LOSS, LEAST_LIKELY = 0.7, 3.3, 0.03
"""What each nearer actor for whom a pronoun can stand costs the next one, and what it costs to take none of them, against the logarithm of the model's
probability that the pronoun stands for an actor of that kind, which never counts as less than the last. Set on the corpus's 308 pronouns of held-out
passages (full codes 0.45 right by nearness alone, 0.52 so)."""

PAIR_ANYWHERE, PAIR_DECAY, BYSTANDER_LOSS = 0.6, 0.8, 1.0
"""How much a mention anywhere counts, against one in the same sentence, when the two that a report is about are sought; what is left of that one sentence
on; what a bystander's mention loses. Of the training corpus's 547 such mentions 0.48 have their full codes and 0.86 their countries so; neighbouring
values do as well."""

BYSTANDERS = frozenset("EDU MED ELI HLH CVL NGO BUS JUD IGO".split())
"""Roles of those who seldom are one of "the two sides": experts, witnesses, the press, the United Nations that mediates."""
ARMED = frozenset({"REB", "INS", "SEP", "UAF"})
LONGEST_DEFINITE = 3
"""Words of a mention that points back with its noun ("the rebel group"); longer ones describe by themselves."""


_OF_A_COUNTRY = re.compile(r"(?:[a-rt-z]s|men) (?:of|from) (?:the )?[A-Z][\w.]*(?: [A-Z][\w.]*)*$")
_GOES_ON_WITH = re.compile(r",? (?:and )?(?:the )?")


class ReportActors(ReportContext):
    """The actors of one report: a ``ReportContext`` that answers for mentions."""

    def resolve(self, start: int, end: int) -> list[Resolution]:
        """Who the mention at characters ``start:end`` is: one answer, several for "both sides", never none (``UNKNOWN`` where nothing says)."""
        span = self._span(start, end)
        if span is None:
            return [UNKNOWN]
        answers = [self._with_shared_head(span[0], answer) for answer in self._resolve(*span)]
        for answer in answers:
            self._note(span, answer)
        return answers

    def _resolve(self, first: int, last: int) -> list[Resolution]:
        token = self.tokens[first]
        head = token.folded
        if last - first == 1 and head in _pronouns() and not ("." in token.raw or (len(head) > 1 and token.raw[:2].isupper())):  # "us", not "US"
            return [self._pronoun(first)]
        if self._is_some_of_them(first, last):
            return [self._pronoun(last - 1)]
        if self._speaks_of_two(first, last):
            if pair := self._pair(first, last):
                return pair
            if head == "the" or self._without_small(first, last) & {"both", "each"}:  # not "two men", whom nobody need have named
                return [self._two_of_the_report(first, last)]
        if head in words("possessive") and last - first > 1:
            return [self._possessed(first, last)]
        if contextual := self._contextual(first, last):
            return [contextual]
        reading = self._read(first, last)
        said_before = None if reading.code or reading.country else self._said_before(first, last, reading)
        if said_before is None:
            reading = self._weighed(reading, first, last)
        if answer := reading.resolution():
            return [answer]
        if (named := self._by_surname(first, last)) is not None:
            return [named]
        if said_before or (said_before := self._last_of_kind(first, last, reading)):
            return [said_before]
        if self.phrases.of_no_country(first, last):
            return [Resolution(actor_code(None, reading.roles or ("INT",)), None, (*reading.why, "of no one country"))]
        if reading.roles:
            return [self._placed(reading, self.tokens[first].start, None)]
        return [self._unread(first, last)]

    def _with_shared_head(self, first: int, answer: Resolution) -> Resolution:
        """A country named after another that a plural noun stands before has its share in that noun: "warplanes from Saudi Arabia, Jordan and the Emirates",
        "the foreign ministers of Congo and Rwanda"."""
        if answer.roles or not answer.code or answer.code != answer.country:
            return answer
        start = self.tokens[first].start
        head = max((n for n in self._noted if n.end <= start and n.answer.roles), key=lambda n: (n.end, -n.start), default=None)
        if head is None or not _GOES_ON_WITH.fullmatch(self.text, head.end, start):
            return answer
        if not (head.start in self._heads or (head.answer.country and _OF_A_COUNTRY.search(self.text, head.start, head.end))):
            return answer
        self._heads.add(start)
        shared = replace(answer, code=actor_code(answer.country, head.answer.roles))
        return shared.because(f"shares the head of {self.text[head.start : head.end]!r}")

    def _weighed(self, reading: Reading, first: int, last: int) -> Reading:
        """A reading by common nouns, with the model's judgement of the whole phrase where it is surer ("metro drivers" strike, "officers" shell)."""
        if reading.code or reading.person or reading.former or not (reading.country or reading.roles) or INTERNATIONAL & set(reading.roles):
            return reading
        kind, probability = self._kind_of(self.tokens[first].start, self.tokens[last - 1].end)
        if not kind or kind in reading.roles or probability < (LEAST_OVERRULING if reading.roles else LEAST_KIND):
            return reading
        if kind == "CVL" and FAITHS & set(reading.roles):
            return reading  # "Mosul's Christians": their faith tells more
        if not reading.roles and not self._ends_on_people(last) and any(m.last == last and any(e.kind in gz.NAMES for e in m.entries) for m in self.matches):
            return reading  # "Russian", "Moscow": a name alone
        why = (*reading.why, f"the model takes {self._words(first, last)!r} for {kind} ({probability:.2f})")
        if kind in INTERNATIONAL:
            named = [n for n in self._noted if n.end <= self.tokens[first].start and n.named and (n.answer.code or "").startswith(kind)]
            return replace(reading, code=named[-1].answer.code, country=None, roles=(), why=why) if named else reading
        return replace(reading, roles=(kind,), why=why)

    def _ends_on_people(self, last: int) -> bool:
        """Whether the word before token ``last`` is a demonym in the plural: "three Serbs", who may be civilians, soldiers or a team."""
        plural = self.tokens[last - 1].folded.endswith("s")
        return plural and any(m.last == last and any(e.kind == gz.DEMONYM for e in m.entries) for m in self.matches)

    def _words(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def _pronoun(self, i: int, *, by_kind: bool = True) -> Resolution:
        word, start = self.tokens[i].folded, self.tokens[i].start
        if word in words("relative"):
            before = [n for n in self._noted if n.end <= start]
            near = max(before, key=lambda n: (n.end, -n.start), default=None)
            if near and start - near.end < 40 and near.sentence == self._sentence(start):
                return near.answer.because(f"{word!r} is {self.text[near.start : near.end]!r} before it")
            return self._judged(i, i + 1)
        self._note_speakers()
        fitting = self._antecedents(i)
        if not fitting:
            fitting = sorted((n for n in self._noted if n.end <= start and n.answer.roles and not n.named), key=lambda n: n.start)[-1:]
        chosen = self._likeliest(i, fitting) if by_kind else next(iter(fitting), None)
        if chosen is None:
            return self._judged(i, i + 1)
        return chosen.answer.because(f"{word!r} stands for {self.text[chosen.start : chosen.end]!r}")

    def _likeliest(self, i: int, fitting: Sequence[Noted]) -> Noted | None:
        """Of those for whom a pronoun can stand, the nearer first, the one whom the model's judgement of the pronoun speaks for; None where it speaks
        against all."""
        kinds = self._kinds_of(self.tokens[i].start, self.tokens[i].end)
        if not kinds or not fitting:
            return next(iter(fitting), None)

        def score(rank: int, n: Noted) -> float:
            kind = next((e for e in elements(str(n.answer.code)) if e in kinds), "")
            return log(max(LEAST_LIKELY, kinds.get(kind, 0.0))) - RANK_LOSS * rank

        best, chosen = max(((score(rank, n), n) for rank, n in enumerate(fitting)), key=lambda x: x[0])
        return chosen if best >= log(max(kinds.values())) - UNNAMED_LOSS else None

    def _note_speakers(self) -> None:
        """Notes those who speak without being anybody's source or target, so that "he" after their words is nobody else."""
        for first, last in self._speakers:
            start, end = self.tokens[first].start, self.tokens[last - 1].end
            answer = self._judged(first, last)
            if answer.code and not any(n.start < end and n.end > start for n in self._noted):
                self._noted.append(Noted(start, end, self._sentence(start), answer, frozenset(t.folded for t in self.tokens[first:last]), True, False, True))
        self._speakers = []

    def _antecedents(self, i: int) -> list[Noted]:
        """For whom a pronoun can stand, each once: the fitting actors of its own sentence before it, then those of the nearest sentences before."""
        word, start, sentence = self.tokens[i].folded, self.tokens[i].start, self._sentence(self.tokens[i].start)
        kind = "person" if word in words("singular") | words("first") else "plural" if word in words("plural") else "thing"

        def fits(n: Noted) -> bool:
            if n.place:
                return False
            if kind == "person":
                return n.person
            if kind == "plural":
                return n.plural or (n.named and not n.person)
            return (not n.person and not n.plural) or (n.named and not n.person)

        found: dict[str | None, Noted] = {}
        for back in range(SENTENCES_BACK):
            here = sorted((n for n in self._noted if n.sentence == sentence - back and n.end <= start and fits(n)), key=lambda n: n.start)
            if kind == "plural":
                here.sort(key=lambda n: not n.plural)
            if back == 0 and word in words("object"):
                here = here[1:][::-1]  # not the subject of its own sentence: the last one named beside it, or somebody before
            for n in here:
                found.setdefault(n.answer.code, n)
        return list(found.values())

    def _is_some_of_them(self, first: int, last: int) -> bool:
        """Whether a mention is some of those whom a pronoun stands for: "two of them", "most of whom"; not "both of them"."""
        tokens = self.tokens[first:last]
        if len(tokens) < 3 or tokens[-2].folded != "of" or tokens[-1].folded not in words("plural") | {"whom", "which"}:
            return False
        return not {t.folded for t in tokens[:-2]} & {"the", "both", "each"}

    def _speaks_of_two(self, first: int, last: int) -> bool:
        """Whether a mention says only that two act: "the two countries", "both sides", "each"."""
        core = self._without_small(first, last)
        return bool(core) and core <= words("both") and bool(core & {"both", "two", "each", "sides"})

    def _without_small(self, first: int, last: int) -> set[str]:
        return {t.folded for t in self.tokens[first:last]} - {"the", "of", "them"}

    def _pair(self, first: int, last: int) -> list[Resolution]:
        """The two actors that the report has been most about before "both sides" or "the two countries"; none where it names fewer."""
        core = self._without_small(first, last)
        start = self.tokens[first].start
        sentence = self._sentence(start)
        persons_only, countries_only = bool(core & words("both_persons")), bool(core & words("both_countries"))
        offices = bool(core & words("both_offices"))
        candidates = [n for n in self._before(start) if n.answer.code and n.answer.placed and not n.place and not self._is_topic(n)]
        persons = [n for n in candidates if n.person and ("GOV" in n.answer.roles or not offices)]
        if offices and len({_side(n.answer) for n in persons}) < 2:  # "the two presidents" of whom the report names none: those of its two countries
            persons_only = False
            candidates = [n for n in candidates if n.answer.country and not set(n.answer.roles) & ARMED]
        named = persons if persons_only else candidates
        here = {_side(n.answer) for n in named if n.sentence == sentence}
        others = [n for n in named if _side(n.answer) not in here]
        if len(here) == 1 and len({_side(n.answer) for n in others}) > 1:
            named = others  # "Russia urged both sides": whoever speaks of them is neither
        scores: dict[str, float] = defaultdict(float)
        said_of: dict[tuple[str, str | None], float] = defaultdict(float)
        for n in named:
            side = _side(n.answer)
            weight = PAIR_ANYWHERE + PAIR_DECAY ** (sentence - n.sentence) - (BYSTANDER_LOSS if set(n.answer.roles) & BYSTANDERS else 0.0)
            scores[side] += weight
            said_of[side, n.answer.code] += weight
        sides = sorted(scores, key=lambda side: -scores[side])[:2]
        chosen = [max((n for n in named if _side(n.answer) == side), key=lambda n: said_of[_side(n.answer), n.answer.code]) for side in sides]
        words_ = " ".join(t.raw for t in self.tokens[first:last])
        out = []
        shared = self.phrases.read(first, last).roles if core & words("both_roles") or (offices and not persons_only) else ()  # "both governments"
        for n in sorted(chosen, key=lambda n: n.start):
            code = actor_code(n.answer.country, shared) if (countries_only or shared) and n.answer.country else n.answer.code
            out.append(Resolution(code, n.answer.name, (*n.answer.why, f"{words_!r} takes in {self.text[n.start : n.end]!r}")))
        return out if len(out) == 2 else []

    def _two_of_the_report(self, first: int, last: int) -> Resolution:
        """ "the two envoys" where the report names no two: of its country, with the role that the words say; no model knows more of them."""
        reading = self.phrases.read(first, last)
        country = self.context_country(self.tokens[first].start)
        if reading.empty and not country:
            return UNKNOWN
        return self._placed(reading, self.tokens[first].start, None).because("no two are named before it")

    def _is_topic(self, n: Noted) -> bool:
        """Whether a name only says what something is about ("diplomacy on Syria")."""
        span = self._span(n.start, n.end)
        before = [t.folded for t in self.tokens[max(0, span[0] - 2) : span[0]] if t.folded != "the"] if span else []
        return bool(before) and before[-1] in words("about") | words("locative")

    def _possessed(self, first: int, last: int) -> Resolution:
        """ "its helicopters", "his police", "whose planes": the owner's country with the role of what is owned."""
        own = self.phrases.read(first + 1, last)
        owner = self._pronoun(first, by_kind=own.empty)  # else the model judges what is owned
        if own.code:
            return Resolution(own.code, own.name, own.why)
        if own.country:
            return Resolution(actor_code(own.country, own.roles), own.name, own.why)
        if self.tokens[last - 1].folded in words("other_party") and owner.country:
            other = next((c for c in self.countries() if c != owner.country), None)
            return Resolution(other, None, (*owner.why, f"{self.tokens[last - 1].raw!r} is the other country of the report")) if other else UNKNOWN
        if not owner.code:
            return self._placed(own, self.tokens[first].start, None) if own.roles else self._judged(first, last)
        if not own.roles:
            return owner
        if owner.country is None or set(owner.roles) & ARMED or (owner.roles and self.tokens[last - 1].folded in words("generic")):
            return owner  # "its leaders" are of the party
        return Resolution(actor_code(owner.country, own.roles), None, (*owner.why, *own.why))

    def _contextual(self, first: int, last: int) -> Resolution | None:
        """ "the North" in a report on Korea: names that hold where a report speaks of a certain country."""
        name = " ".join(t.folded for t in self.tokens[first:last] if t.folded != "the")
        spoken_of = {c for _, c in self._countries}
        for code, needed in gz.contextual_names().get(name, ()):
            if needed & spoken_of and self.tokens[last - 1].raw[0].isupper():
                return Resolution(code, None, (f"{self.tokens[last - 1].raw!r} is {code} in a report that speaks of {'/'.join(sorted(needed & spoken_of))}",))
        return None

    def _by_surname(self, first: int, last: int) -> Resolution | None:
        """ "Mr. Lavrov" after "Sergei Lavrov"; a bare surname that only one holder of an office bears."""
        name = self.tokens[last - 1]
        if not name.raw[0].isupper() or name.folded in words("numeral"):
            return None
        lead = [t.folded for t in self.tokens[first : last - 1]]
        if any(w not in words("title") and not self._describes(first + k) and not self.tokens[first + k].raw[0].isupper() for k, w in enumerate(lead)):
            return None
        known = self._surnames.get(name.folded)
        strangers = self._first_names(first, last)
        if known and strangers:  # "Ma'Khia Bryant" is not the Elaine Bryant of the report
            known = [x for x in known if not self._is_namesake(strangers, x[0], name.folded)]
        if known:
            before = [x for x in known if x[0] <= name.start]
            return (before[-1] if before else known[0])[1].because(f"{name.raw} is the one named in full")
        if strangers:  # a first name that the gazetteers don't know: somebody else of that surname
            return None
        holders = {(e.code, e.name): e for e in self._gazetteer.by_surname(name.raw, self.day)}
        spoken_of = {c for _, c in self._countries}
        titled = [e for e in holders.values() if any(w in e.office.split() for w in lead)]
        fitting = [e for e in holders.values() if elements(e.code)[0] in spoken_of] or titled or list(holders.values())
        if len(fitting) > 1:
            fitting = [e for e in fitting if e in titled] or [e for e in fitting if set(e.office.split()) & words("top_office")] or fitting
        if len({e.code for e in fitting}) == 1:
            e = fitting[0]
            return Resolution(e.code, e.name, person=True, why=(f"{name.raw} is {e.name}, {e.office or e.code}, the one of that name in office",))
        if not holders and (after := self._apposition(last)) and after.former:
            past = {split_actor_code(e.code)[0]: e for e in self._gazetteer.with_surname(name.raw) if self.day and e.start and e.start < self.day}
            if len(past) == 1 and (e := next(iter(past.values()))):
                code = actor_code(split_actor_code(e.code)[0], FORMER_ROLES)
                return Resolution(code, e.name, person=True, why=(f"{name.raw} is {e.name}, once {e.office or e.code}", "out of office"))
        return None

    def _first_names(self, first: int, last: int) -> list[Token]:
        """The words before a surname that are neither titles nor roles."""
        before = ((k, self.tokens[k]) for k in range(first, last - 1))
        return [t for k, t in before if t.raw[0].isupper() and t.folded not in words("title") and not self._describes(k)]

    def _is_namesake(self, strangers: Sequence[Token], start: int, surname: str) -> bool:
        """Whether first names ("Ma'Khia Bryant") are others than those of the one of that surname whom the report names at a character ("Elaine Bryant")."""
        theirs = next((n.folded for n in self._noted if n.start == start and n.person), frozenset()) - {surname} - words("title")
        return bool(theirs) and theirs.isdisjoint(t.folded for t in strangers)

    def _is_definite(self, first: int, last: int) -> bool:
        """Whether a mention is of few words and points to somebody spoken of before: "the agency", "those militants", "Police"."""
        definite = self.tokens[first].folded in ("the", "this", "that", "these", "those") or self.tokens[first].raw[0].isupper()
        return definite and last - first <= LONGEST_DEFINITE

    def _before(self, start: int) -> list[Noted]:
        return sorted((n for n in self._noted if n.end <= start), key=lambda n: n.start, reverse=True)

    def _said_before(self, first: int, last: int, reading: Reading) -> Resolution | None:
        """ "the minister", "the bank": the last one named with that word."""
        if not self._is_definite(first, last):
            return None
        noun = self.tokens[last - 1].folded
        stem = noun.removesuffix("s")
        strangers = self._first_names(first, last) if self.tokens[last - 1].raw[0].isupper() else []
        for n in self._before(self.tokens[first].start):
            if (noun in n.folded or (stem in n.folded and not reading.roles)) and n.answer.placed and n.answer.code:
                if n.person and strangers and self._is_namesake(strangers, n.start, noun):
                    continue
                if not reading.former and n.answer.roles == FORMER_ROLES:
                    continue  # "the justice minister" is not "a former minister"
                if reading.former and "GOV" in n.answer.roles:
                    return Resolution(actor_code(n.answer.country, FORMER_ROLES), n.answer.name, (*n.answer.why, "out of office"), n.answer.person)
                return n.answer.because(f"{noun!r} was said of {self.text[n.start : n.end]!r}")
        return None

    def _last_of_kind(self, first: int, last: int, reading: Reading) -> Resolution | None:
        """ "the militants", "the agency": the last named actor of that kind; "the country": what the report is about."""
        if not self._is_definite(first, last):
            return None
        start, noun = self.tokens[first].start, self.tokens[last - 1].folded
        if noun in words("own_country"):
            country = self.context_country(start)
            return Resolution(country, None, (f"{noun!r} is what the report is about",)) if country else None
        if noun not in words("collective"):
            return None
        wanted = set(reading.roles)
        for n in self._before(start):
            roles = set(n.answer.roles)
            if n.answer.placed and ((wanted & ARMED and roles & (ARMED | {"IMG"})) or (not wanted and n.named and not n.person and roles)):
                return n.answer.because(f"the last such actor is {self.text[n.start : n.end]!r}")
        return None

    def _unread(self, first: int, last: int) -> Resolution:
        """A mention that says nothing by itself: described after it, named like a place, or one of the report's country."""
        start = self.tokens[first].start
        name = " ".join(t.raw for t in self.tokens[first:last])
        after = self._apposition(last)
        if after and not after.empty:
            return self._placed(after, start, name if self.tokens[first].raw[0].isupper() else None).because("as the words after it say")
        capitals = [t.raw for t in self.tokens[first:last] if t.raw[0].isupper() and t.folded not in ("the", "a")]
        if capitals and (country := self._country_of_place(" ".join(capitals))):
            return Resolution(country, None, (f"{' '.join(capitals)} lies in {country}",))
        return self._judged(first, last)

    def _judged(self, first: int, last: int) -> Resolution:
        """Where no words say who this is: the report's country, with the role that the model takes the mention for."""
        start = self.tokens[first].start
        country = self.context_country(start)
        kind, probability = self._kind_of(start, self.tokens[last - 1].end)
        if kind and probability >= LEAST_KIND:
            why = (f"the model takes {self._words(first, last)!r} for {kind} ({probability:.2f})",)
            if kind in INTERNATIONAL:
                return Resolution(kind, None, why)
            country = self.home(start, (kind,))
            return Resolution(actor_code(country, (kind,)), None, (*why, f"the report is about {country}") if country else why, assumed=True)
        if country is None:
            return UNKNOWN
        return Resolution(country, None, (f"nothing says who this is; the report is about {country}",), assumed=True)


def _side(answer: Resolution) -> str:
    """What tells the sides of a dealing apart: the country, or the whole code where one country has both."""
    return answer.code if set(answer.roles) & ARMED else (answer.country or str(answer.code)[:6])  # type: ignore[return-value]


def _pronouns() -> frozenset[str]:
    return words("singular") | words("plural") | words("thing") | words("relative") | words("first")
