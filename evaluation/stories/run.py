"""How well stories are found: pairwise precision, recall and F1 on both halves of the report pairs of this folder, with the real coder's events.

    python evaluation/stories/run.py             print the table; exit status 1 if an F1 on the test half lies under its floor
    python evaluation/stories/run.py --errors    the wrong pairs of the dev half too (never look at those of the test half to tune)
    python evaluation/stories/run.py --fit       fit the weights of store/data/match_weights.csv to the dev half and print them

"hard" are pairs of which both reports are of one day or the next, so that the date tells nothing; nothing is fitted to them.

Two ways are measured: "pairs", the pure functions on each pair alone; "store", all reports of a half put in one store and grouped, a pair counted
as positive where its reports share a story of one event or are copies. A pair is positive if both reports tell at least
one same event (copies do).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from tacitus import Coder
from tacitus.records import Event, Report, report_from_record
from tacitus.store import EventStore
from tacitus.store.matching import FEATURES, Label, Shared, features, match_weights, pair_label, telling
from tacitus.store.stories import group

HERE = Path(__file__).resolve().parent
FLOORS = {"pairs": 0.89, "store": 0.86}
"""F1 on the test half, each pair by itself and in a store, less a margin for processors that round otherwise."""
POSITIVE = ("copy", "same event")
LABELS: tuple[Label, ...] = ("copy", "same event", "same topic", "unrelated")
AT = "2026-11-22T12:00:00Z"
FIT_DAYS, FIT_SHRINKING, FIT_ROUNDS, FIT_STEPS, FIT_RATE = 5, 0.005, 6, 3000, 0.5

Coded = dict[str, tuple[Report, list[Event]]]


@dataclass(frozen=True)
class Pair:
    """Two reports and what they are to each other."""

    a: str
    b: str
    label: Label
    split: str


def read_pairs() -> list[Pair]:
    """The pairs."""
    return [Pair(**json.loads(line)) for line in (HERE / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]


def read_reports() -> dict[str, tuple[Report, str, str]]:
    """Report, split and group by id."""
    records = [json.loads(line) for line in (HERE / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    return {r["id"]: (report_from_record(r, f"reports.jsonl {r['id']}"), r["split"], r["group"]) for r in records}


def code(coder: Coder) -> Coded:
    """Every report with its events."""
    return {report.id: (report, events) for report, events in coder.code_many(r for r, _, _ in read_reports().values())}


def by_pairs(coded: Coded, pairs: Iterable[Pair]) -> dict[Pair, Label]:
    """The label that the pure functions give each pair."""
    return {p: pair_label(*coded[p.a], *coded[p.b]) for p in pairs}


def by_store(coded: Coded, pairs: Iterable[Pair], order: int = 1) -> dict[Pair, Label]:
    """The label that each pair gets in a store of a half's reports: only positive ones and "unrelated"."""
    pairs = list(pairs)
    splits = {i: split for i, (_, split, _) in read_reports().items()}
    halves = {p.split for p in pairs}
    with tempfile.TemporaryDirectory() as folder, EventStore(Path(folder) / "stories.tacitus") as store:
        store.add([coded[i] for i in list(coded)[::order] if splits[i] in halves], coder="evaluation", at=AT)
        group(store)
        with store._reading() as connection:
            stories: dict[str, set[int]] = {i: set() for i in coded}
            for report, story in connection.execute("SELECT r.id, e.story FROM events e JOIN reports r ON r.key = e.report"):
                stories[report].add(story)
            first = dict(connection.execute("SELECT r.id, o.id FROM report_copies c JOIN reports r ON r.key = c.report JOIN reports o ON o.key = c.copy_of"))
    return {
        p: "copy" if first.get(p.a, p.a) == first.get(p.b, p.b) else "same event" if stories[p.a] & stories[p.b] else "unrelated" for p in pairs
    }


def scores(found: dict[Pair, Label]) -> tuple[float, float, float]:
    """Pairwise precision, recall and F1."""
    right = sum(p.label in POSITIVE and label in POSITIVE for p, label in found.items())
    precision = right / max(1, sum(label in POSITIVE for label in found.values()))
    recall = right / max(1, sum(p.label in POSITIVE for p in found))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def fit(coded: Coded) -> dict[str, float]:
    """A logistic regression on the dev half: each pair of reports stands for its best pair of events under the weights of the round before.

    Beside the labelled pairs all others of the half within some days are used: told by one group they are the same event unless one is the group's
    near miss ("n"), of two groups they are not.
    """
    import numpy as np

    labelled = {(p.a, p.b): p.label in POSITIVE for p in read_pairs()}
    reports = {i: (telling(*coded[i]), told_in) for i, (_, split, told_in) in read_reports().items() if split == "dev"}
    rows, truth = [], []
    for (i, (a, group_a)), (j, (b, group_b)) in combinations(reports.items(), 2):
        shared = Shared.of(a, b)
        found = [f for x in a.events for y in b.events if (f := features(x, y, shared)) is not None]
        if found and a.day and b.day and abs(a.day - b.day) <= FIT_DAYS:
            rows.append(np.array(found))
            truth.append(labelled.get((i, j), group_a == group_b and "n" not in (i[-1], j[-1])))
    y = np.array(truth, float)
    balance = np.where(y > 0, 1 / y.sum(), 1 / (1 - y).sum()) * len(y) / 2
    w, bias = np.array(match_weights()[0]), match_weights()[1]
    for _ in range(FIT_ROUNDS):
        x = np.array([r[np.argmax(r @ w)] for r in rows])
        for _ in range(FIT_STEPS):
            off = (1 / (1 + np.exp(-(x @ w + bias))) - y) * balance
            w = w - FIT_RATE * (x.T @ off / len(y) + FIT_SHRINKING * w)
            bias -= FIT_RATE * off.mean()
    return {"bias": round(float(bias), 2), **{name: round(float(v), 2) for name, v in zip(FEATURES, w, strict=True)}}


def confusion(found: dict[Pair, Label]) -> str:
    """What became of each label, a line each."""
    counts = Counter((p.label, label) for p, label in found.items())
    head = " " * 14 + "".join(f"{label:>12}" for label in LABELS)
    return "\n".join([head, *(f"{label:14}" + "".join(f"{counts[label, other]:12}" for other in LABELS) for label in LABELS)])


def main() -> int:
    """Measure, or fit."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--errors", action="store_true")
    ap.add_argument("--fit", action="store_true")
    args = ap.parse_args()
    coded, pairs = code(Coder()), read_pairs()
    if args.fit:
        for name, value in fit(coded).items():
            print(f"{name},{value}")
        return 0
    under = False
    for split in ("hard", "dev", "test"):
        own = [p for p in pairs if p.split == split]
        for way, found in (("pairs", by_pairs(coded, own)), ("store", by_store(coded, own))):
            precision, recall, f1 = scores(found)
            print(f"{split:5} {way}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({len(own)} pairs, {sum(p.label in POSITIVE for p in own)} positive)")
            if way == "pairs":
                print(confusion(found))
            if split == "dev" and args.errors:
                for p, label in found.items():
                    if (label in POSITIVE) != (p.label in POSITIVE):
                        print(f"  {p.a} {p.b}: {p.label}, taken for {label}")
            if split == "test" and f1 < FLOORS[way]:
                under = True
                print(f"UNDER the floor of {FLOORS[way]}")
    return int(under)


if __name__ == "__main__":
    sys.exit(main())
