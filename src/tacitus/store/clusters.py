"""Groups out of pairs: events that match become stories, the same whatever order they came in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", str, int)

LINKED = 0.5
"""Share of the pairs between two groups that must match before they become one: without it a war's every day hangs on to the next."""


class Joined(Generic[Key]):
    """Things joined to sets by pairs (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[Key, Key] = {}

    def find(self, key: Key) -> Key:
        """The one that stands for a key's set."""
        root = key
        while (above := self._parent.setdefault(root, root)) != root:
            root = above
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def join(self, a: Key, b: Key) -> None:
        """Make two keys' sets one, for which the smaller key stands."""
        low, high = sorted((self.find(a), self.find(b)))
        self._parent[high] = low

    def sets(self) -> list[list[Key]]:
        """The sets, each sorted."""
        found: dict[Key, list[Key]] = defaultdict(list)
        for key in sorted(self._parent):
            found[self.find(key)].append(key)
        return list(found.values())


def stories_of(links: Iterable[tuple[float, str, str]], report_of: Mapping[str, int]) -> list[list[str]]:
    """Events grouped to stories: the surest links first, never two events of one report in a story, and only groups of which at least ``LINKED`` of the
    pairs match. Depends on nothing but the links.

    Args:
        links: probability and the ids of two events of different reports.
        report_of: the report of every event.
    """
    order = sorted({(-probability, min(a, b), max(a, b)) for probability, a, b in links})
    joined: Joined[str] = Joined()
    members: dict[str, set[str]] = {}
    linked: dict[str, Counter[str]] = defaultdict(Counter)
    for _, a, b in order:
        for event in (a, b):
            members.setdefault(event, {event})
            joined.find(event)
        linked[a][b] += 1
        linked[b][a] += 1
    waiting: Sequence[tuple[float, str, str]] = order
    while True:
        left: list[tuple[float, str, str]] = []
        for link in waiting:
            a, b = joined.find(link[1]), joined.find(link[2])
            if a == b:
                continue
            if _may_join(members[a], members[b], linked[a][b], report_of):
                _join(a, b, joined, members, linked)
            else:
                left.append(link)
        if len(left) == len(waiting):
            return joined.sets()
        waiting = left


def _may_join(a: set[str], b: set[str], links: int, report_of: Mapping[str, int]) -> bool:
    return links >= LINKED * len(a) * len(b) and not {report_of[e] for e in a} & {report_of[e] for e in b}


def _join(a: str, b: str, joined: Joined[str], members: dict[str, set[str]], linked: dict[str, Counter[str]]) -> None:
    joined.join(a, b)
    stays = joined.find(a)
    goes = b if stays == a else a
    members[stays] |= members.pop(goes)
    for other, number in linked.pop(goes).items():
        del linked[other][goes]
        if other != stays:
            linked[stays][other] += number
            linked[other][stays] += number
