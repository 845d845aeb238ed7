"""A chart of figures through the periods with the line of the target, drawn in lines of text at any width.

Bars stand on zero. Below each stand its period, and its figure with the symbol of its status: the chart is read without
colour, and in ASCII too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from math import ceil

from kvaltui.model.status import Status
from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import DrawnLine, Piece, cut, left, right, width_of
from kvaltui.tui.terminal.theme import Paint
from kvaltui.words import status_symbol

LEAST_HEIGHT = 5
"""Lines below which there is no chart: two of bars, the axis, and the two below it."""
_WIDEST_COLUMN = 12
_WIDEST_BAR = 5
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_HALF = Decimal("0.5")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A period: its name, its figure as shown, the ends of the figure (equal for a plain number, None where there is
    none), its status, and the limits of its target.
    """

    label: str
    figure: str
    low: Decimal | None = None
    high: Decimal | None = None
    status: Status = Status.NOT_ASSESSED
    targets: tuple[Decimal, ...] = ()

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Every number that has its place in the chart."""
        return tuple(each for each in (self.low, self.high, *self.targets) if each is not None)

    @property
    def ends(self) -> tuple[Decimal, Decimal] | None:
        """Where the bar begins and ends: a plain number stands on zero, an interval between its ends."""
        low, high = self.low, self.high
        if low is None or high is None or low == high:
            end = high if high is not None else low
            return None if end is None else (min(end, _ZERO), max(end, _ZERO))
        return low, high


class Chart:
    """A chart in at most `height` lines of `width` cells: the latest columns where there is no room for all.

    `axis` writes the numbers of the axis, which reaches up to `top` at least. There is no chart where it would say
    nothing: without a number, or without room for a single column. It is laid out with `up` rows of bars above the axis
    and `down` rows below it, `unit` to a row.
    """

    def __init__(
        self,
        columns: Sequence[ChartColumn],
        width: int,
        height: int,
        paint: Paint,
        *,
        axis: Callable[[Decimal], str],
        is_ascii: bool,
        top: Decimal = _ZERO,
    ) -> None:
        self.paint, self.is_ascii = paint, is_ascii
        self.columns: Sequence[ChartColumn] = ()
        numbers = [number for column in columns for number in column.numbers]
        if not numbers or height < LEAST_HEIGHT:
            return
        self.highest, self.lowest = max(*numbers, top), min(*numbers, _ZERO)
        rows = height - 3
        span = self.highest - self.lowest
        self.down = min(rows - 1, max(1, round(-self.lowest / span * rows))) if self.lowest < 0 else 0
        if self.highest == 0 and self.lowest < 0:
            self.down = rows
        self.up = rows - self.down
        steps = [self.highest / self.up if self.up else _ZERO, -self.lowest / self.down if self.down else _ZERO]
        self.unit = max(steps) or Decimal(1)
        self.marks = self._marks(columns, axis)
        self.gutter = max(width_of(text) for text in self.marks.values()) + 2
        self.column = min(_WIDEST_COLUMN, max(self._least_width(column) for column in columns))
        room = max(0, width - self.gutter - 1)
        self.columns = columns[-(room // self.column) :] if room >= self.column else ()
        if self.columns:
            self.column = min(_WIDEST_COLUMN, room // len(self.columns))

    def _marks(self, columns: Sequence[ChartColumn], axis: Callable[[Decimal], str]) -> dict[int, str]:
        """What stands beside the rows (0 is the axis): the ends, and the limits of the latest target above all."""
        marks = {0: axis(_ZERO)}
        if self.highest > 0:
            marks[self.up] = axis(self.highest)
        if self.lowest < 0:
            marks[-self.down] = axis(self.lowest)
        latest = next((column.targets for column in reversed(columns) if column.targets), ())
        return marks | {self._row_of(target): axis(target) for target in latest}

    def _least_width(self, column: ChartColumn) -> int:
        return max(width_of(column.label), width_of(self._figure(column))) + 2

    def _figure(self, column: ChartColumn) -> str:
        return f"{status_symbol(column.status, ascii=self.is_ascii)} {column.figure}"

    def _row_of(self, number: Decimal) -> int:
        """The row that a number lies in, counted from the axis: 1 is the first above it."""
        if number == 0:
            return 0
        rows = ceil(abs(number) / self.unit)
        return min(rows, self.up) if number > 0 else -min(rows, self.down)

    def lines(self) -> list[DrawnLine]:
        """All of the chart, from its top."""
        if not self.columns:
            return []
        lines = [self._row(row) for row in range(self.up, -self.down - 1, -1)]
        blank: Piece = (" " * (self.gutter + 1), None)
        labels = "".join(_centred(column.label, self.column) for column in self.columns)
        figures = [
            (_centred(self._figure(column), self.column), self.paint.status(column.status)) for column in self.columns
        ]
        return [*lines, (blank, (labels, self.paint.muted)), (blank, *figures)]

    def _row(self, row: int) -> DrawnLine:
        mark = right(self.marks.get(row, ""), self.gutter - 1)
        upright = "+" if row == 0 else "|"
        if not self.is_ascii:
            upright = "┼" if row == 0 and self.down else "└" if row == 0 else "│"
        pieces: list[Piece] = [(f"{mark} ", self.paint.muted), (upright, self.paint.muted)]
        if row == 0:
            line = "-" if self.is_ascii else "─"
            return (*pieces, (line * self.column * len(self.columns), self.paint.muted))
        for column in self.columns:
            pieces += self._cell(column, row)
        return tuple(pieces)

    def _cell(self, column: ChartColumn, row: int) -> list[Piece]:
        """A column's part of a row: its bar, and the line of the target beside it and where there is no bar."""
        is_target = any(self._row_of(target) == row for target in column.targets)
        line = ("-" if self.is_ascii else "╌") if is_target else " "
        bar = min(_WIDEST_BAR, self.column - 2)
        before = (self.column - bar) // 2
        filled = self._fill(column, row)
        middle: Piece = (line * bar, self.paint.accent)
        if filled != " ":
            middle = (filled * bar, self.paint.status(column.status))
        return [(line * before, self.paint.accent), middle, (line * (self.column - bar - before), self.paint.accent)]

    def _fill(self, column: ChartColumn, row: int) -> str:
        """What the bar fills of a row: a blank where it does not reach."""
        if column.ends is None:
            return " "
        low, high = (end / self.unit for end in column.ends)
        bottom = Decimal(row - 1 if row > 0 else row)
        covered = min(high, bottom + 1) - max(low, bottom)
        if covered <= 0:
            return " "
        hangs = low > bottom or row < 0
        if self.is_ascii:
            return "#" if covered >= _HALF else "'" if hangs else "_"
        if hangs:
            return "█" if covered >= _HALF else "▀"
        return _EIGHTHS[max(1, min(8, round(covered * 8)))]


def _centred(text: str, width: int) -> str:
    text = cut(text, width - 1)
    return left(" " * ((width - width_of(text)) // 2) + text, width)
