"""A bar of statuses: how many of each, readable without colour."""

from __future__ import annotations

from kvaltui.model.fulfilment import Counts
from kvaltui.model.status import Status
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.theme import Paint
from kvaltui.words import status_symbol

COUNTED = (Status.ACHIEVED, Status.PARTIALLY_ACHIEVED, Status.NOT_ACHIEVED, Status.NOT_ASSESSED)
"""The statuses that count, in the order in which they are shown."""
_FILLS = {
    Status.ACHIEVED: ("█", "#"),
    Status.PARTIALLY_ACHIEVED: ("▒", "="),
    Status.NOT_ACHIEVED: ("░", "-"),
    Status.NOT_ASSESSED: ("·", "."),
}


def numbers_of(counts: Counts) -> tuple[int, int, int, int]:
    """The numbers of the statuses in `COUNTED`."""
    return counts.achieved, counts.partially_achieved, counts.not_achieved, counts.not_assessed


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


def bar(counts: Counts, width: int, paint: Paint, *, is_ascii: bool) -> list[Piece]:
    """The bar alone, `width` cells wide."""
    cells = shares(numbers_of(counts), width)
    return [
        (_FILLS[status][is_ascii] * cell, paint.status(status)) for status, cell in zip(COUNTED, cells, strict=True)
    ]


def bar_with_numbers(counts: Counts, width: int, paint: Paint, *, is_ascii: bool) -> list[Piece]:
    """The bar with symbol and number before each of its parts."""
    numbers = numbers_of(counts)
    labels = [
        f"{status_symbol(status, ascii=is_ascii)} {number} " for status, number in zip(COUNTED, numbers, strict=True)
    ]
    cells = shares(numbers, width - sum(len(label) for label in labels) - len(labels) + 1)
    pieces: list[Piece] = []
    for status, label, cell in zip(COUNTED, labels, cells, strict=True):
        pieces += [(label, paint.status(status)), (_FILLS[status][is_ascii] * cell + " ", paint.status(status))]
    return pieces
