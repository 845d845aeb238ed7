"""The rows of a plan as they stand before a change that is being written: each is read once, whoever asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.store.database import Database
from kvaltui.store.rows import Reader, read_several


class RowsBefore:
    """Only within one transaction, and until the first of the plan's rows is written in it."""

    def __init__(self, database: Database, plan: str) -> None:
        self.database = database
        self.plan = plan
        self._known: dict[Reference, AnyEntity | None] = {}
        self._whole: dict[Kind, Mapping[str, AnyEntity]] = {}

    def get(self, reference: Reference) -> AnyEntity | None:
        """A thing, or None. Raises DamagedDatabase."""
        return self.several([reference]).get(reference)

    def several(self, references: Iterable[Reference]) -> dict[Reference, AnyEntity]:
        """Those of some things that there are. Raises DamagedDatabase."""
        wanted = tuple(references)
        unknown = dict.fromkeys(each for each in wanted if each not in self._known and each.kind not in self._whole)
        if unknown:
            self._known |= unknown | read_several(self.database, self.plan, unknown)
        found = ((each, self._whole.get(each.kind, {}).get(each.key) or self._known.get(each)) for each in wanted)
        return {reference: entity for reference, entity in found if entity is not None}

    def whole(self, kind: Kind) -> Mapping[str, AnyEntity]:
        """All things of a kind by key, in the plan's order. Raises DamagedDatabase."""
        if kind not in self._whole:
            self._whole[kind] = Reader.of(kind).read(self.database, self.plan)
        return self._whole[kind]
