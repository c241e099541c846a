"""Coded reports as a table for a terminal: a line an event, the evidence highlighted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tacitus.cli.terminal import (
    CONTEXT,
    PLACE_STYLE,
    SOURCE_STYLE,
    TARGET_STYLE,
    TRIGGER_STYLE,
    WORD_STYLE,
    actor_label,
    evidence,
    marks,
    safe,
)

if TYPE_CHECKING:
    from tacitus.records import Event, Report

WIDTH_IN_A_PIPE = 160
LEGEND = {"trigger": TRIGGER_STYLE, "source": SOURCE_STYLE, "target": TARGET_STYLE, "on whose word": WORD_STYLE, "place": PLACE_STYLE}


def print_table(coded: Iterable[tuple[Report, list[Event]]], stream: Any) -> None:
    """Each report's events under its title."""
    console = Console(file=stream, width=None if stream.isatty() else WIDTH_IN_A_PIPE, highlight=False)
    shown = False
    for report, events in coded:
        title = report.title or report.url or report.id
        console.print(Text(safe(f"{title}  ({report.published or 'no date'})"), style="bold"))
        if not events:
            console.print("  no events\n")
            continue
        console.print(_table(report, events))
        shown = True
    if shown:
        legend = Text("evidence: ")
        for word, style in LEGEND.items():
            legend.append(word, style=style)
            legend.append("  ")
        console.print(legend)


def _table(report: Report, events: list[Event]) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name, options in (
        ("date", {"no_wrap": True}),
        ("source", {"style": SOURCE_STYLE, "overflow": "fold"}),
        ("code", {"overflow": "fold"}),
        ("target", {"style": TARGET_STYLE, "overflow": "fold"}),
        ("on the word of", {"style": WORD_STYLE, "overflow": "fold"}),
        ("place", {"style": PLACE_STYLE, "overflow": "fold"}),
        ("p", {"no_wrap": True, "justify": "right"}),
        ("evidence", {"ratio": 1, "overflow": "fold"}),
    ):
        table.add_column(name, **options)
    for e in events:
        arrow = " ↔" if e.reciprocal else ""
        how = "" if e.modality == "actual" else f"\n({e.modality})"
        table.add_row(
            (e.event_date or "–") + ("" if e.date_precision in (None, "day") else f"\n({e.date_precision})"),
            actor_label(e.source),
            safe(f"{e.code} {e.name}{arrow}{how}"),
            actor_label(e.target),
            actor_label((e.attribution,)) if e.attribution else "",
            safe((e.place.name or e.place.text) if e.place else ""),
            f"{e.confidence:.2f}",
            _evidence(report.text, e),
        )
    return table


def _evidence(text: str, e: Event) -> Text:
    start = max(0, e.trigger.start - CONTEXT // 2)
    end = min(len(text), e.trigger.end + CONTEXT // 2)
    while 0 < start < e.trigger.start and not text[start - 1].isspace():
        start += 1
    while len(text) > end > e.trigger.end and not text[end].isspace():
        end -= 1
    shown = evidence(text, start, end, marks(e))
    return Text.assemble("…" if start else "", shown, "…" if end < len(text) else "")
