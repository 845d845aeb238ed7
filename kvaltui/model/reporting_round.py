"""The reporting round: a new period with its targets, and areas marked complete for a period and opened again.

docs/rules.md, Periods and docs/rules.md, Areas marked complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.limits import RuleError
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.model.reporting import Completion, TargetValue
from kvaltui.model.standing import with_periods
from kvaltui.model.structure import Area, Indicator, IndicatorStatus, Plan
from kvaltui.model.value import replace


def united(periods: Sequence[Period], more: Sequence[Period]) -> tuple[Period, ...]:
    """All periods of both: as in `more` where it has them all, otherwise each new one before those after it."""
    return tuple(more) if set(periods) <= set(more) else with_periods(periods, more)


def next_period(plan: Plan, today: date) -> Period:
    """The period that a plan is likely to have next: the one after its current one, or the year where it has none."""
    following = plan.current_period.next if plan.current_period else Period(today.year)
    while following in plan.periods:
        following = following.next
    return following


def with_period(content: PlanContent, period: Period, copy_from: Period | None = None) -> tuple[AnyEntity, ...]:
    """What changes in a plan that gets a period: the plan itself, and the targets that are copied from another period.

    Copied are the targets of indicators that are still followed and have none for the new period. Raises RuleError
    where the plan has the period already.
    """
    plan = content.plan
    if period in plan.periods:
        raise RuleError(Message("The plan has the period {period} already", period=str(period)), field="period")
    targets = tuple(_copied_targets(content, copy_from, period)) if copy_from is not None else ()
    return replace(plan, periods=with_periods(plan.periods, [period])), *targets


def _copied_targets(content: PlanContent, source: Period, period: Period) -> Iterator[TargetValue]:
    for target in content.active(TargetValue):
        indicator = content.get(Indicator, target.indicator)
        if target.period != source or not target.value or indicator is None or indicator.retired:
            continue
        copy = replace(target, period=period, contested=())
        if indicator.status is not IndicatorStatus.DISCONTINUED and content.get(TargetValue, copy.key) is None:
            yield copy


def completion(content: PlanContent, area: str, period: Period) -> Completion:
    """An area's own mark for a period; one that says that it is open where there is none."""
    unmarked = Completion(area=area, period=period, complete=False)
    found = content.get(Completion, unmarked.key)
    return found if found and not found.retired else unmarked


def marked_complete(content: PlanContent, area: str, period: Period) -> Completion:
    """An area's mark for a period once it is complete, which locks its figures."""
    return replace(completion(content, area, period), complete=True, motivation="")


def reopened(content: PlanContent, area: str, period: Period, motivation: str) -> Completion:
    """An area's mark for a period once it is open again. Raises RuleError where it was not complete."""
    before = completion(content, area, period)
    if not before.complete:
        found = content.get(Area, area)
        name = found.name if found else area
        raise RuleError(Message("{area} is not marked complete for {period}", area=name, period=period), field="area")
    return replace(before, complete=False, motivation=motivation)


def complete_area(content: PlanContent, area: str, period: Period) -> str:
    """The key of the area whose mark locks an area's figures: its own, or that of one that it lies in; "" for none."""
    return next((each for each in content.tree.area_path(area) if completion(content, each, period).complete), "")
