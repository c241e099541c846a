"""Who is who: the blind mentions of this folder, resolved in their texts.

    python evaluation/actors/run.py            print the figures; exit status 1 under a floor
    python evaluation/actors/run.py --errors   the wrong ones too

The texts were written by hands that saw no gazetteer. Right at country: the first element of the code (an international code counts as one);
right in full: the whole code.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path

from tacitus.actors import ReportActors
from tacitus.language import split_sentences
from tacitus.model.session import EventModel
from tacitus.places import Gazetteer

HERE = Path(__file__).resolve().parent
FLOORS = {"country": 0.917, "full": 0.79}


def measure(errors: bool = False) -> dict[str, float]:
    """Shares of the mentions that are right."""
    model, places = EventModel(), Gazetteer()
    right = {"country": 0, "full": 0}
    total = 0
    for path in sorted(HERE.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = record["text"]
            sentences = split_sentences(text)
            readings = model.read([s.text for s in sentences])
            kinds_of = partial(model.kinds_of, readings, [s.start for s in sentences])
            actors = ReportActors(text, sentences, record["date"], record["title"], places.country_of, kinds_of=kinds_of)
            spans = []
            for m in record["mentions"]:
                start = -1
                for _ in range(m.get("occurrence", 1)):
                    start = text.index(m["text"], start + 1)
                spans.append((start, start + len(m["text"]), set(m.get("codes") or [m["code"]])))
            for start, end, gold in sorted(spans, key=lambda s: s[:2]):
                answers = actors.resolve(start, end)
                found = {a.code or "---" for a in answers}
                total += 1
                right["country"] += {c[:3] for c in found} == {c[:3] for c in gold}
                right["full"] += found == gold
                if errors and found != gold:
                    print(record["id"], record["date"], text[start:end], sorted(gold), sorted(found), answers[0].why, sep=" | ")
    return {"mentions": total, **{k: round(v / total, 3) for k, v in right.items()}}


def main() -> int:
    """Measure."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--errors", action="store_true")
    figures = measure(ap.parse_args().errors)
    print(figures, "floors", FLOORS)
    return int(any(figures[k] < floor for k, floor in FLOORS.items()))


if __name__ == "__main__":
    sys.exit(main())
