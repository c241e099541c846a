"""PLV validation: `Coder.relate` on sentences with a marked pair of actors and their PLOVER root (Hu et al., ACL 2024).

The set has the older fifteen roots: investigations under ACCUSE, concessions and retreats under YIELD, ASSAULT with FIGHT, appeals and demands
under REQUEST. A relation's root is the one of the fifteen that its CAMEO codes make likeliest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tacitus import Coder

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


def macro_f1(gold: list[str], found: list[str]) -> tuple[float, dict[str, float]]:
    """Macro-F1 over the gold labels, and each label's F1."""
    each = {}
    for label in sorted(set(gold)):
        right = sum(g == f == label for g, f in zip(gold, found, strict=True))
        each[label] = 2 * right / (gold.count(label) + found.count(label))
    return sum(each.values()) / len(each), each


def measure(path: Path, coder: Coder) -> dict[str, float]:
    """Macro-F1 and accuracy of `relate` on the set."""
    pairs = list(read(path))
    gold = [g for g, _ in pairs]
    found = [guess(r.probabilities) for r in coder.relate_many(item for _, item in pairs)]
    return {"plv_root_macro_f1": macro_f1(gold, found)[0], "plv_accuracy": sum(g == f for g, f in zip(gold, found, strict=True)) / len(gold)}
