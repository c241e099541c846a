"""Which language a report is in."""

from __future__ import annotations

import math
import re

from tacitus.errors import LanguageError
from tacitus.records import Report

SAMPLE = 1000
"""Characters looked at: single sentences are told apart already, see ``CLOSE_CALL``."""

MIN_LETTERS = 60
"""Under about 60 letters identification guesses, so a shorter text counts as unknown and is accepted."""

CLOSE_CALL = 0.002
"""How likely a wanted language must be, against the likeliest, to be taken for the language.

English news full of foreign names is often taken for another language: of 6,992 English lines of the training corpus 85 were, mostly
for Nigerian Pidgin. In the worst of them English was still 0.02 as likely; in single sentences of 13 other languages it was at most
0.00002 as likely (Pidgin itself included), measured with py3langid 0.4.
"""

DECLARED = re.compile(r"([A-Za-z]{2})(?:[-_].*)?$")


def identify(text: str, wanted: frozenset[str]) -> str | None:
    """The ISO 639-1 code of the language of ``text``, one that is ``wanted`` if it is a close call; None with too few letters to tell."""
    sample = text[:SAMPLE]
    if sum(character.isalpha() for character in sample) < MIN_LETTERS:
        return None
    import py3langid

    ranked = py3langid.rank(sample)
    best, top = ranked[0]
    # The square root of the bytes makes scores of texts of all lengths comparable, as py3langid's own probabilities do.
    least = top + math.log(CLOSE_CALL) * math.sqrt(len(sample.encode("utf-8")))
    return str(next((language for language, score in ranked if language in wanted and score >= least), best))


def language_of(report: Report, wanted: frozenset[str]) -> str | None:
    """The language that the report's record declares as an ISO 639-1 code (``en``, ``en-GB``), else the one that its text is in."""
    declared = DECLARED.match(report.language.strip()) if report.language else None
    return declared.group(1).lower() if declared else identify(report.text, wanted)


def check_language(report: Report, languages: frozenset[str], where: str) -> str | None:
    """The language of a report that is among ``languages`` or unknown.

    Raises:
        LanguageError: it is in another language.
    """
    language = language_of(report, languages)
    if language is not None and language not in languages:
        wanted = ", ".join(sorted(languages))
        raise LanguageError(f'{where}: the report is in "{language}", and only {wanted} is coded; translate it, or accept its language')
    return language
