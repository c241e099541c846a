"""CSV: one row an event, nested fields flattened (``source_code``, ``place_lat``), lists joined with ``; ``.

A spreadsheet runs a cell that begins with ``= + - @`` or a tab; text cells that do are written with an apostrophe before them (and so are those
that begin with an apostrophe, so that dropping one brings every cell back).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from tacitus.producers.countries import fips_region, iso_region

if TYPE_CHECKING:
    from tacitus.records import Event

COLUMNS = (
    "event_id report_id url published title sentence trigger_text trigger_start trigger_end code root name quad_class goldstein "
    "plover_event plover_mode plover_context modality reciprocal source_code source_text source_name target_code target_text target_name "
    "attribution_code attribution_text event_date date_precision place_text place_name place_country place_country_fips "
    "place_admin1 place_admin1_fips place_admin1_iso place_lat place_lon place_geonameid place_precision killed "
    "wounded detained participants confidence mentions coder"
).split()
RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
_QUOTED = re.compile(r'[",\r\n]')


def flat(event: Event) -> dict[str, Any]:
    """An event as one row, in the order of ``COLUMNS``."""
    place, attribution = event.place, event.attribution
    country_fips, admin1_fips = fips_region(place.country, place.admin1) if place else ("", "")
    row: dict[str, Any] = {name: getattr(event, name) for name in COLUMNS if hasattr(event, name)}
    row.update(
        trigger_text=event.trigger.text,
        trigger_start=event.trigger.start,
        trigger_end=event.trigger.end,
        plover_event=event.plover.event,
        plover_mode=event.plover.mode,
        plover_context="; ".join(event.plover.context),
        attribution_code=attribution.code if attribution else None,
        attribution_text=attribution.text if attribution else None,
        mentions=len(event.mentions),
        **{f"place_{name}": getattr(place, name) if place else None for name in "text name country admin1 lat lon geonameid precision".split()},
        place_country_fips=country_fips or None,
        place_admin1_fips=admin1_fips or None,
        place_admin1_iso=(iso_region(place.country, place.admin1) if place else "") or None,
        **{name: getattr(event.counts, name) for name in ("killed", "wounded", "detained", "participants")},
    )
    for side, actors in (("source", event.source), ("target", event.target)):
        row[f"{side}_code"] = "; ".join(a.code or "" for a in actors)
        row[f"{side}_text"] = "; ".join(a.text for a in actors)
        row[f"{side}_name"] = "; ".join(a.name or "" for a in actors).strip("; ")
    return {name: row[name] for name in COLUMNS}


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet runs; ``value[1:]`` brings a cell back that begins with an apostrophe."""
    return "'" + value if isinstance(value, str) and value.startswith(RISKY) else value


def csv_line(cells: Iterable[Any]) -> str:
    """Cells as a line of CSV, made safe and quoted where they must be. Python's own writer leaves a lone carriage return unquoted, and then nobody can
    read the row."""
    line = ",".join(_quoted(safe_cell(cell)) for cell in cells)
    return (line or '""') + "\n"  # a blank line is no row


def _quoted(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def write_csv(events: Iterable[Event], stream: TextIO) -> int:
    """Write a header and a row an event as they come; returns how many events."""
    stream.write(csv_line(COLUMNS))
    count = 0
    for event in events:
        stream.write(csv_line(flat(event).values()))
        count += 1
    return count
