"""The areas and goals of a plan as they stand for a period: their status, how their figures have moved, what is in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import Counts, NodeResult, PlanResult, judge_plan
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.period import Period
from kvaltui.model.reporting import Completion, Outcome
from kvaltui.model.status import Change, Status
from kvaltui.model.tree import ROOT

MOST_PERIODS = 12
"""So many periods are looked back on."""


class Moved(NamedTuple):
    """How many figures are better, worse, the same or not to be compared since the nearest earlier one."""

    better: int = 0
    worse: int = 0
    same: int = 0
    not_comparable: int = 0


class Branch(NamedTuple):
    """An area or a goal, how deep it lies, what it comes to, and whether its figures are locked by a mark.

    `area` is the area that a goal lies in, or an area itself; "" for none.
    """

    reference: Reference
    area: str
    depth: int
    node: NodeResult
    moved: Moved
    is_complete: bool

    @property
    def is_area(self) -> bool:
        """Whether it is an area and no goal."""
        return self.reference.kind is Kind.AREA


class Reached(NamedTuple):
    """How many indicators had which status in a period."""

    period: Period
    counts: Counts


def branches_of(content: PlanContent, result: PlanResult) -> tuple[Branch, ...]:
    """Every area and goal, in the order of the tree."""
    moved = moved_below(result)
    tree = content.tree
    marks = any(each.complete and each.period == result.period for each in content.active(Completion))
    found = []
    depths: dict[Reference, int] = {ROOT: -1}
    for node in tree.below(ROOT):
        if node.kind is Kind.INDICATOR:
            continue
        depths[node] = depths.get(tree.parents[node], -1) + 1
        is_complete = marks and node.kind is Kind.AREA and _is_complete(content, node.key, result.period)
        found.append(
            Branch(node, tree.area_of(node), depths[node], result.nodes[node], moved.get(node, Moved()), is_complete)
        )
    return tuple(found)


def _is_complete(content: PlanContent, area: str, period: Period) -> bool:
    # Few plans have such marks when `status` is asked for, which is to start fast.
    from kvaltui.model.reporting_round import complete_area

    return bool(complete_area(content, area, period))


def moved_below(result: PlanResult) -> dict[Reference, Moved]:
    """How the figures below each node have moved, every indicator counted once; the whole plan's are at ROOT."""
    found: dict[Reference, Moved] = {}
    for above, keys in result.preparation.groups:
        moved = moved_among(result.indicators[key] for key in keys)
        if any(moved):
            for node in above:
                found[node] = Moved(*map(sum, zip(found.get(node, Moved()), moved, strict=True)))
    return found


def moved_among(judged: Iterable[IndicatorResult]) -> Moved:
    """How the figures of some indicators have moved."""
    changes = [each.change for each in judged if each.change is not None and each.status is not Status.NOT_APPLICABLE]
    return Moved(*(changes.count(change) for change in _MOVES))


_MOVES = (Change.BETTER, Change.WORSE, Change.SAME, Change.NOT_COMPARABLE)


def since_when(indicators: Iterable[IndicatorResult]) -> Period | None:
    """The period since which the figures have moved, where it is the same of all that are better or worse."""
    periods = {
        each.previous.period
        for each in indicators
        if each.previous is not None and each.change in (Change.BETTER, Change.WORSE)
    }
    return periods.pop() if len(periods) == 1 else None


def reached_by_period(content: PlanContent, result: PlanResult, today: date) -> tuple[Reached, ...]:
    """How it has gone: the periods of the result's sort up to its own in which anything is reported, the latest last.

    Each earlier period is judged, so it costs as much as opening the plan did; nothing where there is but one.
    """
    reported = {each.period for each in content.active(Outcome) if each.value}
    periods = [
        each
        for each in sorted(content.plan.periods)
        if each < result.period and each in reported and each.frequency is result.period.frequency
    ]
    past = [Reached(each, judge_plan(content, each, today).total.counts) for each in periods[1 - MOST_PERIODS :]]
    past = [each for each in past if each.counts.assessed]
    return (*past, Reached(result.period, result.total.counts)) if past else ()
