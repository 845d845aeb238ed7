"""A grid that draws its own lines and knows nothing else: the floor for keys. Usage: grid.py ROWS."""

import sys
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import Key
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

CURSOR = Style(reverse=True)


class Grid(ScrollView, can_focus=True):
    """Rows of one line each; the cursor is a reversed cell; digits are typed in place."""

    DEFAULT_CSS = "Grid { scrollbar-size: 0 0; }"
    BINDINGS: ClassVar = [("down", "move(1)", ""), ("up", "move(-1)", "")]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows, self.row, self.typed = rows, 0, ""
        self.virtual_size = Size(80, rows)

    def render_line(self, y: int) -> Strip:
        """One line: plain, or with the cell under the cursor reversed."""
        row, width = self.scroll_offset.y + y, self.size.width
        if row >= self.rows:
            return Strip.blank(width)
        text = f"  Indicator {row + 1:<50}{'80 %':>8}{'Ready' if row == 0 else '66 %':>8}".ljust(width)[:width]
        if row != self.row:
            return Strip([Segment(text)], width)
        typed = (self.typed or "66 %").rjust(8)
        return Strip([Segment(text[:60]), Segment(typed, CURSOR), Segment(text[68:])], width)

    def on_key(self, event: Key) -> None:
        """Digits go into the cell; Enter keeps them and goes down."""
        if event.character and event.character in "0123456789":
            self.typed += event.character
            self.refresh(self._line(self.row))
        elif event.key == "enter":
            self.action_move(1)

    def _line(self, row: int) -> Region:
        return Region(0, row - self.scroll_offset.y, self.size.width, 1)

    def action_move(self, by: int) -> None:
        """Move the cursor; at the edge the view goes on by half a page."""
        old, self.typed = self.row, ""
        self.row = min(max(0, self.row + by), self.rows - 1)
        height, top = self.size.height, self.scroll_offset.y
        if top <= self.row < top + height:
            self.refresh(self._line(old), self._line(self.row))
        else:
            self.scroll_to(y=max(0, self.row - height // 2), animate=False, force=True)


class Program(App[None]):
    """The grid and nothing else."""

    BINDINGS: ClassVar = [("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """The grid."""
        yield Grid(int(sys.argv[1]))


Program().run()
