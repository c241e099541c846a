"""PETRARCH2's output (13 tab-separated columns, no header): date, source, target, code, issues, ids, URL, story source, actor texts, event text, roots."""

from __future__ import annotations

from tacitus.exports.cells import citation, site, tsv_cell
from tacitus.exports.dyads import dyads
from tacitus.exports.layout import NO_DATE, Layout, Row, Settings
from tacitus.producers.codes import gdelt_actor_code
from tacitus.producers.columns import names
from tacitus.producers.numbers import compact, event_day
from tacitus.records import Actor, Event

NOBODY = "---"
"""What PETRARCH writes for an actor that is missing or has no code."""


def event_rows(event: Event, settings: Settings) -> list[Row] | str:
    """An event's rows, one a pair; left out where neither the event nor its report has a date."""
    day = event_day(event, settings.added)
    if day is None:
        return NO_DATE
    return [
        [
            compact(day),
            _code(dyad.source),
            _code(dyad.target),
            dyad.code,
            "",
            f"{tsv_cell(event.report_id)}_{event.sentence}",
            citation(event) if event.url else "",
            site(event),
            _text(dyad.source),
            _text(dyad.target),
            tsv_cell(event.trigger.text),
            _root(dyad.source),
            _root(dyad.target),
        ]
        for dyad in dyads(event)
    ]


def _code(actor: Actor | None) -> str:
    return tsv_cell(gdelt_actor_code(actor.code)) if actor and actor.code else NOBODY


def _text(actor: Actor | None) -> str:
    return tsv_cell(actor.text) if actor else NOBODY


def _root(actor: Actor | None) -> str:
    """The noun that an actor was found by; we have its name in full."""
    return tsv_cell(actor.name or actor.text) if actor else NOBODY


PETRARCH2 = Layout("petrarch2", names("petrarch2"), event_rows, header=False, suffix=".txt")
