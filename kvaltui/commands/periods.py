"""The reporting round: the plan's periods, areas marked complete for one and opened again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kvaltui.columns import Column, GivesWay
from kvaltui.commands.context import Context, find_area, period_of
from kvaltui.commands.errors import DONE
from kvaltui.commands.layout import Table, TableCell, cells, plain_table
from kvaltui.commands.output import width, write, write_json
from kvaltui.commands.pieces import plain
from kvaltui.commands.saving import say_saved, store
from kvaltui.doubt_words import how_many_look_wrong
from kvaltui.i18n import _, number, say
from kvaltui.model.content import PlanContent
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.period import Period
from kvaltui.model.reporting_round import completion, marked_complete, reopened, with_period
from kvaltui.model.structure import Area
from kvaltui.model.written_period import parse_written_period
from kvaltui.words import capitalised
from kvaltui.work.rounds import doubtful_in


def list_periods(context: Context) -> int:
    """The plan's periods, which is the current one, and the areas that are marked complete for each."""
    with context.open() as database:
        content = context.content(database)
    periods = content.plan.periods
    if context.arguments.json:
        write_json([_as_json(content, period, context.today) for period in periods])
        return DONE
    if not periods:
        write(_("The plan has no periods yet. Add one with: {command}", command="kvaltui period add 2026"))
        return DONE
    columns = (
        Column(_("Period")),
        Column(_("Name")),
        Column(_("Indicators with outcomes"), is_right=True),
        Column(_("Marked complete"), gives_way=GivesWay.LAST),
    )
    write(
        "\n".join(plain_table(Table(columns, [_as_row(content, period, context.today) for period in periods]), width()))
    )
    return DONE


def _as_json(content: PlanContent, period: Period, today: date) -> dict[str, object]:
    return {
        "period": str(period),
        "name": say(period),
        "current": period == content.plan.current_period,
        "over": period.is_over(today),
        "reported": judge_plan(content, period, today).total.counts.reported,
        "complete": [area.key for area in _complete(content, period)],
    }


def _as_row(content: PlanContent, period: Period, today: date) -> tuple[TableCell, ...]:
    name = capitalised(say(period))
    current = _("{period} (current)", period=name) if period == content.plan.current_period else name
    reported = judge_plan(content, period, today).total.counts.reported
    return cells(str(period), current, number(reported), ", ".join(area.name for area in _complete(content, period)))


def _complete(content: PlanContent, period: Period) -> list[Area]:
    return [area for area in content.active(Area) if completion(content, area.key, period).complete]


def add(context: Context) -> int:
    """Add a period to the plan, with copies of another period's targets if asked for."""
    period = parse_written_period(context.arguments.period)
    with context.open() as database:
        content = context.content(database)
        source: str | None = context.arguments.copy_targets_from
        changed = with_period(content, period, period_of(content.plan, source) if source else None)
        action = store(context, database, content, changed)
    write(_("The plan now has the period {period}.", period=period))
    if source:
        count = len(changed) - 1
        write(_("{count} target copied." if count == 1 else "{count} targets copied.", count=count))
    say_saved(action)
    return DONE


def complete(context: Context) -> int:
    """Mark an area complete for a period, and tell what looks wrong among the figures that are locked by it."""
    with context.open() as database:
        content = context.content(database)
        area = find_area(content, context.arguments.area)
        period = period_of(content.plan, context.arguments.period)
        action = store(context, database, content, [marked_complete(content, area.key, period)])
    write(_("{area} is marked complete for {period}. Its figures are locked.", area=area.name, period=period))
    for line in _doubts(content, area, period, context.today):
        write(line)
    say_saved(action)
    return DONE


def _doubts(content: PlanContent, area: Area, period: Period, today: date) -> Iterator[str]:
    """How many figures in an area look wrong for a period, then each of them and why."""
    result = judge_plan(content, period, today)
    doubtful = doubtful_in(content, result, area.key)
    if doubtful:
        yield f"{how_many_look_wrong(len(doubtful))}:"
    for each in doubtful:
        yield plain(f"  ! {each.named_figure} ({', '.join(each.reasons)})")


def reopen(context: Context) -> int:
    """Open an area again for a period for which it was marked complete."""
    motivation: str = context.arguments.motivation
    with context.open() as database:
        content = context.content(database)
        area = find_area(content, context.arguments.area)
        period = period_of(content.plan, context.arguments.period)
        mark = reopened(content, area.key, period, motivation)
        action = store(context, database, content, [mark], reason=motivation)
    write(_("{area} is open again for {period}.", area=area.name, period=period))
    say_saved(action)
    return DONE
