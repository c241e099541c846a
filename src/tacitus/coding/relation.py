"""What one given mention does to another, for any two mentions of a text.

Two readings are put together: the model's answer for the marked pair, and the events that it finds in the sentence, each counting by how well its
source and target meet the two mentions. The first knows the pair, the second the trigger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tacitus.ontology import cameo
from tacitus.records import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tacitus.model.session import Array, EventModel, Judgement, Span

EVENT_SHARE = 0.4
"""Share of the sentence's events in the answer, against the marked pair's; set on held-out passages of the training corpus."""

UNMET = 0.05
"""Weight of an event whose source or target is not the mention asked for, against 1 where it is: the only trigger of a sentence still tells."""

TINY = 1e-9
Characters = tuple[int, int]


def relate(model: EventModel, items: Sequence[tuple[str, Characters, Characters]]) -> list[Relation]:
    """The relation of each (sentence, source characters, target characters)."""
    judged = model.read([text for text, *_ in items])
    pairs = model.relate(items)
    return [
        _relation(model, *pair, _mixture(model, own.judgements, source, target)) for pair, own, (_, source, target) in zip(pairs, judged, items, strict=True)
    ]


def _relation(model: EventModel, code: Array, root: Array, events: Array | None) -> Relation:
    joint = (code + TINY) * (root[model.root_of] + TINY)
    joint /= joint.sum()
    roots = np.array([joint[model.root_of == i].sum() for i in range(len(model.roots))])
    mixed = roots if events is None else np.exp((1 - EVENT_SHARE) * np.log(roots + TINY) + EVENT_SHARE * np.log(events + TINY))
    mixed = mixed / mixed.sum()
    best = int(mixed.argmax())
    entry = cameo(model.codes[int(np.where(model.root_of == best, joint, -1.0).argmax())])
    probabilities = {r: float(p) for r, p in zip(model.roots, mixed, strict=True)}
    return Relation(entry.code, entry.name, entry.plover, round(float(mixed[best]), 4), probabilities)


def _mixture(model: EventModel, judgements: Sequence[Judgement], source: Characters, target: Characters) -> Array | None:
    """Root probabilities of a sentence's events, weighted by how they fit the pair; None where it has none."""
    total = np.zeros(len(model.roots))
    for j in judgements:
        ways = [(source, target), (target, source)] if j.reciprocal >= 0.5 else [(source, target)]
        fit = max(_met(j.roles["source"], s) * _met(j.roles["target"], t) for s, t in ways)
        total += j.trigger.score * fit * j.root
    return total / total.sum() if total.sum() else None


def _met(spans: Sequence[Span], wanted: Characters) -> float:
    return 1.0 if any(s.start < wanted[1] and wanted[0] < s.end for s in spans) else UNMET
