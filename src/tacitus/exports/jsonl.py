"""JSON Lines: one event record a line, as ``docs/event-record.md`` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from tacitus.records import Event


def write_jsonl(events: Iterable[Event], stream: TextIO) -> int:
    """Write events as they come, each line flushed whole; returns how many."""
    count = 0
    for event in events:
        stream.write(json.dumps(event.to_dict(), ensure_ascii=False) + "\n")
        count += 1
    return count
