"""A list of things that have names, narrowed to those that have what is typed in theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic

from textual import events
from textual.strip import Strip

from kvaltui.i18n import _, say
from kvaltui.tui.widgets.line_editor import LineEditor, text_of_key
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.row_lines import Row
from kvaltui.work.pasted import as_one_line


class NarrowedList(LineView[Row], Generic[Row]):
    """The things that are left of all, under a line that shows what is typed; one click chooses.

    Subclasses draw them and say what is `found`. Keys that edit a text are for the list in `KEYS_OF_LIST`, and while
    nothing is typed.
    """

    HEAD: ClassVar[int] = 2
    KEYS_OF_LIST: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, things: Sequence[Row], found: Callable[[str, Sequence[Row]], list[Row]]) -> None:
        """`found` gives the things that have a text in their names, the likeliest first."""
        super().__init__()
        self._all = tuple(things)
        self._found = found
        self._rows: list[Row] = list(self._all)
        self._typed = LineEditor()
        self._problem = ""

    def draw_nothing(self, y: int, width: int) -> Strip:
        told = _("Nothing matches.") if y == 0 and not self._rows else ""
        return self.line([(" ", None), (told, self.paint.muted)], width)

    # Typing

    def on_key(self, event: events.Key) -> None:
        if self.take_key(event):
            event.stop()

    def take_key(self, event: events.Key) -> bool:
        """Do what a key does that types something. Returns whether it was one."""
        text = self._typed.text
        typed = text_of_key(event)
        if typed.isspace() and not text:
            return True
        is_of_list = not typed and (not text or event.key in self.KEYS_OF_LIST)
        is_taken = not is_of_list and self._typed.take(event)
        if is_taken:
            self._narrow()
        return is_taken

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._insert(as_one_line(event.text))

    def _insert(self, typed: str) -> None:
        self._typed.insert(typed)
        self._narrow()

    def first_of(self, typed: str) -> int:
        """Which of the things that are left the cursor stands on at first."""
        return 0

    def _narrow(self) -> None:
        self._problem = say(self._typed.problem.message) if self._typed.problem is not None else ""
        typed = self._typed.text
        self._rows = self._found(typed, self._all) if typed.strip() else list(self._all)
        self.cursor, self.top = self.first_of(typed), 0
        self.clamp()
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        super().on_click(event)
        if event.y >= self.HEAD and self.top + event.y - self.HEAD < len(self._rows) and event.chain == 1:
            self.action_choose()
