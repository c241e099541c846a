"""PLV validation: `Coder.relate` on sentences with a marked pair of actors and their PLOVER root (Hu et al., ACL 2024).

The set has the older fifteen roots: investigations under ACCUSE, concessions and retreats under YIELD, ASSAULT with FIGHT, appeals and demands
under REQUEST. A relation's root is the one of the fifteen that its CAMEO codes make likeliest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tacitus.coding.relation import announced
from tacitus.records import Report

if TYPE_CHECKING:
    from tacitus import Coder
    from tacitus.records import Actor, Event

ROOT_OF_CAMEO = {
    "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "YIELD", "09": "ACCUSE", "10": "REQUEST",
    "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT",
    "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
BESIDE_ITS_ROOT = {"163": "COERCE"}
"""PLOVER codes embargoes and sanctions as COERCE (CAMEO2PLOVER), and so do the labels; all else goes by the CAMEO root. Statements have no PLV root."""
MARK = re.compile(r"</?[st]>")
Item = tuple[str, tuple[int, int], tuple[int, int]]


def unmark(marked: str) -> Item | None:
    """The sentence without marks and the character spans of source and target (the first of each); None where one is missing."""
    text, spans, opened = "", {}, {}
    last = 0
    for m in MARK.finditer(marked):
        text += marked[last : m.start()]
        last = m.end()
        name = m[0].strip("</>")
        if "/" not in m[0]:
            opened[name] = len(text)
        elif name in opened:
            spans.setdefault(name, (opened[name], len(text)))
    text += marked[last:]
    for name, (start, end) in spans.items():
        inner = text[start:end]
        spans[name] = (start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip())))
    return (text, spans["s"], spans["t"]) if {"s", "t"} <= spans.keys() else None


def read(path: Path) -> Iterator[tuple[str, Item]]:
    """(gold root, item) of every sentence with both mentions marked."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        gold, _, _, marked, *_ = line.split("\t")
        item = unmark(marked)
        if item:
            yield gold, item


def root_of(code: str) -> str | None:
    """The PLV root of a CAMEO code."""
    return BESIDE_ITS_ROOT.get(code) or ROOT_OF_CAMEO.get(code[:2])


def guess(probabilities: dict[str, float]) -> str:
    """The PLV root that CAMEO code probabilities make likeliest."""
    score: dict[str, float] = {}
    for code, p in probabilities.items():
        if root := root_of(code):
            score[root] = score.get(root, 0.0) + p
    return max(score, key=lambda r: score[r])


PENTA_OF_ROOT = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3}
"""The set's five classes: verbal and material cooperation, verbal conflict; all other roots are material conflict (4). None of its roots is neutral (0)."""
MATERIAL_CONFLICT = 4


def macro_f1(gold: list[str], found: list[str]) -> tuple[float, dict[str, float]]:
    """Macro-F1 over the gold labels, and each label's F1."""
    each = {}
    for label in sorted(set(gold)):
        right = sum(g == f == label for g, f in zip(gold, found, strict=True))
        each[label] = 2 * right / (gold.count(label) + found.count(label))
    return sum(each.values()) / len(each), each


def measure(path: Path, coder: Coder) -> dict[str, float]:
    """Of `relate`: macro-F1 over roots and over the five classes, and accuracy; end to end: how many sentences, coded as reports, hold an event between
    the marked mentions (in their order unless it is reciprocal) of the gold root, and how many any event between them."""
    pairs = list(read(path))
    gold = [g for g, _ in pairs]
    found = [guess(r.probabilities) for r in coder.relate_many(item for _, item in pairs)]
    met, right = 0, 0
    for (_, events), (root, (_, source, target)) in zip(coder.code_many(Report(text) for _, (text, *_) in pairs), pairs, strict=True):
        between = [e for e in events if _joins(e, source, target)]
        met += bool(between)
        right += any(root_of(_as_announced(e)) == root for e in between)
    return {
        "plv_root_macro_f1": macro_f1(gold, found)[0],
        "plv_penta_macro_f1": macro_f1([penta(g) for g in gold], [penta(f) for f in found])[0],
        "plv_accuracy": sum(g == f for g, f in zip(gold, found, strict=True)) / len(gold),
        "plv_end_to_end": right / len(pairs),
        "plv_any_event_between": met / len(pairs),
    }


def penta(root: str) -> str:
    """The class of a root."""
    return str(PENTA_OF_ROOT.get(root, MATERIAL_CONFLICT))


def _joins(event: Event, source: tuple[int, int], target: tuple[int, int]) -> bool:
    ways = [(source, target), (target, source)] if event.reciprocal else [(source, target)]
    if event.reciprocal and _told(event.source, source) and _told(event.source, target):
        return True
    return any(_told(event.source, s) and _told(event.target, t) for s, t in ways)


def _told(actors: Iterable[Actor], span: tuple[int, int]) -> bool:
    return any(a.start < span[1] and span[0] < a.end for a in actors)


def _as_announced(event: Event) -> str:
    """The code of a planned event as the set has it, which knows no modality: what is announced."""
    return announced().get(event.root, event.code) if event.modality == "planned" else event.code
