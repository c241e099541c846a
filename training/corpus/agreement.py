"""How far a blind second coder agrees with the corpus, on the passages that were coded twice.

    python training/corpus/agreement.py [SECOND_CODING_FILES...]      (blind/*.txt beside this file by default)

The corpus is taken as gold and the second coding as a coder's answer; the figures are those of `tacitus evaluate`.
"""
import sys
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "src")]
from format import read_passages

from tacitus.records import Report
from tacitus.scoring import Gold, score


def record(event):
    return asdict(event) | {"trigger": event.trigger.text, "place": event.place.text if event.place else None}


def main():
    files = [Path(a) for a in sys.argv[1:]] or sorted((HERE / "blind").glob("*.txt"))
    first = {p.id: p for f in sorted((HERE / "passages").glob("*.txt")) for p in read_passages(f)}
    gold, second = [], {}
    for p in (p for f in files for p in read_passages(f)):
        if p.id not in first:
            raise SystemExit(f"the corpus holds no passage {p.id}")
        own = first[p.id]
        gold.append(Gold(Report(" ".join(own.sentences), own.id, None, own.date, own.title), [record(e) for e in own.events]))
        second[p.id] = [record(e) for e in p.events]
    figures, _ = score(gold, second)
    print(f"{len(gold)} passages coded twice, {sum(len(g.events) for g in gold)} events in the corpus, {sum(map(len, second.values()))} in the second coding")
    for name in ("triple", "triple_full", "root"):
        print(f"{name:12} P {figures[name]['precision']:.3f}  R {figures[name]['recall']:.3f}  F1 {figures[name]['f1']:.3f}")
    print("of found     " + "  ".join(f"{k} {v:.3f}" for k, v in figures["of_found"].items() if k != "events"))


if __name__ == "__main__":
    main()
