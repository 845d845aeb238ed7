"""What `show` tells of a risk, a measure, a self-check or an economy table beyond its fields."""

from __future__ import annotations

from collections.abc import Iterator

from kvaltui.columns import Column, GivesWay
from kvaltui.commands.context import Context
from kvaltui.commands.layout import Style, Table, TableCell, cells
from kvaltui.commands.pieces import Symbols, plain, risk_cell
from kvaltui.figure_words import figure_cell
from kvaltui.i18n import _, say
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyTable
from kvaltui.model.economy_check import RowResult, check_economy
from kvaltui.model.entities import AnyEntity
from kvaltui.model.quality_work import Result, Risk, SelfCheck
from kvaltui.model.risk import band, level_of
from kvaltui.model.self_check_judging import judge_result, self_check_scale, status_of
from kvaltui.words import capitalised, word


def work_tables(context: Context, content: PlanContent, entity: AnyEntity) -> Iterator[Table]:
    """The tables of a risk, a self-check or an economy table; none for anything else."""
    symbols = Symbols(context.settings)
    if isinstance(entity, Risk):
        in_band = risk_cell(band(level_of(entity), content.plan.risk_bands), symbols)
        yield Table((Column(), Column()), [(TableCell(_("Band"), Style.QUIET), in_band)] if in_band.text else [])
    elif isinstance(entity, SelfCheck):
        yield _results(content, entity, symbols)
    elif isinstance(entity, EconomyTable):
        yield _economy(check_economy(content).get(entity.key, ()))


def _results(content: PlanContent, self_check: SelfCheck, symbols: Symbols) -> Table:
    columns = (
        Column(_("Period")),
        Column(_("Result")),
        Column(_("Outcome"), is_right=True, gives_way=GivesWay.FIRST),
        Column(_("Against the threshold"), gives_way=GivesWay.LAST, wraps=True),
    )
    rows = []
    results = (each for each in content.active(Result) if each.self_check == self_check.key)
    for result in sorted(results, key=lambda each: each.period):
        verdict = judge_result(self_check, result)
        told = f"{symbols.of(verdict.status)} {say(verdict.reason)}" if verdict else ""
        text = "\n".join(filter(None, (told, result.note)))
        status = capitalised(word(status_of(self_check, result)))
        figure = plain(figure_cell(result.value, self_check_scale(self_check))) if result.value else ""
        rows.append(cells(str(result.period), status, figure, text))
    return Table(columns, rows)


def _economy(rows: tuple[RowResult, ...]) -> Table:
    columns = (
        Column(gives_way=GivesWay.LAST),
        *(Column(heading, is_right=True) for heading in (_("Budget"), _("Forecast"), _("Actual"), _("Previous"))),
        Column(_("Variance"), is_right=True),
    )
    table_rows = []
    remarks = []
    for found in rows:
        row = found.row
        mark = "!" if found.doubts else ""
        name = TableCell("  " * row.level + row.name, Style.STRONG if row.is_sum else Style.PLAIN)
        texts = cells(row.budget, row.forecast, row.actual, row.previous, f"{row.variance}{mark}")
        table_rows.append((name, *texts))
        remarks += [f"{row.name}: {word(doubt)}" for doubt in found.doubts]
    return Table(columns, table_rows, remark="; ".join(f"! {remark}" for remark in remarks))
