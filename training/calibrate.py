"""Fourth stage: from the model's evidence for an event to the share that is right.

    python training/calibrate.py            fits the weights of the evidence (src/tacitus/coding/data/score_weights.csv) on the held-out passages of the
                                            corpus, then the table from scores to shares (src/tacitus/model/data/calibration.csv) on the gold reports
    python training/calibrate.py --look     only prints figures at several thresholds, on the held-out passages of the corpus

The table is fitted on whole reports, which is what users code; the passages of the corpus are denser and harder.

An event is right if it shares (source country, root, target country) with a gold event of its passage and has its modality. The table is a monotone
(pool-adjacent-violators) fit.
"""
import argparse
import csv
import sys
import zlib
from dataclasses import asdict
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE / "corpus")]
from format import read_passages

from tacitus import Coder, Report
from tacitus.coding import ReportCoder, Resources, relation
from tacitus.coding import report as report_coding
from tacitus.coding.draft import EVIDENCE, _weights
from tacitus.language import split_sentences
from tacitus.scoring import Gold, gold_reports, matches, score

HELD_OUT = 12
WEIGHTS = HERE.parent / "src" / "tacitus" / "coding" / "data" / "score_weights.csv"
SHRINKAGE = 3.0
TABLE = HERE.parent / "src" / "tacitus" / "model" / "data" / "calibration.csv"


def held_out():
    """The passages that train.py held out, as gold reports."""
    for f in sorted((HERE / "corpus" / "passages").glob("*.txt")):
        for p in read_passages(f):
            if zlib.crc32(p.id.encode()) % HELD_OUT == 0:
                events = []
                for e in p.events:
                    record = asdict(e)
                    record["trigger"] = e.trigger.text
                    record["place"] = e.place.text if e.place else None
                    events.append(record)
                yield Gold(Report(" ".join(p.sentences), p.id, None, p.date, p.title), events)


def look_at_relations(model):
    """Root accuracy of `relate` on the held-out passages' pairs, by the share that the sentence's events have in the answer."""
    items, golds = [], []
    for f in sorted((HERE / "corpus" / "passages").glob("*.txt")):
        for p in read_passages(f):
            for e in p.events if zlib.crc32(p.id.encode()) % HELD_OUT == 0 else ():
                for s, t in [(s, t) for s in e.source for t in e.target]:
                    if e.modality != "negated" and s.sentence == t.sentence and s.start != t.start:
                        items.append((p.sentences[s.sentence], (s.start, s.end), (t.start, t.end)))
                        golds.append(e.code[:2])
    for share in (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 1.0):
        relation.EVENT_SHARE = share
        right = sum(r.code[:2] == g for r, g in zip(relation.relate(model, items), golds))
        print(f"share of events {share}: {right / len(golds):.3f} of {len(golds)} pairs")


def fit_weights(resources):
    """The weights of the evidence: a logistic model of whether a coded event of the held-out passages is right, written to `WEIGHTS`."""
    least, report_coding.LEAST_SCORE = report_coding.LEAST_SCORE, 0.0
    rows, right = [], []
    for g in held_out():
        sentences = split_sentences(g.report.text)
        coder = ReportCoder(g.report, sentences, resources)
        coded = [e.to_dict() for e in coder.code(resources.model.read([s.text for s in sentences]))]
        evidence = {d.trigger: d.evidence for d in coder.explanation.drafts}
        found, _, spurious = matches(g.events, coded)
        for event, ok in [(c, c["modality"] == e["modality"]) for e, c in found] + [(c, False) for c in spurious]:
            rows.append(evidence[event["trigger"]["start"], event["trigger"]["end"]])
            right.append(float(ok))
    report_coding.LEAST_SCORE = least
    x, y = np.array(rows), np.array(right)
    mean, spread = x.mean(0), x.std(0)
    z, w = np.c_[(x - mean) / spread, np.ones(len(x))], np.zeros(len(EVIDENCE) + 1)
    for _ in range(3000):
        w -= 0.8 * (z.T @ (1 / (1 + np.exp(-z @ w)) - y) + SHRINKAGE * np.r_[w[:-1], 0]) / len(x)
    weights = w[:-1] / spread
    with WEIGHTS.open("w", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(["evidence", "weight"])
        writer.writerows([*((name, round(float(v), 4)) for name, v in zip(EVIDENCE, weights)), ("constant", round(float(w[-1] - (weights * mean).sum()), 4))])
    _weights.cache_clear()
    print(len(x), "events of held-out passages, share right", round(y.mean(), 3))


def fit(scores, right, knots=5):
    """Knots (score, share right) of a monotone fit: events in equal bins, neighbours pooled where the share would fall."""
    order = np.argsort(scores)
    pools = [[float(s.mean()), float(r.mean()), len(s)] for s, r in zip(np.array_split(scores[order], knots), np.array_split(right[order], knots))]
    i = 0
    while i + 1 < len(pools):
        a, b = pools[i], pools[i + 1]
        if a[1] > b[1]:
            n = a[2] + b[2]
            pools[i:i + 2] = [[(a[0] * a[2] + b[0] * b[2]) / n, (a[1] * a[2] + b[1] * b[2]) / n, n]]
            i = max(0, i - 1)
        else:
            i += 1
    return [(s, r) for s, r, _ in pools]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--look", action="store_true")
    args = ap.parse_args()
    coder = Coder()
    plain = coder._resources
    coder.__dict__["_resources"] = Resources(plain.model, plain.places, lambda s: s, plain.coder)
    if not args.look:
        fit_weights(coder._resources)
    gold = list(held_out()) if args.look else gold_reports([HERE.parent / "evaluation" / "gold" / "reports.jsonl"])
    coded = {r.id: [e.to_dict() for e in events] for r, events in coder.code_many(g.report for g in gold)}
    if args.look:
        look_at_relations(plain.model)
        for threshold in (0.0, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
            kept = {i: [e for e in events if e["confidence"] >= threshold] for i, events in coded.items()}
            figures, _ = score(gold, kept)
            print(threshold, {k: round(figures[k]["f1"], 3) for k in ("triple", "triple_full", "root")}, round(figures["triple"]["precision"], 3))
        return
    points = []
    for g in gold:
        found, _, spurious = matches(g.events, coded[g.report.id])
        points += [(c["confidence"], c["modality"] == e["modality"]) for e, c in found] + [(c["confidence"], False) for c in spurious]
    if not points:
        raise SystemExit("the model finds no event in the gold reports: there is nothing to calibrate on")
    scores, right = np.array([s for s, _ in points]), np.array([float(r) for _, r in points])
    rows = fit(scores, right)
    with TABLE.open("w", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(["score", "right"])
        writer.writerows([(0.0, round(rows[0][1] / 2, 3)), *((round(s, 3), round(r, 3)) for s, r in rows), (1.0, round(max(rows[-1][1], 0.9), 3))])
    print(len(points), "events, share right", round(right.mean(), 3))


if __name__ == "__main__":
    main()
