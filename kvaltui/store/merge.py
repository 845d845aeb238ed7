"""What an entity is, given its revisions: a pure function of their set, so that joining copies is the union of sets.

Each field goes its own way. Its writers are the revisions that deliberately set it (`changed`; the first revision of an
entity sets all). A writer that another writer builds on is superseded. If those that are left agree, that is the value;
if not, the field is contested, and the row shows one of them until somebody decides (docs/store.md, Two sides).
A field that is a set is never contested: it has what anybody added and nobody who knew of that took away (`sets.py`).

No clock decides anything. What builds on what says which revision is later; between two that know nothing of each other
there is no later one, and their ids, which every copy sees alike, settle which of two open values is shown meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from operator import attrgetter
from typing import Any, NamedTuple

from kvaltui.model.joining import SINGLE, Joining
from kvaltui.model.value import dataclass
from kvaltui.store.sets import SetWriting, elements

RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Writing:
    """What merging needs of a revision; `joining` is the same for all of one thing."""

    id: str
    parents: tuple[str, ...]
    changed: frozenset[str]
    state: Mapping[str, Any]
    joining: Joining = SINGLE

    @property
    def is_root(self) -> bool:
        """Whether it is a first revision, which sets every field."""
        return not self.parents


class Merged(NamedTuple):
    """The entity's content, the names of its contested fields and the ids of the revisions that none builds on.

    The last of `heads`, which are sorted, is the one that a row's marks (when, by whom) come from.
    """

    state: dict[str, Any]
    contested: tuple[str, ...]
    heads: tuple[str, ...]


def heads(parents_by_id: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The revisions that are no parent of another, sorted."""
    superseded = {parent for parents in parents_by_id.values() for parent in parents}
    return tuple(sorted(id_ for id_ in parents_by_id if id_ not in superseded))


def merge(writings: Sequence[Writing]) -> Merged:
    """The merged entity. Raises ValueError when the revisions build on each other in a circle, or there are none."""
    ids = heads({writing.id: writing.parents for writing in writings})
    if not ids:
        raise ValueError("no revision that no other builds on")
    last = _end_of_line(writings, ids)
    if last is not None:
        return Merged(dict(last.state), (), ids)
    graph = _Graph(writings)
    newest = next(writing for writing in writings if writing.id == ids[-1])
    sets = newest.joining.sets
    state: dict[str, Any] = {}
    contested: list[str] = []
    for field in sorted({field for writing in writings for field in writing.state}):
        live = graph.live_writers(field)
        shown = max(live, key=_id) if live else newest
        state[field] = shown.state.get(field)
        if field in sets and len(live) > 1:
            state[field] = elements(graph.settings(field), [writing.id for writing in live], sets[field])
        elif any(writing.state.get(field) != state[field] for writing in live):
            contested.append(field)
            if field == RETIRED:
                state[field] = False  # what somebody has entered meanwhile is shown until it is decided
    fields = newest.joining.never_empty
    if fields and not any(state.get(field) for field in fields):
        # Two sides have each left what the other took away: what the latest of them left is there.
        left = sorted((each for each in writings if each.id in ids), key=_id, reverse=True)
        kept = next((each.state for each in left if any(each.state.get(field) for field in fields)), newest.state)
        state |= {field: kept[field] for field in fields if field in kept}
    return Merged(state, tuple(contested), ids)


def _end_of_line(writings: Sequence[Writing], ids: tuple[str, ...]) -> Writing | None:
    """The last revision where each builds on the one before it, so that it says all. Nearly every thing's do."""
    if len(ids) > 1:
        return None
    by_id = {writing.id: writing for writing in writings}
    last = each = by_id[ids[0]]
    for _ in range(len(writings) - 1):
        if len(each.parents) != 1 or each.parents[0] not in by_id:
            return None
        each = by_id[each.parents[0]]
    return last if each.is_root else None


def ancestors_of(id_: str, parents_by_id: Mapping[str, Iterable[str]]) -> set[str]:
    """The revisions that one builds on, directly or through others, as far as they are known."""
    found: set[str] = set()
    above = list(parents_by_id[id_])
    while above:
        each = above.pop()
        if each in parents_by_id and each not in found:
            found.add(each)
            above += parents_by_id[each]
    return found


def descendants_of(ids: Iterable[str], parents_by_id: Mapping[str, Iterable[str]]) -> set[str]:
    """The revisions that build on any of some, directly or through others."""
    children: dict[str, list[str]] = {}
    for id_, parents in parents_by_id.items():
        for parent in parents:
            children.setdefault(parent, []).append(id_)
    found: set[str] = set()
    below = list(ids)
    while below:
        for each in children.get(below.pop(), ()):
            if each not in found:
                found.add(each)
                below.append(each)
    return found


def live_writers(writings: Sequence[Writing], field: str) -> tuple[Writing, ...]:
    """The writers of a field that none supersedes, by their ids: more than one value among them is a conflict."""
    return tuple(sorted(_Graph(writings).live_writers(field), key=_id))


class SideWriting(NamedTuple):
    """One side of a conflict: the last of its revisions, and what it has in each of the fields that are decided."""

    writing: Writing
    values: dict[str, Any]


def sides_of(writings: Sequence[Writing], fields: Sequence[str]) -> tuple[SideWriting, ...]:
    """The sides between whom some fields are decided at once, by the ids of their revisions."""
    return tuple(sorted(_Graph(writings).sides(fields), key=lambda each: each.writing.id))


_id = attrgetter("id")


class _Graph:
    """Which revisions build on which: `ancestors` holds a bit for each revision, by its place in `writings`."""

    def __init__(self, writings: Sequence[Writing]) -> None:
        self.writings = writings
        self.joining = writings[0].joining
        places = {writing.id: place for place, writing in enumerate(writings)}
        self.ancestors = _ancestors([[places[id_] for id_ in each.parents if id_ in places] for each in writings])

    def live_writers(self, field: str) -> list[Writing]:
        """The writers of a field that none of the others builds on."""
        return [self.writings[place] for place in self._live(field)]

    def _live(self, field: str) -> list[int]:
        writers = self._writers(field)
        superseded = 0
        for place in writers:
            superseded |= self.ancestors[place]
        live = [place for place in writers if not superseded >> place & 1]
        live = [place for place in live if not self._is_untouched_root(place, field, live, writers)]
        if field == RETIRED and self.joining.is_owned:
            live += self._unseen_by(live)
        return live

    def sides(self, fields: Sequence[str]) -> Iterator[SideWriting]:
        """The sides of a group of fields of which some are contested.

        A side goes on with what it has written since. Who knew of several sides, and decided nothing between them, is
        none: what they have set holds for each side that they built on.
        """
        live = {field: self._live(field) for field in fields}
        contested = [field for field, places in live.items() if self._differ(field, places)]
        opposed = {place for field in contested for place in live[field]}
        candidates = sorted({place for places in live.values() for place in places})
        seen = {place: [each for each in opposed if self._builds_on(place, each)] for place in candidates}
        remarks = {place for place, below in seen.items() if len(self._last_of(below)) > 1}
        gone_on = {each for place in candidates if place not in remarks for each in seen[place]}
        for place in candidates:
            is_before = place not in opposed and any(self._builds_on(each, place) for each in opposed)
            if place in remarks or place in gone_on or is_before:
                continue
            state = self.writings[place].state
            values = {field: state[field] for field in fields if field in state}
            for field in fields:
                for remark in sorted(remarks.intersection(live[field]), key=lambda each: self.writings[each].id):
                    if self._builds_on(remark, place):
                        values[field] = self.writings[remark].state[field]
            yield SideWriting(self.writings[place], values)

    def _differ(self, field: str, places: Sequence[int]) -> bool:
        return any(self.writings[each].state.get(field) != self.writings[places[0]].state.get(field) for each in places)

    def _builds_on(self, place: int, other: int) -> bool:
        return bool(self.ancestors[place] >> other & 1)

    def _last_of(self, places: Sequence[int]) -> list[int]:
        """Those that none of the others builds on."""
        return [each for each in places if not any(self._builds_on(other, each) for other in places)]

    def settings(self, field: str) -> list[SetWriting]:
        """The writers of a set, each after those that it builds on."""
        places = sorted(self._writers(field), key=lambda place: self.ancestors[place].bit_count())
        return [
            SetWriting(each.id, place, self.ancestors[place], each.is_root, tuple(each.state[field]))
            for place in places
            for each in [self.writings[place]]
        ]

    def _writers(self, field: str) -> list[int]:
        bound = self.joining.bound.get(field, frozenset((field,)))
        return [
            place
            for place, writing in enumerate(self.writings)
            if (writing.is_root or not bound.isdisjoint(writing.changed)) and field in writing.state
        ]

    def _unseen_by(self, live: list[int]) -> list[int]:
        """The newest changes of a thing that has been retired by somebody who did not know of them, nor they of that.

        They say that it is still there.
        """
        retiring = [place for place in live if self.writings[place].state[RETIRED] is True]
        if not retiring or len(retiring) < len(live):
            return []
        unseen = [
            place
            for place, writing in enumerate(self.writings)
            if writing.changed and not writing.is_root and writing.state.get(RETIRED) is False
            if not any(self._builds_on(each, place) or self._builds_on(place, each) for each in retiring)
        ]
        return self._last_of(unseen)

    def _is_untouched_root(self, place: int, field: str, live: list[int], writers: list[int]) -> bool:
        # Two copies that started from the same file have equal first revisions. What only one of them changed
        # afterwards was changed from that same value: the other's first revision does not speak against it.
        root = self.writings[place]
        if not root.is_root:
            return False
        return any(
            self.ancestors[other] >> twin & 1
            for twin in writers
            if self.writings[twin].is_root and self.writings[twin].state[field] == root.state[field]
            for other in live
        )


def _ancestors(parents: list[list[int]]) -> list[int]:
    """For each place a set of bits: the places that it builds on. Raises ValueError for a circle."""
    ancestors = [0] * len(parents)
    for place in TopologicalSorter(dict(enumerate(parents))).static_order():  # a CycleError is a ValueError
        for parent in parents[place]:
            ancestors[place] |= ancestors[parent] | 1 << parent
    return ancestors
