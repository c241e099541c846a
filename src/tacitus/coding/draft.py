"""One judged trigger as a draft of an event: code, modality and whose mentions fill its roles, in characters of the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tacitus.coding.relation import by_root, joint
from tacitus.records import MODALITIES, Modality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tacitus.language import Sentence
    from tacitus.model.session import Array, EventModel, Judgement



@dataclass(slots=True)
class Draft:
    """A trigger with its spans (start, end) in the report's text. ``score`` is the model's own, not yet calibrated."""

    sentence: int
    trigger: tuple[int, int]
    code: str
    modality: Modality
    reciprocal: bool
    score: float
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def best_code(model: EventModel, code: Array, root: Array) -> tuple[str, float]:
    """The likeliest code by code and root together, and the probability of its root."""
    codes = joint(model, code, root)
    best = int(codes.argmax())
    return model.codes[best], float(by_root(model, codes)[model.root_of[best]])


def draft(model: EventModel, judgement: Judgement, sentence: Sentence, number: int) -> Draft:
    """The draft of one judgement of a sentence."""
    code, root_probability = best_code(model, judgement.code, judgement.root)
    base = sentence.start
    return Draft(
        sentence=number,
        trigger=(base + judgement.trigger.start, base + judgement.trigger.end),
        code=code,
        modality=MODALITIES[int(judgement.modality.argmax())],
        reciprocal=judgement.reciprocal >= 0.5,
        score=judgement.trigger.score * root_probability,
        spans={role: _joined([(base + s.start, base + s.end) for s in spans]) for role, spans in judgement.roles.items()},
    )


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of one role with those that only a space or a hyphen parts made one: a mention tagged in two pieces."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start - out[-1][1] <= 1:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def actor_spans(drafts: Iterable[Draft]) -> list[tuple[int, int]]:
    """Every span of an actor role, in the order of the text, longer ones first where they begin together."""
    roles = ("source", "target", "attribution")
    return sorted({span for d in drafts for role in roles for span in d.spans.get(role, ())}, key=lambda s: (s[0], -s[1]))
