"""From the words of a time expression to a date: the first rule of ``rules.py`` whose pattern the words hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tacitus.times.rules import Reference, plain, rules

if TYPE_CHECKING:
    from datetime import date

    from tacitus.times.value import TimeValue


def resolve_time(words: str, published: date | None, future: bool = False, anchor: date | None = None) -> TimeValue | None:
    """The date that words give (rules of coding, section 5), or None where they give none.

    Args:
        words: a time expression, with its preposition or without ("on Thursday", "since March", "two days earlier").
        published: the report's date. Without it only what is absolute ("14 June 2003", "the 1990s") has a date.
        future: the event is planned: a weekday or month without a year is the nearest to come, not the nearest gone by.
        anchor: the date of the event that the text relates this one to ("the next day", "two days later"); the report's date
            stands in for it where the words look back or point at the same day. "N days after" names the time of what stands
            *after* it ("on Sunday, two days after his men ousted the junta"): N days before the anchor.
    """
    reference = Reference(published, anchor, future)
    text = plain(words)
    for rule in rules():
        found = rule.pattern.search(text)
        if found:
            return rule.resolve(found, reference)
    return None
