"""PETRARCH's and TABARI's verb dictionaries: verbs and patterns with CAMEO codes::

    &WEAPON
    +RIFLE
    +MORTAR

    --- BLAME [111] ---
    BLAME {BLAMES BLAMED BLAMING}
    CENSURE [1122]
    - * + FOR &WEAPON [112] ; $ is who acts, + whom it concerns, * the verb

Tacitus codes with a model, not with patterns, so the codes are loaded to look up and to compare (``tacitus explain --verbs``), and decide nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tacitus.actors.dictionaries.lines import NULL_CODE, Notes, brackets, lines, words_of
from tacitus.actors.own.problems import NOTE, Problem
from tacitus.errors import UnknownCodeError
from tacitus.ontology import cameo, cameo_roots

_DASHES = "--"
_BLOCK = re.compile(r"(?P<name>[^\[\]]*)(?:\[(?P<code>[^\[\]]*)\])?")
"""What stands between a block's dashes."""
_PATTERN = re.compile(r"-\s*(?P<pattern>[^\[\]\s][^\[\]]*)\[(?P<code>[^\[\]]*)\]")
_BRACES = re.compile(r"\{([^{}]*)\}")
_PHRASE = re.compile(r"[\w .'’&\-]+")
_HISSING = ("s", "sh", "ch", "x", "z")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with its own or its block's CAMEO code (None where it has none of its own: only patterns code it), and the forms that the file lists."""

    phrase: str
    code: str | None
    forms: tuple[str, ...]
    block: str
    line: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """What stands around a verb and the code it then has, as it is written."""

    verb: str
    pattern: str
    code: str | None
    line: int


@dataclass(slots=True)
class Verbs:
    """A verb dictionary."""

    verbs: list[Verb] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)
    sets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _by_form: dict[str, list[Verb]] = field(default_factory=dict)

    def of(self, word: str) -> list[Verb]:
        """The verbs of which a word or phrase is a form: one that the file lists, or a regular one."""
        if not self._by_form:
            for verb in self.verbs:
                for form in dict.fromkeys((verb.phrase, *verb.forms, *_regular(verb.phrase))):
                    self._by_form.setdefault(form, []).append(verb)
        return self._by_form.get(" ".join(word.casefold().split()), [])


def read_verbs(text: str, file: str) -> Verbs:
    """A verb dictionary's verbs, patterns and sets, and what in it could not be used, each with its line."""
    notes = Notes(file)
    found = Verbs(problems=notes.problems)
    block, block_code, current_set = "", None, ""
    for line in lines(text):
        if m := _block(line.text):
            block, current_set = words_of(m["name"]).lower(), ""
            block_code = _code(m["code"] or NULL_CODE, line.number, notes)
        elif m := _PATTERN.match(line.text):
            verb = found.verbs[-1].phrase if found.verbs else block
            found.patterns.append(Pattern(verb, m["pattern"].rstrip(), _code(m["code"], line.number, notes), line.number))
        elif line.text.startswith("&") and "[" not in line.text:
            current_set = line.text.split()[0]
            found.sets[current_set] = ()
        elif line.text.startswith("+") and current_set:
            found.sets[current_set] += (words_of(line.text[1:]).lower(),)
        else:
            current_set = ""
            _verb(line.text, line.number, block, block_code, found, notes)
    for pattern in found.patterns:
        for name in re.findall(r"&\w+", pattern.pattern):
            if name not in found.sets:
                notes.add(pattern.line, f"the set {name[:40]} is not in the file", NOTE)
    return found


def _block(text: str) -> re.Match[str] | None:
    """The name and code of a line between dashes, None for any other."""
    if len(text) < 2 * len(_DASHES) or not (text.startswith(_DASHES) and text.endswith(_DASHES)):
        return None
    return _BLOCK.fullmatch(text.strip("-").strip())


def _verb(text: str, number: int, block: str, block_code: str | None, found: Verbs, notes: Notes) -> None:
    forms = tuple(words_of(f).lower() for m in _BRACES.finditer(text) for f in m[1].split())
    phrase, codes = brackets(_BRACES.sub("", text))
    is_synonym = phrase.startswith("+")
    phrase = words_of(phrase.removeprefix("+")).lower()
    if not _PHRASE.fullmatch(phrase) or not any(c.isalnum() for c in phrase):
        notes.add(number, f"{text[:60]!r} is neither a verb, a pattern (-), a set (&) nor a block (---)")
        return
    inherited = found.verbs[-1].code if is_synonym and found.verbs else block_code
    found.verbs.append(Verb(phrase, _code(codes[-1], number, notes) if codes else inherited, forms, block, number))


def _code(text: str, number: int, notes: Notes) -> str | None:
    """A CAMEO code; of two for the two directions of an act (``112:111``) the first."""
    code = text.partition(":")[0].strip()
    if code in (NULL_CODE, ""):
        return None
    if code in cameo_roots():
        return code
    try:
        return cameo(code).code
    except UnknownCodeError as e:
        notes.add(number, str(e))
        return None


def _regular(phrase: str) -> list[str]:
    """The regular forms of a verb whose first word is inflected: "calls for", "called for", "calling for"."""
    verb, _, rest = phrase.partition(" ")
    rest = f" {rest}" if rest else ""
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        forms = [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    elif verb.endswith("e"):
        forms = [verb + "s", verb + "d", verb[:-1] + "ing"]
    else:
        forms = [verb + ("es" if verb.endswith(_HISSING) else "s"), verb + "ed", verb + "ing", verb + verb[-1:] + "ed", verb + verb[-1:] + "ing"]
    return [form + rest for form in forms]
