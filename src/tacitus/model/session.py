"""The event model's ONNX session: sentences in, what the model judges of each out.

Four steps, the same for library and batch work: ``prepare`` (pieces), ``collate`` (padded arrays), ``run``, ``decode`` (spans and probabilities).
Weights lie in ``weights/`` beside this file with a checksum each; nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import json
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

PIECES_PER_BATCH = 2048
"""Word pieces, padding included, that go through the encoder at once: larger batches fall out of the cache of small machines."""
TRIGGERS_PER_BATCH = 64
TRIGGER_THRESHOLD = 0.40
"""Least probability that a word is part of a trigger; below 0.5, since what comes out can still be dropped by confidence."""
SPAN_THRESHOLD = 0.5


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

    # --- prepare, collate, run, decode ------------------------------------------------------------------------------------------------

    def read(self, sentences: Sequence[str]) -> list[list[Judgement]]:
        """The triggers of each sentence, in the order of the text, judged."""
        pieces = self.prepare(sentences)
        out: list[list[Judgement]] = [[] for _ in pieces]
        for batch in self._batches(pieces):
            chosen = [pieces[i] for i in batch]
            hidden, tags, mask = self._encode(chosen)
            found = [(row, span) for row, p in enumerate(chosen) for span in _triggers(p, tags[row])]
            for i in range(0, len(found), TRIGGERS_PER_BATCH):
                part = found[i : i + TRIGGERS_PER_BATCH]
                for (row, _), judgement in zip(part, self._judge(chosen, hidden, mask, part), strict=True):
                    out[batch[row]].append(judgement)
        return out

    def relate(self, items: Sequence[tuple[str, tuple[int, int], tuple[int, int]]]) -> list[tuple[Array, Array]]:
        """For (sentence, source characters, target characters): the probabilities of codes and of roots."""
        pieces = self.prepare([text for text, *_ in items])
        out: list[tuple[Array, Array]] = [(np.empty(0), np.empty(0))] * len(items)
        for batch in self._batches(pieces):
            chosen = [pieces[i] for i in batch]
            source, target = (np.zeros((len(batch), max(len(p.ids) for p in chosen)), np.int64) for _ in range(2))
            for row, i in enumerate(batch):
                source[row, pieces[i].piece_span(*items[i][1])] = 1
                target[row, pieces[i].piece_span(*items[i][2])] = 1
            hidden, _, mask = self._encode(chosen, np.where(target > 0, 2, source))
            code, root = self._relation.run(None, {"hidden": hidden, "mask": mask, "source": source, "target": target})
            for row, i in enumerate(batch):
                out[i] = code[row], root[row]
        return out

    def prepare(self, sentences: Sequence[str]) -> list[Pieces]:
        """Sentences as word pieces."""
        return self._reader.read(sentences)

    def _batches(self, pieces: Sequence[Pieces]) -> Iterator[list[int]]:
        """Indices of sentences of like length, short ones first, each batch within ``PIECES_PER_BATCH``."""
        batch: list[int] = []
        for i in sorted(range(len(pieces)), key=lambda k: len(pieces[k].ids)):
            if batch and (len(batch) + 1) * len(pieces[i].ids) > PIECES_PER_BATCH:
                yield batch
                batch = []
            batch.append(i)
        if batch:
            yield batch

    def _encode(self, pieces: Sequence[Pieces], marks: Array | None = None) -> tuple[Array, Array, Array]:
        width = max(len(p.ids) for p in pieces)
        ids, mask, shapes = (np.zeros((len(pieces), width), np.int64) for _ in range(3))
        for row, p in enumerate(pieces):
            ids[row, : len(p.ids)] = p.ids
            mask[row, : len(p.ids)] = 1
            shapes[row, : len(p.ids)] = p.shapes
        feed = {"ids": ids, "mask": mask, "shapes": shapes, "marks": np.zeros_like(ids) if marks is None else marks}
        hidden, tags = self._encoder.run(None, feed)
        return hidden, tags, mask

    def _judge(self, pieces: Sequence[Pieces], hidden: Array, mask: Array, found: Sequence[tuple[int, tuple[int, int, float]]]) -> Iterator[Judgement]:
        rows = np.array([row for row, _ in found])
        spans = np.zeros((len(found), mask.shape[1]), np.int64)
        for k, (row, (first, last, _)) in enumerate(found):
            spans[k, [i for i, w in enumerate(pieces[row].owner) if first <= w <= last]] = 1
        roles, code, root, modality, reciprocal = self._event.run(None, {"hidden": hidden[rows], "mask": mask[rows], "span": spans})
        for k, (row, (first, last, score)) in enumerate(found):
            p = pieces[row]
            by_role = {role: tuple(_spans(p, roles[k, :, j])) for j, role in enumerate(self.card["roles"])}
            trigger = Span(p.words[first][0], p.words[last][1], score)
            yield Judgement(trigger, by_role, code[k], root[k], modality[k], float(reciprocal[k]))


def _triggers(p: Pieces, tags: Array) -> list[tuple[int, int, float]]:
    """Word spans (first, last, probability) of triggers: runs of words that are likelier inside one than ``TRIGGER_THRESHOLD``."""
    at = np.array([first for _, _, first in p.words], dtype=int)
    return _runs(tags[at], TRIGGER_THRESHOLD)


def _spans(p: Pieces, tags: Array) -> Iterator[Span]:
    at = np.array([first for _, _, first in p.words], dtype=int)
    for first, last, score in _runs(tags[at], SPAN_THRESHOLD):
        yield Span(p.words[first][0], p.words[last][1], score)


def _runs(tags: Array, threshold: float) -> list[tuple[int, int, float]]:
    """Runs of words from (words, 3) probabilities of outside, begin, inside."""
    out: list[tuple[int, int, float]] = []
    inside = 1.0 - tags[:, 0]
    start = None
    for i in range(len(tags) + 1):
        on = i < len(tags) and inside[i] >= threshold
        begins = on and (start is None or tags[i, 1] > tags[i, 2])
        if start is not None and (not on or begins):
            out.append((start, i - 1, float(inside[start:i].mean())))
            start = None
        if begins:
            start = i
    return out
