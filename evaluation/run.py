"""Every accuracy figure, beside its floor.

    python evaluation/run.py              print the table; exit status 1 if a figure lies under its floor
    python evaluation/run.py --raise      raise floors to today's figures (less a margin), never lower one
    python evaluation/run.py --lower NAME VALUE
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from tacitus import Coder
from tacitus.scoring import Gold, gold_reports, matches, score

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
GOLD = HERE / "gold" / "reports.jsonl"
SHARED = Path(os.environ.get("TACITUS_SHARED", HERE.parents[1] / "shared"))
SEED_DATE = "2016-09-25"
BINS = 5
"""Of about thirty events each. A coder calibrated perfectly would read about 0.06 on so few events, for chance alone."""
MARGIN = 0.02
"""Left between a figure and its floor, for processors that round otherwise."""


def gold_figures(coder: Coder, gold: list[Gold], name: str) -> dict[str, float]:
    """The scorer's figures, flattened."""
    coded = {report.id: [e.to_dict() for e in events] for report, events in coder.code_many(g.report for g in gold)}
    figures, _ = score(gold, coded)
    flat = {f"{name}_{k}_f1": figures[k]["f1"] for k in ("triple", "triple_full", "root")}
    flat |= {f"{name}_{k}": v for k, v in figures["of_found"].items() if k != "events"}
    if name == "validation":
        flat["validation_calibration"] = 1 - calibration_error(gold, coded)
    eventless = [g.report.id for g in gold if not g.events]
    if eventless:
        quiet = sum(not [e for e in coded[i] if e["modality"] == "actual"] for i in eventless)
        flat[f"{name}_eventless_quiet"] = quiet / len(eventless)
    return flat


def calibration_error(gold: list[Gold], coded: dict[str, list[dict[str, Any]]]) -> float:
    """Expected calibration error: how far confidences lie from the shares that are right, in ``BINS`` bins of as many events each. An event is right if it
    shares (source country, root, target country) with a gold event of its report and has its modality."""
    judged = []
    for g in gold:
        found, _, _ = matches(g.events, coded[g.report.id])
        right = {id(event) for own, event in found if event["modality"] == own["modality"]}
        judged += [(event["confidence"], id(event) in right) for event in coded[g.report.id]]
    judged.sort(key=lambda x: x[0])
    bins = [judged[i * len(judged) // BINS : (i + 1) * len(judged) // BINS] for i in range(BINS)]
    return sum(abs(sum(p for p, _ in b) - sum(ok for _, ok in b)) for b in bins) / len(judged)


def all_figures() -> tuple[dict[str, float], list[str]]:
    """Every figure that can be taken here, and what was skipped and why."""
    coder, skipped = Coder(), []
    figures = gold_figures(coder, gold_reports([GOLD]), "validation")
    seed, plv = SHARED / "data/validation/seed.jsonl", SHARED / "data/plv_validation.tsv"
    if seed.is_file():
        figures |= {k: v for k, v in gold_figures(coder, gold_reports([seed]), "seed").items() if k == "seed_triple_f1"}
    else:
        skipped.append(f"the seed record: no {seed}")
    if plv.is_file():
        sys.path.insert(0, str(HERE))
        from plv import measure

        figures |= measure(plv, coder)
    else:
        skipped.append(f"PLV: no {plv}")
    return figures, skipped


def floors() -> dict[str, float]:
    """The pinned floors."""
    pinned: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return pinned


def main() -> int:
    """Print, raise or lower."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--raise", dest="lift", action="store_true")
    ap.add_argument("--lower", nargs=2, metavar=("NAME", "VALUE"))
    args = ap.parse_args()
    pinned = floors()
    if args.lower:
        pinned[args.lower[0]] = float(args.lower[1])
        FLOORS.write_text(json.dumps(pinned, indent=1) + "\n", encoding="utf-8")
        return 0
    figures, skipped = all_figures()
    if args.lift:
        pinned |= {k: round(v - MARGIN, 3) for k, v in figures.items() if v - MARGIN > pinned.get(k, 0.0)}
        FLOORS.write_text(json.dumps(pinned, indent=1) + "\n", encoding="utf-8")
    under = 0
    for name in {**pinned, **figures}:
        value, floor = figures.get(name), pinned.get(name)
        bad = value is not None and floor is not None and value < floor
        under += bad
        shown = "skipped" if value is None else f"{value:.3f}"
        print(f"{name:28} {shown:>8}  floor {'-' if floor is None else f'{floor:.3f}'}{'  UNDER' if bad else ''}")
    for what in skipped:
        print(f"skipped {what}")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
