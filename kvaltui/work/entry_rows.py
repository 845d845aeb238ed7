"""The rows of the entry table: areas with what stands in them, indicators, and the parts of their breakdowns."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.structure import Indicator
from kvaltui.model.tree import ROOT
from kvaltui.model.value import dataclass

Matches = Callable[[str], bool]
SortKey = Callable[[str], Any]
"""What the indicators of a group are sorted by, given an indicator's key."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A row: a group (an area, or the plan for what stands in no area), an indicator, or with `part` a part of one.

    `depth` is how many groups it stands in.
    """

    reference: Reference
    part: str = ""
    depth: int = 0

    @property
    def is_group(self) -> bool:
        """Whether it is an area, or the plan, and no indicator."""
        return self.reference.kind is not Kind.INDICATOR

    @property
    def indicator(self) -> str:
        """The key of the row's indicator."""
        return self.reference.key


def build_rows(
    content: PlanContent,
    folded: Collection[Reference] = (),
    matches: Matches | None = None,
    sort_key: SortKey | None = None,
) -> list[EntryRow]:
    """The rows, groups in the plan's order and indicators by `sort_key` (None: in the plan's order too).

    A folded group stands alone; groups with no indicator that `matches` are left out.
    """
    return _Builder(content, folded, matches, sort_key).group(ROOT, depth=0)


@dataclass(frozen=True, slots=True)
class _Builder:
    content: PlanContent
    folded: Collection[Reference]
    matches: Matches | None
    sort_key: SortKey | None

    def group(self, node: Reference, depth: int) -> list[EntryRow]:
        """The rows of what stands in a group, its own indicators before its sub-areas."""
        indicators, areas = self._collect(node)
        rows: list[EntryRow] = []
        if indicators and node == ROOT:
            rows.append(EntryRow(ROOT))
            depth += 1
        if indicators and node not in self.folded:
            sort_key = self.sort_key
            if sort_key is not None:
                indicators.sort(key=lambda each: sort_key(each.key))
            for each in indicators:
                rows += self._indicator(each, depth)
        if node == ROOT:
            depth = 0
        if node not in self.folded or node == ROOT:
            for area in areas:
                below = self.group(area, depth + 1)
                if below or (area in self.folded and self._has_any(area)):
                    rows += [EntryRow(area, depth=depth), *below]
        return rows

    def _indicator(self, node: Reference, depth: int) -> list[EntryRow]:
        rows = [EntryRow(node, depth=depth)]
        if node not in self.folded:
            breakdown = self.content.all(Indicator)[node.key].breakdown
            rows += [EntryRow(node, part, depth + 1) for part in breakdown]
        return rows

    def _collect(self, node: Reference) -> tuple[list[Reference], list[Reference]]:
        """The indicators that stand in the group, under its goals too, and the areas in it."""
        indicators: list[Reference] = []
        areas: list[Reference] = []
        tree = self.content.tree
        for child in tree.children.get(node, ()):
            if child.kind is Kind.INDICATOR:
                # An indicator that also serves a goal elsewhere stands in its own area only.
                if tree.parents[child] == node and (self.matches is None or self.matches(child.key)):
                    indicators.append(child)
            elif child.kind is Kind.GOAL:
                own, below = self._collect(child)
                indicators += own
                areas += below
            else:
                areas.append(child)
        return indicators, areas

    def _has_any(self, node: Reference) -> bool:
        keys = self.content.tree.indicators_below(node)
        return any(self.matches is None or self.matches(key) for key in keys)
