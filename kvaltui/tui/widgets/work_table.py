"""A list of things to work on: rows in columns under headings, searched as one types."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from kvaltui.columns import GAP, Column, column_widths
from kvaltui.decimal_line import line_for, on_line
from kvaltui.model.entity import Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, cut, left, right, width_of, wrap
from kvaltui.tui.terminal.laid_row import LaidRow
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.pasted import as_one_line

_BLANK = ("", "–")
_EDGE = 1
"""The cell at each side of a row: the cursor's mark, and one that stays empty."""
_INDENT = 2
"""Cells that rows stand to the right of the headings that they stand under."""
Cell = tuple[Piece, ...]
"""What stands in a cell: pieces side by side."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A row: the thing that it is about and what stands in each column; a heading is about nothing."""

    reference: Reference | None
    cells: tuple[Cell, ...] = ()
    heading: str = ""


def cell(text: str, style: Style | None = None) -> Cell:
    """A cell with one text."""
    return ((text, style),)


def text_in(pieces: Cell) -> str:
    """What a cell says."""
    return "".join(text for text, _style in pieces)


def fitted(pieces: Cell, width: int) -> list[Piece]:
    """A cell in exactly `width` cells of the screen."""
    blank = width - sum(width_of(text) for text, _style in pieces)
    if blank < 0:
        room, cut_pieces = width, []
        for text, style in pieces:
            cut_pieces.append((cut(text, room), style))
            room -= width_of(cut_pieces[-1][0])
            if room <= 0:
                break
        pieces, blank = tuple(cut_pieces), room
    return [*pieces, (" " * max(0, blank), None)]


def on_decimal_lines(rows: Sequence[WorkRow], columns: Collection[int]) -> list[WorkRow]:
    """The rows with the figures of some columns each on one decimal line: whole parts and words end in one cell."""
    lines = {at: line_for(text_in(row.cells[at]) for row in rows if row.cells) for at in columns}

    def aligned(at: int, pieces: Cell) -> Cell:
        text = text_in(pieces)
        if at not in lines or not text:
            return pieces
        _text, taken = on_line(text, lines[at], 10**6)
        return (*pieces, (" " * (taken - width_of(text)), None))

    return [replace(row, cells=tuple(aligned(at, each) for at, each in enumerate(row.cells))) for row in rows]


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
        self._needed: tuple[int, ...] = ()
        self._indent = 0
        self._named: tuple[str, ...] = ()
        self._nothing = ""
        self._search: LineEditor | None = None

    # Rows

    @property
    def reference(self) -> Reference | None:
        """The thing that the cursor stands on."""
        return self.row.reference if self.row is not None else None

    def show(self, rows: Sequence[WorkRow], nothing: str, columns: Sequence[Column] | None = None) -> None:
        """Set the rows, and the columns where they are others; `nothing` is what to say where there are no rows."""
        self._nothing = nothing
        self.take_rows(rows)
        before = self._columns, self._empty, self._needed, self._indent, self._named
        self._columns = self._columns if columns is None else tuple(columns)
        things = [row for row in rows if row.reference is not None]
        self._indent = _INDENT if len(things) < len(rows) else 0
        self._empty = frozenset(
            at
            for at, column in enumerate(self._columns)
            if column.may_be_left_out and all(text_in(row.cells[at]).strip() in _BLANK for row in things)
        )
        self._needed = tuple(
            0 if column.width else max((width_of(text_in(row.cells[at])) for row in things), default=0)
            for at, column in enumerate(self._columns)
        )
        self._named = tuple(self.text_at(at) for at in range(len(rows)))
        if before != (self._columns, self._empty, self._needed, self._indent, self._named):
            self.redraw()

    def thing_of(self, row: WorkRow) -> Reference | None:
        return row.reference

    def can_stand(self, row: int) -> bool:
        return self._rows[row].reference is not None

    def is_heading(self, row: int) -> bool:
        return self._rows[row].reference is None

    def text_at(self, row: int) -> str:
        return " ".join(
            text_in(pieces)
            for pieces, column in zip(self._rows[row].cells, self._columns, strict=False)
            if column.takes_rest
        )

    def table_headings(self) -> Sequence[str]:
        return [self._columns[at].heading for at in self._copied]

    def table_cells(self, row: int) -> Sequence[str]:
        shown = self._rows[row]
        if shown.reference is None:
            return (shown.heading,)
        texts = (text_in(shown.cells[at]).strip() for at in self._copied)
        # A place to write in holds nothing.
        return ["" if not text.strip("_") else text for text in texts]

    @property
    def _copied(self) -> Sequence[int]:
        """The columns that say something, but for those that narrow tables show instead of others."""
        return [at for at, column in enumerate(self._columns) if at not in self._empty and not column.shows_below]

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

    def shown_columns(self, width: int) -> list[tuple[int, Column, int]]:
        """The columns that show, each with its number and its width."""
        shown = [
            (at, column) for at, column in enumerate(self._columns) if column.shows_in(width) and at not in self._empty
        ]
        widths = column_widths(
            [column for _at, column in shown],
            width - 2 * _EDGE - self._indent,
            [self._needed[at] for at, _column in shown] if self._needed else (),
        )
        return [(at, column, wide) for (at, column), wide in zip(shown, widths, strict=True)]

    def headings(self, width: int) -> str:
        text = " " * _EDGE
        for place, (_at, column, wide) in enumerate(self.shown_columns(width)):
            text += " " * GAP if place else ""
            wide += 0 if place else self._indent
            text += right(column.heading, wide) if column.is_right else left(column.heading, wide)
        return text

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown = self._rows[row]
        if shown.reference is None:
            return self.line([(" " * _EDGE, None), (cut(shown.heading, width - 2 * _EDGE), self.paint.strong)], width)
        return self.line(self.laid_out(row, width, is_here=is_here).pieces, width)

    def laid_out(self, row: int, width: int, *, is_here: bool) -> LaidRow:
        """The row of a thing, its cells in their columns."""
        laid = LaidRow()
        laid.put(0, self.edge(is_here=is_here), self.paint.heading)
        for at, column, begin, wide in self.placed_columns(width):
            pieces = self.cell_of(row, at, column, wide)
            self.place(laid, pieces, begin, wide, is_right=column.is_right)
        return laid

    def edge(self, *, is_here: bool) -> str:
        """What stands in the first cell of a row."""
        return self.marker(is_here=is_here)[:_EDGE]

    def placed_columns(self, width: int) -> list[tuple[int, Column, int, int]]:
        """The columns that show, each with its number, the cell in which its texts begin, and its width."""
        placed, begin = [], _EDGE + self._indent
        for at, column, wide in self.shown_columns(width):
            placed.append((at, column, begin, wide))
            begin += wide + GAP
        return placed

    def cell_of(self, row: int, at: int, column: Column, width: int) -> Cell:
        """What stands in a column of a row, by the column's number: in at most its width, but for what is right."""
        pieces = self._rows[row].cells[at]
        if column.takes_rest:
            return cell(self.short(text_in(pieces), width), pieces[0][1])
        return pieces if column.is_right else tuple(fitted(pieces, width))

    def place(self, laid: LaidRow, pieces: Cell, begin: int, width: int, *, is_right: bool) -> None:
        """Put a cell in its column, without the blanks at its end: what follows may grow into them.

        What stands to the right and is wider than its column grows to the left, up to a gap, and is cut beyond.
        """
        taken = width_of(text_in(pieces))
        if is_right:
            room = begin + width - laid.end - 1
            if taken > room:
                pieces, taken = tuple(fitted(pieces, room)), room
            begin += width - taken
        for text, style in pieces:
            if text.strip(" "):
                has_ground = style is not None and style.bgcolor != self.paint.text.bgcolor
                laid.put(max(begin, laid.end), text, style, has_ground=has_ground)
            begin += width_of(text)

    def draw_nothing(self, y: int, width: int) -> Strip:
        lines = wrap(self._nothing, width - 2 * _EDGE, 4) if not self._rows else []
        return self.line([(" " * _EDGE, None), (lines[y] if y < len(lines) else "", self.paint.muted)], width)
