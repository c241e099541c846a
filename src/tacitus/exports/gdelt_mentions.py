"""GDELT 2.0 mention rows (16 columns): each place in the report that tells an event, under the same GLOBALEVENTID as its event row."""

from __future__ import annotations

from tacitus.exports.cells import citation, is_web, site
from tacitus.exports.dyads import Dyad, dyads
from tacitus.exports.gdelt import NEUTRAL, date_added, stamp
from tacitus.exports.layout import NO_DATE, Layout, Row, Settings
from tacitus.producers.columns import names
from tacitus.producers.numbers import event_day
from tacitus.records import Actor, Event, Mention

WEB, CITATION_ONLY = "1", "2"
"""GDELT's MentionType: a page of the web, or a report known by its citation only."""
MISSING_ACTOR = "-1"
"""What GDELT writes for the offset of an actor that is not there."""
CONFIDENCE_STEP, LEAST_CONFIDENCE = 10, 10
"""GDELT gives confidence in per cent, in tens, from 10 to 100."""


def mention_rows(event: Event, settings: Settings) -> list[Row] | str:
    """An event's mentions, for each of its pairs."""
    added = date_added(event, settings)
    if added is None or event_day(event, added) is None:
        return NO_DATE
    told = event.mentions or (Mention(event.sentence, event.trigger.start, event.trigger.end),)
    return [_row(dyad, mention, stamp(added)) for dyad in dyads(event) for mention in told]


def _row(dyad: Dyad, mention: Mention, added: str) -> Row:
    event = dyad.event
    cells = {
        "GLOBALEVENTID": str(dyad.number),
        "EventTimeDate": added,
        "MentionTimeDate": added,
        "MentionType": WEB if is_web(event) else CITATION_ONLY,
        "MentionSourceName": site(event),
        "MentionIdentifier": citation(event),
        "SentenceID": str(mention.sentence + 1),
        "Actor1CharOffset": _offset(dyad.source),
        "Actor2CharOffset": _offset(dyad.target),
        "ActionCharOffset": str(mention.start),
        "InRawText": "1",
        "Confidence": str(min(100, max(LEAST_CONFIDENCE, round(event.confidence * 100 / CONFIDENCE_STEP) * CONFIDENCE_STEP))),
        "MentionDocTone": NEUTRAL,
    }
    return [cells.get(name, "") for name in names("gdelt2-mentions")]


def _offset(actor: Actor | None) -> str:
    return str(actor.start) if actor else MISSING_ACTOR


GDELT2_MENTIONS = Layout("gdelt2-mentions", names("gdelt2-mentions"), mention_rows, header=False, suffix=".mentions.CSV")
