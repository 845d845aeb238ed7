"""A self-check for a period: its latest result, whether one is due, and its figure against the threshold.

docs/rules.md, Results of self-checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kvaltui.model import reason
from kvaltui.model.content import PlanContent
from kvaltui.model.figure import FigureError, parse_figure
from kvaltui.model.period import Period
from kvaltui.model.policy import Policy
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.status import Status
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import Rule, TargetError, TargetInWordsError
from kvaltui.model.unit import canonical
from kvaltui.model.value import dataclass
from kvaltui.model.verdict import Verdict, judge

_TIMES = frozenset({"minuter", "timmar", "dagar", "veckor", "månader", "år"})
_NO_POLICY = Policy()
_JUDGED: Mapping[Status, ResultStatus] = MappingProxyType(
    {
        Status.ACHIEVED: ResultStatus.APPROVED,
        Status.PARTIALLY_ACHIEVED: ResultStatus.PARTLY,
        Status.NOT_ACHIEVED: ResultStatus.NOT_APPROVED,
    }
)
_NOT_IN_ORDER = frozenset({ResultStatus.PARTLY, ResultStatus.NOT_APPROVED, ResultStatus.NOT_PERFORMED})


@dataclass(frozen=True, slots=True)
class SelfCheckResult:
    """A self-check as it stands for a period.

    `result` is the latest one up to the period, None where there is none, and `status` what it comes to. `due`: it has
    still to be done for the period. `verdict` is the result's figure against the threshold, None where either is
    missing.
    """

    self_check: SelfCheck
    result: Result | None
    status: ResultStatus | None
    due: bool
    verdict: Verdict | None

    @property
    def is_not_in_order(self) -> bool:
        """Whether the latest result is another than approved: something is to be done about it."""
        return self.status in _NOT_IN_ORDER


def self_check_scale(self_check: SelfCheck) -> Scale:
    """How a self-check's figures are measured. Without a unit and a threshold they may be any text.

    A threshold without a word such as "högst" is a least value, but for a time it is the longest. One in per cent says
    what the figures are where the unit is not given.
    """
    unit = self_check.unit or ("%" if "%" in self_check.threshold else "")
    if not unit and not self_check.threshold:
        return Scale("text")
    is_time = canonical(unit) in _TIMES
    return Scale(unit, Direction.LOWER if is_time else Direction.HIGHER)


def judge_result(self_check: SelfCheck, result: Result) -> Verdict | None:
    """Judge a result's figure against the threshold by the common rules, without a yellow band. Never raises."""
    if not self_check.threshold or not result.value:
        return None
    scale = self_check_scale(self_check)
    try:
        target = parse_target(self_check.threshold, scale)
    except TargetInWordsError:
        return Verdict(Status.NOT_ASSESSED, Rule.QUALITATIVE, reason.UNREADABLE_TARGET)
    except TargetError:
        return Verdict(Status.NOT_ASSESSED, Rule.NONE, reason.UNREADABLE_TARGET)
    try:
        figure = parse_figure(result.value, scale)
    except FigureError:
        return Verdict(Status.NOT_ASSESSED, target.rule, reason.UNREADABLE_OUTCOME)
    return judge(figure, target, policy=_NO_POLICY, scale=scale)


def status_of(self_check: SelfCheck, result: Result) -> ResultStatus:
    """What a result comes to: what a person says of it, and where nobody has, its figure against the threshold."""
    return _come_to(result, judge_result(self_check, result))


def _come_to(result: Result, verdict: Verdict | None) -> ResultStatus:
    if result.status is not ResultStatus.UNKNOWN or verdict is None:
        return result.status
    return _JUDGED.get(verdict.status, ResultStatus.UNKNOWN)


def self_check_results(content: PlanContent, period: Period) -> tuple[SelfCheckResult, ...]:
    """Every self-check of the plan for a period, in the plan's order."""
    by_check: dict[str, list[Result]] = {}
    for result in content.active(Result):
        if result.period <= period:
            by_check.setdefault(result.self_check, []).append(result)
    return tuple(
        _stands(each, by_check.get(each.key, ()), period)
        for each in sorted(content.active(SelfCheck), key=lambda each: each.order)
    )


def _stands(self_check: SelfCheck, results: Iterable[Result], period: Period) -> SelfCheckResult:
    latest = max(results, key=lambda result: result.period, default=None)
    if latest is None:
        return SelfCheckResult(self_check, None, None, True, None)
    verdict = judge_result(self_check, latest)
    status = _come_to(latest, verdict)
    due = status is ResultStatus.UNKNOWN or not _covers(latest.period, self_check, period)
    return SelfCheckResult(self_check, latest, status, due, verdict)


def _covers(done: Period, self_check: SelfCheck, period: Period) -> bool:
    """Whether what was done in one period is enough for another: once in the year, tertial … that it ends in."""
    if done.end >= period.start:
        return True
    months = 12 // self_check.frequency.parts_of_year
    first = (period.end.month - 1) // months * months + 1
    return (done.end.year, done.end.month) >= (period.end.year, first)
