"""Zip archives as GDELT's: one member, named like the archive; the same bytes for the same rows, whenever they are made."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold: a member's time would differ from run to run."""
PLAIN_FILE = 0o644 << 16
"""Permissions of the member, as zip keeps them."""


def zipped(table: Path, archive: Path) -> None:
    """Put a table into an archive as its one member, named as the archive is without ``.zip``; written beside and then moved into place."""
    partial = archive.with_name(f".{archive.name}.partial")
    member = zipfile.ZipInfo(archive.name.removesuffix(".zip"), EPOCH)
    member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, PLAIN_FILE, 3
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as out, table.open("rb") as rows, out.open(member, "w", force_zip64=True) as inside:
            shutil.copyfileobj(rows, inside)
        partial.replace(archive)
    finally:
        partial.unlink(missing_ok=True)
