"""A bar of statuses: one block an indicator, high, half and low, so that it is read without colour too."""

from __future__ import annotations

from kvaltui.model.fulfilment import Counts
from kvaltui.model.status import COUNTED, Status
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.theme import Paint
from kvaltui.words import status_symbol

_HEIGHTS = {
    Status.ACHIEVED: "▆",
    Status.PARTIALLY_ACHIEVED: "▄",
    Status.NOT_ACHIEVED: "▂",
    Status.NOT_ASSESSED: "–",
}
_WAITING = ("·", ".")
"""What stands for an indicator without any outcome."""


def shares(numbers: tuple[int, ...], width: int) -> list[int]:
    """`width` cells shared out by the numbers; each that is not 0 gets at least one where there are cells enough."""
    total = sum(numbers)
    if total == 0 or width <= 0:
        return [0] * len(numbers)
    cells = [max(1, number * width // total) if number else 0 for number in numbers]
    while sum(cells) > width:
        cells[cells.index(max(cells))] -= 1
    rests = [number * width / total - cell for number, cell in zip(numbers, cells, strict=True)]
    while sum(cells) < width:
        at = rests.index(max(rests))
        cells[at] += 1
        rests[at] -= 1
    return cells


def blocks(
    counts: Counts, width: int, paint: Paint, *, is_ascii: bool, has_symbols: bool, fills: bool = False
) -> list[Piece]:
    """One block an indicator in the order of the statuses, what waits last; scaled where there is no room for all.

    With `has_symbols` the symbols of the statuses stand for the blocks; with `fills` the bar is as wide as can be.
    """
    waiting = min(counts.waiting, counts.not_assessed)
    numbers = (*counts.counted[:-1], counts.not_assessed - waiting, waiting)
    cells = shares(numbers, width) if fills or sum(numbers) > width else list(numbers)
    pieces: list[Piece] = []
    for status, count in zip(COUNTED, cells, strict=False):
        block = status_symbol(status, ascii=is_ascii) if has_symbols or is_ascii else _HEIGHTS[status]
        pieces.append((block * count, paint.status(status)))
    return [*pieces, (_WAITING[is_ascii] * cells[-1], paint.muted)]
