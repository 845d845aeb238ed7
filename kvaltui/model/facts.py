"""What the rules of a plan look up, and how they refuse."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.period import Period
from kvaltui.model.structure import Plan

E = TypeVar("E", bound=AnyEntity)


class AreaIsComplete(RuleError):
    """A change of figures in an area that is marked complete for their period: reopening it comes first."""


class Facts(Protocol):
    """The plan as it will stand when the change is stored. `PlanContent` is one."""

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        ...

    def get(self, type_: type[E], key: str) -> E | None:
        """An entity by its key, retired or not."""
        ...

    def referring_to(self, reference: Reference) -> Iterable[AnyEntity]:
        """The entities that name this one, retired ones included."""
        ...

    def is_complete(self, area: str, period: Period) -> bool:
        """Whether the area, or one that it lies in, is marked complete for the period."""
        ...

    def periods_in_use(self) -> Collection[Period]:
        """The periods that something stands in (`standing`)."""
        ...

    def parts_in_use(self, indicator: str) -> Collection[str]:
        """The parts of an indicator that something stands in."""
        ...
