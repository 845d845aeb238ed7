"""Economy tables checked: what variances and sums should be, and where printed ones differ (docs/rules.md, Economy).

Variance is budget − forecast for cost and net, forecast − budget for income: more than zero is always good. A sum row
sums the rows above it since the last sum row, without "varav" rows. In a net sum income is taken off; a variance is
added whatever the kind. One unit of difference is rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable, RowKind
from kvaltui.model.number import NumberError, parse_number
from kvaltui.model.plausibility import in_order
from kvaltui.model.reason import EXACT
from kvaltui.model.status import Doubt
from kvaltui.model.value import dataclass

COLUMNS = ("budget", "forecast", "actual", "previous")
VARIANCE = "variance"
TOLERANCE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Check:
    """A printed number (None = blank) beside what it should be."""

    stated: Decimal | None
    computed: Decimal

    @property
    def difference(self) -> Decimal:
        """How much more is printed than should be; 0 where nothing is printed."""
        return Decimal(0) if self.stated is None else EXACT.subtract(self.stated, self.computed)

    @property
    def is_wrong(self) -> bool:
        """Whether the difference is more than rounding."""
        return abs(self.difference) > TOLERANCE


@dataclass(frozen=True, slots=True)
class RowResult:
    """A row of an economy table with what was found in it.

    `amounts` are its printed numbers by column; `variance` checks its variance where budget and forecast stand; `sums`
    checks each column of a sum row, the variance among them, that every row above has a number in.
    """

    row: EconomyRow
    amounts: Mapping[str, Decimal]
    variance: Check | None
    sums: Mapping[str, Check]
    doubts: tuple[Doubt, ...]


def variance_of(result: RowResult) -> Decimal | None:
    """The variance of a row: the printed one, or else what its columns, or the rows that it sums, give."""
    printed = result.amounts.get(VARIANCE)
    if printed is not None:
        return printed
    check = result.variance or result.sums.get(VARIANCE)
    return check.computed if check is not None else None


def check_economy(content: PlanContent) -> dict[str, tuple[RowResult, ...]]:
    """Every economy table of a plan by its key, with its rows in order."""
    rows: dict[str, list[EconomyRow]] = {}
    for row in sorted(content.active(EconomyRow), key=lambda row: row.order):
        rows.setdefault(row.table, []).append(row)
    tables = sorted(content.active(EconomyTable), key=lambda table: table.order)
    return {table.key: check_rows(rows.get(table.key, ())) for table in tables}


def check_rows(rows: Sequence[EconomyRow]) -> tuple[RowResult, ...]:
    """Check the rows of one table, in their order."""
    results: list[RowResult] = []
    summed: list[tuple[EconomyRow, Mapping[str, Decimal]]] = []
    for row in rows:
        amounts, is_readable = _amounts(row)
        variance = _variance(row, amounts)
        sums: dict[str, Check] = {}
        if row.is_sum:
            sums = _sums(row, amounts, summed)
            summed = []
        elif row.level == 0:
            summed.append((row, amounts))
        doubts = []
        if variance is not None and variance.is_wrong:
            doubts.append(Doubt.VARIANCE_MISMATCH)
        if any(check.is_wrong for check in sums.values()):
            doubts.append(Doubt.SUM_MISMATCH)
        if not is_readable:
            doubts.append(Doubt.UNREADABLE)
        results.append(RowResult(row, amounts, variance, sums, in_order(doubts)))
    return tuple(results)


def _amounts(row: EconomyRow) -> tuple[dict[str, Decimal], bool]:
    """The numbers printed in a row by column, and whether everything printed is one."""
    amounts: dict[str, Decimal] = {}
    is_readable = True
    for column in (*COLUMNS, VARIANCE):
        text: str = getattr(row, column)
        if text.strip():
            try:
                amounts[column] = parse_number(text)
            except NumberError:
                is_readable = False
    return amounts, is_readable


def _variance(row: EconomyRow, amounts: Mapping[str, Decimal]) -> Check | None:
    budget, forecast = amounts.get("budget"), amounts.get("forecast")
    if budget is None or forecast is None:
        return None
    if row.row_kind is RowKind.INCOME:
        budget, forecast = forecast, budget
    return Check(amounts.get(VARIANCE), EXACT.subtract(budget, forecast))


def _sums(
    row: EconomyRow, amounts: Mapping[str, Decimal], summed: Sequence[tuple[EconomyRow, Mapping[str, Decimal]]]
) -> dict[str, Check]:
    kinds = {each.row_kind for each, _ in summed}
    checks: dict[str, Check] = {}
    for column in (*COLUMNS, VARIANCE):
        numbers = [(each.row_kind, found[column]) for each, found in summed if column in found]
        if not numbers or len(numbers) < len(summed):
            continue
        is_plain = column == VARIANCE or len(kinds) == 1
        total = Decimal(0)
        for kind, number in numbers:
            is_turned = not is_plain and kind is RowKind.INCOME
            total = EXACT.subtract(total, number) if is_turned else EXACT.add(total, number)
        if not is_plain and row.row_kind is RowKind.INCOME:
            total = total.copy_negate()
        checks[column] = Check(amounts.get(column), total)
    return checks
