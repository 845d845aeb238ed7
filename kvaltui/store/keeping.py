"""Rows that keep what others still need: a period with a figure in it, a part, a thing that is named.

What a thing is follows from its own revisions, and this from those of the things around it: together from the set of
all revisions of the plan, so that every copy has the same rows. Only what a change can have touched is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.references import NAMED, OWNED
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.standing import FIGURES, IN_A_TREE, kept_fields, needed_by, stands, with_what_stands, without_circles
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.value import replace
from kvaltui.store import entry as journal_entry
from kvaltui.store.entry import Stored, merged_entity
from kvaltui.store.facts import StoredFacts
from kvaltui.store.rows_before import RowsBefore

_OF_A_PLAN = frozenset({*FIGURES, *NAMED, Kind.PLAN, Kind.MEASURE})
"""Kinds whose changes can touch what is kept."""


def kept(rows: RowsBefore, merged: Sequence[AnyEntity]) -> list[AnyEntity]:
    """Entities, as they follow from their revisions, as they are to stand in their rows; and others that follow them.

    Only within `database.writing()`, before the rows are written.
    """
    if _OF_A_PLAN.isdisjoint(each.kind for each in merged):
        return list(merged)
    return _Keeping(rows, merged).all()


class _Keeping:
    """A plan as it will be, and what of it may have to be kept, or let go."""

    def __init__(self, rows: RowsBefore, merged: Sequence[AnyEntity]) -> None:
        self._rows = rows
        self._facts = StoredFacts(rows, merged)
        self._own: dict[Reference, AnyEntity | None] = {Reference(each.kind, each.key): each for each in merged}
        self._after: dict[Reference, AnyEntity] = dict(cast("dict[Reference, AnyEntity]", self._own))

    def all(self) -> list[AnyEntity]:
        for kind in IN_A_TREE:
            self._break_circles(kind)
        changed = list(self._after)
        waiting = dict.fromkeys(each for each in changed if kept_fields(each.kind))
        before = self._rows.several(each for each in changed if each.kind not in OWNED and each.kind is not Kind.PLAN)
        for reference in changed:
            waiting |= dict.fromkeys(self._touched_by(self._after[reference], before.get(reference)))
        while waiting:
            reference = next(iter(waiting))
            del waiting[reference]
            waiting |= dict.fromkeys(self._look_at(reference))
        return list(self._after.values())

    def _break_circles(self, kind: Kind) -> None:
        """Let no area or goal lie under itself, where any of them is laid under another one, or no more."""
        moved = [each for each in self._after.values() if each.kind is kind]
        stored = self._rows.whole(kind) if moved else {}
        if all(_parent(stored.get(each.key)) == _parent(each) for each in moved):
            return
        others = [Reference(kind, key) for key in stored if Reference(kind, key) not in self._own]
        known = self._revisions(others)
        own = {reference: _merged(known[reference]) for reference in others}
        own |= {Reference(kind, each.key): each for each in moved}
        for reference, entity in (own | without_circles(own)).items():
            self._own[reference] = entity
            if reference in self._after or _parent(stored.get(reference.key)) != _parent(entity):
                self._after[reference] = entity

    def _touched_by(self, entity: AnyEntity, before: AnyEntity | None) -> Iterator[Reference]:
        """What may have to be kept for the sake of a changed thing, or need not be any more."""
        if entity.kind in FIGURES:
            yield from self._touched_by_figure(entity)
            return
        needed = set(needed_by(entity)) if not entity.retired else set()
        needed_before = set(needed_by(before)) if before is not None and not before.retired else set()
        for reference in needed - needed_before:
            named = self._now(reference)
            if named is not None and named.retired:
                yield reference
        yield from sorted(needed_before - needed)

    def _touched_by_figure(self, entity: AnyEntity) -> Iterator[Reference]:
        """The plan, where a figure needs a period that it lacks, or lets one go that only stands for its figures."""
        period: Period = entity.period  # type: ignore[union-attr]
        reference = Reference(Kind.PLAN, self._rows.plan)
        found = self._now(reference) if stands(entity) else self._of_its_revisions(reference)
        if isinstance(found, Plan) and period not in found.periods:
            yield reference
        if isinstance(entity, Outcome | TargetValue) and entity.part:
            reference = Reference(Kind.INDICATOR, entity.indicator)
            found = self._now(reference) if stands(entity) else self._of_its_revisions(reference)
            if isinstance(found, Indicator) and entity.part not in found.breakdown:
                yield reference

    def _look_at(self, reference: Reference) -> Iterator[Reference]:
        """Keep what has to be kept of a thing; what that touches in its turn is given back."""
        own, before = self._of_its_revisions(reference), self._now(reference)
        if own is None or before is None:
            return
        after = with_what_stands(
            own,
            self._facts.periods_in_use(with_changes=True) if own.kind is Kind.PLAN else (),
            self._facts.parts_in_use(reference.key, with_changes=True) if own.kind is Kind.INDICATOR else (),
            own.kind in NAMED and own.retired and self._is_named(reference),
        )
        if after != before:
            self._after[reference] = after
            if after.retired != before.retired:
                yield from needed_by(after)

    def _now(self, reference: Reference) -> AnyEntity | None:
        found = self._after.get(reference)
        return found if found is not None else self._facts.stored(reference)

    def _is_named(self, reference: Reference) -> bool:
        users = (self._after.get(Reference(each.kind, each.key), each) for each in self._facts.referring_to(reference))
        return any(not each.retired and each.kind not in OWNED for each in users)

    def _of_its_revisions(self, reference: Reference) -> AnyEntity | None:
        if reference not in self._own:
            found = self._revisions([reference]).get(reference)
            own = _merged(found) if found else None
            if isinstance(own, Area | Goal):
                # No circle has been closed or opened here: it lies where its row says.
                own = replace(own, parent=_parent(self._facts.stored(reference)))
            self._own[reference] = own
        return self._own[reference]

    def _revisions(self, references: Iterable[Reference]) -> dict[Reference, list[Stored]]:
        return journal_entry.of_entities(self._rows.database, self._rows.plan, references)


def _merged(found: Sequence[Stored]) -> AnyEntity:
    return merged_entity([each.entry for each in found])


def _parent(entity: AnyEntity | None) -> str:
    return entity.parent if isinstance(entity, Area | Goal) else ""
