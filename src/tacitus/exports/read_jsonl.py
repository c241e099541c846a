"""Event records back in from JSON Lines, as ``write_jsonl`` and ``tacitus code --format jsonl`` write them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tacitus.errors import RecordError
from tacitus.records import Event, event_from_record


def read_jsonl(lines: Iterable[str], where: str, problem: Callable[[str], None] | None = None) -> Iterator[Event]:
    """The events of lines of JSON, blank lines passed over. A line that is no event record goes to ``problem`` as a message that names
    ``where`` and the line, and the rest is read; half characters (lone surrogates), which no file can hold, become ``�``.

    Raises:
        RecordError: a line is no event record and nobody listens for problems.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield event_from_record(_parsed(line, f"{where}:{number}"), f"{where}:{number}")
        except RecordError as e:
            if problem is None:
                raise
            problem(str(e))


def _parsed(line: str, where: str) -> Any:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as e:
        raise RecordError(f"{where}: is no JSON: {e}") from e
    return _whole(value) if "\\ud" in line.lower() else value


def _whole(value: Any) -> Any:
    """A JSON value without half characters."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(v) for v in value]
    if isinstance(value, dict):
        return {_whole(k): _whole(v) for k, v in value.items()}
    return value
