"""The event model's ONNX session: sentences in, what the model judges of each out.

Three steps: prepare (pieces), run (a sentence at a time), decode (spans and probabilities).
Weights lie in ``weights/`` beside this file with a checksum each; nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tacitus.errors import ModelError
from tacitus.model.pieces import PieceReader, Pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]

TRIGGER_THRESHOLD = 0.40
"""Least probability that a word is part of a trigger; below 0.5, since what comes out can still be dropped by confidence."""
SPAN_THRESHOLD, TARGET_THRESHOLD = 0.5, 0.4
"""Least probability that a word is part of a role's mention. The target's, the role most often left empty, is lower: on held-out passages triples gain
0.2 to 0.4 points by it, and validation 0.9."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start:end`` of the sentence, with the model's probability."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model says of one trigger: spans by role, and a probability for every code, root and modality (in ``EventModel``'s orders)."""

    trigger: Span
    roles: dict[str, tuple[Span, ...]]
    code: Array
    root: Array
    modality: Array
    reciprocal: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one sentence: its triggers in the order of the text; ``topic``, the log-odds that it stands in a report that holds
    any event (sport and markets do not); and for each word (characters in ``words``, shape (words, 2)) the probability of each kind of actor
    that it can stand for (``kinds``, shape (words, kinds), in the order of ``EventModel.kinds``)."""

    judgements: tuple[Judgement, ...]
    topic: float
    words: Array
    kinds: Array


class EventModel:
    """The shipped model, or one in another folder of the same layout.

    Args:
        folder: where ``model.json``, the graphs and ``tokenizer.json`` lie; the shipped weights by default.
        threads: threads of one session; 0 leaves it to the machine.

    Raises:
        ModelError: a file is missing or does not match its checksum.
    """

    def __init__(self, folder: Path | None = None, threads: int = 0) -> None:
        self.folder = folder or Path(str(files("tacitus.model").joinpath("weights")))
        self.threads = threads
        card = self.folder / "model.json"
        if not card.is_file():
            raise ModelError(f"no model in {self.folder}: {card.name} is missing; install the package again, or train and export one (training/README.md)")
        self.card: dict[str, Any] = json.loads(card.read_text(encoding="utf-8"))
        self.codes: list[str] = self.card["codes"]
        self.roots: list[str] = self.card["roots"]
        self.modalities: list[str] = self.card["modalities"]
        self.kinds: list[str] = self.card["kinds"]
        self.root_of = np.array([self.roots.index(c[:2]) for c in self.codes])

    @property
    def name(self) -> str:
        """Name and weights of the model, for an event's ``coder``."""
        return f"{self.card['name']}+{self.card['sha256']['encoder.onnx'][:8]}"

    def _checked(self, name: str) -> Path:
        path = self.folder / name
        if not path.is_file():
            raise ModelError(f"the model file {path} is missing; install the package again")
        if hashlib.sha256(path.read_bytes()).hexdigest() != self.card["sha256"].get(name):
            raise ModelError(f"the model file {path} is damaged or of another version: its checksum is not the one in model.json; install the package again")
        return path

    def _session(self, name: str) -> Any:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.log_severity_level = 3
        return ort.InferenceSession(str(self._checked(name)), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _encoder(self) -> Any:
        return self._session("encoder.onnx")

    @cached_property
    def _event(self) -> Any:
        return self._session("event.onnx")

    @cached_property
    def _relation(self) -> Any:
        return self._session("relation.onnx")

    @cached_property
    def _reader(self) -> PieceReader:
        return PieceReader(self._checked("tokenizer.json"))

    # --- prepare, run, decode ---------------------------------------------------------------------------------------------------------

    def read(self, sentences: Sequence[str]) -> list[Reading]:
        """The reading of each sentence."""
        out = []
        for p in self.prepare(sentences):
            hidden, tags, topic, kinds = self._encode(p)
            words = np.array(p.words, dtype=int).reshape(-1, 3)
            out.append(Reading(tuple(self._judge(p, hidden, tags)), topic, words[:, :2], kinds[words[:, 2]]))
        return out

    def relate(self, items: Sequence[tuple[str, tuple[int, int], tuple[int, int]]]) -> list[tuple[Array, Array]]:
        """For (sentence, source characters, target characters): the probabilities of codes and of roots."""
        out = []
        for p, (_, source, target) in zip(self.prepare([text for text, *_ in items]), items, strict=True):
            spans = {"source": _mask(p, p.piece_span(*source)), "target": _mask(p, p.piece_span(*target))}
            hidden, *_ = self._encode(p, np.where(spans["target"] > 0, 2, spans["source"]))
            code, root = self._relation.run(None, {"hidden": hidden, "mask": np.ones_like(spans["source"]), **spans})
            out.append((code[0], root[0]))
        return out

    def kinds_of(self, readings: Sequence[Reading], starts: Sequence[int], start: int, end: int) -> dict[str, float]:
        """What kind of actor characters ``start:end`` of a report can stand for, where its sentences begin at ``starts`` and were read as ``readings``: the
        probability of each of ``kinds``, the mean over the words; nothing where there is no word or no reading."""
        number = max(0, bisect_right(starts, start) - 1)
        if number >= len(readings):
            return {}
        words, base = readings[number].words, starts[number]
        inside = (words[:, 0] < end - base) & (words[:, 1] > start - base)
        return dict(zip(self.kinds, readings[number].kinds[inside].mean(0).tolist(), strict=True)) if inside.any() else {}

    def prepare(self, sentences: Sequence[str]) -> list[Pieces]:
        """Sentences as word pieces."""
        return self._reader.read(sentences)

    def _encode(self, p: Pieces, marks: Array | None = None) -> tuple[Array, Array, float, Array]:
        """Hidden states (1, pieces, size), trigger tags (pieces, 3), topic and kinds of actors (pieces, kinds) of one sentence.

        One sentence a run: the 8-bit graphs scale activations by what goes through them together, so a sentence's answer must not hang on its
        neighbours. It costs nothing on a processor: no padding.
        """
        ids = np.array([p.ids])
        feed = {"ids": ids, "mask": np.ones_like(ids), "shapes": np.array([p.shapes]), "marks": np.zeros_like(ids) if marks is None else marks}
        hidden, tags, topic, kinds = self._encoder.run(None, feed)
        return hidden, tags[0], float(topic[0]), kinds[0]

    def _judge(self, p: Pieces, hidden: Array, tags: Array) -> Iterator[Judgement]:
        firsts = np.array([first for _, _, first in p.words], dtype=int)
        found = _runs(tags[firsts], TRIGGER_THRESHOLD)
        if not found:
            return
        spans = np.concatenate([_mask(p, [i for i, w in enumerate(p.owner) if first <= w <= last]) for first, last, _ in found])
        feed = {"hidden": np.repeat(hidden, len(found), 0), "mask": np.ones_like(spans), "span": spans}
        roles, code, root, modality, reciprocal = self._event.run(None, feed)
        for k, (first, last, score) in enumerate(found):
            by_role = {
                role: tuple(_span(p, *run) for run in _runs(roles[k, firsts, j], TARGET_THRESHOLD if role == "target" else SPAN_THRESHOLD))
                for j, role in enumerate(self.card["roles"])
            }
            yield Judgement(_span(p, first, last, score), by_role, code[k], root[k], modality[k], float(reciprocal[k]))


def _mask(p: Pieces, chosen: Sequence[int]) -> Array:
    """(1, pieces) with ones at the chosen pieces."""
    mask = np.zeros((1, len(p.ids)), np.int64)
    mask[0, chosen] = 1
    return mask


def _span(p: Pieces, first: int, last: int, score: float) -> Span:
    """Characters of the words ``first`` to ``last``."""
    return Span(p.words[first][0], p.words[last][1], score)


def _runs(tags: Array, threshold: float) -> list[tuple[int, int, float]]:
    """Runs of words (first, last, probability) from (words, 3) probabilities of outside, begin, inside."""
    inside = 1.0 - tags[:, 0]
    on = np.flatnonzero(inside >= threshold)
    if not on.size:
        return []
    begins = [k for k, i in enumerate(on) if k == 0 or on[k - 1] != i - 1 or tags[i, 1] > tags[i, 2]]
    ends = [*begins[1:], on.size]
    return [(int(on[a]), int(on[b - 1]), float(inside[on[a:b]].mean())) for a, b in zip(begins, ends, strict=True)]
