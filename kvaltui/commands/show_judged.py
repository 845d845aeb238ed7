"""What `show` tells of an indicator, a goal, an area or the plan: its verdicts through the periods, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kvaltui.assessment_words import assessed, why_stale
from kvaltui.columns import Column, GivesWay
from kvaltui.commands.context import Context
from kvaltui.commands.layout import Style, Table, TableCell, cells
from kvaltui.commands.pieces import Symbols, figure_text, outcome_text, target_text
from kvaltui.exchange.status_json import indicator_object
from kvaltui.figure_words import NO_FIGURE
from kvaltui.i18n import _, say
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import NodeResult, PlanResult, judge_plan
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Comparison
from kvaltui.model.rules import told_name
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.tree import ROOT
from kvaltui.words import capitalised, word
from kvaltui.work.development import judged_in

_NAME = Column(gives_way=GivesWay.LAST)
_TEXT = Column(gives_way=GivesWay.LAST, wraps=True)


def judged_tables(context: Context, content: PlanContent, entity: AnyEntity) -> Iterator[Table]:
    """The tables of what is judged; none for anything else."""
    if isinstance(entity, Indicator):
        yield from _indicator_tables(context, content, entity)
    elif isinstance(entity, Goal | Area | Plan):
        yield from _node_tables(context, content, _node_of(entity))


def judged_value(context: Context, content: PlanContent, entity: AnyEntity) -> dict[str, Any]:
    """The verdicts through the periods, as JSON."""
    if isinstance(entity, Indicator):
        judged = _judged_through_periods(context, content, entity)
        return {"periods": [{"period": str(each), **indicator_object(entity, found)} for each, found in judged.items()]}
    if isinstance(entity, Goal | Area | Plan):
        node = _node_of(entity)
        results = {each: judge_plan(content, each, context.today).nodes.get(node) for each in content.plan.periods}
        return {"periods": [_node_value(each, found) for each, found in results.items() if found]}
    return {}


def _node_of(entity: Goal | Area | Plan) -> Reference:
    return ROOT if isinstance(entity, Plan) else Reference(entity.kind, entity.key)


def _node_value(period: Period, node: NodeResult) -> dict[str, Any]:
    return {
        "period": str(period),
        "status": node.status,
        "computed": node.computed,
        "motivation": node.manual.motivation if node.manual else None,
        "stale": node.is_stale,
        "assessed": node.counts.assessed,
        "of": node.counts.of,
        "reported": node.counts.reported,
    }


def _judged_through_periods(
    context: Context, content: PlanContent, indicator: Indicator
) -> dict[Period, IndicatorResult]:
    """The indicator judged for every period in which anything is said of it."""
    judged = judged_in(content.plan.periods, content, indicator, context.today)
    return {period: found for period, found in judged if found.target or found.outcome or found.manual}


def _indicator_tables(context: Context, content: PlanContent, indicator: Indicator) -> Iterator[Table]:
    symbols = Symbols(context.settings)
    judged = _judged_through_periods(context, content, indicator)
    columns = (
        Column(_("Period")),
        Column(_("Target"), is_right=True, gives_way=GivesWay.FIRST),
        Column(_("Outcome"), is_right=True, gives_way=GivesWay.FIRST),
        Column(_("Status")),
        Column(_("Change")),
    )
    rows = []
    for period, found in judged.items():
        target, outcome = target_text(found.target, indicator), outcome_text(found, indicator)
        texts = cells(str(period), target or NO_FIGURE, outcome or NO_FIGURE)
        change = TableCell(capitalised(word(found.change)) if found.change else "", Style.QUIET)
        rows.append((*texts, symbols.cell(found.status, is_short=True), change))
    yield Table(columns, rows)
    reasons = [
        (TableCell(str(period)), TableCell(text))
        for period, found in judged.items()
        for text in _reasons(content, indicator, found, period, symbols)
    ]
    yield Table((Column(), _TEXT), reasons, _("Why") if reasons else "")
    yield _parts(judged, indicator, symbols)
    comparisons = [
        cells(str(each.period), each.name, figure_text(each.value, indicator))
        for each in content.active(Comparison)
        if each.indicator == indicator.key
    ]
    yield Table((Column(), _NAME, Column(is_right=True)), comparisons, _("To compare with") if comparisons else "")


def _reasons(
    content: PlanContent, indicator: Indicator, found: IndicatorResult, period: Period, symbols: Symbols
) -> Iterator[str]:
    """The computed verdict's reason, a person's assessment beside it, doubts, and what was noted."""
    yield say(found.verdict.reason)
    if found.manual is not None:
        yield from _assessment(content, found.manual, symbols, is_stale=found.is_stale)
    for doubt in found.doubts:
        yield _("Look again: {doubt}", doubt=word(doubt))
    outcome = content.outcome(found.key, period)
    if outcome is not None:
        if outcome.forecast:
            yield _("Forecast: {value}", value=figure_text(outcome.forecast, indicator))
        if outcome.note:
            yield _("Note: {text}", text=outcome.note)
        if outcome.source:
            yield _("Source: {text}", text=outcome.source)


def _assessment(content: PlanContent, manual: Assessment, symbols: Symbols, *, is_stale: bool) -> Iterator[str]:
    yield assessed(manual, symbols.cell(manual.status).text)
    if is_stale:
        yield why_stale(content, manual)


def _parts(judged: Mapping[Period, IndicatorResult], indicator: Indicator, symbols: Symbols) -> Table:
    columns = (
        Column(),
        _NAME,
        Column(_("Target"), is_right=True),
        Column(_("Outcome"), is_right=True),
        Column(_("Status")),
    )
    rows = []
    for period, found in judged.items():
        for part in found.parts:
            target, outcome = target_text(part.target, indicator), figure_text(part.outcome, indicator)
            texts = cells(str(period), part.part, target or NO_FIGURE, outcome or NO_FIGURE)
            rows.append((*texts, symbols.cell(part.verdict.status, is_short=True)))
    return Table(columns, rows, _("Parts") if rows else "")


def _node_tables(context: Context, content: PlanContent, node: Reference) -> Iterator[Table]:
    symbols = Symbols(context.settings)
    results = {period: judge_plan(content, period, context.today) for period in content.plan.periods}
    rows, reasons = [], []
    for period, result in results.items():
        found = result.nodes.get(node)
        if found is None:
            continue
        counts = found.counts
        assessed = _("{assessed} of {of} assessed", assessed=counts.assessed, of=counts.of)
        status = symbols.cell(found.status, is_expected=result.is_unfinished)
        computed = symbols.cell(found.computed, is_short=True)
        rows.append((TableCell(str(period)), status, computed, TableCell(assessed, Style.QUIET)))
        if found.manual is not None:
            said = _assessment(content, found.manual, symbols, is_stale=found.is_stale)
            reasons += [(TableCell(str(period)), TableCell(text)) for text in said]
    yield Table((Column(_("Period")), Column(_("Status")), Column(_("Computed")), Column()), rows)
    yield Table((Column(), _TEXT), reasons, _("Why") if reasons else "")
    if results:
        current = context.period(content.plan)
        yield _children(content, results[current], node, symbols)


def _children(content: PlanContent, result: PlanResult, node: Reference, symbols: Symbols) -> Table:
    """What stands directly under a node, each with its status for the period."""
    rows = []
    for child in content.tree.children.get(node, ()):
        judged = result.indicators[child.key] if child.kind is Kind.INDICATOR else result.nodes[child]
        entity = content.find(child)
        name = told_name(entity) if entity is not None else child.key
        rows.append(
            (
                TableCell(capitalised(word(child.kind)), Style.QUIET),
                *cells(child.key, name),
                symbols.cell(judged.status, is_short=True),
            )
        )
    columns = (Column(), Column(gives_way=GivesWay.FIRST), _NAME, Column())
    return Table(columns, rows, _("Under it, {period}", period=result.period) if rows else "")
