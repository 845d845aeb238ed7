"""A bar of statuses: how many of each, readable without colour."""

from __future__ import annotations

from kvaltui.model.fulfilment import Counts
from kvaltui.model.status import COUNTED
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.theme import Paint
from kvaltui.words import status_fill, status_symbol


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
    cells = shares(counts.numbers, width)
    return [
        (status_fill(status, ascii=is_ascii) * cell, paint.status(status))
        for status, cell in zip(COUNTED, cells, strict=True)
    ]


def bar_with_numbers(counts: Counts, width: int, paint: Paint, *, is_ascii: bool) -> list[Piece]:
    """The bar with symbol and number before each of its parts."""
    numbers = counts.numbers
    labels = [
        f"{status_symbol(status, ascii=is_ascii)} {number} " for status, number in zip(COUNTED, numbers, strict=True)
    ]
    cells = shares(numbers, width - sum(len(label) for label in labels) - len(labels) + 1)
    pieces: list[Piece] = []
    for status, label, cell in zip(COUNTED, labels, cells, strict=True):
        pieces += [
            (label, paint.status(status)),
            (status_fill(status, ascii=is_ascii) * cell + " ", paint.status(status)),
        ]
    return pieces
