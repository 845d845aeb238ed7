"""What has happened to a plan by what was one action: an import, a new period, a pasted block is one, however large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from peewee import SQL, Table

from kvaltui.model.entity import Kind
from kvaltui.model.value import dataclass
from kvaltui.store import history
from kvaltui.store.criteria import EVERYTHING, Criteria
from kvaltui.store.database import Database
from kvaltui.store.entry import unreadable_revision
from kvaltui.store.history import Revision
from kvaltui.store.proving import unproved_of

_CHUNK = 2000
"""So many revisions are looked at together."""
_NO_LIMIT = -1
_MOST_SUSPECTED = 100
"""So many changes of an action are looked at for whether it can be proved who wrote them."""


@dataclass(frozen=True, slots=True)
class HistoryAction:
    """An action in the history: one of its changes, which tells who and when, and how many of each kind there are.

    The change is that of the plan itself where there is one, such as a new period. `at` is when the last of them was
    made. `first` is where it begins in the
    journal, and `last` where it ends; of an action that came in pieces each piece is one. `is_unproved`: of one of its
    changes at least it cannot be proved who wrote it.
    """

    revision: Revision
    kinds: Mapping[Kind, int]
    at: str
    first: int
    last: int
    is_unproved: bool

    @property
    def count(self) -> int:
        """How many changes it is made of, of those that are asked for."""
        return sum(self.kinds.values())

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other."""
        return self.revision.action, self.first


@dataclass(frozen=True, slots=True)
class _Head:
    """As much of a revision as it takes to count it."""

    sequence: int
    id: str
    action: str
    kind: Kind
    at: str
    proof: str | None


def actions(
    database: Database, plan: str, *, limit: int, before: int | None = None, only: Criteria = EVERYTHING
) -> tuple[HistoryAction, ...]:
    """The latest `limit` actions, or the latest of those that stand in the journal before the sequence number `before`.

    Latest is what came last into this copy's journal. Raises DatabaseError.
    """
    with database.reading():
        groups: list[list[_Head]] = []
        for _action, of_it in groupby(_heads(database, plan, before, only), key=lambda each: each.action):
            if len(groups) == limit:
                break
            groups.append(list(of_it))
        chosen = [next((each for each in group if each.kind is Kind.PLAN), group[0]).id for group in groups]
        found = {each.id: each for each in history.by_ids(database, plan, chosen)}
        return tuple(
            HistoryAction(
                found[id_],
                Counter(each.kind for each in group),
                at=group[0].at,
                first=group[-1].sequence,
                last=group[0].sequence,
                is_unproved=_is_unproved(database, plan, group),
            )
            for id_, group in zip(chosen, groups, strict=True)
        )


def _is_unproved(database: Database, plan: str, group: Sequence[_Head]) -> bool:
    suspected = [each.id for each in group if each.proof]
    return bool(suspected) and bool(unproved_of(database, plan, suspected[:_MOST_SUSPECTED]))


def alone(revision: Revision) -> HistoryAction:
    """A change that stands on a line of its own."""
    return HistoryAction(
        revision,
        {revision.reference.kind: 1},
        revision.at,
        revision.sequence,
        revision.sequence,
        is_unproved=revision.unproved is not None,
    )


def changes_in(database: Database, plan: str, action: HistoryAction, *, only: Criteria) -> tuple[Revision, ...]:
    """The changes that an action is made of, of those that are asked for, the latest first. Raises DatabaseError."""
    asked = Criteria(only.person, only.kind, only.day, action.revision.action)
    found = history.history(database, plan, limit=_NO_LIMIT, only=asked)
    return tuple(each for each in found if action.first <= each.sequence <= action.last)


def _heads(database: Database, plan: str, before: int | None, only: Criteria) -> Iterator[_Head]:
    """The revisions before a place in the journal, the latest first."""
    table = Table("revision")
    columns = (table.c.sequence, table.c.id, table.c.action, table.c.kind, table.c.at, table.c.proof)
    while True:
        condition = (SQL('"plan"') == plan) & only.condition
        if before is not None:
            condition &= SQL('"sequence"') < before
        query = table.select(*columns).where(condition).order_by(table.c.sequence.desc()).limit(_CHUNK)
        rows = database.execute(query).fetchall()
        for sequence, id_, action, kind, at, proof in rows:
            try:
                yield _Head(int(sequence), str(id_), str(action), Kind(kind), str(at), proof)
            except ValueError as error:
                raise unreadable_revision(sequence) from error
            before = int(sequence)
        if len(rows) < _CHUNK:
            return
