"""One judged trigger as a draft of an event: code, modality and whose mentions fill its roles, in characters of the report."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tacitus.coding.relation import by_root, joint
from tacitus.config import table
from tacitus.records import MODALITIES, Modality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tacitus.language import Sentence
    from tacitus.model.session import Array, EventModel, Judgement, Span

EVIDENCE = ("trigger", "root", "source", "target", "modality", "length")
"""What speaks for an event: log-odds of its trigger and of its root, probabilities of its surest source and target (0 without one) and of its modality,
and the length of its sentence (in 200 characters)."""
TINY = 1e-3
LEAST_SHARE = 0.4
"""Share of its three-digit family's probability below which a four-digit code is given up for its parent; the best on held-out passages."""
ACTOR_ROLES = ("source", "target", "attribution")


@dataclass(slots=True)
class Draft:
    """A trigger with its spans (start, end) in the report's text. ``score`` is the chance that it is an event and rightly told, not yet calibrated;
    ``evidence`` is what it is made from, in the order of ``EVIDENCE``."""

    sentence: int
    trigger: tuple[int, int]
    code: str
    modality: Modality
    reciprocal: bool
    score: float
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    evidence: tuple[float, ...] = ()


def best_code(model: EventModel, code: Array, root: Array) -> tuple[str, float]:
    """The code that the model finds likeliest level by level, and the probability of its root.

    First the root, then among its codes the three-digit one with all that belongs under it, then the code itself, if it is sure enough: the rule is the most
    specific code that the text supports, not a more specific guess (CODING, section 1).
    """
    codes = joint(model, code, root)
    roots = by_root(model, codes)
    best_root = int(roots.argmax())
    families: dict[str, list[int]] = defaultdict(list)
    for i in np.flatnonzero(model.root_of == best_root):
        families[model.codes[i][:3]].append(int(i))
    family = max(families, key=lambda f: float(codes[families[f]].sum()))
    members = families[family]
    best = members[int(codes[members].argmax())]
    if codes[best] < LEAST_SHARE * codes[members].sum() and family in model.codes:
        best = model.codes.index(family)
    return model.codes[best], float(roots[best_root])


def draft(model: EventModel, judgement: Judgement, sentence: Sentence, number: int) -> Draft:
    """The draft of one judgement of a sentence."""
    code, root_probability = best_code(model, judgement.code, judgement.root)
    base = sentence.start
    sides = [max((s.score for s in judgement.roles[side]), default=0.0) for side in ("source", "target")]
    evidence = (_log_odds(judgement.trigger.score), _log_odds(root_probability), *sides, float(judgement.modality.max()), len(sentence.text) / 200)
    return Draft(
        sentence=number,
        trigger=(base + judgement.trigger.start, base + judgement.trigger.end),
        code=code,
        modality=MODALITIES[int(judgement.modality.argmax())],
        reciprocal=judgement.reciprocal >= 0.5,
        score=score_of(evidence),
        evidence=evidence,
        spans={
            role: [(base + a, base + b) for a, b in _whole(sentence.text, spans, trim=role != "time")] for role, spans in judgement.roles.items()
        },
    )


def score_of(evidence: tuple[float, ...]) -> float:
    """The chance that an event with this evidence is right: a logistic model, fitted on held-out passages (``training/calibrate.py``)."""
    weights = _weights()
    return 1 / (1 + math.exp(-weights["constant"] - sum(weights[name] * value for name, value in zip(EVIDENCE, evidence, strict=True))))


def _log_odds(probability: float) -> float:
    return math.log((probability + TINY) / (1 - probability + TINY))


@cache
def _weights() -> dict[str, float]:
    return {row["evidence"]: float(row["weight"]) for row in table("coding", "score_weights")}


def _whole(text: str, spans: tuple[Span, ...], trim: bool) -> list[tuple[int, int]]:
    """Spans of one role made whole: pieces that only one word parts belong to one mention ("the | oil | terminals"); bare articles are none, and
    with ``trim`` a mention neither begins nor ends with a preposition or conjunction."""
    out: list[tuple[int, int]] = []
    for span in spans:
        between = text[out[-1][1] : span.start] if out else ""
        if out and (len(between) <= 1 or (re.fullmatch(r" [^\W\d_]+ ", between) and between.strip().lower() not in _words("linking"))):
            out[-1] = (out[-1][0], span.end)
        else:
            out.append((span.start, span.end))
    if trim:
        out = [_trimmed(text, a, b) for a, b in out]
    return [(a, b) for a, b in out if not set(re.findall(r"\w+", text[a:b].lower())) <= _words("article")]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = list(re.finditer(r"\w[\w'’.-]*", text[start:end]))
    kept = [m for m in words if m[0].lower() not in _words("linking")]
    if not kept or len(kept) == len(words):
        return start, end
    first = words[0] if words[0] in kept else kept[0]
    last = words[-1] if words[-1] in kept else kept[-1]
    return start + first.start() if first is not words[0] else start, start + last.end() if last is not words[-1] else end


@cache
def _words(kind: str) -> frozenset[str]:
    """Function words of a kind, from ``data/function_words.csv``."""
    return frozenset(row["word"] for row in table("coding", "function_words") if row["kind"] == kind)


def names_an_action(trigger: str, after: str = "") -> bool:
    """Whether a trigger holds a word that can name an action, not only articles, prepositions, auxiliaries and signs, and is no figure of speech ("raised
    the specter of"). A verb that only leads to another is none by itself (``after`` is what the text goes on with): "worked to counter U.S. interests"."""
    said = [w for w in re.findall(r"[^\W\d_]+", trigger.lower()) if len(w) > 1]
    if set(said) <= _words("light") and after.startswith(" to "):
        return False
    return not _words("figure") & set(said) and any(w not in _words("empty") for w in said)


def means_each_other(mention: str) -> bool:
    """Whether a target is "the other", "each other": the two sides do it to one another."""
    return mention.lower() in _words("mutual")


def actor_spans(drafts: Iterable[Draft]) -> list[tuple[int, int]]:
    """Every span of an actor role, in the order of the text, longer ones first where they begin together."""
    return sorted({span for d in drafts for role in ACTOR_ROLES for span in d.spans.get(role, ())}, key=lambda s: (s[0], -s[1]))
