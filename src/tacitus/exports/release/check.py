"""Checking a release: is every file there as it was made, and does it hold what ``datapackage.json`` says? A release is untrusted until it is checked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from tacitus.errors import ReleaseError
from tacitus.exports.release.make import DATAPACKAGE, SUMS
from tacitus.exports.release.reading import NotReadable, batches
from tacitus.exports.release.tables import EVENTS, EVENTS_CSV, PAIRS, REPORTS
from tacitus.exports.release.values import IDS, Column, Findings

LARGEST_PAPER = 64 * 1024 * 1024
"""Bytes of a data package or list of sums that are read: a release's are some 40 kB."""

Ids = dict[tuple[str, str], set[str]]
"""The different values of the columns of ids, by table and column."""

_SUM = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@dataclass(slots=True)
class Verified:
    """What a check found: problems in words (none: the release is sound), files and events that were looked at."""

    problems: list[str] = field(default_factory=list)
    files: int = 0
    events: int = 0


def verify_release(folder: Path) -> Verified:
    """Check sums, sizes, columns, types, limits, row counts, that ids are unique and codes known, and that the tables fit each other.

    Raises:
        ReleaseError: the folder is not there or holds no release (no ``datapackage.json`` that can be read).
    """
    if not folder.is_dir():
        raise ReleaseError(f"{folder}: there is no such folder: name the folder of a release")
    resources, rows = _package(folder)
    found = Verified()
    found.problems += _sums_problems(folder, found)
    ids: Ids = {}
    for resource in resources:
        found.problems += _resource_problems(folder, resource, rows.get(resource["path"]), ids)
    found.events = len(ids.get((EVENTS, "event_id"), ()))
    found.problems += _misfits(ids)
    return found


def _package(folder: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The tables that ``datapackage.json`` describes, and the rows of each by path."""
    try:
        package = json.loads(_paper(folder / DATAPACKAGE))
    except (ValueError, RecursionError) as e:
        raise ReleaseError(f"{folder / DATAPACKAGE}: is no JSON ({e}): this is no release, or a damaged one") from e
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources or not all(isinstance(r, dict) and isinstance(r.get("path"), str) for r in resources):
        raise ReleaseError(f"{folder / DATAPACKAGE}: lists no resources with a path: this is no release, or a damaged one")
    own = package.get("tacitus")
    rows = own.get("rows") if isinstance(own, dict) else None
    return resources, rows if isinstance(rows, dict) else {}


def _paper(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_PAPER + 1)
        if len(content) > LARGEST_PAPER:
            raise ReleaseError(f"{path}: is larger than {LARGEST_PAPER:,} bytes: this is none of a release")
        return content.decode("utf-8")
    except OSError as e:
        raise ReleaseError(f"{path}: cannot be read ({e.strerror}): name the folder of a release") from e
    except UnicodeDecodeError as e:
        raise ReleaseError(f"{path}: is no UTF-8: the file is damaged") from e


def _sums_problems(folder: Path, found: Verified) -> Iterator[str]:
    try:
        lines = _paper(folder / SUMS).splitlines()
    except ReleaseError as e:
        yield str(e)
        return
    listed = {}
    for number, line in enumerate(lines, 1):
        match = _SUM.fullmatch(line)
        if not match:
            yield f"{SUMS}:{number}: is no checksum and file name"
            continue
        listed[match[2]] = match[1]
    for name, expected in sorted(listed.items()):
        path = _within(folder, name)
        if path is None:
            yield f"{name}: {SUMS} names it, and it is missing or not a plain file of this folder"
            continue
        found.files += 1
        if _sha256(path) != expected:
            yield f"{name}: its content is not what was released: the SHA-256 differs from that in {SUMS}"
    for path in sorted(folder.iterdir()):
        if path.name != SUMS and path.name not in listed:
            yield f"{path.name}: is in the folder and not in {SUMS}: it does not belong to the release"


def _within(folder: Path, name: str) -> Path | None:
    """A plain file directly in the folder; None for anything else (another folder's, a link, none at all)."""
    path = folder / name
    return path if PurePosixPath(name).name == name and path.is_file() and not path.is_symlink() else None


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _resource_problems(folder: Path, resource: dict[str, Any], rows: Any, ids: Ids) -> Iterator[str]:
    name = str(resource["path"])
    path = _within(folder, name)
    if path is None:
        yield f"{name}: {DATAPACKAGE} lists it, and it is missing or not a plain file of this folder"
        return
    size = path.stat().st_size
    if resource.get("bytes") != size:
        yield f"{name}: has {size:,} bytes, and {DATAPACKAGE} says {resource.get('bytes')}"
    if resource.get("hash") != f"sha256:{_sha256(path)}":
        yield f"{name}: its SHA-256 differs from that in {DATAPACKAGE}"
    schema = resource.get("schema")
    told = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(told, list) or not all(isinstance(f, dict) and isinstance(f.get("name"), str) for f in told):
        yield f"{name}: {DATAPACKAGE} does not tell its columns"
        return
    findings = Findings(name)
    columns = [Column(f, findings, is_csv=name.endswith(".csv")) for f in told]
    count = 0
    try:
        for values in batches(path, [(f["name"], str(f.get("type"))) for f in told]):
            length = max(map(len, values.values()), default=0)
            for column in columns:
                if column.name in values:
                    column.check(values[column.name], count + 1)
            _codes_and_roots(values, findings, count + 1)
            count += length
    except NotReadable as e:
        yield from findings.told()
        yield f"{name}: {e}"
        return
    yield from findings.told()
    if rows != count:
        yield f"{name}: has {count:,} rows, and {DATAPACKAGE} says {rows}"
    ids.update({(str(resource.get("name")), column.name): column.seen for column in columns if column.name in IDS})


def _codes_and_roots(values: dict[str, list[Any]], findings: Findings, first: int) -> None:
    for row, (code, root) in enumerate(zip(values.get("code", ()), values.get("root", ()), strict=False), first):
        if isinstance(code, str) and isinstance(root, str) and not code.startswith(root):
            findings.add(row, "root", f"{root[:20]!r} is not the root of code {code[:20]!r}")


def _misfits(ids: Ids) -> Iterator[str]:
    """Tables that tell of different events, and events whose report is not listed."""
    events = ids.get((EVENTS, "event_id"))
    for other in (EVENTS_CSV, PAIRS):
        others = ids.get((other, "event_id"))
        if events is not None and others is not None and others != events:
            yield f"{other}: its events are not those of {EVENTS}: {len(others - events):,} are there only, {len(events - others):,} are missing"
    told, listed = ids.get((EVENTS, "report_id")), ids.get((REPORTS, "id"))
    if told is not None and listed is not None and told - listed:
        yield f"{REPORTS}: lacks {len(told - listed):,} report(s) that tell an event"
