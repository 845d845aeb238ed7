"""Where the columns of a sheet stand: the name always, and beside it as many of the others as there is room for."""

from __future__ import annotations

from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import MARKER
from kvaltui.work.sheet_columns import Grouping, Sheet

GAP = 2
_LEAST_NAME, _LEAST_NAME_IF_NARROW = 28, 16
_WIDE = 72
_INDENT = 1


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """A column that shows: which it is, where it begins, and the cells that it takes."""

    at: int
    start: int
    width: int

    @property
    def end(self) -> int:
        """The cell after it."""
        return self.start + self.width


def places_in(sheet: Sheet, width: int, current: int, first: int = 1) -> tuple[ColumnPlace, ...]:
    """The columns that show in a width, the name first: from `first` on, unless the `current` one would be left out.

    The last cell of the line stays empty.
    """
    begin = MARKER + (_INDENT if sheet.grouping is not Grouping.NOTHING else 0)
    least = _LEAST_NAME if width >= _WIDE else _LEAST_NAME_IF_NARROW
    room = width - begin - 1 - least
    first = max(1, min(first, current)) if current else 1
    shown = _that_fit(sheet, room, first)
    while current and current not in shown and first < current:
        first += 1
        shown = _that_fit(sheet, room, first)
    if current and current not in shown:
        shown = [current]
    taken = sum(_width(sheet, at) + GAP for at in shown)
    name = max(1, width - begin - 1 - taken)
    places = [ColumnPlace(0, begin, name)]
    for at in shown:
        places.append(ColumnPlace(at, places[-1].end + GAP, _width(sheet, at)))
    return tuple(places)


def _that_fit(sheet: Sheet, room: int, first: int) -> list[int]:
    shown: list[int] = []
    for at in range(first, len(sheet.columns)):
        room -= _width(sheet, at) + GAP
        if room < 0:
            break
        shown.append(at)
    return shown


def _width(sheet: Sheet, at: int) -> int:
    return sheet.columns[at].width
