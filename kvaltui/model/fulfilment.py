"""Verdicts -> goal -> area -> whole: what a plan's figures mean for a period (FIGURES.md, Up the tree)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kvaltui.model.entity import Reference
from kvaltui.model.figure import Figure, MissingReason
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment
from kvaltui.model.status import Change, Doubt, Status
from kvaltui.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Counts:
    """How many indicators have each status; `reported` have an outcome for the period (a figure or a reason for none)."""

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
        return self.of - self.not_assessed


@dataclass(frozen=True, slots=True)
class Previous:
    """The nearest earlier figure that the current one is compared with."""

    period: Period
    text: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """An indicator for a period: its computed verdict, a person's assessment beside it, and all there is to say of it.

    `status` is the assessment's where there is one, otherwise the computed one. `target` and `outcome` are texts as written
    (of the whole, or the parts' joined by "; " where only parts were entered), None where there is none.
    """

    key: str
    status: Status
    verdict: Verdict
    manual: Assessment | None
    is_stale: bool
    target: str | None
    outcome: str | None
    figure: Figure | None
    change: Change | None
    previous: Previous | None
    missing: MissingReason | None
    is_estimated: bool
    is_reported: bool
    doubts: tuple[Doubt, ...]
    is_contested: bool
    parts: tuple[PartResult, ...] = ()


@dataclass(frozen=True, slots=True)
class PartResult:
    """One named part of an indicator: texts as written and its verdict."""

    part: str
    target: str | None
    outcome: str | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class NodeResult:
    """A goal, an area or the whole plan for a period. `assessed` of `children` children have a verdict."""

    reference: Reference
    status: Status
    computed: Status
    manual: Assessment | None
    is_stale: bool
    counts: Counts
    children: int
    assessed: int


@dataclass(frozen=True, slots=True)
class PlanResult:
    """A whole plan judged for a period. `nodes` has every goal and area and tree.ROOT, the plan itself."""

    period: Period
    indicators: Mapping[str, IndicatorResult]
    nodes: Mapping[Reference, NodeResult]
