"""The ground of the program's widgets: what they show is lines that they draw themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.tui.terminal.drawing import Piece, line, marker
from kvaltui.tui.terminal.patient import Patient
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_editor import LineEditor


class DrawnOnce(Widget, Patient):
    """A widget that is asked for its lines when others change, and then gives those that it gave before.

    Textual asks every widget of the screen with each key, and goes through the styles of all that have not changed.
    """

    _given: tuple[Region, list[Strip]] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._given is None or self._given[0] != crop:
            self._given = crop, super().render_lines(crop)
        return self._given[1]

    def _set_dirty(self, *regions: Region) -> None:
        self._given = None
        super()._set_dirty(*regions)


class Lines(DrawnOnce):
    """A widget that draws its own lines: nothing is laid out or mounted for what it shows.

    Subclasses draw a line in `draw`. `redraw` repaints some lines or all of them.
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._carets: dict[int, int] = {}
        self._marked: dict[int, int] = {}

    @property
    def paint(self) -> Paint:
        """The styles of the theme in force."""
        paint: Paint = self.app.paint  # type: ignore[attr-defined]
        return paint

    @property
    def is_ascii(self) -> bool:
        """Whether the terminal shows ASCII symbols only."""
        return bool(self.app.is_ascii)  # type: ignore[attr-defined]

    def key_of(self, command: str) -> str:
        """The key that a command has now, as it stands on the keyboard."""
        key: str = self.app.key_of(command)  # type: ignore[attr-defined]
        return key

    def marker(self, *, is_here: bool) -> str:
        """What stands before a row: the mark of the one that the cursor stands on, or nothing."""
        return marker(is_here=is_here, is_ascii=self.is_ascii)

    def line(self, pieces: Iterable[Piece], width: int) -> Strip:
        """A line of exactly `width` cells; pieces without a style of their own are ordinary text."""
        return line(pieces, width, self.paint.text)

    def half_typed(self) -> Iterator[str]:
        """The texts that are being typed here and are stored nowhere yet."""
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
        caret, selected = self.paint.caret, self.paint.selected
        at = 0
        self._carets.pop(y, None)
        self._marked.pop(y, None)
        for segment in strip:
            if segment.style is caret:
                self._carets[y] = at  # the last one: a text that is selected is drawn like a caret all along
            elif segment.style is selected:
                self._marked.setdefault(y, at)
            at += segment.cell_length

    @property
    def place_of_keys(self) -> Offset:
        """Where in the widget the next key lands, as it is drawn: the caret, or else the cell or row that is marked.

        The terminal's own cursor stands there, for screen readers, magnifiers and input methods.
        """
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
