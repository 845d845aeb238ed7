"""The panel below a table: what there is to say about the row that the cursor stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.strip import Strip

from kvaltui.tui.terminal.drawing import DrawnLine, Piece, width_of, wrap
from kvaltui.tui.widgets.lines import Lines

Paragraph = Piece
"""A text that may take several lines, and its style."""
Beside = Callable[[int, int], Sequence[DrawnLine]]
"""What draws something beside the paragraphs, such as a chart, in a width and a height."""
_WIDE = 108
_BESIDE = 50
_LEAST_HEIGHT = 6


class Panel(Lines):
    """Paragraphs, one after the other, as many lines as there is room for; in a wide and high one something beside.

    The paragraph at the place `whole` is shown whole at the cost of the others.
    """

    DEFAULT_CSS = "Panel { height: 2; }"

    def __init__(self, *, id: str | None = None, whole: int | None = None) -> None:
        super().__init__(id=id)
        self._whole = whole
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._beside: Beside | None = None
        self._laid_out: list[DrawnLine] = []

    def show(self, paragraphs: Sequence[Paragraph], beside: Beside | None = None) -> None:
        """Set the paragraphs; the first matter most, since the last may find no room."""
        if tuple(paragraphs) != self._paragraphs or beside is not None:
            self._paragraphs, self._beside = tuple(paragraphs), beside
            self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        """Lay the lines out, and redraw those that are others than before."""
        width, height = self.size
        has_room = self._beside is not None and width >= _WIDE and height >= _LEAST_HEIGHT
        aside = self._beside(_BESIDE, height) if has_room and self._beside is not None else ()
        room = width - _BESIDE if aside else width
        lines: list[DrawnLine] = []
        for y, (text, style) in enumerate(self._broken(room - 3 if aside else room - 2, height)):
            line: DrawnLine = ((" ", None), (text, style))
            if y < len(aside):
                line = (*line, (" " * (room - 1 - width_of(text)), None), *aside[y])
            lines.append(line)
        lines += [((" " * room, None), *each) for each in aside[len(lines) :]]
        before, self._laid_out = self._laid_out, lines
        changed = [y for y in range(height) if _at(before, y) != _at(lines, y)]
        if changed:
            self.redraw(*changed)

    def _broken(self, width: int, height: int) -> list[Piece]:
        """The paragraphs in lines.

        Each paragraph has one line where there is room for no more, so that none is lost while another takes several.
        """
        lines: list[Piece] = []
        paragraphs, whole = self._paragraphs, self._whole if self._whole is not None else -1
        for at, (text, style) in enumerate(paragraphs):
            later = len(paragraphs) - at - 1
            if at == whole:
                later = 0
            elif at < whole < len(paragraphs):
                later = len(wrap(paragraphs[whole][0], width, height))
            lines += [(each, style) for each in wrap(text, width, max(1, height - len(lines) - later))]
        return lines[:height]

    def draw(self, y: int, width: int) -> Strip:
        return self.line(_at(self._laid_out, y), width)


def _at(lines: Sequence[DrawnLine], y: int) -> DrawnLine:
    return lines[y] if y < len(lines) else ()
