"""The charts of how an indicator, a goal or an area has developed through the periods."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kvaltui.figure_words import total_cell
from kvaltui.i18n import number
from kvaltui.model.figure import Figure, FigureError, parse_figure
from kvaltui.model.fulfilment import NodeResult
from kvaltui.model.period import Period
from kvaltui.model.reason import readable
from kvaltui.model.scale import Scale
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import TargetError
from kvaltui.status_cells import achieved_of
from kvaltui.tui.terminal.drawing import DrawnLine
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.chart import Chart, ChartColumn
from kvaltui.work.development import Stage

_HUNDRED = Decimal(100)


def chart_of_indicator(
    stages: Sequence[Stage], scale: Scale, width: int, height: int, paint: Paint, *, is_ascii: bool
) -> list[DrawnLine]:
    """The chart of an indicator's figures with the line of its target; nothing where there are no numbers."""
    columns = [_column(stage, scale) for stage in stages]
    if not any(column.low is not None or column.high is not None for column in columns):
        return []
    percent = "\N{NO-BREAK SPACE}%" if scale.is_percentage else ""
    return Chart(
        columns, width, height, paint, axis=lambda value: f"{number(readable(value))}{percent}", is_ascii=is_ascii
    ).lines()


def chart_of_branch(
    stages: Sequence[tuple[Period, NodeResult]], width: int, height: int, paint: Paint, *, is_ascii: bool
) -> list[DrawnLine]:
    """The chart of the share of the indicators below that are achieved, period by period."""
    columns = []
    for period, node in stages:
        counts = node.counts
        share = _HUNDRED * counts.achieved / counts.of if counts.of else None
        shown = achieved_of(counts.achieved, counts.of)
        # The whole of the axis is everything, whatever the highest share has been.
        columns.append(ChartColumn(str(period), shown, share, share, node.status, ()))
    return Chart(
        columns,
        width,
        height,
        paint,
        axis=lambda value: f"{number(value, 0)}\N{NO-BREAK SPACE}%",
        is_ascii=is_ascii,
        top=_HUNDRED,
    ).lines()


def _column(stage: Stage, scale: Scale) -> ChartColumn:
    figure = stage.figure if stage.figure is not None and stage.figure.is_number else _read(stage.outcome, scale)
    low, high = (figure.low, figure.high) if figure is not None and figure.is_number else (None, None)
    return ChartColumn(
        str(stage.period),
        total_cell(stage.outcome, stage.figure, scale),
        low,
        high,
        stage.status,
        _limits(stage.target, scale),
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
