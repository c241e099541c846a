"""Text for terminals: control characters of untrusted text made harmless, evidence highlighted."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

    from tacitus.records import Actor, Event

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TRIGGER_STYLE, SOURCE_STYLE, TARGET_STYLE, WORD_STYLE, PLACE_STYLE = "bold reverse", "bold cyan", "bold magenta", "yellow", "green"
CONTEXT = 160
"""Characters of evidence shown beside an event."""


def safe(text: str) -> str:
    """A text without characters that a terminal would act on: controls, escapes, direction overrides."""
    return _CONTROL.sub(lambda m: " " if m[0] in "\t\n\r" else "\N{REPLACEMENT CHARACTER}", unicodedata.normalize("NFC", text))


def actor_label(actors: tuple[Actor, ...]) -> str:
    """Codes of the actors in a role; the words themselves where nothing resolves them."""
    return safe(" + ".join(dict.fromkeys(a.code or f"“{a.text}”" for a in actors))) or "–"


def evidence(text: str, start: int, end: int, marks: list[tuple[int, int, str]]) -> Text:
    """The characters ``start:end`` of a report with spans highlighted, safe for a terminal."""
    from rich.text import Text

    out = Text(safe(text[start:end]))
    if len(out.plain) != end - start:  # composed characters moved the offsets: show it unmarked
        return out
    for a, b, style in marks:
        if a < end and b > start:
            out.stylize(style, max(a, start) - start, min(b, end) - start)
    return out


def marks(event: Event) -> list[tuple[int, int, str]]:
    """The spans of an event and their styles."""
    out = [(a.start, a.end, SOURCE_STYLE) for a in event.source] + [(a.start, a.end, TARGET_STYLE) for a in event.target]
    if event.attribution:
        out.append((event.attribution.start, event.attribution.end, WORD_STYLE))
    if event.place:
        out.append((event.place.start, event.place.end, PLACE_STYLE))
    return [*out, (event.trigger.start, event.trigger.end, TRIGGER_STYLE)]
