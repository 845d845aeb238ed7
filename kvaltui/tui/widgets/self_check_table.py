"""The list of self-checks: a result is written on the row, as a figure is in the entry table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from kvaltui.i18n import N_
from kvaltui.model.clean import clean
from kvaltui.model.entity import Reference
from kvaltui.tui.drawing import MARKER, Piece, width_of
from kvaltui.tui.pasted import lines_of
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.work_table import GAP, Column, WorkTable


class ResultWriting(Protocol):
    """What the screen does with what is written on a row."""

    def begin_writing(self, reference: Reference) -> str | None:
        """The text that stands on the row to begin with; None where nothing can be written there, which is said."""

    def show_writing(self, text: str | None) -> None:
        """Say how the text is read; None: nothing is written any more."""

    def store_written(self, text: str) -> bool:
        """Commit the text. Returns whether it was taken; why it was not is said."""

    def next_due(self, reference: Reference) -> Reference | None:
        """The next self-check that is still to be done."""


class SelfCheckTable(WorkTable):
    """The self-checks under their sections, with the result that is being written in its column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.main", N_("Record result"), id="choose"),
    ]

    def __init__(self, columns: Sequence[Column], writing: ResultWriting) -> None:
        super().__init__(columns)
        self._writing = writing
        self._editor: LineEditor | None = None

    @property
    def is_editing(self) -> bool:
        """Whether a result is being written."""
        return self._editor is not None

    def begin_typing(self, character: str) -> bool:
        """Begin to write the row's result with a character."""
        if self.reference is None or self._writing.begin_writing(self.reference) is None:
            return True
        self._editor = LineEditor()
        self._insert(character)
        return True

    def store(self) -> bool:
        """Commit what is written. Returns whether the row is free again; what is refused stays, selected."""
        editor = self._editor
        if editor is None:
            return True
        if not self._writing.store_written(editor.text.strip()):
            editor.select()
            self.redraw_rows(self.cursor)
            return False
        self._close()
        return True

    def drop(self) -> None:
        """Leave the result as it was."""
        self._close()
        self._writing.show_writing(None)

    def _close(self) -> None:
        self._editor = None
        self.redraw_rows(self.cursor)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """While something is written, characters are text and no commands."""
        del key
        return self.is_editing and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        if self._editor is None:
            super().on_key(event)
        elif self._press(event, self._editor):
            event.stop()
            event.prevent_default()

    def _press(self, event: events.Key, editor: LineEditor) -> bool:
        match event.key:
            case "escape" | "ctrl+z" | "ctrl+y":
                self.drop()
            case "enter":
                here = self.reference
                if self.store() and here is not None:
                    self._go_on_from(here)
            case "tab" | "down" | "shift+tab" | "up":
                if self.store():
                    self.action_move(1 if event.key in ("tab", "down") else -1)
            case key if editor.press(key):
                self._tell()
            case _:
                if event.character is None or not event.is_printable:
                    return False
                self._insert(event.character)
        return True

    def _go_on_from(self, here: Reference) -> None:
        following = self._writing.next_due(here)
        if following is None or not self.go_to(following):
            self.action_move(1)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        lines = lines_of(event.text)
        if not lines or self.reference is None:
            return
        if self._editor is None and self._writing.begin_writing(self.reference) is None:
            return
        self._editor = self._editor or LineEditor()
        # Several lines are no result: they stand apart by a mark that no figure holds, and are refused as they are.
        self._insert(" | ".join(" | ".join(clean(cell) for cell in line.split("\t")) for line in lines))

    def _insert(self, text: str) -> None:
        if self._editor is not None:
            self._editor.insert(text)
            self._tell()

    def _tell(self) -> None:
        self.redraw_rows(self.cursor)
        if self._editor is not None:
            self._writing.show_writing(self._editor.text.strip())

    def move_to(self, row: int) -> None:
        # Whoever leaves a row by mouse or wheel keeps what was written on it.
        if row == self.cursor or self.store():
            super().move_to(row)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        strip = super().draw_row(row, width, is_here=is_here)
        editor = self._editor
        if editor is None or not is_here:
            return strip
        room = self._shown(width)[0][2]
        # A longer text takes the room of what stands beside it.
        room = min(max(room, width_of(editor.text) + 1), width - MARKER - GAP)
        written: list[Piece] = editor.pieces(room, self.paint.editing, self.paint.caret)
        used = sum(width_of(text) for text, _style in written)
        pieces = [
            (self.marker(is_here=is_here), self.paint.heading),
            *written,
            (" " * (room - used), self.paint.editing),
        ]
        return Strip.join([self.line(pieces, MARKER + room), strip.crop(MARKER + room, width)])
