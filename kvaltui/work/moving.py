"""Moving areas, goals and indicators to another place in the tree: where each can lie, and what changes with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.tree import ROOT
from kvaltui.model.value import replace

Placed = Area | Goal | Indicator
"""What has a place in the tree of the plan."""

_CAN_LIE_UNDER = {
    Kind.AREA: frozenset({Kind.PLAN, Kind.AREA}),
    Kind.GOAL: frozenset({Kind.PLAN, Kind.AREA, Kind.GOAL}),
    Kind.INDICATOR: frozenset({Kind.PLAN, Kind.AREA, Kind.GOAL}),
}


def placed(content: PlanContent, node: Reference) -> Placed | None:
    """The thing that a node of the tree is about; None for the plan itself and for what is not there."""
    entity = content.find(node)
    return entity if isinstance(entity, Placed) else None


def places_for(content: PlanContent, node: Reference) -> Iterator[Reference]:
    """Where a thing can lie, in the order of the tree: never under itself."""
    below = {node, *content.tree.below(node)}
    for place in (ROOT, *content.tree.below(ROOT)):
        if place.kind in _CAN_LIE_UNDER[node.kind] and place not in below:
            yield place


def values_under(content: PlanContent, kind: Kind, place: Reference) -> dict[str, str]:
    """The fields that say where a thing lies, for one of a kind that is to lie under a place."""
    goal = content.get(Goal, place.key) if place.kind is Kind.GOAL else None
    area = goal.area if goal is not None else place.key if place.kind is Kind.AREA else ""
    match kind:
        case Kind.AREA:
            return {"parent": area}
        case Kind.GOAL:
            return {"area": area, "parent": goal.key if goal is not None else ""}
        case _:
            return {"area": area, "goal": goal.key if goal is not None else ""}


def moved(content: PlanContent, node: Reference, place: Reference) -> list[AnyEntity]:
    """A thing as it is under another place; the goals and indicators under a goal follow it to its area."""
    thing = placed(content, node)
    if thing is None:
        return []
    values = values_under(content, node.kind, place)
    changed: list[AnyEntity] = [replace(cast(Any, thing), **values)]
    if isinstance(thing, Goal) and values["area"] != thing.area:
        changed += _following(content, thing, values["area"])
    return [each for each in changed if each != content.find(Reference(each.kind, each.key))]


def _following(content: PlanContent, goal: Goal, area: str) -> Iterator[AnyEntity]:
    """What lies under a goal and in its area, as it is in another area."""
    for node in content.tree.below(Reference(Kind.GOAL, goal.key)):
        below = content.find(node)
        if isinstance(below, Goal | Indicator) and below.area == goal.area:
            yield replace(below, area=area)


def beside(content: PlanContent, node: Reference) -> list[Placed]:
    """The things of the same kind that lie beside a thing, itself included, in their order."""
    tree = content.tree
    above = tree.parents.get(node, ROOT)
    siblings = (each for each in tree.children.get(above, ()) if tree.parents[each] == above)
    found = (placed(content, each) for each in siblings if each.kind is node.kind)
    return [each for each in found if each is not None]
