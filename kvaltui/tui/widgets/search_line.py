"""The line that says what the table is narrowed to, and in which the text to search for is typed."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from kvaltui.i18n import _, say
from kvaltui.tui.terminal.drawing import Piece, cut, width_of
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.lines import Lines
from kvaltui.work.pasted import as_one_line


class SearchLine(Lines, can_focus=True):
    """Takes no room while nothing is sought or filtered. Focused, it is typed in; otherwise it tells."""

    DEFAULT_CSS = "SearchLine { height: 1; display: none; } SearchLine.-shown, SearchLine:focus { display: block; }"

    @dataclass
    class Sought(Message):
        """The text has changed."""

        text: str

    @dataclass
    class Left(Message):
        """The person goes back to the table; `is_kept` says whether what was sought stays in force."""

        is_kept: bool

    def __init__(self) -> None:
        super().__init__()
        self._editor = LineEditor()
        self._told = ""
        self._aside = ""

    def tell(self, text: str, aside: str) -> None:
        """Say what the table is narrowed to, and to the right how much shows; without a text the line goes away."""
        self.set_class(bool(text), "-shown")
        if (text, aside) != (self._told, self._aside):
            self._told, self._aside = text, aside
            self.redraw()

    def begin(self, text: str) -> None:
        """Take the keyboard, with the text that is sought already."""
        self._editor = LineEditor.selecting(text)
        self.add_class("-shown")
        self.screen.set_focus(self)

    def on_focus(self) -> None:
        self.redraw()

    @property
    def _label(self) -> str:
        return f" {_('Search')}: "

    def _room(self, width: int) -> int:
        """The cells that the text has."""
        return max(4, width - width_of(self._aside_in(width)) - 1 - width_of(self._label))

    def _aside_in(self, width: int) -> str:
        return f"{self._aside} " if width_of(self._aside) + 24 < width else ""

    def on_blur(self) -> None:
        self.redraw()

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "enter", "down", "tab"):
            self.post_message(self.Left(is_kept=event.key != "escape"))
        elif self._editor.take(event):
            self._changed()
        else:
            return
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._editor.insert(as_one_line(event.text))
        self._changed()

    def _changed(self) -> None:
        self.redraw()
        self.post_message(self.Sought(self._editor.text))

    def draw(self, y: int, width: int) -> Strip:
        paint = self.paint
        aside = self._aside_in(width)
        room = width - width_of(aside) - 1
        pieces: list[Piece] = []
        if self.has_focus:
            pieces = [(self._label, paint.muted)]
            if self._editor.problem is not None:
                pieces.append((cut(say(self._editor.problem.message), self._room(width)), paint.warning))
            else:
                pieces += self._editor.pieces(self._room(width), paint.text, paint.caret)
        else:
            pieces = [(" ", None), (cut(_("Only: {what}", what=self._told), room - 1), paint.warning)]
        used = sum(width_of(text) for text, _style in pieces)
        return self.line([*pieces, (" " * max(0, width - used - width_of(aside)), None), (aside, paint.muted)], width)
