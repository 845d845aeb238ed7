"""Fields that are sets (periods, parts, links): what is added on one side and on another is there, both of it.

An element that is taken away is gone only as far as whoever took it away had seen it. What was added by somebody who
did not know of that, or again afterwards, stays (docs/decisions/sets-merge-as-sets.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kvaltui.model.joining import Order


class SetWriting(NamedTuple):
    """A revision that set the field: its id, its bit, the bits of those that it builds on, and its elements."""

    id: str
    place: int
    ancestors: int
    is_root: bool
    elements: tuple[str, ...]


class _History:
    """Who added each element, and who took it away."""

    def __init__(self) -> None:
        self.added: dict[str, list[SetWriting]] = {}
        self.removed: dict[str, list[SetWriting]] = {}

    def take_in(self, setting: SetWriting) -> None:
        """Find out what a revision added and took away; those that it builds on have been taken in before it."""
        before = {each for each in self.added if self.is_there(each, setting.ancestors)}
        for element in set(setting.elements) - before:
            self.added.setdefault(element, []).append(setting)
        if not setting.is_root:
            for element in before.difference(setting.elements):
                self.removed.setdefault(element, []).append(setting)

    def is_there(self, element: str, within: int) -> bool:
        """Whether an element is in the set that some revisions (bits) make."""
        added = self.added[element]
        removals = [each for each in self.removed.get(element, ()) if within >> each.place & 1]
        # Copies that began from the same file have like first revisions: who has seen one has seen them all.
        first = 0
        for each in added:
            first |= each.is_root << each.place
        return any(
            not any(
                each.ancestors >> addition.place & 1 or (addition.is_root and each.ancestors & first)
                for each in removals
            )
            for addition in added
            if within >> addition.place & 1
        )


def elements(settings: Sequence[SetWriting], live: Iterable[str], order: Order | None) -> list[str]:
    """The elements of a set, given all revisions that set it, each after those that it builds on.

    `live` are the ids of those that no other builds on. The elements stand in the order of the latest of them; what
    only others have is put where it belongs by `order`, or after what stands before it with them.
    """
    history = _History()
    everything = 0
    for each in settings:
        history.take_in(each)
        everything |= 1 << each.place
    there = {each for each in history.added if history.is_there(each, everything)}
    by_id = {each.id: each.elements for each in settings}
    latest = [by_id[id_] for id_ in sorted(live, reverse=True)]
    latest += [by_id[id_] for id_ in sorted(by_id, reverse=True)]
    found: list[str] = []
    for place, listed in enumerate(latest):
        before: str | None = None
        for element in dict.fromkeys(each for each in listed if each in there):
            if element not in found:
                found.insert(len(found) if place == 0 else _place(found, element, before, order), element)
            before = element
    return found


def _place(found: Sequence[str], element: str, before: str | None, order: Order | None) -> int:
    if order is None:
        return 0 if before is None else found.index(before) + 1
    key = order(element)
    return next((place for place, each in enumerate(found) if key < order(each)), len(found))
