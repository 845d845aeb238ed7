"""Who stands under whom: areas, goals and indicators of a plan (docs/rules.md, Up the tree).

Children of a goal: its indicators and sub-goals. Children of an area: its goals, its sub-areas and the indicators
that stand directly in it. Children of the plan: its top areas, and the goals and indicators that stand in no area.
An indicator whose goal lies in another area (or in the plan as a whole) stands in its own area and under that goal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.value import dataclass

STRUCTURE = frozenset({Kind.AREA, Kind.GOAL, Kind.INDICATOR})
MOST_LEVELS = 50
"""Areas or goals under each other; real plans have up to five."""
ROOT = Reference(Kind.PLAN, "")


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree without what is retired. `parents` leads upward, `children` downward, both in the plan's order.

    `goals_elsewhere` leads from an indicator to its goal where that goal lies outside the indicator's area.
    """

    children: Mapping[Reference, tuple[Reference, ...]]
    parents: Mapping[Reference, Reference]
    goals_elsewhere: Mapping[Reference, Reference]

    @staticmethod
    def of(areas: Iterable[Area], goals: Iterable[Goal], indicators: Iterable[Indicator]) -> Tree:
        """What has an unknown, retired or circular parent is taken up to the plan, so that it stays visible.

        So is what would lie deeper than MOST_LEVELS, which only revisions from elsewhere can ask for.
        """
        parents: dict[Reference, Reference] = {}
        goals = tuple(goals)
        by_order = sorted((area for area in areas if not area.retired), key=lambda area: area.order)
        for area in by_order:
            parents[Reference(Kind.AREA, area.key)] = Reference(Kind.AREA, area.parent) if area.parent else ROOT
        for goal in sorted((goal for goal in goals if not goal.retired), key=lambda goal: goal.order):
            above = Reference(Kind.GOAL, goal.parent) if goal.parent else _in_area(goal.area)
            parents[Reference(Kind.GOAL, goal.key)] = above
        goal_areas = {goal.key: goal.area for goal in goals}
        goals_elsewhere: dict[Reference, Reference] = {}
        for indicator in sorted(indicators, key=lambda indicator: indicator.order):
            if indicator.retired or indicator.is_core_volume:
                continue
            node, its_goal = Reference(Kind.INDICATOR, indicator.key), Reference(Kind.GOAL, indicator.goal)
            if indicator.goal and indicator.area in ("", goal_areas.get(indicator.goal)):
                parents[node] = its_goal
            else:
                parents[node] = _in_area(indicator.area)
                if its_goal in parents:
                    goals_elsewhere[node] = its_goal
        for node, parent in parents.items():
            if parent not in parents:
                parents[node] = ROOT
        for circle in circles(parents):
            parents[circle[0]] = ROOT
        for node in _too_deep(parents):
            parents[node] = ROOT
        children: dict[Reference, list[Reference]] = {}
        for node, parent in parents.items():
            children.setdefault(parent, []).append(node)
        for node, elsewhere in goals_elsewhere.items():
            children.setdefault(elsewhere, []).append(node)
        return Tree({parent: tuple(nodes) for parent, nodes in children.items()}, parents, goals_elsewhere)

    def ancestors(self, node: Reference) -> Iterator[Reference]:
        """From the node's parent up to and including ROOT, along the tree as it is shown."""
        while node != ROOT:
            node = self.parents.get(node, ROOT)
            yield node

    def affected_by(self, node: Reference) -> tuple[Reference, ...]:
        """Everything whose verdict may follow from the node's, each after what it follows from; ROOT is last."""
        elsewhere = self.goals_elsewhere.get(node)
        above = set(self.ancestors(node))
        if elsewhere is not None:
            above |= {elsewhere, *self.ancestors(elsewhere)}
        return tuple(sorted(above, key=lambda each: sum(1 for _ in self.ancestors(each)), reverse=True))

    def below(self, node: Reference) -> Iterator[Reference]:
        """Everything under a node once, parents before their children."""
        found: dict[Reference, None] = {}
        waiting = list(reversed(self.children.get(node, ())))
        while waiting:
            each = waiting.pop()
            if each not in found:
                found[each] = None
                waiting += reversed(self.children.get(each, ()))
        return iter(found)

    def indicators_below(self, node: Reference) -> Iterator[str]:
        """The keys of the indicators under a node, each once."""
        return (found.key for found in self.below(node) if found.kind is Kind.INDICATOR)

    def area_of(self, node: Reference) -> str:
        """The key of the nearest area above (or at) the node, "" where there is none."""
        if node.kind is Kind.AREA:
            return node.key
        return next((above.key for above in self.ancestors(node) if above.kind is Kind.AREA), "")

    def area_path(self, area: str) -> Iterator[str]:
        """The area's key and those of the areas that it lies in."""
        if area:
            yield area
            yield from (above.key for above in self.ancestors(Reference(Kind.AREA, area)) if above.kind is Kind.AREA)


def _in_area(area: str) -> Reference:
    return Reference(Kind.AREA, area) if area else ROOT


def _too_deep(parents: Mapping[Reference, Reference]) -> list[Reference]:
    """The areas and goals at which a line of more than MOST_LEVELS is cut, wherever one begins to look."""
    depths: dict[Reference, int] = {ROOT: 0}
    for node in parents:
        if node.kind is not Kind.INDICATOR:
            above = [node]
            while (parent := parents[above[-1]]) not in depths:
                above.append(parent)
            for each in reversed(above):
                depths.setdefault(each, depths[parents[each]] + 1)
    return [node for node, depth in depths.items() if depth > 1 and depth % MOST_LEVELS == 1]


def circles(parents: Mapping[Reference, Reference]) -> Iterator[tuple[Reference, ...]]:
    """The circles in which things lie under each other, each from the least of its members upward.

    So each is broken at the same place on every copy, whatever the order of the things. What only hangs under a circle
    is no part of it.
    """
    looked_at: set[Reference] = set()
    for node in parents:
        path: list[Reference] = []
        while node in parents and node not in looked_at:
            looked_at.add(node)
            path.append(node)
            node = parents[node]
        if node in path:
            around = path[path.index(node) :]
            first = around.index(min(around))
            yield (*around[first:], *around[:first])
