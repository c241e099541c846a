"""One actor told twice side by side: "a Catholic priest, Fidelis Mukonori," and "Britain, whose foreign secretary" are one each, not two."""

from __future__ import annotations

import re

Span = tuple[int, int]

_DESCRIPTION = re.compile(r"(?:^|[\s’'-])(?!\w*s$)[a-z][\w-]*$")
"""Ends on a common noun in the singular; a plural one begins a list of examples ("charities, Oxfam among them")."""
_CLOSED = re.compile(r"[.;:)]|,(?! (?:and|or)\b)|$")
"""What follows an apposition's last word; a comma and "and" go on with a list."""


def tells_again(text: str, described: Span, named: Span) -> bool:
    """Whether the second of two mentions of one role says who the first is, so that both are one actor.

    Args:
        text: what both spans count characters of.
        described: the mention that stands first.
        named: the one after it.
    """
    if text[described[1] : named[0]] != ", ":
        return False
    second = text[slice(*named)]
    if second.startswith("whose "):
        return True
    begins_name = any(word[:1].isupper() for word in second.split()[:2])
    return begins_name and bool(_DESCRIPTION.search(text[slice(*described)])) and bool(_CLOSED.match(text, named[1]))
