"""How well events agree with gold reports: the figures by which coders of this field are compared.

Only events of modality ``actual`` count in the first three figures. Compound actors are expanded to one triple a pair of actors and reciprocal events
to both directions, so that every system stands on the same footing.

``triple``
    (source, root, target) with an actor cut to its country or international code
``triple_full``
    (source, code, target) with full actor and CAMEO codes
``root``
    the roots of a report's events, whoever acts
``of_found``
    of the events whose triple was found, the share with the right modality, attribution, date, place, code, source and target
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tacitus.errors import RecordError, SourceError
from tacitus.records import Report, report_from_record

NOBODY = "---"
QUALITIES = ("modality", "attribution", "event_date", "place", "code", "source_full", "target_full")
Record = dict[str, Any]
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Gold:
    """A report with the events that it should give."""

    report: Report
    events: list[Record]


def gold_reports(paths: Iterable[Path]) -> list[Gold]:
    """The gold reports of JSON Lines files: ``{id, date, title, text, events}``.

    Raises:
        SourceError: a file is missing or holds no gold report.
        RecordError: a line is malformed; the message names file and line.
    """
    out = []
    for path in paths:
        for where, record in _lines(path):
            if not isinstance(record.get("events"), list):
                raise RecordError(f'{where}: a gold report needs "events", a list')
            out.append(Gold(report_from_record(record, where), record["events"]))
    if not out:
        raise SourceError("no gold report in " + ", ".join(map(str, paths)))
    return out


def read_events(path: Path, gold: Iterable[Gold]) -> dict[str, list[Record]]:
    """Coded events (JSON Lines) by the id of their report.

    Raises:
        RecordError: an event belongs to a report that the gold does not hold.
    """
    out: dict[str, list[Record]] = defaultdict(list)
    known = {g.report.id for g in gold}
    for where, record in _lines(path):
        if str(record.get("report_id")) not in known:
            raise RecordError(f"{where}: the gold holds no report {record.get('report_id')!r}")
        out[str(record["report_id"])].append(record)
    return out


def _lines(path: Path) -> Iterator[tuple[str, Record]]:
    try:
        with path.open(encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                if line.strip():
                    where = f"{path}:{number}"
                    try:
                        record = json.loads(line)
                    except json.JSONDecodeError as e:
                        raise RecordError(f"{where}: not JSON: {e}") from None
                    if not isinstance(record, dict):
                        raise RecordError(f"{where}: not a JSON object")
                    yield where, record
    except OSError as e:
        raise SourceError(f"{path}: {e.strerror}") from None


def _head(code: str | None) -> str:
    return (code or NOBODY)[:3]


def _codes(event: Record, side: str) -> list[str]:
    return [a.get("code") or NOBODY for a in event.get(side) or []] or [NOBODY]


def _pairs(event: Record) -> set[tuple[str, str]]:
    """The (source, target) pairs that one event stands for; a meeting told with all parties on one side stands for every pair of them."""
    sources, targets = _codes(event, "source"), _codes(event, "target")
    if not event.get("reciprocal"):
        return {(s, t) for s in sources for t in targets}
    if targets == [NOBODY]:
        pairs = [(s, t) for s in sources for t in sources if s != t] or [(sources[0], NOBODY)]
    else:
        pairs = [(s, t) for s in sources for t in targets]
    return {p for s, t in pairs for p in ((s, t), (t, s))}


def _triples(events: Iterable[Record], full: bool) -> set[Triple]:
    return {t for e in events if e.get("modality", "actual") == "actual" for t in _keys(e, full)}


def _keys(event: Record, full: bool = False) -> set[Triple]:
    code = str(event["code"])
    return {(s, code, t) if full else (_head(s), code[:2], _head(t)) for s, t in _pairs(event)}


def _place(event: Record) -> str:
    place = event.get("place")
    if isinstance(place, dict):
        place = place.get("name") or place.get("text")
    return (place or "").casefold().strip()


def _same_place(a: Record, b: Record) -> bool:
    x, y = _place(a), _place(b)
    return x == y or bool(x and y and (x in y or y in x))


def _attribution(event: Record) -> str | None:
    who = event.get("attribution")
    return _head(who.get("code")) if who else None


def _qualities(found: Record, gold: Record) -> dict[str, bool]:
    return {
        "modality": found.get("modality", "actual") == gold["modality"],
        "attribution": _attribution(found) == _attribution(gold),
        "event_date": (found.get("event_date") or "")[:10] == (gold.get("event_date") or "")[:10],
        "place": _same_place(found, gold),
        "code": str(found["code"]) == gold["code"],
        "source_full": set(_codes(found, "source")) == set(_codes(gold, "source")),
        "target_full": set(_codes(found, "target")) == set(_codes(gold, "target")),
    }


def matches(gold: list[Record], coded: list[Record]) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    """Gold events with the coded event that shares a triple (of like modality first), the gold ones missed, the coded ones spurious."""
    free, found, missed = list(coded), [], []
    for g in gold:
        fitting = [c for c in free if _keys(c) & _keys(g)]
        match = next((c for c in fitting if c.get("modality", "actual") == g["modality"]), fitting[0] if fitting else None)
        if match is None:
            missed.append(g)
        else:
            free.remove(match)
            found.append((g, match))
    return found, missed, free


def score(gold: Iterable[Gold], coded: dict[str, list[Record]]) -> tuple[dict[str, dict[str, float]], list[str]]:
    """The figures, and a line for every event missed or spurious."""
    tallies: dict[str, Counter[str]] = {name: Counter() for name in ("triple", "triple_full", "root")}
    right: Counter[str] = Counter()
    seen, errors = 0, []
    for report in gold:
        own = coded.get(report.report.id, [])
        _count(tallies["triple"], _triples(own, False), _triples(report.events, False))
        _count(tallies["triple_full"], _triples(own, True), _triples(report.events, True))
        _count(tallies["root"], {t[1] for t in _triples(own, False)}, {t[1] for t in _triples(report.events, False)})
        found, missed, spurious = matches(report.events, own)
        seen += len(found)
        for g, match in found:
            right.update(k for k, ok in _qualities(match, g).items() if ok)
        errors += [_line("missed", report.report.id, e) for e in missed] + [_line("spurious", report.report.id, e) for e in spurious]
    figures = {name: _figures(tally) for name, tally in tallies.items()}
    figures["of_found"] = {k: right[k] / seen if seen else 0.0 for k in QUALITIES} | {"events": seen}
    return figures, errors


def _count(tally: Counter[str], found: set[Any], gold: set[Any]) -> None:
    tally.update(right=len(found & gold), coded=len(found), gold=len(gold))


def _figures(tally: Counter[str]) -> dict[str, float]:
    precision = tally["right"] / tally["coded"] if tally["coded"] else 0.0
    recall = tally["right"] / tally["gold"] if tally["gold"] else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "gold": tally["gold"], "coded": tally["coded"]}


def _line(kind: str, report: str, event: Record) -> str:
    trigger = event["trigger"]["text"] if isinstance(event.get("trigger"), dict) else event.get("trigger")
    return f"{kind:8} {report} {'+'.join(_codes(event, 'source'))} {event['code']} {'+'.join(_codes(event, 'target'))} {event.get('modality')} {trigger!r}"
