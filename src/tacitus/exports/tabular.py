"""Events written in a tabular layout, as they come, into a stream: tab-separated without quoting, or comma-separated with it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from tacitus.exports.layout import Layout, Settings, Written
from tacitus.ontology import cameo_codes
from tacitus.records import Event

NO_CODE = "its code is none of CAMEO's"
"""Why an event is left out of every tabular layout."""


def write_tables(events: Iterable[Event], targets: Sequence[tuple[Layout, TextIO]], settings: Settings) -> Written:
    """Write each event to one stream a layout (GDELT's events and mentions go side by side); counts are of the first layout."""
    outputs = [(layout, _writer(layout, stream)) for layout, stream in targets]
    for layout, writer in outputs:
        if layout.header:
            writer.writerow(layout.columns)
    written = Written()
    for event in events:
        if event.code not in cameo_codes():
            written.left_out[NO_CODE] += 1
            continue
        for index, (layout, writer) in enumerate(outputs):
            rows = layout.rows(event, settings)
            if isinstance(rows, str):
                written.left_out[rows] += 1
                break
            writer.writerows(rows)
            if index == 0:
                written.events += 1
                written.rows += len(rows)
    return written


class _Tabs:
    """Rows whose cells ``tsv_cell`` made: joined with tabs, nothing quoted, as every producer's own files are."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def writerow(self, row: Sequence[str], /) -> None:
        self.stream.write("\t".join(row) + "\n")

    def writerows(self, rows: Iterable[Sequence[str]], /) -> None:
        for row in rows:
            self.writerow(row)


class _Commas:
    """Rows quoted where they must be."""

    def __init__(self, stream: TextIO) -> None:
        self.writer = csv.writer(stream, lineterminator="\n")

    def writerow(self, row: Sequence[str], /) -> None:
        self.writer.writerow(row)

    def writerows(self, rows: Iterable[Sequence[str]], /) -> None:
        self.writer.writerows(rows)


def _writer(layout: Layout, stream: TextIO) -> _Tabs | _Commas:
    return _Commas(stream) if layout.separator == "," else _Tabs(stream)
