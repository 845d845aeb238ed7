"""What each table of the economy comes to: the row that sums it up, its amount, and its variance from the budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyTable, RowKind
from kvaltui.model.economy_check import VARIANCE, RowResult
from kvaltui.model.entity import Reference
from kvaltui.model.reason import EXACT

_AMOUNTS = ("forecast", "actual", "budget")
"""Which amount tells what a row comes to: what the year is expected to, or else what is known."""


class EconomyTotal(NamedTuple):
    """What a table comes to, in its unit: the amount, the variance (more than zero is good), each None where unknown.

    `name` is that of the row that sums it up; without such a row only the variances are added, and it is the table's.
    `share` is the variance as a share of the budget; `is_over`: more than the budget, which of an income is good.
    """

    table: EconomyTable
    reference: Reference
    name: str
    amount: Decimal | None
    variance: Decimal | None
    share: Decimal | None
    is_over: bool


def economy_totals(content: PlanContent, checked: Mapping[str, Sequence[RowResult]]) -> tuple[EconomyTotal, ...]:
    """What each table of the plan comes to, from `check_economy`; one that says nothing is left out."""
    totals = (_total(content.all(EconomyTable)[key], rows) for key, rows in checked.items() if rows)
    return tuple(each for each in totals if each.amount is not None or each.variance is not None)


def _total(table: EconomyTable, rows: Sequence[RowResult]) -> EconomyTotal:
    sums = [each for each in rows if each.row.is_sum]
    if not sums and len(rows) > 1:
        return _added(table, rows)
    net = [each for each in sums if each.row.row_kind is RowKind.NET]
    row = (net or sums or rows)[-1]
    amount = next((found for column in _AMOUNTS if (found := _amount(row, column)) is not None), None)
    variance, budget = _amount(row, VARIANCE), _amount(row, "budget")
    share = EXACT.divide(abs(variance), abs(budget)) if variance is not None and budget else None
    is_income = row.row.row_kind is RowKind.INCOME
    is_over = variance is not None and (variance > 0) is is_income
    return EconomyTotal(table, Reference(row.row.kind, row.row.key), row.row.name, amount, variance, share, is_over)


def _added(table: EconomyTable, rows: Sequence[RowResult]) -> EconomyTotal:
    """The variances of a table that has no sum: a variance is added whatever the kind of its row."""
    variances = [_amount(each, VARIANCE) for each in rows if each.row.level == 0]
    known = [each for each in variances if each is not None]
    total = sum(known, Decimal(0)) if len(known) == len(variances) else None
    return EconomyTotal(table, Reference(table.kind, table.key), table.title, None, total, None, is_over=False)


def _amount(row: RowResult, column: str) -> Decimal | None:
    """A number as it is printed, or what it should be where nothing is."""
    if column in row.amounts:
        return row.amounts[column]
    if column == VARIANCE and row.variance is not None:
        return row.variance.computed
    found = row.sums.get(column)
    return found.computed if found is not None else None
