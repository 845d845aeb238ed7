"""What stands in the cells of the economy tables: amounts as printed, what is computed for them, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from kvaltui.i18n import number
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.economy_check import COLUMNS, VARIANCE, Check, RowResult, check_economy
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.number import NumberError, parse_number, write_number
from kvaltui.model.reason import EXACT
from kvaltui.model.value import dataclass, replace

AMOUNTS = (*COLUMNS, VARIANCE)
"""The columns of amounts, in their order."""


class Look(Enum):
    """How the amount in a cell is to be taken."""

    PRINTED = "printed"
    COMPUTED = "computed"
    ROUNDED = "rounded"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class AmountCell:
    """The text of a cell and how it is to be taken; `checks` are what its amount should be, if anything says so."""

    text: str
    look: Look = Look.PRINTED
    checks: tuple[Check, ...] = ()
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class EconomyLine:
    """A line of the economy: a table's heading (`row` is None) or one of its rows, with its amounts by column.

    `share` is the variance in per cent of the budget; None where either is missing.
    """

    table: EconomyTable
    row: EconomyRow | None
    cells: Mapping[str, AmountCell]
    share: Decimal | None = None

    @property
    def reference(self) -> Reference:
        """The table or the row that it shows."""
        if self.row is None:
            return Reference(Kind.ECONOMY_TABLE, self.table.key)
        return Reference(Kind.ECONOMY_ROW, self.row.key)


def with_amount(row: EconomyRow, column: str, text: str) -> EconomyRow:
    """The row with another text in one of its columns of amounts."""
    changed: dict[str, Any] = {column: text}
    return replace(row, **changed)


def is_amount(text: str) -> bool:
    """Whether a text can be read as an amount."""
    try:
        parse_number(text)
    except NumberError:
        return False
    return True


def is_same_amount(first: str, second: str) -> bool:
    """Whether two texts are writings of one amount, to the same decimals."""
    if first == second:
        return True
    if not (is_amount(first) and is_amount(second)):
        return False
    return write_number(parse_number(first)) == write_number(parse_number(second))


def economy_lines(content: PlanContent, supposed: EconomyRow | None = None) -> list[EconomyLine]:
    """The tables of the plan with their rows, in order, with a row as it is `supposed` to be in place of its own."""
    lines: list[EconomyLine] = []
    if supposed is not None:
        content = content.with_entities([supposed])
    for key, results in check_economy(content).items():
        table = content.all(EconomyTable)[key]
        lines.append(EconomyLine(table, None, {}))
        lines += [EconomyLine(table, result.row, _cells(result), share_of(result)) for result in results]
    return lines


def variance_of(result: RowResult) -> Decimal | None:
    """The variance of a row, as printed or else as budget and forecast or the rows above give it."""
    checks = (result.variance, result.sums.get(VARIANCE))
    computed = next((each.computed for each in checks if each is not None), None)
    return result.amounts.get(VARIANCE, computed)


def share_of(result: RowResult) -> Decimal | None:
    """The variance of a row in per cent of its budget, more than zero where it is good; None where none can be said."""
    variance, budget = variance_of(result), result.amounts.get("budget")
    if variance is None or not budget:
        return None
    return EXACT.divide(EXACT.multiply(variance, Decimal(100)), abs(budget))


def _cells(result: RowResult) -> dict[str, AmountCell]:
    return {column: _cell(result, column) for column in AMOUNTS}


def _cell(result: RowResult, column: str) -> AmountCell:
    written: str = getattr(result.row, column)
    amount = result.amounts.get(column)
    checks = []
    if column in result.sums:
        checks.append(result.sums[column])
    if column == VARIANCE and result.variance is not None:
        checks.append(result.variance)
    found = tuple(checks)
    if amount is None:
        if written.strip():
            return AmountCell(clean(written), Look.WRONG, found)
        return _told(checks[0].computed, Look.COMPUTED, found) if checks else AmountCell("")
    if any(check.is_wrong for check in found):
        return _told(amount, Look.WRONG, found)
    is_rounded = any(check.difference != Decimal(0) for check in found)
    return _told(amount, Look.ROUNDED if is_rounded else Look.PRINTED, found)


def _told(amount: Decimal, look: Look, checks: tuple[Check, ...]) -> AmountCell:
    return AmountCell(number(amount), look, checks, amount < 0)
