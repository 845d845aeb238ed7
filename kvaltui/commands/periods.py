"""The reporting round: the plan's periods, areas marked complete for one and opened again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kvaltui.commands.context import Context, find_area, period_of
from kvaltui.commands.errors import DONE, UsageError
from kvaltui.commands.layout import Cell, Column, GivesWay, Table, cells, plain_table
from kvaltui.commands.output import width, write, write_json
from kvaltui.commands.saving import say_saved, store
from kvaltui.i18n import _, number, say
from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.model.reporting import Completion, Outcome, TargetValue
from kvaltui.model.structure import Area, Indicator, IndicatorStatus
from kvaltui.model.value import dataclass, replace
from kvaltui.words import capitalised


def list_periods(context: Context) -> int:
    """The plan's periods, which is the current one, and the areas that are marked complete for each."""
    with context.open() as database:
        content = context.content(database)
    summaries = [_summary(content, period, context.today) for period in content.plan.periods]
    if context.arguments.json:
        write_json([summary.as_json() for summary in summaries])
        return DONE
    if not summaries:
        write(_("The plan has no periods yet. Add one with: {command}", command="kvaltui period add 2026"))
        return DONE
    columns = (
        Column(_("Period")),
        Column(_("Name")),
        Column(_("Indicators with outcomes"), is_right=True),
        Column(_("Marked complete"), gives_way=GivesWay.LAST),
    )
    write("\n".join(plain_table(Table(columns, [summary.as_row() for summary in summaries]), width())))
    return DONE


@dataclass(frozen=True, slots=True)
class _Summary:
    period: Period
    is_current: bool
    is_over: bool
    reported: int
    complete: tuple[Area, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "period": str(self.period),
            "name": say(self.period),
            "current": self.is_current,
            "over": self.is_over,
            "reported": self.reported,
            "complete": [area.key for area in self.complete],
        }

    def as_row(self) -> tuple[Cell, ...]:
        name = capitalised(say(self.period))
        current = _("{period} (current)", period=name) if self.is_current else name
        areas = ", ".join(area.name for area in self.complete)
        return cells(str(self.period), current, number(self.reported), areas)


def _summary(content: PlanContent, period: Period, today: date) -> _Summary:
    reported = {outcome.indicator for outcome in content.active(Outcome) if outcome.period == period and outcome.value}
    complete = tuple(area for area in content.active(Area) if _completion(content, area, period).complete)
    return _Summary(period, period == content.plan.current_period, period.is_over(today), len(reported), complete)


def _completion(content: PlanContent, area: Area, period: Period) -> Completion:
    """The area's own mark for the period; one that says that it is open where there is none."""
    unmarked = Completion(area=area.key, period=period, complete=False)
    found = content.get(Completion, unmarked.key)
    return found if found and not found.retired else unmarked


def add(context: Context) -> int:
    """Add a period to the plan, with copies of another period's targets if asked for."""
    from kvaltui.exchange.preview import united

    period = Period.parse(context.arguments.period)
    with context.open() as database:
        content = context.content(database)
        plan = content.plan
        if period in plan.periods:
            raise UsageError(Message("The plan has the period {period} already", period=str(period)))
        source: str | None = context.arguments.copy_targets_from
        targets = list(_copied_targets(content, period_of(plan, source), period)) if source else []
        action = store(context, database, content, [replace(plan, periods=united(plan.periods, [period])), *targets])
    write(_("The plan now has the period {period}.", period=period))
    if source:
        count = len(targets)
        write(_("{count} target copied." if count == 1 else "{count} targets copied.", count=count))
    say_saved(action)
    return DONE


def _copied_targets(content: PlanContent, source: Period, period: Period) -> Iterator[TargetValue]:
    """The targets of one period for another, of indicators that are still followed and have none there."""
    for target in content.active(TargetValue):
        indicator = content.get(Indicator, target.indicator)
        if target.period != source or not target.value or indicator is None or indicator.retired:
            continue
        copy = replace(target, period=period, contested=())
        if indicator.status is not IndicatorStatus.DISCONTINUED and content.get(TargetValue, copy.key) is None:
            yield copy


def complete(context: Context) -> int:
    """Mark an area complete for a period."""
    return _mark(context, is_complete=True, motivation="")


def reopen(context: Context) -> int:
    """Open an area again for a period for which it was marked complete."""
    return _mark(context, is_complete=False, motivation=context.arguments.motivation)


def _mark(context: Context, *, is_complete: bool, motivation: str) -> int:
    with context.open() as database:
        content = context.content(database)
        area = find_area(content, context.arguments.area)
        period = period_of(content.plan, context.arguments.period)
        before = _completion(content, area, period)
        if not is_complete and not before.complete:
            told = Message("{area} is not marked complete for {period}", area=area.name, period=period)
            raise UsageError(told)
        after = replace(before, complete=is_complete, motivation=motivation)
        action = store(context, database, content, [after], reason=motivation)
    if is_complete:
        write(_("{area} is marked complete for {period}. Its figures are locked.", area=area.name, period=period))
    else:
        write(_("{area} is open again for {period}.", area=area.name, period=period))
    say_saved(action)
    return DONE
