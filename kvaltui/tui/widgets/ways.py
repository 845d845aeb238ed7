"""The ways in which a first plan can be begun, each in a sentence, and what is told of the one that one stands on."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import Piece, cut, left, width_of, wrap
from kvaltui.tui.terminal.theme import Surface
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.lines import Lines

_LIST_WIDTH = 80
_NAME = 28
_GAP = 2


@dataclass(frozen=True, slots=True)
class Way:
    """A way to begin: its name, what it is in a few words, and what the panel tells: a heading, and lines under it.

    Of `details` each is a name and what there is to say of it, as of a template.
    """

    key: str
    name: str
    told: str
    heading: str
    lines: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


class WayList(LineView[Way]):
    """The ways, a row each."""

    DEFAULT_CSS = "WayList { height: 5; }"

    def __init__(self, ways: Sequence[Way], at: int = 0) -> None:
        super().__init__()
        self._rows: Sequence[Way] = ways
        self.cursor = at

    def text_at(self, row: int) -> str:
        return self._rows[row].name

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        way, paint = self._rows[row], self.paint
        names = max(width_of(each.name) for each in self._rows)
        pieces: list[Piece] = [("   ", None), (left(way.name, max(names, min(_NAME, width // 2))), paint.text)]
        room = min(width, _LIST_WIDTH) - 3 - max(names, min(_NAME, width // 2)) - _GAP - 1
        if room >= 20:
            pieces += [(" " * _GAP, None), (cut(way.told, room), paint.muted)]
        return self.line(pieces, width)


class WayPanel(Lines):
    """What is told of a way: beneath the list in four lines, or beside it from top to bottom."""

    SURFACE = Surface.RAISED
    DEFAULT_CSS = "WayPanel { height: 4; } WayPanel.-beside { height: 1fr; width: 1fr; }"

    def __init__(self, always: str, *, is_beside: bool) -> None:
        """`always` is told last, of every way."""
        super().__init__()
        self.set_class(is_beside, "-beside")
        self._is_beside = is_beside
        self._always = always
        self._way: Way | None = None

    def show(self, way: Way | None) -> None:
        """Tell of a way."""
        if way != self._way:
            self._way = way
            self.redraw()

    def draw(self, y: int, width: int) -> Strip:
        if self._way is None:
            return self.line((), width)
        lines = self._beside(self._way, width) if self._is_beside else self._beneath(self._way, width)
        edge: Piece = (" ", None)
        if self._is_beside and not self.paint.has_surfaces:
            edge = ("|" if self.is_ascii else "│", self.paint.muted)
        return self.line([edge, *(lines[y] if y < len(lines) else ())], width)

    def _beneath(self, way: Way, width: int) -> list[list[Piece]]:
        paint, room = self.paint, width - 2
        heading: list[Piece] = [(way.heading, paint.strong)]
        if not paint.has_surfaces:
            rule = ("-" if self.is_ascii else "─") * max(0, room - width_of(way.heading) - 1)
            heading += [(" ", None), (rule, paint.muted)]
        named = " · ".join(name for name, _told in way.details)
        told = [each for text in (*way.lines, named) if text for each in wrap(text, room, 2)][:2]
        lines: list[list[Piece]] = [heading]
        lines += [[(each, paint.text)] for each in told]
        return [*lines, [(cut(self._always, room), paint.muted)]]

    def _beside(self, way: Way, width: int) -> list[list[Piece]]:
        paint, room = self.paint, width - 3
        lines: list[list[Piece]] = [[], [], [(" ", None), (way.heading, paint.strong)], []]
        for text in way.lines:
            lines += [[(" ", None), (each, paint.text)] for each in wrap(text, room, 8)] + [[]]
        for name, told in way.details:
            lines += [[(" ", None), (each, paint.text)] for each in wrap(name, room, 2)]
            lines += [[(" ", None), (cut(told, room), paint.muted)], []]
        lines += [[(" ", None), (each, paint.muted)] for each in wrap(self._always, room, 6)]
        return lines


class TopLine(Lines):
    """What the program is, where the tabs are later."""

    SURFACE = Surface.RAISED
    DEFAULT_CSS = "TopLine { height: 1; }"

    def draw(self, y: int, width: int) -> Strip:
        paint = self.paint
        return self.line(
            [(" ", None), ("kvaltui", paint.heading), (f"  {_('quality plans in the terminal')}", paint.muted)], width
        )


class ToldLine(Lines):
    """A line that stands still: a heading, and beside it to the right what is said with it; a blank one without."""

    DEFAULT_CSS = "ToldLine { height: 1; }"

    def __init__(self, text: str = "", aside: str = "") -> None:
        super().__init__()
        self._text, self._aside = text, aside

    def draw(self, y: int, width: int) -> Strip:
        room = min(width, _LIST_WIDTH) - 3 - width_of(self._text) - width_of(self._aside)
        aside = self._aside if room >= 0 else ""
        return self.line(
            [(" ", None), (self._text, self.paint.strong), (" " * max(1, room + 1), None), (aside, self.paint.muted)],
            width,
        )
