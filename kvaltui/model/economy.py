"""Economy tables: rows of budget, forecast, actual and previous, whose variances and sums are checked."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from kvaltui.model.entity import AsWritten, EconomyTableKey, Entity, Kind, Prose
from kvaltui.model.value import dataclass


class RowKind(StrEnum):
    """Whether more is worse (cost), better (income), or the difference of the two (net)."""

    COST = "cost"
    INCOME = "income"
    NET = "net"


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomyTable(Entity):
    """A table of the economy report; all its amounts are in `unit`."""

    kind: ClassVar[Kind] = Kind.ECONOMY_TABLE
    key: str
    title: str
    unit: str = "tkr"
    note: Prose = ""
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomyRow(Entity):
    """A row of an economy table; the amounts are number texts as written, "" where nothing is printed.

    `slug` tells rows of one table apart; `level` 1 is "varav" of the row above it; `is_sum` marks a total row.
    """

    kind: ClassVar[Kind] = Kind.ECONOMY_ROW
    table: EconomyTableKey
    slug: str
    name: str
    row_kind: RowKind = RowKind.NET
    level: int = 0
    is_sum: bool = False
    budget: AsWritten = ""
    forecast: AsWritten = ""
    actual: AsWritten = ""
    previous: AsWritten = ""
    variance: AsWritten = ""
    note: Prose = ""
    order: int = 0

    @property
    def key(self) -> str:
        """The row inside its table."""
        return f"{self.table}/{self.slug}"
