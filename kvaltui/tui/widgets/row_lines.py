"""Rows on lines: which line of a widget a row is drawn on, and how its name is told there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from kvaltui.tui.terminal.drawing import ListNames
from kvaltui.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from _typeshed import SupportsLenAndGetItem

Row = TypeVar("Row")


class RowLines(Lines, Generic[Row]):
    """Rows from `top` on, below `HEAD` lines that stay in place; blank lines between groups while there is room."""

    HEAD: ClassVar[int] = 0

    _rows: SupportsLenAndGetItem[Row] = ()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.top = 0
        self._list_names: ListNames | None = None
        self._air: tuple[int, ...] = ()
        self._air_in = (0, 0)

    # What subclasses say

    def text_at(self, row: int) -> str:
        """The words of a row by which it is found; "" for a row that is not."""
        return ""

    def names(self) -> Iterable[str]:
        """The names that its rows are told apart by: by default the words by which they are found."""
        return map(self.text_at, range(self.row_count()))

    def is_heading(self, row: int) -> bool:
        """Whether a row begins a group: a blank line stands above it while the whole list has room for such lines."""
        return False

    # Where things are

    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def page_height(self) -> int:
        """How many rows show at a time."""
        return max(1, self.size.height - self.HEAD)

    @property
    def rows_below(self) -> int:
        """How many rows there are below those that show."""
        return max(0, self.row_count() - self.top - self.page_height)

    @property
    def air(self) -> tuple[int, ...]:
        """The rows with a blank line above them: the headings after the first row, where all of the list still fits.

        None where a person wants lines to be close.
        """
        count, height = len(self._rows), 0 if self.calm_app.has_class("-compact") else self.page_height
        if self._air_in != (count, height):
            self._air_in = (count, height)
            headings = tuple(row for row in range(1, count) if self.is_heading(row)) if count < height else ()
            self._air = headings if count + len(headings) <= height else ()
        return self._air

    def line_of(self, row: int) -> int:
        """The line of the widget that a row is drawn on; it may lie outside of what shows."""
        return row - self.top + self.HEAD + bisect_right(self.air, row)

    def row_at(self, line: int) -> int | None:
        """The row that is drawn on a line of the widget; None on the headings, between groups and below the last."""
        row = line - self.HEAD + self.top
        if self.air and line >= self.HEAD:
            row = next((at for at in range(row, -1, -1) if self.line_of(at) <= line), 0)
            if self.line_of(row) != line:
                return None
        return row if line >= self.HEAD and row < self.row_count() else None

    def redraw_rows(self, *rows: int) -> None:
        """Repaint those of the rows that show."""
        below = self.top + self.page_height
        lines = [self.line_of(row) for row in rows if self.top <= row < below]
        if lines:
            self.redraw(*lines)

    def forget_rows(self) -> None:
        """Other rows are shown: their names and their groups are others."""
        self._list_names, self._air_in = None, (0, 0)

    def short(self, name: str, width: int) -> str:
        """A name of a row in at most `width` cells: two different ones never look the same."""
        if self._list_names is None:
            self._list_names = ListNames(self.names())
        return self._list_names.short(name, width)
