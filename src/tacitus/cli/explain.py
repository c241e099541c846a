"""``tacitus explain``: how a text was read."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tacitus.cli.own import add_actor_options, own_actors
from tacitus.cli.sources import iso_date

if TYPE_CHECKING:
    from tacitus.actors.dictionaries import Verbs
    from tacitus.coding import Explanation
    from tacitus.records import Event, Report


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("text", metavar="TEXT", help="the text itself; - for standard input")
    parser.add_argument("--published", type=iso_date, metavar="DATE", help="the date of the text")
    add_actor_options(parser)
    parser.add_argument("--verbs", type=Path, metavar="FILE", help="a PETRARCH or TABARI verb dictionary: show its codes beside the model's")
    parser.add_argument("--format", choices=("text", "json"), help="text on a terminal, json in a pipe unless given")


def run(args: argparse.Namespace) -> int:
    """Explain a text."""
    from tacitus.errors import SourceError
    from tacitus.pipeline import Coder
    from tacitus.records import Report

    raw = sys.stdin.buffer.read() if args.text == "-" else os.fsencode(args.text)
    text = raw.decode("utf-8", errors="replace")  # whatever a shell gives
    if not text.strip():
        raise SourceError("there is no text to explain: give it as an argument, in quotes, or on standard input with -")
    own = own_actors(args)
    verbs = _verbs(args.verbs) if args.verbs else None
    events, explanation = Coder(actors=own).explain(text, published=args.published)
    if (args.format or ("text" if sys.stdout.isatty() else "json")) == "json":
        print(json.dumps(_record(text, events, explanation, verbs), ensure_ascii=False))
    else:
        _print(Report(text=text, title="Events", published=args.published), events, explanation, verbs)
    return 0


def _verbs(path: Path) -> Verbs:
    from tacitus.actors.own import read_file
    from tacitus.errors import ActorsError

    verbs = read_file(path).verbs
    if verbs is None:
        raise ActorsError(f"{path}: is no dictionary of verbs: give it with --actors")
    return verbs


def _codes_of(trigger: str, verbs: Verbs | None) -> list[str]:
    """What a verb dictionary has for a trigger: the codes of the verb, the commonest of its patterns after it."""
    found = verbs.of(trigger) if verbs else []
    own = [verb.code for verb in found if verb.code]
    patterns = [p.code for verb in found for p in (verbs.patterns if verbs else ()) if p.verb == verb.phrase and p.code]
    return list(dict.fromkeys([*own, *sorted(patterns, key=patterns.count, reverse=True)]))


def _record(text: str, events: list[Event], explanation: Explanation, verbs: Verbs | None) -> dict[str, object]:
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
                **({"dictionary": _codes_of(text[d.trigger[0] : d.trigger[1]], verbs)} if verbs else {}),
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


def _print(report: Report, events: list[Event], explanation: Explanation, verbs: Verbs | None) -> None:
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
            if codes := _codes_of(text[d.trigger[0] : d.trigger[1]], verbs):
                console.print(Text(f"    the verb dictionary has: {', '.join(codes)}", style="dim"))
            for role, found in d.spans.items():
                for a, b in found:
                    console.print(Text(safe(f"    {role}: {text[a:b]}")))
                    for answer in explanation.actors.get((a, b), []) if role in ("source", "target", "attribution") else []:
                        console.print(Text(safe(f"      {answer.code or 'unresolved'}: {'; '.join(answer.why)}"), style="dim"))
    console.print()
    if not explanation.eventful:
        console.print(f"As a whole the text reads like one without events (sport, markets, accidents): topic {explanation.topic:.1f}, so none is coded.")
    print_table([(report, events)], sys.stdout)
