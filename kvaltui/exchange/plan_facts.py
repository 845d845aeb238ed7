"""What the rules look up while a file is weighed: the plan as it will stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Reference
from kvaltui.model.facts import E
from kvaltui.model.period import Period
from kvaltui.model.references import references_of
from kvaltui.model.standing import WITH_PARTS, parts_by_indicator
from kvaltui.model.structure import Plan


class FutureFacts:
    """A plan as it will stand after an import, locked as it is locked already; `before` is None for a new plan.

    What is marked complete and filled in by one file is not locked against itself.
    """

    def __init__(self, after: PlanContent, before: PlanContent | None = None) -> None:
        self.after = after
        self.before = before

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return self.after.plan

    def get(self, type_: type[E], key: str) -> E | None:
        """An entity by its key, retired or not."""
        return self.after.get(type_, key)

    def referring_to(self, reference: Reference) -> Iterator[AnyEntity]:
        """The entities that name this one, retired ones included."""
        return iter(self._referring.get(reference, ()))

    def is_complete(self, area: str, period: Period) -> bool:
        """Whether the area was marked complete for the period before, and still is."""
        return (
            self.before is not None and self.before.is_complete(area, period) and self.after.is_complete(area, period)
        )

    def periods_in_use(self) -> frozenset[Period]:
        """The periods that something stands in that the file does not touch; what it holds is weighed by itself."""
        return self._untouched.periods_in_use()

    def parts_in_use(self, indicator: str) -> Collection[str]:
        """The parts of an indicator that something stands in that the file does not touch."""
        return self._parts.get(indicator, ())

    @cached_property
    def _parts(self) -> Mapping[str, Collection[str]]:
        return parts_by_indicator(each for kind in WITH_PARTS for each in self._untouched.entities[kind].values())

    @cached_property
    def _untouched(self) -> PlanContent:
        before = self.before or ()
        return PlanContent.of(each for each in before if self.after.find(Reference(each.kind, each.key)) is each)

    @cached_property
    def _referring(self) -> Mapping[Reference, list[AnyEntity]]:
        # Made once: a file may retire many things, and each asks who names it.
        referring: dict[Reference, list[AnyEntity]] = defaultdict(list)
        for entity in self.after:
            for _field, reference in references_of(entity):
                referring[reference].append(entity)
        return referring
