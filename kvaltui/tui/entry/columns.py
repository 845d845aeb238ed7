"""The columns of the entry table: as many earlier periods as fit, and the name takes what is left.

How to add a column: give it its place in `EntryDrawing._lay_out`, with its heading, its
width, from which width of the table it shows, and what draws its cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from kvaltui.columns import GAP, Column, column_widths
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import MARKER, Piece, left, right
from kvaltui.work.entry_rows import EntryRow

NAME_LEAST = 26
NAME_BEST = 62
TARGET_LIMITS = (6, 14)
FIGURE_LIMITS = (8, 14)
MOST_EARLIER = 6
_UNCUT = 300
"""The cells in which no name and no figure is shortened."""

DrawCell = Callable[[EntryRow, int, bool], Sequence[Piece]]
"""Draws a row's cell in so many cells of the screen, and the gap before it; it is told whether the cursor is there."""


@dataclass(frozen=True, slots=True)
class EntryColumn:
    """A column, and what draws its cells. What is typed stands in the one that `is_typed_in`."""

    column: Column
    draw: DrawCell
    is_typed_in: bool = False


class EntryColumns:
    """The columns side by side in a table of `width` cells, the first after the cursor's mark."""

    def __init__(self, columns: Sequence[EntryColumn], width: int) -> None:
        self._columns = tuple(each for each in columns if each.column.shows_from <= width)
        self.widths = tuple(column_widths([each.column for each in self._columns], width - MARKER))
        self.typed = next(at for at, each in enumerate(self._columns) if each.is_typed_in)

    def begins_at(self, place: int) -> int:
        """The cell at which a column begins, by its place."""
        before = self.widths[:place]
        return MARKER + sum(before) + GAP * len(before)

    def headings(self) -> str:
        """The names of the columns in their places. One over figures may take the gap before it."""
        text = " " * (MARKER - GAP)
        for each, width in zip(self._columns, self.widths, strict=True):
            heading = each.column.heading
            text += right(heading, GAP + width) if each.column.is_right else " " * GAP + left(heading, width)
        return text.rstrip()

    @property
    def table_headings(self) -> Sequence[str]:
        """The names of the columns, each for itself."""
        return [each.column.heading for each in self._columns]

    def texts(self, row: EntryRow) -> Sequence[str]:
        """What stands in each column of a row, whole."""
        return ["".join(text for text, _style in each.draw(row, _UNCUT, False)).strip() for each in self._columns]

    def draw(self, row: EntryRow, *, is_here: bool, until: int | None = None) -> list[Piece]:
        """A row's cells, up to the column at a place: pieces of one style are one, so that few are written."""
        columns = zip(self._columns[:until], self.widths[:until], strict=True)
        pieces = [piece for each, width in columns for piece in each.draw(row, width, is_here)]
        return [
            ("".join(text for text, _style in same), style) for style, same in groupby(pieces, lambda each: each[1])
        ]


def within(width: int, limits: tuple[int, int]) -> int:
    """A width that is neither less nor more than these."""
    least, most = limits
    return max(least, min(width, most))


def periods_that_fit(width: int, earlier: Sequence[Period], figure: int, others: int) -> tuple[Period, ...]:
    """Which earlier periods show in `width` cells, the oldest first; `earlier` has the latest first.

    `figure` is the width of a column of figures, `others` that of all that stands there besides it and the name, with
    the gaps. One earlier period costs the name more than the others may.
    """
    room = width - others
    count = 0
    while count < min(len(earlier), MOST_EARLIER):
        room -= figure + GAP
        if room < (NAME_LEAST if count < 1 else NAME_BEST - 22):
            break
        count += 1
    return tuple(reversed(earlier[:count]))
