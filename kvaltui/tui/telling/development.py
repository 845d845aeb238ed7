"""How an indicator, a goal or an area has developed through the periods, and its chart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kvaltui.i18n import number
from kvaltui.model.entity import Reference
from kvaltui.model.figure import Figure, FigureError, parse_figure
from kvaltui.model.fulfilment import IndicatorResult, NodeResult, judge_plan
from kvaltui.model.indicator_judging import judge_indicator
from kvaltui.model.period import Period
from kvaltui.model.reason import readable
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.status import Change, Status
from kvaltui.model.target import TargetError, parse_target
from kvaltui.model.view import View
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.chart import ChartColumn, ChartLine, chart
from kvaltui.work.figures import achieved_of, total_cell
from kvaltui.work.session import PlanSession

_PERCENT = Scale("%", Direction.HIGHER)
_HUNDRED = Decimal(100)


class Stage(NamedTuple):
    """An indicator, or one of its parts, in a period: texts as written, the figure that they come to, its status."""

    period: Period
    target: str
    outcome: str
    figure: Figure | None
    status: Status
    change: Change | None


def stages_of(session: PlanSession, key: str, part: str = "") -> list[Stage]:
    """An indicator through the periods up to the one that is looked at: those in which there is something to say."""
    content, indicator = session.content, session.indicator(key)
    stages = []
    for period in sorted(content.plan.periods):
        if period <= session.period:
            judged = judge_indicator(View.of(content, period, session.today), indicator)
            stage = _stage(period, judged, part)
            if stage.target or stage.outcome or period == session.period or judged.manual is not None:
                stages.append(stage)
    return stages


def _stage(period: Period, judged: IndicatorResult, part: str) -> Stage:
    if not part:
        return Stage(period, judged.target or "", judged.outcome or "", judged.figure, judged.status, judged.change)
    found = next((each for each in judged.parts if each.part == part), None)
    if found is None:
        return Stage(period, "", "", None, Status.NOT_ASSESSED, None)
    return Stage(period, found.target or "", found.outcome or "", None, found.verdict.status, found.change)


def branch_stages(session: PlanSession, node: Reference) -> list[tuple[Period, NodeResult]]:
    """A goal, an area or the plan through the periods up to the one that is looked at, where anything is reported."""
    stages = []
    for period in sorted(session.content.plan.periods):
        if period <= session.period:
            result = session.result if period == session.period else judge_plan(session.content, period, session.today)
            found = result.nodes.get(node)
            if found is not None and (found.counts.reported or found.manual is not None or period == session.period):
                stages.append((period, found))
    return stages


def chart_of_indicator(
    stages: Sequence[Stage], scale: Scale, width: int, height: int, paint: Paint, *, is_ascii: bool
) -> list[ChartLine]:
    """The chart of an indicator's figures with the line of its target; nothing where there are no numbers."""
    columns = [_column(stage, scale) for stage in stages]
    if not any(column.low is not None or column.high is not None for column in columns):
        return []
    percent = "\N{NO-BREAK SPACE}%" if scale.is_percentage else ""
    return chart(
        columns, width, height, paint, axis=lambda value: f"{number(readable(value))}{percent}", is_ascii=is_ascii
    )


def chart_of_branch(
    stages: Sequence[tuple[Period, NodeResult]], width: int, height: int, paint: Paint, *, is_ascii: bool
) -> list[ChartLine]:
    """The chart of the share of the indicators below that are achieved, period by period."""
    columns = []
    for period, node in stages:
        counts = node.counts
        share = _HUNDRED * counts.achieved / counts.of if counts.of else None
        shown = achieved_of(counts.achieved, counts.of)
        # The whole of the axis is everything, whatever the highest share has been.
        columns.append(ChartColumn(str(period), shown, share, share, node.status, ()))
    return chart(
        columns,
        width,
        height,
        paint,
        axis=lambda value: f"{number(value, 0)}\N{NO-BREAK SPACE}%",
        is_ascii=is_ascii,
        top=_HUNDRED,
    )


def shown_figure(stage: Stage, scale: Scale) -> str:
    """The figure of a stage for a narrow column: a total that is computed from parts as such."""
    return total_cell(stage.outcome, stage.figure, scale)


def _column(stage: Stage, scale: Scale) -> ChartColumn:
    figure = stage.figure if stage.figure is not None and stage.figure.is_number else _read(stage.outcome, scale)
    low, high = (figure.low, figure.high) if figure is not None and figure.is_number else (None, None)
    return ChartColumn(
        str(stage.period), shown_figure(stage, scale), low, high, stage.status, _limits(stage.target, scale)
    )


def _read(text: str, scale: Scale) -> Figure | None:
    try:
        return parse_figure(text, scale)
    except FigureError:
        return None


def _limits(text: str, scale: Scale) -> tuple[Decimal, ...]:
    """The numbers of a target that a line can be drawn at."""
    try:
        target = parse_target(text, scale)
    except TargetError:
        return ()
    limits = (target.low, target.high, target.base if target.amount is None else None)
    return tuple(each for each in limits if each is not None)
