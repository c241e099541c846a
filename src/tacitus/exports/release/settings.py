"""What a release is called, what goes in, and under which licence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

from tacitus.config import table
from tacitus.errors import ReleaseError
from tacitus.store import EventFilter
from tacitus.store.writing import CODED_HERE

DEFAULT_TITLE = "Tacitus event data"
DEFAULT_LICENSE = "CC-BY-4.0"
"""Attribution: what most event data sets ask for."""
DEFAULT_AUTHOR = "Tacitus (event coder)"
"""A citation needs an author; a person or institution should be named instead."""
LONGEST_LINE = 300
"""Characters of a title or an author's name."""

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}")
_LICENSE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,63}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_OF_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class License:
    """A licence: its SPDX id, its title and its address."""

    id: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What to release.

    Args:
        version: the release's own version, such as ``2026.11``.
        title: the data set's name.
        license: SPDX id.
        authors: who is cited; ``Family, Given`` is a person, anything else an institution.
        since, until: the events' dates, as in ``EventFilter``.
        all_modalities: planned, hypothetical and negated events too.
        producer: whose events: those coded here, or imported ones.
        date: ISO date of the release; None: the newest publication date in it (there is no clock in a release).

    Raises:
        ReleaseError: a version, licence, title, author or date that cannot be written.
    """

    version: str
    title: str = DEFAULT_TITLE
    license: str = DEFAULT_LICENSE
    authors: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    all_modalities: bool = False
    producer: str = CODED_HERE
    date: str | None = None

    def __post_init__(self) -> None:
        if not _VERSION.fullmatch(self.version):
            raise ReleaseError(f"{self.version[:40]!r} is no version: write letters, digits and . + _ - only, such as 2026.11")
        if not _LICENSE.fullmatch(self.license):
            raise ReleaseError(f"{self.license[:40]!r} is no licence: write its SPDX id, such as {DEFAULT_LICENSE} or CC0-1.0")
        for what, line in (("title", self.title), *(("author", a) for a in self.authors)):
            if not line.strip() or len(line) > LONGEST_LINE or _CONTROL.search(line):
                raise ReleaseError(f"the {what} {line[:40]!r} is empty, longer than {LONGEST_LINE} characters or not on one line")
        if self.date is not None and iso_day(self.date) != self.date:
            raise ReleaseError(f"{self.date[:40]!r} is no date: write it 2026-11-22")

    @property
    def wanted(self) -> EventFilter:
        """The events that go in."""
        return EventFilter(since=self.since, until=self.until, modality=None if self.all_modalities else "actual", producer=self.producer)

    @property
    def name(self) -> str:
        """The title as Frictionless wants a package's name: small letters, digits and hyphens."""
        plain = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode().lower()
        return _NOT_OF_A_NAME.sub("-", plain).strip("-") or "event-data"

    @property
    def licence(self) -> License:
        """The licence with its title and address."""
        return licenses().get(self.license) or License(self.license, self.license, f"https://spdx.org/licenses/{self.license}.html")


@cache
def licenses() -> dict[str, License]:
    """Licences that data sets are released under, by SPDX id."""
    return {row["id"]: License(row["id"], row["title"], row["path"]) for row in table("exports.release", "licenses")}


def iso_day(text: str | None) -> str | None:
    """The day of an ISO date or timestamp; None where it is none."""
    try:
        return date.fromisoformat((text or "")[: len("2026-11-22")]).isoformat()
    except ValueError:
        return None
