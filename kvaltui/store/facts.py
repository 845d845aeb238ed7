"""What the rules ask of a plan while a change is being written, looked up as they ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar, cast

from kvaltui.model.content import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.references import is_named_by, kinds_naming, references_of
from kvaltui.model.reporting import Completion
from kvaltui.model.structure import Area, Plan
from kvaltui.store.database import Database
from kvaltui.store.rows import Reader, naming

E = TypeVar("E", bound=AnyEntity)
_MANY = 200
"""From so many changes on, whole kinds are read at once instead of one entity at a time."""


class StoredFacts:
    """The plan as it will stand after the change: `changes` over the stored rows. Only within a transaction."""

    def __init__(self, database: Database, plan: str, changes: Iterable[AnyEntity]) -> None:
        self._database = database
        self._plan = plan
        self._changes: dict[Reference, AnyEntity] = {Reference(each.kind, each.key): each for each in changes}
        self._stored: dict[Reference, AnyEntity | None] = {}
        self._whole_kinds: dict[Kind, Mapping[str, AnyEntity]] = {}

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
        return cast("E | None", found if found is not None else self._before(reference))

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
        seen: set[str] = set()
        while area and area not in seen:
            seen.add(area)
            reference = Reference(Kind.COMPLETION, f"{area}/{period}")
            if _locks(self._before(reference)) and _locks(self._changes.get(reference, self._before(reference))):
                return True
            its_area = self.get(Area, area)
            area = its_area.parent if its_area else ""
        return False

    def _before(self, reference: Reference) -> AnyEntity | None:
        if len(self._changes) >= _MANY or reference.kind in self._whole_kinds:
            return self._whole(reference.kind).get(reference.key)
        if reference not in self._stored:
            found = Reader.of(reference.kind).read(self._database, self._plan, [reference.key])
            self._stored[reference] = found.get(reference.key)
        return self._stored[reference]

    def _whole(self, kind: Kind) -> Mapping[str, AnyEntity]:
        if kind not in self._whole_kinds:
            self._whole_kinds[kind] = Reader.of(kind).read(self._database, self._plan)
        return self._whole_kinds[kind]

    @cached_property
    def _users(self) -> Mapping[Reference, list[AnyEntity]]:
        """Who names whom in the whole plan."""
        users: dict[Reference, list[AnyEntity]] = {}
        stored = (each for kind in Kind for each in self._whole(kind).values())
        unchanged = (each for each in stored if Reference(each.kind, each.key) not in self._changes)
        for entity in (*unchanged, *self._changes.values()):
            for _, named in references_of(entity):
                users.setdefault(named, []).append(entity)
        return users


def _locks(completion: AnyEntity | None) -> bool:
    return isinstance(completion, Completion) and completion.complete and not completion.retired
