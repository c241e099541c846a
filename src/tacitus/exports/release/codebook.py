"""``CODEBOOK.md``: every column of every table, and every code that occurs in the release with its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from tacitus.config import table
from tacitus.exports.release.contents import Contents
from tacitus.exports.release.papers import Described, markdown
from tacitus.exports.release.settings import Settings
from tacitus.ontology import QUAD_NAMES, cameo, cameo_codes, cameo_roots, country_codes, roles
from tacitus.producers.codes import actor_parts

UNKNOWN = "not in the ontology"
ANY_COUNTRY = "USA"
"""An element is a people, faith or group after any country."""


def codebook(settings: Settings, contents: Contents, described: Sequence[Described]) -> str:
    """The codebook of a release, as Markdown."""
    parts = [f"# Codebook: {markdown(settings.title)}, version {settings.version}\n"]
    for d in described:
        parts.append(f"## `{d.resource.path}`\n\n{d.resource.title}. {d.rows:,} rows.\n")
        parts.append(_table(("column", "type", "limits", "meaning"), ((f"`{f.name}`", f.type, _limits(f.schema()), f.description) for f in d.fields)))
    parts.append("## CAMEO codes\n\nThose that occur, with their number of events.\n")
    parts.append(_table(("code", "name", "root", "quad class", "Goldstein", "PLOVER", "events"), _codes(contents)))
    parts.append("## PLOVER events and modes\n")
    plover = sorted(contents.plover.items())
    parts.append(_table(("event", "mode", "events"), ((markdown(event), markdown(mode), f"{n:,}") for (event, mode), n in plover)))
    parts.append("## Parts of actor codes\n\nThree letters each: a country or international class, then what the actor is there (CAMEO manual, 3).\n")
    parts.append(_table(("part", "name", "actors"), ((markdown(e), _element(e), f"{n:,}") for e, n in sorted(contents.actor_elements.items()))))
    parts.append("## Modality\n")
    parts.append(_table(("modality", "events"), ((m, f"{n:,}") for m, n in sorted(contents.modalities.items()))))
    return "\n".join(parts)


def _codes(contents: Contents) -> Iterable[tuple[str, ...]]:
    for code, count in sorted(contents.codes.items()):
        if code not in cameo_codes():
            yield markdown(code), UNKNOWN, "", "", "", "", f"{count:,}"
            continue
        entry = cameo(code)
        root = f"{entry.root} {cameo_roots()[entry.root]}"
        quad = f"{entry.quad_class} {QUAD_NAMES[entry.quad_class]}"
        plover = " ".join(filter(None, (entry.plover.event, entry.plover.mode, *entry.plover.context)))
        yield code, entry.name, root, quad, f"{entry.goldstein:g}", plover, f"{count:,}"


@cache
def _international() -> dict[str, str]:
    return {row["code"]: row["name"] for row in table("exports.release", "international")}


def _element(element: str) -> str:
    named = _international().get(element) or country_codes().get(element)
    if named:
        return named
    if element in roles():
        return roles()[element].name
    parts = actor_parts(f"{ANY_COUNTRY}{element}")
    return "a people" if parts.ethnic else "a faith" if parts.religions else "a named group or organisation"


def _limits(schema: dict[str, object]) -> str:
    given = schema.get("constraints")
    if not isinstance(given, dict):
        return ""
    said = [name for name in ("required", "unique") if given.get(name)]
    said += [f"{name} {given[name]}" for name in ("minimum", "maximum") if name in given]
    return ", ".join([*said, *([" / ".join(given["enum"])] if "enum" in given else [])])


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, ["---"] * len(header), *rows)) + "\n"
