"""The panel below a table: what there is to say about the row that the cursor stands on."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from kvaltui.tui.drawing import Piece, width_of, wrap
from kvaltui.tui.widgets.lines import Lines

Paragraph = Piece
"""A text that may take several lines, and its style."""


class Panel(Lines):
    """Paragraphs, one after the other, as many lines as there is room for."""

    DEFAULT_CSS = "Panel { height: 2; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._laid_out: list[Piece] = []

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Set the paragraphs; the first matter most, since the last may find no room."""
        if tuple(paragraphs) != self._paragraphs:
            self._paragraphs = tuple(paragraphs)
            self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        """Break the paragraphs into lines, and redraw those that are others than before.

        Each paragraph has one line where there is room for no more, so that none is lost while another takes several.
        """
        width, height = self.size.width - 2, self.size.height
        lines: list[Piece] = []
        left = len(self._paragraphs)
        for text, style in self._paragraphs:
            left -= 1
            room = max(1, height - len(lines) - left)
            lines += [(each, style) for each in wrap(text, width, room)]
        before, self._laid_out = self._laid_out, lines[:height]
        changed = [y for y in range(height) if _at(before, y) != _at(self._laid_out, y)]
        if changed:
            self.redraw(*changed)

    def draw(self, y: int, width: int) -> Strip:
        text, style = _at(self._laid_out, y)
        return self.line([(" ", None), (text, style)], width)


def _at(lines: list[Piece], y: int) -> Piece:
    return lines[y] if y < len(lines) else ("", None)


def labelled(label: str, text: str, width: int) -> str:
    """A label and a text in one line, the text after a column of labels `width` wide."""
    return f"{label}{' ' * max(1, width - width_of(label))}{text}"
