"""The ground of the program's widgets: what they show is lines that they draw themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, cast

from textual.geometry import Offset, Region
from textual.strip import Strip

from kvaltui.tui.terminal.calm_app import CalmApp
from kvaltui.tui.terminal.drawing import Piece, line, marker
from kvaltui.tui.terminal.drawn_once import DrawnOnce
from kvaltui.tui.terminal.theme import Paint, Surface
from kvaltui.tui.widgets.line_editor import LineEditor


class Lines(DrawnOnce):
    """A widget that draws its own lines: nothing is laid out or mounted for what it shows.

    Subclasses draw a line in `draw`, and say in `SURFACE` what they stand on. `redraw` repaints some lines or all.
    """

    ALLOW_SELECT = False
    SURFACE: ClassVar[Surface] = Surface.GROUND

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._carets: dict[int, int] = {}
        self._marked: dict[int, int] = {}
        self._surface: Surface | None = None

    @property
    def calm_app(self) -> CalmApp[Any]:
        """The app, by its own type."""
        return cast("CalmApp[Any]", self.app)

    @property
    def paint(self) -> Paint:
        """The styles of the theme in force, on the surface of the widget."""
        return self.calm_app.paint_on(self.surface)

    @property
    def surface(self) -> Surface:
        """What the widget stands on: all that a dialog holds is raised."""
        if self._surface is None:
            self._surface = getattr(self.screen, "SURFACE", None) or self.SURFACE
        return self._surface

    @property
    def is_ascii(self) -> bool:
        """Whether the terminal shows ASCII symbols only."""
        return self.calm_app.is_ascii

    def key_of(self, command: str) -> str:
        """The key that a command has now, as it stands on the keyboard."""
        return self.calm_app.key_of(command)

    def marker(self, *, is_here: bool) -> str:
        """What stands before a row: the mark of the one that the cursor stands on, or nothing."""
        return marker(is_here=is_here, is_ascii=self.is_ascii)

    def line(self, pieces: Iterable[Piece], width: int) -> Strip:
        """A line of exactly `width` cells; pieces without a style are ordinary text.

        What others have styled for the ground gets the styles of the widget's own surface.
        """
        if self.surface is not Surface.GROUND:
            tint = self.calm_app.tint(Surface.GROUND, self.surface)
            pieces = ((text, tint.of(style)) for text, style in pieces)
        return line(pieces, width, self.paint.text)

    def half_typed(self) -> Iterator[str]:
        for held in vars(self).values():
            for each in held if isinstance(held, list) else (held,):
                if isinstance(each, LineEditor):
                    yield each.text.strip()

    def draw(self, y: int, width: int) -> Strip:
        """The line `y` from the top of the widget, `width` cells wide."""
        raise NotImplementedError

    def on_show(self) -> None:
        """Take the focus that was lost when the window was too small to show anything."""
        if self.focusable and self.screen.focused is None:
            self.focus()

    def render_line(self, y: int) -> Strip:
        strip = self.draw(y, self.size.width)
        self._note_where_keys_land(y, strip)
        return strip

    def _note_where_keys_land(self, y: int, strip: Strip) -> None:
        """Remember where in a drawn line the caret stands, and what is marked there."""
        caret, selected = self.paint.caret, self.paint.solid
        at = 0
        self._carets.pop(y, None)
        self._marked.pop(y, None)
        for segment in strip:
            if segment.style == caret:
                self._carets[y] = at  # the last one: a text that is selected is drawn like a caret all along
            elif segment.style == selected:
                self._marked.setdefault(y, at)
            at += segment.cell_length

    @property
    def place_of_keys(self) -> Offset:
        """The caret as it is drawn, or else the cell or row that is marked."""
        height = self.size.height
        for noted in (self._carets, self._marked):
            if shown := [y for y in noted if y < height]:
                return Offset(noted[shown[0]], shown[0])
        return Offset(0, 0)

    def redraw(self, *lines: int) -> None:
        """Repaint the lines, counted from the top of the widget; without any, all of them."""
        if not lines:
            self.refresh()
            return
        width, height = self.size
        regions = [Region(0, y, width, 1) for y in lines if 0 <= y < height]
        if regions:
            self.refresh(*regions)
