"""Which language a report is in."""

from __future__ import annotations

import re

from tacitus.errors import LanguageError
from tacitus.records import Report

SAMPLE = 2000
"""Characters looked at: py3langid's answer on news no longer changes beyond a few hundred."""

MIN_LETTERS = 60
"""Under about 60 letters identification guesses, so a shorter text counts as unknown and is accepted."""

DECLARED = re.compile(r"([A-Za-z]{2})(?:[-_].*)?$")


def identify(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``; None if it has too few letters to tell."""
    sample = text[:SAMPLE]
    if sum(character.isalpha() for character in sample) < MIN_LETTERS:
        return None
    import py3langid

    return str(py3langid.classify(sample)[0])


def language_of(report: Report) -> str | None:
    """The language that the report's record declares as an ISO 639-1 code (``en``, ``en-GB``), else the one that its text is in."""
    declared = DECLARED.match(report.language.strip()) if report.language else None
    return declared.group(1).lower() if declared else identify(report.text)


def check_language(report: Report, languages: frozenset[str], where: str) -> str | None:
    """The language of a report that is among ``languages`` or unknown.

    Raises:
        LanguageError: it is in another language.
    """
    language = language_of(report)
    if language is not None and language not in languages:
        wanted = ", ".join(sorted(languages))
        raise LanguageError(f'{where}: the report is in "{language}", and only {wanted} is coded; translate it, or accept its language')
    return language
