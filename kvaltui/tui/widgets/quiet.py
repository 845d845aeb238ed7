"""Statuses in a list: the better the quieter, so that the eye goes to what is wrong."""

from __future__ import annotations

from kvaltui.model.status import Change, Status
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.theme import Paint
from kvaltui.words import change_symbol


def quiet(told: str, status: Status, paint: Paint) -> tuple[Piece, ...]:
    """A symbol and its word ("✗ Hög"), the symbol in the colour of its status."""
    symbol, space, rest = told.partition(" ")
    return ((symbol, paint.status(status)), (f"{space}{rest}", paint.status_word(status)))


def arrow(change: Change, paint: Paint, *, is_ascii: bool) -> Piece:
    """The arrow of a change, with what it means in colour too; "" where nothing can be compared."""
    style = {Change.BETTER: paint.status(Status.ACHIEVED), Change.WORSE: paint.status(Status.NOT_ACHIEVED)}
    return change_symbol(change, ascii=is_ascii), style.get(change, paint.muted)
