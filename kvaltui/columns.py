"""The columns of a table, and how they share the room that there is: in the window and in what commands print."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import repeat

from kvaltui.model.value import dataclass
from kvaltui.text_width import width_of

GAP = 2
"""Blank cells between two columns."""


class GivesWay(Enum):
    """Whether a column is cut where a table is too wide: what stands beside the names before the names themselves."""

    NEVER = 0
    LAST = 1
    FIRST = 2


_STEPS = ((GivesWay.FIRST, 22), (GivesWay.LAST, 8), (GivesWay.FIRST, 8))
"""Which columns give way one after the other, and how narrow they may become."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, whether its texts stand to the right, as figures do, and how wide it is.

    It takes `width` cells, or without that what its heading and its texts need, and gives way when room is short. One
    that `takes_rest` has what the others leave, and `width` at least. What does not fit is cut, or with `wraps`
    continues on the next line. It shows where the table has `shows_from` cells, and with `shows_below` where it has
    fewer than those; one that `may_be_left_out` only when some row has something in it.
    """

    heading: str = ""
    width: int = 0
    is_right: bool = False
    gives_way: GivesWay = GivesWay.NEVER
    wraps: bool = False
    takes_rest: bool = False
    shows_from: int = 0
    shows_below: int = 0
    may_be_left_out: bool = False

    def shows_in(self, width: int) -> bool:
        """Whether it has a place in a table of so many cells."""
        return self.shows_from <= width and (not self.shows_below or width < self.shows_below)


def column_widths(columns: Sequence[Column], room: int, needed: Sequence[int] = ()) -> list[int]:
    """The width of each column, so that all of them with the gaps between them take `room` cells.

    `needed` are the widths of their longest texts. They take as few cells more as they must where there is less room.
    """
    widths = [
        each.width or max(need, width_of(each.heading))
        for each, need in zip(columns, needed or repeat(0), strict=False)
    ]
    room -= GAP * (len(widths) - 1)
    for at, column in enumerate(columns):
        if column.takes_rest:
            widths[at] = max(column.width, room - (sum(widths) - widths[at]))
    for order, least in _STEPS:
        narrow(widths, [at for at, column in enumerate(columns) if column.gives_way is order], least, room)
    return widths


def narrow(widths: list[int], yielding: Sequence[int], least: int, room: int) -> None:
    """Take from some columns, the widest first, until all fit the room or they are as narrow as they may be."""
    excess = sum(widths) - room
    while excess > 0 and yielding:
        widest = max(yielding, key=lambda position: widths[position])
        if widths[widest] <= least:
            return
        second = max((widths[position] for position in yielding if position != widest), default=least)
        step = min(excess, max(widths[widest] - second, 1), widths[widest] - least)
        widths[widest] -= step
        excess -= step
