"""Verdicts -> goal -> area -> whole: what a plan's figures mean for a period (FIGURES.md, Up the tree)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.indicator_judging import judge_indicator
from kvaltui.model.indicator_result import IndicatorResult, PartResult, Previous
from kvaltui.model.likeness import Likenesses
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Outcome, TargetValue
from kvaltui.model.roll_up import roll_up
from kvaltui.model.status import Status
from kvaltui.model.structure import Indicator
from kvaltui.model.tree import ROOT, STRUCTURE, Tree
from kvaltui.model.view import View, decided, is_expected

__all__ = [
    "Counts",
    "IndicatorResult",
    "NodeResult",
    "PartResult",
    "PlanResult",
    "Previous",
    "is_expected",
    "judge_again",
    "judge_changes",
    "judge_plan",
    "roll_up",
]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many indicators have each status; `reported` of those that count have an outcome for the period.

    An outcome is a figure or a reason for none. Indicators that the plan does not concern are only in `not_applicable`.
    """

    achieved: int = 0
    partially_achieved: int = 0
    not_achieved: int = 0
    not_assessed: int = 0
    not_applicable: int = 0
    reported: int = 0

    @property
    def of(self) -> int:
        """Indicators that count: those that the plan concerns."""
        return self.achieved + self.partially_achieved + self.not_achieved + self.not_assessed

    @property
    def assessed(self) -> int:
        """Indicators that have a verdict."""
        return self.of - self.not_assessed


@dataclass(frozen=True, slots=True)
class NodeResult:
    """A goal, an area or the whole plan for a period. `assessed` of the `children` that count have a verdict.

    `status` is a person's assessment where there is one, otherwise `computed`. `changed_at` is when an outcome, target
    or assessment of or below it for the period last changed.
    """

    reference: Reference
    status: Status
    computed: Status
    manual: Assessment | None
    is_stale: bool
    counts: Counts
    children: int
    assessed: int
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class PlanResult:
    """A whole plan judged for a period. `nodes` has every goal and area and tree.ROOT, the plan itself.

    `content`, `likenesses` and `is_unfinished` are what it was judged from, for judging again after a change.
    """

    period: Period
    indicators: Mapping[str, IndicatorResult]
    nodes: Mapping[Reference, NodeResult]
    content: PlanContent = field(compare=False, repr=False)
    likenesses: Likenesses = field(compare=False, repr=False)
    is_unfinished: bool = field(compare=False)

    @property
    def total(self) -> NodeResult:
        """The plan as a whole."""
        return self.nodes[ROOT]


def judge_plan(content: PlanContent, period: Period, today: date) -> PlanResult:
    """Judge every indicator of a plan for a period and roll the verdicts up. Never raises."""
    view, tree = View.of(content, period, today), content.tree
    followed = content.all(Indicator)
    indicators = [followed[node.key] for node in tree.parents if node.kind is Kind.INDICATOR]
    likenesses = Likenesses.of(content, indicators)
    results = {each.key: judge_indicator(view, each, likenesses.doubts(each)) for each in indicators}
    counts = _counted(tree, results)
    nodes: dict[Reference, NodeResult] = {}
    for node in _upward(tree, [node for node in tree.parents if node.kind is not Kind.INDICATOR]):
        nodes[node] = _judge_node(view, node, results, nodes, counts.get(node, Counts()))
    nodes[ROOT] = _judge_node(view, ROOT, results, nodes, counts.get(ROOT, Counts()))
    return PlanResult(period, results, nodes, content, likenesses, view.is_unfinished)


def judge_again(
    result: PlanResult,
    content: PlanContent,
    indicators: Iterable[str],
    today: date,
    nodes: Iterable[Reference] = (),
) -> PlanResult:
    """What `judge_plan` would give now that figures of some indicators, or assessments of some nodes, have changed.

    Judges those indicators and only the nodes above them. Where more than that has changed since `result` (the plan's
    policy, its structure, the year that ended) the whole plan is judged.
    """
    if (
        content.tree is not result.content.tree
        or content.plan != result.content.plan
        or is_expected(result.period, today) is not result.is_unfinished
    ):
        return judge_plan(content, result.period, today)
    view, tree = View.of(content, result.period, today), content.tree
    followed = content.all(Indicator)
    changed = [followed[key] for key in dict.fromkeys(indicators) if key in result.indicators]
    likenesses, concerned = result.likenesses.after(content, changed)
    changed += [followed[key] for key in sorted(concerned - {each.key for each in changed})]
    results, judged = dict(result.indicators), dict(result.nodes)
    steps: dict[Reference, list[int]] = {}
    for indicator in changed:
        node, key = Reference(Kind.INDICATOR, indicator.key), indicator.key
        results[key] = judge_indicator(view, indicator, likenesses.doubts(indicator))
        for above in tree.affected_by(node):
            step = steps.setdefault(above, [0] * len(_COUNTED))
            _count(step, result.indicators[key], -1)
            _count(step, results[key], 1)
    affected = set(steps)
    for node in nodes:
        if node in result.nodes:
            affected |= {node, *tree.affected_by(node)}
    for node in _upward(tree, affected):
        counts = _moved(result.nodes[node].counts, steps[node]) if node in steps else result.nodes[node].counts
        judged[node] = _judge_node(view, node, results, judged, counts)
    return PlanResult(result.period, results, judged, content, likenesses, view.is_unfinished)


def judge_changes(result: PlanResult, content: PlanContent, changed: Iterable[Reference], today: date) -> PlanResult:
    """What `judge_plan` would give now that the things named in `changed` are new or other than they were."""
    indicators: list[str] = []
    nodes: list[Reference] = []
    for reference in changed:
        if reference.kind in STRUCTURE or reference.kind is Kind.PLAN:
            return judge_plan(content, result.period, today)
        entity = content.find(reference)
        if isinstance(entity, Outcome | TargetValue):
            indicators.append(entity.indicator)
        elif isinstance(entity, Assessment) and entity.subject_kind is Kind.INDICATOR:
            indicators.append(entity.subject)
        elif isinstance(entity, Assessment):
            nodes.append(entity.subject_reference)
    return judge_again(result, content, indicators, today, nodes)


def _judge_node(
    view: View,
    node: Reference,
    indicators: Mapping[str, IndicatorResult],
    nodes: Mapping[Reference, NodeResult],
    counts: Counts,
) -> NodeResult:
    statuses: list[Status] = []
    changed_below = ""
    for child in view.content.tree.children.get(node, ()):
        found = indicators[child.key] if child.kind is Kind.INDICATOR else nodes[child]
        if found.status is not Status.NOT_APPLICABLE:
            statuses.append(found.status)
        changed_below = max(changed_below, found.changed_at)
    is_concerned = node.kind is not Kind.GOAL or view.does_concern(node.key)
    computed = roll_up(statuses, view.plan.roll_up) if is_concerned else Status.NOT_APPLICABLE
    manual = view.assessment(node.kind, node.key)
    status = (decided(manual) if is_concerned else None) or computed
    return NodeResult(
        reference=node,
        status=status,
        computed=computed,
        manual=manual,
        is_stale=manual is not None and changed_below > manual.changed_at,
        counts=counts,
        children=len(statuses),
        assessed=len(statuses) - statuses.count(Status.NOT_ASSESSED),
        changed_at=max(changed_below, view.assessment_changed_at(node.kind, node.key)),
    )


def _upward(tree: Tree, nodes: Iterable[Reference]) -> list[Reference]:
    """Each node after those below it."""
    return sorted(nodes, key=lambda node: -1 if node == ROOT else sum(1 for _ in tree.ancestors(node)), reverse=True)


_COUNTED = (
    Status.ACHIEVED,
    Status.PARTIALLY_ACHIEVED,
    Status.NOT_ACHIEVED,
    Status.NOT_ASSESSED,
    Status.NOT_APPLICABLE,
    "reported",
)
_PLACE = {status: place for place, status in enumerate(_COUNTED)}


def _count(tally: list[int], result: IndicatorResult, step: int) -> None:
    tally[_PLACE[result.status]] += step
    if result.is_reported and result.status is not Status.NOT_APPLICABLE:
        tally[-1] += step


def _moved(counts: Counts, steps: list[int]) -> Counts:
    before = (
        counts.achieved,
        counts.partially_achieved,
        counts.not_achieved,
        counts.not_assessed,
        counts.not_applicable,
        counts.reported,
    )
    return Counts(*(number + step for number, step in zip(before, steps, strict=True)))


def _counted(tree: Tree, indicators: Mapping[str, IndicatorResult]) -> dict[Reference, Counts]:
    """How many indicators of each status stand below each node, every one counted once."""
    tallies: dict[Reference, list[int]] = {}
    above: dict[tuple[Reference, Reference | None], tuple[Reference, ...]] = {}
    for key, result in indicators.items():
        node = Reference(Kind.INDICATOR, key)
        place = tree.parents[node], tree.goals_elsewhere.get(node)
        if place not in above:
            above[place] = tree.affected_by(node)
        for each in above[place]:
            _count(tallies.setdefault(each, [0] * len(_COUNTED)), result, 1)
    return {node: Counts(*tally) for node, tally in tallies.items()}
