"""The figures of an indicator, a self-check or a part of the plan through the periods: as a chart, and in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kvaltui.figure_words import figure_cell, target_cell, target_words, total_cell
from kvaltui.i18n import _, number
from kvaltui.model.alphabet import swedish_order
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.figure import Figure, FigureError, parse_figure
from kvaltui.model.fulfilment import NodeResult
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Result, SelfCheck
from kvaltui.model.reason import readable
from kvaltui.model.reporting import Comparison
from kvaltui.model.scale import Scale
from kvaltui.model.self_check_judging import self_check_scale, status_of
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import TargetError
from kvaltui.model.value import replace
from kvaltui.status_cells import RESULT_STATUS, achieved_of, result_cell, status_cell
from kvaltui.tui.telling.teller import GAP, Teller
from kvaltui.tui.widgets.chart import ChartRow, DotChart, Ends, Mark
from kvaltui.work.development import Stage
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.relations import comparing

COUNTRY = "Riket"
"""The name by which most figures are compared: it stands first."""
_LONGEST_FIGURE = 11
_HUNDRED = Decimal(100)
_Marks = list[tuple[Mark, Ends]]


# An indicator


def chart_of_stages(
    teller: Teller, heading: str, row: EntryRow, stages: Sequence[Stage], comparisons: Sequence[Comparison]
) -> DotChart:
    """The figures of an indicator, or of a part of it, with its targets, what others have, and what is expected."""
    if not any(stage.outcome for stage in stages):
        return _chart(teller, heading, (), Scale())
    scale, now = teller.session.indicator(row.indicator).scale, stages[-1]
    rows = [_row_of_stage(teller, row, stage, now, comparisons) for stage in stages]
    others = [each for each in comparisons if each.period == now.period]
    legend = [f"{clean(each.name)}\N{NO-BREAK SPACE}{figure_cell(each.value, scale)}" for each in others]
    target = target_words(now.target, scale) if _limits(now.target, scale) else ""
    return _chart(teller, heading, rows, scale, _("target {target}", target=target) if target else "", legend)


def _row_of_stage(
    teller: Teller, row: EntryRow, stage: Stage, now: Stage, comparisons: Sequence[Comparison]
) -> ChartRow:
    paint, scale = teller.paint, teller.session.indicator(row.indicator).scale
    read = stage.figure if stage.figure is not None and stage.figure.is_number else _read(stage.outcome, scale)
    limits = _limits(stage.target, scale) or _limits(now.target, scale)
    marks: _Marks = [(Mark.TARGET, (each, each)) for each in limits]
    for each in comparisons:
        if each.period == stage.period:
            marks += _marks(Mark.OTHER, _read(each.value, scale))
    outcome = teller.content.outcome(row.indicator, stage.period, row.part)
    marks += _marks(Mark.EXPECTED, _read(outcome.forecast if outcome is not None else "", scale))
    found = _marks(Mark.OUTCOME, read)
    figure = total_cell(stage.outcome, stage.figure, scale)
    is_short = bool(found) or len(figure) <= _LONGEST_FIGURE
    status = paint.status(stage.status)
    return ChartRow(
        str(stage.period),
        _bare(figure, scale) if is_short else "",
        tuple(marks + found),
        "" if is_short else figure,
        status if stage is now else paint.text,
        (
            (target_cell(stage.target, scale), paint.muted),
            (status_cell(stage.status, ascii=teller.is_ascii), status) if stage.outcome else ("", None),
        ),
    )


def _marks(mark: Mark, figure: Figure | None) -> _Marks:
    """The mark of a figure; none where that is no number."""
    return [(mark, (figure.low, figure.high))] if figure is not None and figure.is_number else []


def comparisons_of(teller: Teller, indicator: str) -> list[Comparison]:
    """What others have, for all periods: the country first, the others by name, and the latest period last."""
    of_it = comparing(teller.content, Reference(Kind.INDICATOR, indicator))
    found = [each for key in of_it if (each := teller.content.get(Comparison, key)) is not None and each.value]
    found.sort(key=lambda each: each.period)
    return sorted(found, key=lambda each: (each.name != COUNTRY, swedish_order(each.name)))


def figures_in_a_line(written: Iterable[tuple[Period, str]], scale: Scale, comparisons: Sequence[Comparison]) -> str:
    """The figures of all periods and the latest of each that one is compared with; "" where there are none."""
    told = [f"{period}\N{NO-BREAK SPACE}{figure}" for period, figure in written]
    latest = {each.name: each for each in comparisons}
    told += [f"{clean(name)}\N{NO-BREAK SPACE}{figure_cell(each.value, scale)}" for name, each in latest.items()]
    return GAP.join(told)


# A self-check


def chart_of_results(teller: Teller, heading: str, self_check: SelfCheck, results: Sequence[Result]) -> DotChart:
    """The results of a self-check, the latest last, with the line of its threshold."""
    scale = self_check_scale(self_check)
    limits = _limits(self_check.threshold, scale) if self_check.threshold else ()
    rows = []
    for each in results:
        result = status_of(self_check, each)
        cell, style = result_cell(result, is_ascii=teller.is_ascii), teller.paint.status(RESULT_STATUS[result])
        shown = figure_cell(each.value, scale) if each.value else ""
        found = _marks(Mark.OUTCOME, _read(each.value, scale))
        marks: _Marks = [*((Mark.TARGET, (limit, limit)) for limit in limits), *found]
        words = "" if found else ", ".join(text for text in (cell, shown) if text)
        figure = _bare(shown, scale) if found else ""
        rows.append(ChartRow(str(each.period), figure, tuple(marks), words, style, ((cell, style),)))
    target = _("threshold {threshold}", threshold=target_words(self_check.threshold, scale)) if limits else ""
    return _chart(teller, heading, rows, scale, target)


# A goal, an area, the plan


def chart_of_shares(teller: Teller, heading: str, stages: Sequence[tuple[Period, NodeResult]]) -> DotChart:
    """The share of the indicators below that are achieved, period by period; of the whole, whatever they have been."""
    rows = []
    for period, node in stages:
        counts = node.counts
        share = _HUNDRED * counts.achieved / counts.of if counts.of else None
        style = teller.paint.status(node.status)
        marks: _Marks = [(Mark.OUTCOME, (share, share))] if share is not None else []
        shown = achieved_of(counts.achieved, counts.of)
        told = (status_cell(node.status, ascii=teller.is_ascii), style)
        rows.append(ChartRow(str(period), shown, tuple(marks), "", style, (told,)))
    return DotChart(heading, rows, teller.paint, _percent, teller.is_ascii, ends=(Decimal(0), _HUNDRED))


# What charts share


def _chart(
    teller: Teller,
    heading: str,
    rows: Sequence[ChartRow],
    scale: Scale,
    target: str = "",
    others: Sequence[str] = (),
) -> DotChart:
    """The chart of figures of a scale: without dots where no period has a number."""
    marks = {mark for row in rows for mark, _ends in row.marks}
    if Mark.OUTCOME not in marks:
        rows, target = [replace(row, marks=()) for row in rows], ""
    legend = [(Mark.OTHER, each) for each in others]
    if Mark.EXPECTED in marks:
        legend.append((Mark.EXPECTED, _("forecast")))
    return DotChart(
        heading,
        rows,
        teller.paint,
        lambda value: number(readable(value)),
        teller.is_ascii,
        target,
        legend,
        is_share=scale.is_percentage,
    )


def _percent(value: Decimal) -> str:
    return f"{number(value, 0)}\N{NO-BREAK SPACE}%"


def _bare(text: str, scale: Scale) -> str:
    """A figure without its percent sign, which the heading says for all."""
    return text.removesuffix("\N{NO-BREAK SPACE}%") if scale.is_percentage else text


def _read(text: str, scale: Scale) -> Figure | None:
    try:
        return parse_figure(text, scale) if text else None
    except FigureError:
        return None


def _limits(text: str, scale: Scale) -> tuple[Decimal, ...]:
    """The numbers of a target that a line can be drawn at."""
    try:
        target = parse_target(text, scale)
    except TargetError:
        return ()
    limits = (target.low, target.high, target.base if target.amount is None else None)
    return tuple(dict.fromkeys(each for each in limits if each is not None))
