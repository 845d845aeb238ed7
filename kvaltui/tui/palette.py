"""The command palette: one line to type in, and everything that can be done, found by any words of its name."""

from __future__ import annotations

from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.tui.palette_entries import Palette, PaletteEntry
from kvaltui.tui.screens.picker import ListDialog
from kvaltui.tui.terminal.drawing import cut, left, right, width_of
from kvaltui.tui.widgets.narrowed_list import NarrowedList

_WIDE = 72
_LEAST_KEY, _GROUP, _MOST_GROUP = 6, 24, 30


class PaletteView(NarrowedList[PaletteEntry]):
    """What can be done, under the line in which one types what one looks for."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette.at_once, lambda typed, _all: palette.found(typed))
        self._keys = max([_LEAST_KEY, *(width_of(each.key) for each in self._all)])

    def draw_head(self, y: int, width: int) -> Strip:
        paint = self.paint
        if y > 0:
            return self.line((), width)
        if self._problem:
            return self.line([(" > ", paint.accent), (self._problem, paint.warning)], width)
        if not self._typed.text:
            told = _("Type what you are looking for")
            return self.line([(" > ", paint.accent), (told[:1], paint.caret), (told[1:], paint.muted)], width)
        typed = self._typed.pieces(width - 4, paint.text, paint.caret)
        return self.line([(" > ", paint.accent), *typed], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        entry, paint = self._rows[row], self.paint
        keys = min(self._keys, width // 4)
        # The name is told whole where it can be; what it belongs to gets the room that is left.
        room = width - 6 - keys
        column = _GROUP if width >= _WIDE else width // 4
        group = cut(entry.group, min(_MOST_GROUP, max(column, room - width_of(entry.name) - 2)))
        names = max(1, room - max(width_of(group), column))
        named = f"{left(entry.name, names)}  "
        about = f"{left(group, room - names)}  {right(entry.key, keys)} "
        return self.line([(" ", None), (named, paint.text), (about, paint.muted)], width)


class PaletteScreen(ListDialog[PaletteEntry]):
    """Asks what to do. Returns the entry that was chosen."""

    CSS_PATH = "palette.tcss"

    def __init__(self, palette: Palette) -> None:
        super().__init__(PaletteView(palette))
