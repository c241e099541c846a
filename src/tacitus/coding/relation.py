"""What one given mention does to another, for any two mentions of a text.

Two readings are put together: the model's answer for the marked pair, and the events that it finds in the sentence, each counting by how well its
source and target meet the two mentions. The first knows the pair, the second the trigger.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tacitus.config import table
from tacitus.ontology import cameo
from tacitus.records import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tacitus.model.session import Array, EventModel, Judgement, Span

EVENT_SHARE = 0.5
"""Share of the sentence's events in the answer, against the marked pair's: held-out pairs have 0.755, 0.749 and 0.742 of roots right at 0.3, 0.5 and 0.7
(`training/calibrate.py --look`, run 7), the PLV validation sentences a macro-F1 of 0.800, 0.803 and 0.804 (run 8)."""

UNMET = 0.05
"""Weight of an event whose source or target is not the mention asked for, against 1 where it is: the only trigger of a sentence still tells."""

TINY = 1e-9
Characters = tuple[int, int]


@cache
def announced() -> dict[str, str]:
    """What an act that is only planned is, by root: cooperation an intent (CAMEO 03), coercion and protest a threat (CAMEO 13)."""
    return {row["root"]: row["code"] for row in table("coding", "announced")}


def relate(model: EventModel, items: Sequence[tuple[str, Characters, Characters]]) -> list[Relation]:
    """The relation of each (sentence, source characters, target characters)."""
    judged = model.read([text for text, *_ in items])
    out = []
    for (code, root), reading, (_, source, target) in zip(model.relate(items), judged, items, strict=True):
        pair = joint(model, code, root)
        events, planned = _mixture(model, reading.judgements, source, target)
        out.append(_relation(model, _announced(model, pair if events is None else _together(model, pair, events), planned)))
    return out


def joint(model: EventModel, code: Array, root: Array) -> Array:
    """Code probabilities from the model's codes and roots together."""
    both = (code + TINY) * (root[model.root_of] + TINY)
    codes: Array = both / both.sum()
    return codes


def by_root(model: EventModel, codes: Array) -> Array:
    """Root probabilities from code probabilities."""
    roots: Array = np.bincount(model.root_of, codes, len(model.roots))
    return roots


def _together(model: EventModel, pair: Array, events: Array) -> Array:
    """Roots by the weighted product of both readings (what one of them rules out stays out), codes within a root by their weighted mean."""
    of_pair, of_events = by_root(model, pair), by_root(model, events)
    roots = np.exp((1 - EVENT_SHARE) * np.log(of_pair + TINY) + EVENT_SHARE * np.log(of_events + TINY))
    within = (1 - EVENT_SHARE) * pair / (of_pair[model.root_of] + TINY) + EVENT_SHARE * events / (of_events[model.root_of] + TINY)
    codes = roots[model.root_of] * within
    shares: Array = codes / codes.sum()
    return shares


def _relation(model: EventModel, codes: Array) -> Relation:
    roots = by_root(model, codes)
    best = int(roots.argmax())
    entry = cameo(model.codes[int(np.where(model.root_of == best, codes, -1.0).argmax())])
    probabilities = {c: float(p) for c, p in zip(model.codes, codes, strict=True)}
    return Relation(entry.code, entry.name, entry.plover, round(float(roots[best]), 4), probabilities)


def _announced(model: EventModel, codes: Array, planned: float) -> Array:
    """What is only planned between the two is an intent or a threat, for a relation has no modality: "will meet" is 036, "will send food" 033,
    "will march against" 133 (CODING, section 1; CAMEO codes the future tense of cooperation under 03, that of harm under 13)."""
    moved = codes.copy()
    for i, code in enumerate(model.codes):
        if now := announced().get(code[:2]):
            moved[model.codes.index(now)] += planned * codes[i]
            moved[i] -= planned * codes[i]
    return moved


def _mixture(model: EventModel, judgements: Sequence[Judgement], source: Characters, target: Characters) -> tuple[Array | None, float]:
    """Code probabilities of a sentence's events, weighted by how they fit the pair (None where it has none), and how likely they are only planned."""
    total: Array = np.zeros(len(model.codes))
    planned = 0.0
    for j in judgements:
        ways = [(source, target), (target, source)] if j.reciprocal >= 0.5 else [(source, target)]
        fit = max(_met(j.roles["source"], s) * _met(j.roles["target"], t) for s, t in ways)
        total += j.trigger.score * fit * joint(model, j.code, j.root)
        planned += j.trigger.score * fit * float(j.modality[model.modalities.index("planned")])
    return (total / total.sum(), planned / float(total.sum())) if total.sum() else (None, 0.0)


def _met(spans: Sequence[Span], wanted: Characters) -> float:
    return 1.0 if any(s.start < wanted[1] and wanted[0] < s.end for s in spans) else UNMET
