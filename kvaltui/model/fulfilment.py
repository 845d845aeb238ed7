"""Verdicts -> goal -> area -> whole: what a plan's figures mean for a period (docs/rules.md, Up the tree)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from kvaltui.garbage import no_collection
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.period import Period
from kvaltui.model.preparation import Preparation
from kvaltui.model.reporting import Assessment, Outcome, TargetValue
from kvaltui.model.roll_up import roll_up
from kvaltui.model.status import Status
from kvaltui.model.tree import ROOT, Tree
from kvaltui.model.value import dataclass, field
from kvaltui.model.view import View, decided, does_concern, is_expected


class Counts(NamedTuple):
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
    def counted(self) -> tuple[int, ...]:
        """How many have each of the statuses that count, in the order of `COUNTED`."""
        return self.achieved, self.partially_achieved, self.not_achieved, self.not_assessed

    @property
    def of(self) -> int:
        """Indicators that count: those that the plan concerns."""
        return sum(self.counted)

    @property
    def assessed(self) -> int:
        """Indicators that have a verdict."""
        return self.of - self.not_assessed

    @property
    def waiting(self) -> int:
        """Indicators that count and have no outcome for the period."""
        return self.of - self.reported


class NodeResult(NamedTuple):
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

    Equal to another one that says the same. `preparation` and `is_unfinished` are for judging again after a change.
    """

    period: Period
    indicators: Mapping[str, IndicatorResult]
    nodes: Mapping[Reference, NodeResult]
    preparation: Preparation = field(compare=False)
    is_unfinished: bool = field(compare=False)

    @property
    def total(self) -> NodeResult:
        """The plan as a whole."""
        return self.nodes[ROOT]


def judge_plan(content: PlanContent, period: Period, today: date) -> PlanResult:
    """Judge every indicator of a plan for a period and roll the verdicts up. Never raises."""
    view, tree = View.of(content, period, today), content.tree
    with no_collection():
        preparation = Preparation.of(content)
        results = preparation.judge(view, preparation.followed.values())
    counts = _counted(preparation, results)
    nodes: dict[Reference, NodeResult] = {}
    for node in _upward(tree, [ROOT, *(node for node in tree.parents if node.kind is not Kind.INDICATOR)]):
        nodes[node] = _judge_node(view, node, results, nodes, counts.get(node, _NONE))
    return PlanResult(period, results, nodes, preparation, view.is_unfinished)


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
    former = result.preparation
    if not former.has_structure_of(content) or is_expected(result.period, today) is not result.is_unfinished:
        return judge_plan(content, result.period, today)
    view, tree = View.of(content, result.period, today), content.tree
    changed = dict.fromkeys(key for key in indicators if key in result.indicators)
    preparation, concerned = former.after(content, changed)
    results, judged = dict(result.indicators), dict(result.nodes)
    steps: dict[Reference, Counts] = {}
    anew = preparation.judge(view, [preparation.followed[key] for key in changed.keys() | concerned])
    results.update(anew)
    for key, its_result in anew.items():
        step = _together(_tally([its_result]), _tally([result.indicators[key]]), -1)
        for above in preparation.followed[key].above:
            steps[above] = _together(steps.get(above, _NONE), step)
    affected = set(steps)
    for node in nodes:
        if node in result.nodes:
            affected |= {node, *tree.affected_by(node)}
    for node in _upward(tree, affected):
        counts = result.nodes[node].counts
        if node in steps:
            counts = _together(counts, steps[node])
        judged[node] = _judge_node(view, node, results, judged, counts)
    return PlanResult(result.period, results, judged, preparation, view.is_unfinished)


def judge_changes(result: PlanResult, content: PlanContent, changed: Iterable[Reference], today: date) -> PlanResult:
    """What `judge_plan` would give now that the things named in `changed` are new or other than they were."""
    indicators: list[str] = []
    nodes: list[Reference] = []
    for reference in changed:
        entity = content.find(reference)
        if isinstance(entity, Outcome | TargetValue):
            indicators.append(entity.indicator)
        elif isinstance(entity, Assessment) and entity.subject_kind is Kind.INDICATOR:
            indicators.append(entity.subject)
        elif isinstance(entity, Assessment):
            nodes.append(entity.subject_reference)
    return judge_again(result, content, indicators, today, nodes)


_INDICATOR = Kind.INDICATOR


def _judge_node(
    view: View,
    node: Reference,
    indicators: Mapping[str, IndicatorResult],
    nodes: Mapping[Reference, NodeResult],
    counts: Counts,
) -> NodeResult:
    children = [
        indicators[child.key] if child.kind is _INDICATOR else nodes[child]
        for child in view.content.tree.children.get(node, ())
    ]
    statuses = [each.status for each in children]
    if Status.NOT_APPLICABLE in statuses:
        statuses = [status for status in statuses if status is not Status.NOT_APPLICABLE]
    changed_below = max([each.changed_at for each in children], default="")
    is_concerned = node.kind is not Kind.GOAL or does_concern(node.key, view.goals)
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


_NONE = Counts()


def _tally(results: Collection[IndicatorResult]) -> Counts:
    """How many of some indicators have each status."""
    statuses = [each.status for each in results]
    outside = statuses.count(Status.NOT_APPLICABLE)
    reported = [status for status, each in zip(statuses, results, strict=True) if each.is_reported]
    return Counts(
        statuses.count(Status.ACHIEVED),
        statuses.count(Status.PARTIALLY_ACHIEVED),
        statuses.count(Status.NOT_ACHIEVED),
        statuses.count(Status.NOT_ASSESSED),
        outside,
        len(reported) - (reported.count(Status.NOT_APPLICABLE) if outside else 0),
    )


def _together(first: Counts, second: Counts, sign: int = 1) -> Counts:
    return Counts(*[number + sign * more for number, more in zip(first, second, strict=True)])


def _counted(preparation: Preparation, indicators: Mapping[str, IndicatorResult]) -> dict[Reference, Counts]:
    """How many indicators of each status stand below each node, every one counted once."""
    counts: dict[Reference, Counts] = {}
    for above, keys in preparation.groups:
        tally = _tally([indicators[key] for key in keys])
        for node in above:
            counts[node] = _together(counts.get(node, _NONE), tally)
    return counts
