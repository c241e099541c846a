"""``tacitus evaluate``: the scorer's figures on gold reports."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD", help="gold reports as JSON Lines: {id, date, title, text, events}")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N missed and spurious events")
    parser.add_argument("--events", type=Path, metavar="FILE", help="score these events (JSON Lines) instead of coding the reports now")
    parser.add_argument("--format", choices=("text", "json"), help="text on a terminal, json in a pipe unless given")


def run(args: argparse.Namespace) -> int:
    """Code the gold reports and score the result."""
    from tacitus.scoring import gold_reports, read_events, score

    gold = gold_reports(args.gold)
    if args.events:
        coded = read_events(args.events, gold)
    else:
        from tacitus.pipeline import Coder

        coded = {report.id: [e.to_dict() for e in events] for report, events in Coder().code_many(g.report for g in gold)}
    figures, errors = score(gold, coded)
    if (args.format or ("text" if sys.stdout.isatty() else "json")) == "json":
        print(json.dumps(figures))
    else:
        print(figures_text(figures))
    for error in errors[: args.errors]:
        print(error)
    return 0


def figures_text(figures: dict[str, dict[str, float]]) -> str:
    """The figures as the scorer prints them."""
    lines = [
        f"{name:12} P {f['precision']:.3f}  R {f['recall']:.3f}  F1 {f['f1']:.3f}  (gold {f['gold']:.0f}, coded {f['coded']:.0f})"
        for name, f in figures.items()
        if "f1" in f
    ]
    found = figures["of_found"]
    return "\n".join([*lines, "of found     " + "  ".join(f"{k} {v:.3f}" if k != "events" else f"events {v:.0f}" for k, v in found.items())])
