"""A whole plan as it stands, in memory: what every reader (status, screens, files) starts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.references import is_named_by, kinds_naming
from kvaltui.model.reporting import Assessment, Completion, Outcome, TargetValue
from kvaltui.model.standing import FIGURES, WITH_PARTS, parts_by_indicator, period_of
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.tree import STRUCTURE, Tree
from kvaltui.model.value import dataclass

E = TypeVar("E", bound=AnyEntity)


@dataclass(frozen=True, slots=True)
class PlanContent:
    """Every entity of one plan by kind and key, retired ones included, in the plan's order.

    `position` is the journal's sequence number up to which this content was read: what a person who looks at it has
    on screen. It goes back to the store with each change, so that a stale screen never overwrites silently
    (docs/store.md, What was on screen). `tip` is the id of the revision there, "" where it is not known: another one
    shows that the journal is another, as after a backup has been restored.
    """

    entities: Mapping[Kind, Mapping[str, AnyEntity]]
    tree: Tree
    position: int = 0
    tip: str = ""

    @staticmethod
    def of(entities: Iterable[AnyEntity], position: int = 0) -> PlanContent:
        """Collect entities, among them one Plan; those of a kind keep the order in which they come."""
        by_kind: dict[Kind, dict[str, AnyEntity]] = {kind: {} for kind in Kind}
        for entity in entities:
            by_kind[entity.kind][entity.key] = entity
        return PlanContent(by_kind, _tree(by_kind), position)

    @staticmethod
    def of_kinds(entities: Mapping[Kind, Mapping[str, AnyEntity]], position: int, tip: str) -> PlanContent:
        """The content of entities that are sorted by kind and key already; every kind must be there."""
        return PlanContent(entities, _tree(entities), position, tip)

    def with_entities(self, changed: Iterable[AnyEntity], position: int | None = None, tip: str = "") -> PlanContent:
        """The same plan with some entities added or replaced; what is not touched is shared."""
        entities: dict[Kind, Mapping[str, AnyEntity]] = dict(self.entities)
        copies: dict[Kind, dict[str, AnyEntity]] = {}
        for entity in changed:
            copy = copies.get(entity.kind)
            if copy is None:
                copy = copies[entity.kind] = dict(entities[entity.kind])
                entities[entity.kind] = copy
            copy[entity.key] = entity
        tree = _tree(entities) if STRUCTURE & copies.keys() else self.tree
        if position is None:
            position, tip = self.position, self.tip
        return PlanContent(entities, tree, position, tip)

    def all(self, type_: type[E]) -> Mapping[str, E]:
        """The entities of one type by key, retired ones included."""
        return cast("Mapping[str, E]", self.entities[type_.kind])

    def active(self, type_: type[E]) -> Iterator[E]:
        """The entities of one type that are not retired."""
        return (entity for entity in self.all(type_).values() if not entity.retired)

    def get(self, type_: type[E], key: str) -> E | None:
        """The entity with that key, retired or not; None where there is none."""
        return self.all(type_).get(key)

    def find(self, reference: Reference) -> AnyEntity | None:
        """The entity that a reference names, retired or not; None where there is none."""
        return self.entities[reference.kind].get(reference.key)

    def __iter__(self) -> Iterator[AnyEntity]:
        for by_key in self.entities.values():
            yield from by_key.values()

    @property
    def plan(self) -> Plan:
        """The plan itself: its title, periods and policy."""
        return next(iter(self.all(Plan).values()))

    def outcome(self, indicator: str, period: Period, part: str = "", reading: int = 1) -> Outcome | None:
        """The outcome entered for a part ("" = the whole) of an indicator; None where there is none or it is blank."""
        ordinal = f"#{reading}" if reading > 1 else ""
        found = self.all(Outcome).get(f"{indicator}/{period}{ordinal}/{part}")
        return found if found and not found.retired and (found.value or found.forecast) else None

    def target(self, indicator: str, period: Period, part: str = "") -> TargetValue | None:
        """The target written for a part ("" = the whole) of an indicator; None where there is none."""
        found = self.all(TargetValue).get(f"{indicator}/{period}/{part}")
        return found if found and not found.retired else None

    def assessment(self, subject: Reference, period: Period) -> Assessment | None:
        """A person's assessment of an indicator, goal or area; None where there is none or it was taken back."""
        found = self.all(Assessment).get(f"{subject.kind}/{subject.key}/{period}")
        return found if found and not found.retired else None

    def referring_to(self, reference: Reference) -> Iterator[AnyEntity]:
        """The entities that name this one in a field or a list, retired ones included."""
        for kind in kinds_naming(reference.kind):
            for entity in self.entities[kind].values():
                if is_named_by(reference, entity):
                    yield entity

    def periods_in_use(self) -> frozenset[Period]:
        """The periods that something stands in."""
        found = (period_of(each) for kind in FIGURES for each in self.entities[kind].values())
        return frozenset(period for period in found if period is not None)

    def parts_in_use(self, indicator: str) -> frozenset[str]:
        """The parts of an indicator that something stands in."""
        found = (each for kind in WITH_PARTS for each in self.entities[kind].values())
        return frozenset(parts_by_indicator(found).get(indicator, ()))

    def is_complete(self, area: str, period: Period) -> bool:
        """Whether the area, or one that it lies in, is marked complete for the period, which locks its figures."""
        completions = (self.get(Completion, f"{key}/{period}") for key in self.tree.area_path(area))
        return any(each is not None and each.complete and not each.retired for each in completions)


def _tree(entities: Mapping[Kind, Mapping[str, AnyEntity]]) -> Tree:
    return Tree.of(
        cast("Iterable[Area]", entities[Kind.AREA].values()),
        cast("Iterable[Goal]", entities[Kind.GOAL].values()),
        cast("Iterable[Indicator]", entities[Kind.INDICATOR].values()),
    )
