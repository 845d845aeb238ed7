"""What the rules ask of a plan while a change is being written, looked up as they ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar, cast

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.references import is_named_by, kinds_naming, references_of
from kvaltui.model.reporting import Completion, Outcome, TargetValue
from kvaltui.model.standing import FIGURES, WITH_PARTS, WRITTEN, part_of, parts_by_indicator, period_of
from kvaltui.model.structure import Area, Plan
from kvaltui.store.rows import naming
from kvaltui.store.rows_before import RowsBefore

E = TypeVar("E", bound=AnyEntity)
_CONTESTED = "\"contested\" <> '[]'"
_MANY = 200
"""From so many changes on, whole kinds are read at once instead of one entity at a time."""


class StoredFacts:
    """The plan as it will stand after the change: `changes` over the rows. Only within a transaction."""

    def __init__(self, rows: RowsBefore, changes: Iterable[AnyEntity]) -> None:
        self._rows = rows
        self._database, self._plan = rows.database, rows.plan
        self._changes: dict[Reference, AnyEntity] = {Reference(each.kind, each.key): each for each in changes}
        self._complete: dict[Period, frozenset[str]] = {}

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        found = self.get(Plan, self._plan)
        assert found is not None
        return found

    def get(self, type_: type[E], key: str) -> E | None:
        """An entity by its key, or None."""
        reference = Reference(type_.kind, key)
        found = self._changes.get(reference)
        return cast("E | None", found if found is not None else self.stored(reference))

    def referring_to(self, reference: Reference) -> Iterator[AnyEntity]:
        """The entities that name this one in a field or a list, retired ones included."""
        if len(self._changes) >= _MANY:
            yield from self._users.get(reference, ())
            return
        for kind in kinds_naming(reference.kind):
            for key, entity in naming(self._database, self._plan, kind, reference).items():
                if Reference(kind, key) not in self._changes and is_named_by(reference, entity):
                    yield entity
        yield from (entity for entity in self._changes.values() if is_named_by(reference, entity))

    def is_complete(self, area: str, period: Period) -> bool:
        """Whether the area, or one that it lies in, is marked complete for the period and not just being reopened.

        What is marked complete and filled in by one change, such as a plan file, is not locked against itself.
        """
        if period not in self._complete:
            self._complete[period] = frozenset(self._complete_areas(period))
        complete, seen = self._complete[period], set[str]()
        while complete and area and area not in seen:
            if area in complete:
                return True
            seen.add(area)
            its_area = self.get(Area, area)
            area = its_area.parent if its_area else ""
        return False

    def _complete_areas(self, period: Period) -> Iterator[str]:
        """The areas that are marked complete for a period themselves, and go on being so."""
        mark = self._database.mark
        marked = f'"plan" = {mark} AND "period" = {mark} AND "complete" AND NOT "retired"'
        for (area,) in self._database.fetch_sql(
            f'SELECT "area" FROM completion WHERE {marked}', (self._plan, str(period))
        ):
            change = self._changes.get(Reference(Kind.COMPLETION, f"{area}/{period}"))
            if not isinstance(change, Completion) or (change.complete and not change.retired):
                yield area

    def stored(self, reference: Reference) -> AnyEntity | None:
        """An entity as it stands before the change, or None."""
        if len(self._changes) >= _MANY:
            return self._rows.whole(reference.kind).get(reference.key)
        return self._rows.get(reference)

    def periods_in_use(self, *, with_changes: bool = False) -> frozenset[Period]:
        """The periods that something stands in that is not changed itself, or with that as well."""
        changes = self._changes.values() if with_changes else ()
        found = {period for each in changes if (period := period_of(each)) is not None}
        for kind in FIGURES:
            for text in self._distinct(kind, "period", ""):
                period = Period.parse(text)
                if period not in found and self._is_in_use(kind, "period", text):
                    found.add(period)
        return frozenset(found)

    def parts_in_use(self, indicator: str, *, with_changes: bool = False) -> frozenset[str]:
        """The parts of an indicator that something stands in that is not changed itself, or with that as well."""
        changes = self._changes.values() if with_changes else ()
        found = {part_of(each) for each in changes if _is_of(each, indicator)}
        if len(self._changes) >= _MANY:
            return frozenset(found.union(self._parts.get(indicator, ())) - {""})
        for kind in WITH_PARTS:
            for part in self._distinct(kind, "part", indicator):
                if part not in found and self._is_in_use(kind, "part", part, indicator):
                    found.add(part)
        return frozenset(found - {""})

    @cached_property
    def _parts(self) -> Mapping[str, Collection[str]]:
        stored = (each for kind in WITH_PARTS for each in self._rows.whole(kind).values())
        return parts_by_indicator(each for each in stored if Reference(each.kind, each.key) not in self._changes)

    def _distinct(self, kind: Kind, column: str, indicator: str) -> list[str]:
        """The values of a column of the stored figures that stand, in the whole plan or in one indicator."""
        where, values = self._standing(kind, indicator)
        sql = f'SELECT DISTINCT "{column}" FROM "{kind.value}" WHERE {where}'
        return [value for (value,) in self._database.fetch_sql(sql, values)]

    def _is_in_use(self, kind: Kind, column: str, value: str, indicator: str = "") -> bool:
        """Whether a stored figure in a period or part goes on standing there after the changes."""
        changed = {each.key for each in self._changes if each.kind is kind}
        if not changed:
            return True
        where, values = self._standing(kind, indicator)
        sql = f'SELECT "key" FROM "{kind.value}" WHERE {where} AND "{column}" = {self._database.mark}'
        return any(key not in changed for (key,) in self._database.fetch_sql(sql, (*values, value)))

    def _standing(self, kind: Kind, indicator: str) -> tuple[str, tuple[str, ...]]:
        """The condition, in SQL, for the rows of a kind that have anything in them, and its values."""
        mark = self._database.mark
        written = [f"\"{name}\" <> ''" for name in WRITTEN.get(kind, ())]
        any_ = f" AND ({' OR '.join([*written, _CONTESTED])})" if written else ""
        of_one = f' AND "key" >= {mark} AND "key" < {mark}' if indicator else ""
        values = (self._plan, f"{indicator}/", f"{indicator}0") if indicator else (self._plan,)
        return f'"plan" = {mark}{of_one} AND NOT "retired"{any_}', values

    @cached_property
    def _users(self) -> Mapping[Reference, list[AnyEntity]]:
        """Who names whom in the whole plan."""
        users: dict[Reference, list[AnyEntity]] = {}
        stored = (each for kind in Kind for each in self._rows.whole(kind).values())
        unchanged = (each for each in stored if Reference(each.kind, each.key) not in self._changes)
        for entity in (*unchanged, *self._changes.values()):
            for _, named in references_of(entity):
                users.setdefault(named, []).append(entity)
        return users


def _is_of(entity: AnyEntity, indicator: str) -> bool:
    return isinstance(entity, Outcome | TargetValue) and entity.indicator == indicator
