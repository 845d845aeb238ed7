"""A list of things to work on: rows in columns under headings, searched as one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.message import Message
from textual.strip import Strip

from kvaltui.columns import GAP, Column, column_widths
from kvaltui.model.entity import Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import MARKER, Piece, cut, cut_middle, left, right, wrap
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.pasted import as_one_line

_BLANK = ("", "–")


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A row: the thing that it is about and a text for each column; a heading is about nothing and has one text."""

    reference: Reference | None
    cells: tuple[Piece, ...]


class WorkTable(LineView[WorkRow]):
    """Rows of things. The cursor stays on its thing when the rows change."""

    HEAD: ClassVar[int] = 1
    BINDINGS = bindings.WORK_TABLE

    @dataclass
    class Searched(Message):
        """Something else is searched for; `is_typing` while it is still being typed, `problem` when it will not do."""

        text: str
        is_typing: bool
        problem: KvaltuiError | None = None

    def __init__(self, columns: Sequence[Column], **of_the_list: Any) -> None:
        super().__init__(**of_the_list)
        self._columns = tuple(columns)
        self._rows: Sequence[WorkRow] = ()
        self._empty: frozenset[int] = frozenset()
        self._nothing = ""
        self._search: LineEditor | None = None

    # Rows

    @property
    def reference(self) -> Reference | None:
        """The thing that the cursor stands on."""
        return self.row.reference if self.row is not None else None

    def show(self, rows: Sequence[WorkRow], nothing: str) -> None:
        """Set the rows; `nothing` is what to say where there are none."""
        self._nothing = nothing
        self.take_rows(rows)
        empty, self._empty = self._empty, self._empty_columns()
        if empty != self._empty:
            self.redraw()

    def _empty_columns(self) -> frozenset[int]:
        """The columns that no row has anything in, of those that may be left out."""
        return frozenset(
            at
            for at, column in enumerate(self._columns)
            if column.may_be_left_out and all(row.reference is None or row.cells[at][0] in _BLANK for row in self._rows)
        )

    def thing_of(self, row: WorkRow) -> Reference | None:
        return row.reference

    def can_stand(self, row: int) -> bool:
        return self._rows[row].reference is not None

    def is_heading(self, row: int) -> bool:
        return self._rows[row].reference is None

    def text_at(self, row: int) -> str:
        return " ".join(
            text
            for (text, _style), column in zip(self._rows[row].cells, self._columns, strict=False)
            if column.takes_rest
        )

    # Searching

    def action_search(self) -> None:
        """Begin to type what to search for."""
        self._search = LineEditor()
        self.post_message(self.Searched("", is_typing=True))

    def on_key(self, event: events.Key) -> None:
        editor = self._search
        if editor is None:
            return
        if event.key in ("enter", "escape", "down", "up", "tab"):
            self._search = None
            self.post_message(self.Searched("" if event.key == "escape" else editor.text, is_typing=False))
        elif editor.take(event):
            self._tell_searched(editor)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        if self._search is not None:
            event.stop()
            event.prevent_default()
            self._search.insert(as_one_line(event.text))
            self._tell_searched(self._search)

    def _tell_searched(self, editor: LineEditor) -> None:
        self.post_message(self.Searched(editor.text, is_typing=True, problem=editor.problem))

    def search_pieces(self, width: int) -> list[Piece]:
        """What is typed to search for, as it is drawn in a width."""
        return self._search.pieces(width, self.paint.editing, self.paint.caret) if self._search is not None else []

    # Drawing

    def _shown(self, width: int) -> list[tuple[int, Column, int]]:
        """The columns that show, each with its number and its width."""
        shown = [
            (at, column)
            for at, column in enumerate(self._columns)
            if width >= column.shows_from and at not in self._empty
        ]
        widths = column_widths([column for _at, column in shown], width - MARKER)
        return [(at, column, wide) for (at, column), wide in zip(shown, widths, strict=True)]

    def headings(self, width: int) -> str:
        text = " " * MARKER
        for at, column, wide in self._shown(width):
            text += " " * GAP if at else ""
            text += right(column.heading, wide) if column.is_right else left(column.heading, wide)
        return text

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown, paint = self._rows[row], self.paint
        if shown.reference is None:
            text, style = shown.cells[0]
            return self.line([(cut_middle(text, width), style)], width)
        mark = self.marker(is_here=is_here)
        pieces: list[Piece] = [(mark, paint.heading)]
        for at, column, wide in self._shown(width):
            text, style = shown.cells[at]
            gap = " " * GAP if at else ""
            if column.is_right:
                pieces.append((gap + right(text, wide), style))
            else:
                is_name = column.takes_rest
                pieces += [
                    (gap, None),
                    (
                        left(self.short(text, wide) if column.takes_rest else cut(text, wide), wide),
                        paint.selected if is_here and is_name else style,
                    ),
                ]
        return self.line(pieces, width)

    def draw_nothing(self, y: int, width: int) -> Strip:
        lines = wrap(self._nothing, width - MARKER - 1, 4) if not self._rows else []
        return self.line([(" " * MARKER, None), (lines[y] if y < len(lines) else "", self.paint.muted)], width)
