"""A row of a table as it is laid out: texts and figures in their columns, the blanks between them where they fall."""

from __future__ import annotations

from rich.style import Style

from kvaltui.decimal_line import DecimalLine, at_line, on_line
from kvaltui.tui.terminal.drawing import Piece, cut, shown, width_of


class LaidRow:
    """The pieces of a row, laid from the left to the right; pieces of one style are one, so that few are written."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.end = 0
        """The cell after what is laid out so far: a figure that is wide may begin a gap after it."""

    def put(self, at: int, text: str, style: Style | None, *, has_ground: bool = False) -> None:
        """A text that begins in a cell after what is there. One that `has_ground` of its own leaves the gap without."""
        gap = " " * (at - self.end)
        self.end = at + width_of(text)
        if has_ground and gap:
            self.pieces.append((gap, None))
        else:
            text = gap + text
        if self.pieces and self.pieces[-1][1] == style:
            text = self.pieces.pop()[0] + text
        self.pieces.append((text, style))

    def figure(self, ends: int, text: str, line: DecimalLine, style: Style | None, gap: int = 1) -> None:
        """A figure in the column that ends in a cell, on its decimal line; or words, which end there.

        What is wider than the column grows to the left, up to a gap after what stands there, and is cut beyond. A
        number has the gap to its last cell: cut, it would be another.
        """
        text = shown(text)
        room = ends - self.end - (1 if at_line(text)[0][-1:].isdigit() else gap)
        text, taken = on_line(text, line, room, width_of)
        if taken > room:
            text = cut(text, room)
            taken = width_of(text)
        text = text.rstrip(" ")
        if text:
            self.put(ends - taken, text, style)
