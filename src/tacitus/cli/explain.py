"""``tacitus explain``: how a text was read."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from tacitus.cli.sources import iso_date

if TYPE_CHECKING:
    from tacitus.coding import Explanation
    from tacitus.records import Event, Report


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("text", metavar="TEXT", help="the text itself; - for standard input")
    parser.add_argument("--published", type=iso_date, metavar="DATE", help="the date of the text")
    parser.add_argument("--format", choices=("text", "json"), help="text on a terminal, json in a pipe unless given")


def run(args: argparse.Namespace) -> int:
    """Explain a text."""
    from tacitus.errors import SourceError
    from tacitus.pipeline import Coder
    from tacitus.records import Report

    text = sys.stdin.read() if args.text == "-" else args.text
    if not text.strip():
        raise SourceError("there is no text to explain: give it as an argument, in quotes, or on standard input with -")
    events, explanation = Coder().explain(text, published=args.published)
    if (args.format or ("text" if sys.stdout.isatty() else "json")) == "json":
        print(json.dumps(_record(text, events, explanation), ensure_ascii=False))
    else:
        _print(Report(text=text, title="Events", published=args.published), events, explanation)
    return 0


def _record(text: str, events: list[Event], explanation: Explanation) -> dict[str, object]:
    return {
        "sentences": [s.text for s in explanation.sentences],
        "topic": round(explanation.topic, 4),
        "eventful": explanation.eventful,
        "triggers": [
            {
                "text": text[d.trigger[0] : d.trigger[1]],
                "start": d.trigger[0],
                "end": d.trigger[1],
                "code": d.code,
                "modality": d.modality,
                "score": round(d.score, 4),
                "arguments": {role: [text[a:b] for a, b in spans] for role, spans in d.spans.items() if spans},
            }
            for d in explanation.drafts
        ],
        "actors": [
            {"text": text[a:b], "start": a, "end": b, "code": r.code, "name": r.name, "why": list(r.why)}
            for (a, b), answers in explanation.actors.items()
            for r in answers
        ],
        "events": [e.to_dict() for e in events],
    }


def _print(report: Report, events: list[Event], explanation: Explanation) -> None:
    from rich.console import Console
    from rich.text import Text

    from tacitus.cli.table import print_table
    from tacitus.cli.terminal import SOURCE_STYLE, TRIGGER_STYLE, evidence, safe
    from tacitus.ontology import cameo
    text = report.text
    console = Console(file=sys.stdout, highlight=False)
    spans = [(*d.trigger, TRIGGER_STYLE) for d in explanation.drafts] + [(*span, SOURCE_STYLE) for span in explanation.actors]
    for number, s in enumerate(explanation.sentences):
        console.print(evidence(text, s.start, s.end, spans))
        for d in (d for d in explanation.drafts if d.sentence == number):
            console.print(Text(safe(f"  {text[d.trigger[0] : d.trigger[1]]}  {d.code} {cameo(d.code).name}, {d.modality}, score {d.score:.2f}"), style="bold"))
            for role, found in d.spans.items():
                for a, b in found:
                    console.print(Text(safe(f"    {role}: {text[a:b]}")))
                    for answer in explanation.actors.get((a, b), []) if role in ("source", "target", "attribution") else []:
                        console.print(Text(safe(f"      {answer.code or 'unresolved'}: {'; '.join(answer.why)}"), style="dim"))
    console.print()
    if not explanation.eventful:
        console.print(f"As a whole the text reads like one without events (sport, markets, accidents): topic {explanation.topic:.1f}, so none is coded.")
    print_table([(report, events)], sys.stdout)
