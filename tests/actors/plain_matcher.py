"""The gazetteer's matches word by word, as plainly as they can be written: what the quick matcher must give too."""

from collections import defaultdict

from tacitus.actors.gazetteer import NAMES, is_acronym
from tacitus.actors.tokens import tokenise


class PlainMatcher:
    """Names to entries, and the longest matches of names in texts, left to right, not overlapping."""

    def __init__(self, pairs):
        self._entries = defaultdict(list)
        for name, entry in pairs:
            self._entries[tuple(t.folded for t in tokenise(name.removeprefix("the ")))].append((is_acronym(name), entry))
        self._longest = max(map(len, self._entries))

    def matches(self, text):
        """(first, last, entries) of each match."""
        tokens, found, i = tokenise(text), [], 0
        while i < len(tokens):
            for length in range(min(self._longest, len(tokens) - i), 0, -1):
                known = self._entries.get(tuple(t.folded for t in tokens[i : i + length]), ())
                entries = tuple(e for acronym, e in known if _as_written(tokens[i].raw, acronym, e))
                if entries:
                    found.append((i, i + length, entries))
                    i += length
                    break
            else:
                i += 1
        return found


def _as_written(raw, acronym, entry):
    if entry.kind not in NAMES:
        return True
    if acronym:
        return raw.replace(".", "").removesuffix("'s").removesuffix("’s").isupper()
    return raw[0].isupper() or not entry.name[:1].isupper()
