"""What goes with the tables of a release: ``datapackage.json`` (Frictionless Data Package 1.0), ``CITATION.cff`` (1.2.0) and ``README.md``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version as version_of
from typing import Any

from tacitus._version import __version__
from tacitus.exports.cells import one_line
from tacitus.exports.release.contents import Contents
from tacitus.exports.release.settings import DEFAULT_AUTHOR, Settings
from tacitus.exports.release.tables import EVENTS_CSV, REPORTS, Field, Resource
from tacitus.ontology import QUAD_NAMES
from tacitus.store.writing import CODED_HERE

KEYWORDS = ("event data", "CAMEO", "PLOVER", "political science", "news")
PARQUET_MEDIA_TYPE, CSV_MEDIA_TYPE = "application/vnd.apache.parquet", "text/csv"


@dataclass(frozen=True, slots=True)
class Described:
    """A table that was written: its columns, rows, bytes and SHA-256."""

    resource: Resource
    fields: tuple[Field, ...]
    rows: int
    bytes: int
    sha256: str


def datapackage(settings: Settings, day: str, contents: Contents, described: Sequence[Described]) -> str:
    """``datapackage.json``. What Frictionless has no word for stands under ``tacitus``. Parquet files are of type ``file`` with a schema: Frictionless
    5.21 reads Parquet with pandas, which has no whole numbers that may be missing, and cannot count its bytes as a table's."""
    licence = settings.licence
    package = {
        "profile": "data-package",
        "name": settings.name,
        "title": settings.title,
        "version": settings.version,
        "created": f"{day}T00:00:00Z",
        "description": abstract(settings, contents),
        "keywords": list(KEYWORDS),
        "licenses": [{"name": licence.id, "title": licence.title, "path": licence.path}],
        "contributors": [{"title": author, "role": "author"} for author in settings.authors or (DEFAULT_AUTHOR,)],
        "resources": [_resource(d) for d in described],
        "tacitus": {
            "made_with": {"tacitus": __version__, "pyarrow": version_of("pyarrow")},
            "producer": settings.producer,
            "coders": dict(sorted(contents.coders.items())),
            "modalities": dict(sorted(contents.modalities.items())),
            "asked": {"since": settings.since, "until": settings.until},
            "rows": {d.resource.path: d.rows for d in described},
            "first_date": contents.first_date,
            "last_date": contents.last_date,
            "publishers": len(contents.publishers) - ("" in contents.publishers),
        },
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(d: Described) -> dict[str, Any]:
    of = d.resource
    schema: dict[str, Any] = {"fields": [f.schema() for f in d.fields], "missingValues": [""]}
    if of.key:
        schema["primaryKey"] = of.key
    if of.name == EVENTS_CSV:
        schema["foreignKeys"] = [{"fields": "report_id", "reference": {"resource": REPORTS, "fields": "id"}}]
    own: dict[str, Any] = {
        "name": of.name,
        "path": of.path,
        "title": of.title,
        "format": "csv" if of.is_csv else "parquet",
        "type": "table" if of.is_csv else "file",
        "mediatype": CSV_MEDIA_TYPE if of.is_csv else PARQUET_MEDIA_TYPE,
        "bytes": d.bytes,
        "hash": f"sha256:{d.sha256}",
        "schema": schema,
    }
    if of.is_csv:
        own |= {"rows": d.rows, "profile": "tabular-data-resource", "encoding": "utf-8"}
        own["dialect"] = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"'}
    return own


def abstract(settings: Settings, contents: Contents) -> str:
    """The release in two sentences."""
    kinds = "every modality" if settings.all_modalities else "actual events only"
    dates = f", {contents.first_date} to {contents.last_date}" if contents.first_date else ""
    return (
        f"{contents.events:,} events ({kinds}{dates}) from {contents.reports:,} news reports: who did what to whom, when and where, "
        f"in CAMEO and PLOVER codes. Coded by {', '.join(map(one_line, sorted(contents.coders)))}."
    )


def citation(settings: Settings, day: str) -> str:
    """``CITATION.cff``; every value is quoted as JSON, which YAML reads."""
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use this data set, please cite it as below."',
        "type: dataset",
        f"title: {_yaml(settings.title)}",
        f"version: {_yaml(settings.version)}",
        f"date-released: {day}",
        f"license: {_yaml(settings.license)}",
        "keywords:",
        *(f"  - {_yaml(word)}" for word in KEYWORDS),
        "authors:",
    ]
    for author in settings.authors or (DEFAULT_AUTHOR,):
        family, comma, given = (part.strip() for part in author.partition(","))
        lines += [f"  - family-names: {_yaml(family)}", f"    given-names: {_yaml(given)}"] if comma and given else [f"  - name: {_yaml(author)}"]
    return "\n".join(lines) + "\n"


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def readme(settings: Settings, day: str, contents: Contents, described: Sequence[Described]) -> str:
    """``README.md``: what it is, how to cite, read and check it."""
    licence, authors = settings.licence, "; ".join(settings.authors or (DEFAULT_AUTHOR,))
    files = "\n".join(f"| `{d.resource.path}` | {d.rows:,} | {d.resource.title} |" for d in described)
    coders = "\n".join(f"- {markdown(coder)}: {count:,} events" for coder, count in sorted(contents.coders.items()))
    classes = ", ".join(f"{contents.quads[quad]:,} {name}" for quad, name in QUAD_NAMES.items())
    silent = "" if settings.producer != CODED_HERE else " Listed are also reports in which no event was found" + (
        ", those published between the dates asked for." if settings.since or settings.until else "."
    )
    return f"""# {markdown(settings.title)}, version {settings.version}

{markdown(abstract(settings, contents))}

Cite as: {markdown(authors)} ({day[:4]}). *{markdown(settings.title)}*, version {settings.version} [data set]. Released {day}. `CITATION.cff` says the same to
programs. Licence: [{licence.title}]({licence.path}).

| file | rows | what |
|---|---|---|
{files}
| `CODEBOOK.md` | | every column, and every code that occurs |
| `datapackage.json` | | the same for programs: types, limits, sizes, checksums (Frictionless Data Package) |
| `SHA256SUMS` | | `sha256sum --check SHA256SUMS`; `tacitus verify .` checks contents too |

```python
pandas.read_parquet("events.parquet")                                          # or polars, DuckDB, Spark, R's arrow
pandas.read_csv("events.csv", dtype={{"code": str, "root": str}})                # codes begin with zeros
duckdb.sql("SELECT source_country, target_country, count(*) FROM 'pairs.parquet' GROUP BY ALL")
```

What to know:

- By quad class: {classes}.
- Rows are in the order of dates, events without a date last. Count events in `events`; an event of two sources and two targets has four rows in `pairs`.
  A reciprocal event (`reciprocal`) is there once, not the other way round too.
- The texts of the reports are their publishers' and not in this release: `reports.csv` has their addresses. Character offsets are into those texts.{silent}
- In CSV, a cell that a spreadsheet would run begins with an apostrophe, as does a cell that began with one: dropping it brings the cell back.

Made by:

{coders}
"""  # noqa: S608 - prose


def markdown(text: str) -> str:
    """A text of unknown origin on one line, in which Markdown and HTML see no mark-up."""
    text = " ".join(one_line(text).split())
    return "".join(f"&#{ord(c)};" if c in "<>&" else f"\\{c}" if c in "\\`*_[]|#" else c for c in text)
