"""Where the columns of the entry table stand: as many earlier periods as fit, and the name takes what is left."""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.model.period import Period
from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import MARKER

"""Cells at the left for the cursor's mark."""
GAP = 2
NAME_LEAST = 26
NAME_BEST = 62
TARGET_LIMITS = (6, 14)
FIGURE_LIMITS = (8, 14)
MOST_EARLIER = 6


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of the columns; each of them but the first has `GAP` blank cells before it, within its width."""

    name: int
    target: int
    earlier: tuple[Period, ...]
    figure: int
    status: int

    @property
    def current_at(self) -> int:
        """The column at which this period's figures begin, blank cells before them not counted."""
        return MARKER + self.name + self.target + self.figure * len(self.earlier) + GAP

    @property
    def current_width(self) -> int:
        return self.figure - GAP

    @property
    def status_at(self) -> int:
        return MARKER + self.name + self.target + self.figure * (len(self.earlier) + 1)


def lay_out(width: int, earlier: Sequence[Period], target: int, figure: int, status: int) -> Columns:
    """Share out `width` cells. `target`, `figure` and `status` are the widths of their longest texts.

    `earlier` are the periods that may be shown, the latest first; the columns have them oldest first.
    """
    target = _within(target, TARGET_LIMITS) + GAP
    figure = _within(figure, FIGURE_LIMITS) + GAP
    status += GAP
    room = width - MARKER - target - figure - status
    count = 0
    while count < min(len(earlier), MOST_EARLIER) and room - figure >= (NAME_LEAST if count < 1 else NAME_BEST - 22):
        room -= figure
        count += 1
    return Columns(max(4, room), target, tuple(reversed(earlier[:count])), figure, status)


def _within(width: int, limits: tuple[int, int]) -> int:
    least, most = limits
    return max(least, min(width, most))
