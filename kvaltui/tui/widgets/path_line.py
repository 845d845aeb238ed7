"""A path that is typed, with the names that it can go on with below it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from kvaltui.i18n import _, say
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.terminal.drawing import Piece, cut
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.lines import Lines
from kvaltui.work.pasted import as_one_line
from kvaltui.work.paths import Name, common_beginning, completed, names_for

_HEAD = 2


@dataclass(frozen=True, slots=True)
class PathQuestion:
    """What is asked for: the title, the path that stands there, the files that are shown, and what Enter does.

    `takes_folder`: a folder is asked for; `is_new`: a file that need not be there yet. `help` stands below until
    something else is said.
    """

    title: str
    does: str
    text: str = ""
    suffixes: Collection[str] = ()
    takes_folder: bool = False
    is_new: bool = False
    help: str = ""


class PathLine(Lines, can_focus=True):
    """One line to type in, and the names below it. Tab completes, the arrows go through the names, Enter takes one."""

    DEFAULT_CSS = "PathLine { height: 1fr; }"

    @dataclass
    class Submitted(Message):
        """Enter on a path that is no folder to go into."""

        text: str

    @dataclass
    class Written(Message):
        """Something has been typed."""

    def __init__(self, asked: PathQuestion) -> None:
        super().__init__()
        self._asked = asked
        self._editor = LineEditor.at_end_of(asked.text)
        self._names: list[Name] = []
        self._problem = ""
        self._cursor: int | None = None
        self._look()
        if asked.is_new:
            self._problem = ""  # nobody has typed anything yet, and the folder may be made with the file

    @property
    def text(self) -> str:
        """The path as it is typed."""
        return self._editor.text.strip()

    def write(self, text: str) -> None:
        """Put another path in the line."""
        self._editor = LineEditor.at_end_of(text)
        self._changed()

    def _look(self) -> None:
        """Look up what the path can go on with."""
        self._cursor, self._problem = None, ""
        try:
            if self._editor.problem is not None:
                raise self._editor.problem
            self._names = names_for(self._editor.text, self._asked.suffixes)
        except KvaltuiError as error:
            self._names, self._problem = [], say(error.message)

    # Keys

    def on_key(self, event: events.Key) -> None:
        if self._press(event):
            event.stop()
            event.prevent_default()

    def _press(self, event: events.Key) -> bool:
        match event.key:
            case "enter":
                self._enter()
            case "tab":
                self._complete()
            case "down" | "up" | "pagedown" | "pageup":
                page = max(1, self.size.height - _HEAD - 1)
                self._move({"down": 1, "up": -1, "pagedown": page, "pageup": -page}[event.key])
            case _ if self._editor.take(event):
                self._changed()
            case _:
                return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._editor.insert(as_one_line(event.text).strip())
        self._changed()

    def on_click(self, event: events.Click) -> None:
        at = self._top + event.y - _HEAD
        if event.y >= _HEAD and at < len(self._names):
            self._cursor = at
            self._enter()

    def _enter(self) -> None:
        name = self._names[self._cursor] if self._cursor is not None else self._folder_named()
        if name is None:
            self.post_message(self.Submitted(self.text))
            return
        self.write(completed(self._editor.text, name))
        if not name.is_folder:
            self.post_message(self.Submitted(self.text))

    def _folder_named(self) -> Name | None:
        """The folder that the path names without its slash, to be gone into."""
        if self._asked.takes_folder:
            return None
        begun = self._editor.text.rpartition("/")[2]
        return next((each for each in self._names if each.is_folder and each.text == f"{begun}/"), None)

    def _complete(self) -> None:
        chosen = self._names[self._cursor] if self._cursor is not None else None
        text = self._editor.text
        self.write(completed(text, chosen) if chosen is not None else common_beginning(text, self._names))

    def _move(self, rows: int) -> None:
        if not self._names:
            return
        at = -1 if self._cursor is None else self._cursor
        moved = max(-1, min(at + rows, len(self._names) - 1))
        self._cursor = moved if moved >= 0 else None
        self.redraw()

    def _changed(self) -> None:
        self._look()
        self.redraw()
        self.post_message(self.Written())

    # Drawing

    @property
    def _top(self) -> int:
        """The first of the names that shows."""
        room = max(1, self.size.height - _HEAD)
        return max(0, min((self._cursor or 0) - room // 2, len(self._names) - room))

    def draw(self, y: int, width: int) -> Strip:
        paint = self.paint
        if y == 0:
            text, caret = (paint.editing, paint.caret) if self._cursor is None else (paint.hole, paint.hole)
            return self.line([(" ", None), *self._editor.filled(width - 2, text, caret)], width)
        at_row = y - _HEAD
        if at_row < 0:
            return self.line((), width)
        if self._problem or not self._names:
            told = self._problem or ("" if self._asked.is_new else _("Nothing here goes on with that"))
            return self.line([(" ", None), (cut(told, width - 2) if at_row == 0 else "", paint.muted)], width)
        row = self._top + at_row
        if row >= len(self._names):
            return self.line((), width)
        name = self._names[row]
        is_here = row == self._cursor
        style = paint.selected if is_here else paint.text if name.is_folder else paint.strong
        pieces: list[Piece] = [(self.marker(is_here=is_here)[:1], paint.accent), (cut(name.text, width - 2), style)]
        return self.line(pieces, width)
