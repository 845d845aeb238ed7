"""What stands where: the periods and parts that hold a figure, which a plan cannot be without.

A period with a figure in it cannot be taken away, nor can a part, nor a thing that another one names. Where copies are
joined, and one took away what another was filling in, it stays: whatever has been entered can be found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.references import NAMED, OWNED, references_of
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.tree import circles
from kvaltui.model.value import replace

FIGURES = (Kind.TARGET, Kind.OUTCOME, Kind.COMPARISON, Kind.ASSESSMENT, Kind.COMPLETION, Kind.RESULT)
"""The kinds of things that stand in a period."""
WITH_PARTS = (Kind.TARGET, Kind.OUTCOME)
"""Those of them that may stand in a part of an indicator."""
WRITTEN: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {Kind.TARGET: ("value",), Kind.OUTCOME: ("value", "forecast", "note")}
)
"""Of those that are left behind blank, the fields that are blank then."""
IN_A_TREE = (Kind.AREA, Kind.GOAL)
"""The kinds of things that lie in one another."""
_KEPT: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {Kind.PLAN: ("periods",), Kind.INDICATOR: ("breakdown",), Kind.AREA: ("parent",), Kind.GOAL: ("parent",)}
)


def stands(entity: AnyEntity) -> bool:
    """Whether there is anything in it: it is not retired, and has a figure or waits for a decision."""
    written = WRITTEN.get(entity.kind)
    if entity.retired:
        return False
    return written is None or bool(entity.contested) or any(getattr(entity, name) for name in written)


def period_of(entity: AnyEntity) -> Period | None:
    """The period that a figure stands in; None for what stands in none, or has nothing in it."""
    if isinstance(entity, Outcome | TargetValue | Comparison | Assessment | Completion) or entity.kind is Kind.RESULT:
        period: Period = entity.period  # type: ignore[union-attr]
        return period if stands(entity) else None
    return None


def part_of(entity: AnyEntity) -> str:
    """The part of its indicator that a figure stands in; "" for the whole, and for what has nothing in it."""
    return entity.part if isinstance(entity, Outcome | TargetValue) and stands(entity) else ""


def kept_fields(kind: Kind) -> tuple[str, ...]:
    """The fields of a kind that keep what others still need."""
    fields = _KEPT.get(kind, ())
    return (*fields, "retired") if kind in NAMED else fields


def with_what_stands(
    entity: AnyEntity, periods: Collection[Period], parts: Collection[str], is_named: bool
) -> AnyEntity:
    """A thing with what others still need of it.

    A plan has the periods that something stands in, an indicator the parts; what something names is not retired.
    """
    values: dict[str, Any] = {}
    if isinstance(entity, Plan):
        values["periods"] = with_periods(entity.periods, periods)
    elif isinstance(entity, Indicator):
        values["breakdown"] = (*entity.breakdown, *sorted(set(parts) - set(entity.breakdown)))
    if entity.retired and is_named:
        values["retired"] = False
    values = {name: value for name, value in values.items() if value != getattr(entity, name)}
    return replace(entity, **values) if values else entity


def with_periods(periods: Sequence[Period], more: Iterable[Period]) -> tuple[Period, ...]:
    """The periods in their order, and each of some more that is new before those after it."""
    together = list(periods)
    for period in sorted(set(more) - set(periods)):
        together.insert(next((at for at, each in enumerate(together) if period < each), len(together)), period)
    return tuple(together)


def all_with_what_stands(entities: Mapping[Reference, AnyEntity]) -> dict[Reference, AnyEntity]:
    """Every thing of a plan with what the others still need of it, and none that lies under itself."""
    entities = {**entities}
    for kind in IN_A_TREE:
        entities |= without_circles({ref: each for ref, each in entities.items() if ref.kind is kind})
    periods = {period for each in entities.values() if (period := period_of(each)) is not None}
    parts = parts_by_indicator(entities.values())
    named = _named(entities)
    return {
        reference: with_what_stands(entity, periods, parts.get(reference.key, ()), reference in named)
        for reference, entity in entities.items()
    }


def without_circles(of_a_kind: Mapping[Reference, AnyEntity]) -> dict[Reference, AnyEntity]:
    """Those areas, or goals, that two sides have laid under each other: the first of them by key lies at the top."""
    parents = {
        reference: Reference(reference.kind, each.parent)
        for reference, each in of_a_kind.items()
        if isinstance(each, Area | Goal)
    }
    return {first: replace(cast("Area | Goal", of_a_kind[first]), parent="") for first, *_others in circles(parents)}


def parts_by_indicator(entities: Iterable[AnyEntity]) -> dict[str, set[str]]:
    """The parts that figures stand in, by the keys of their indicators."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        if isinstance(entity, Outcome | TargetValue) and part_of(entity):
            found.setdefault(entity.indicator, set()).add(entity.part)
    return found


def _named(entities: Mapping[Reference, AnyEntity]) -> set[Reference]:
    """What is named by something that is there, itself or for the sake of what names it."""
    found: set[Reference] = set()
    waiting = [each for each in entities.values() if not each.retired]
    while waiting:
        entity = waiting.pop()
        for reference in needed_by(entity):
            named = entities.get(reference)
            if reference not in found and named is not None:
                found.add(reference)
                if named.retired:
                    waiting.append(named)
    return found


def needed_by(entity: AnyEntity) -> tuple[Reference, ...]:
    """What may not be retired as long as a thing is there. A figure rests with what it is of."""
    return () if entity.kind in OWNED else tuple(reference for _field, reference in references_of(entity))
