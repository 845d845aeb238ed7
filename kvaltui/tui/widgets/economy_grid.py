"""The economy tables as one grid: a cursor on a cell, and amounts typed where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.strip import Strip

from kvaltui.columns import GAP
from kvaltui.i18n import _, translated
from kvaltui.model.clean import clean
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entity import Reference
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, cut, left, right
from kvaltui.tui.widgets.economy_layout import (
    EDGE,
    TITLES,
    AmountColumn,
    EconomyLayout,
    amount_text,
    hanging_of,
    lay_out,
    share_text,
)
from kvaltui.tui.widgets.typing_view import CellStored, Entering, Refused, Typing, TypingView
from kvaltui.work.economy_rows import (
    AMOUNTS,
    AmountCell,
    EconomyLine,
    Look,
    economy_lines,
    is_amount,
    is_same_amount,
    with_amount,
)
from kvaltui.work.session import PlanSession
from kvaltui.work.unstored import Cell

_INDENT = 2
"""Cells that rows stand to the right of headings and sums, and what is part of a row to the right of that."""


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """An amount that a person has begun to write: the row as it was on their screen then, and where in it."""

    row: EconomyRow
    column: str
    position: int

    @property
    def text(self) -> str:
        """What stood in the cell."""
        written: str = getattr(self.row, self.column)
        return written


class EconomyGrid(TypingView[EconomyLine]):
    """Tables under their headings; left and right go from amount to amount."""

    HEAD: ClassVar[int] = 1
    BINDINGS = bindings.ECONOMY_GRID

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session)
        self._rows: list[EconomyLine] = []
        self._column = AMOUNTS[0]
        self._opened: OpenAmount | None = None
        self._laid_out: tuple[Sequence[EconomyLine], int, str, EconomyLayout] | None = None
        self._rows = economy_lines(session.content, None)
        self.cursor = 1 if len(self._rows) > 1 else 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (self._session.is_read_only and action == "choose")

    # Rows

    @property
    def column(self) -> str:
        """The column that the cursor stands in."""
        return self._column

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the cursor goes to; where there is room for few, only some of them show."""
        return self.grid.columns

    @property
    def grid(self) -> EconomyLayout:
        """How the amounts share the room."""
        rows, width, column = self._rows, self.size.width, self._column
        known = self._laid_out
        if known is None or known[0] is not rows or known[1:3] != (width, column):
            known = self._laid_out = rows, width, column, lay_out(rows, width, column)
        return known[3]

    def rebuild(self) -> None:
        """Read the tables anew; the cursor stays on its row."""
        self._suppose(self._editor.text if self.is_editing else None)
        if self._cell is not None and self.place_of(self._cell.reference) is None:
            self.settle_at_once()  # its row is gone

    def go_to(self, thing: Reference) -> bool:
        self.settle()
        return super().go_to(thing)

    def thing_of(self, row: EconomyLine) -> Reference:
        return row.reference

    def thing_at(self, row: int) -> object:
        return (self._rows[row].reference, self.column) if row < len(self._rows) else None

    def is_heading(self, row: int) -> bool:
        line, before = self._rows[row], self._rows[row - 1].row if row else None
        return line.row is None or (before is not None and before.is_sum and line.row.level == 0)

    def text_at(self, row: int) -> str:
        line = self._rows[row]
        return clean(line.row.name if line.row is not None else line.table.title)

    def table_headings(self) -> Sequence[str]:
        return ("", *(translated(TITLES[column]) for column in self.columns), "%")

    def table_cells(self, row: int) -> Sequence[str]:
        line = self._rows[row]
        if line.row is None:
            return (_title_of(line.table),)
        return (clean(line.row.name), *(line.cells[column].text for column in self.columns), share_text(line))

    def action_column(self, way: int) -> None:
        """Go to the next amount of the row."""
        columns = self.columns
        at = columns.index(self._column) if self._column in columns else 0
        self._stand_in_column(columns[max(0, min(at + way, len(columns) - 1))])

    def _stand_in_column(self, column: str) -> None:
        before = self.grid.shown
        self._column = column
        if before == self.grid.shown:
            self.redraw_rows(self.cursor)
        else:
            self.redraw()
        self.here = self.thing_at(self.cursor)

    # Writing an amount

    def action_choose(self) -> None:
        line = self.row
        if line is not None and line.row is None:
            super().action_choose()
        else:
            self.open_editor()

    def cell_at(self, row: int) -> Cell | None:
        line = self._rows[row] if row < len(self._rows) else None
        return self._cell_in(line, self.column) if line is not None and line.row is not None else None

    def _cell_in(self, line: EconomyLine, column: str) -> Cell:
        return Cell(self._session.key, self._session.period, line.reference, column)

    def stand_in(self, cell: Cell) -> None:
        self.go_to(cell.reference)
        if cell.field in self.columns:
            self._stand_in_column(cell.field)

    def name_of_cell(self) -> str:
        line = self.row
        name = line.row.name if line is not None and line.row is not None else ""
        return f"{name}, {translated(TITLES[self.column])}"

    def begin_entry(self) -> str:
        line = self.row
        assert line is not None
        assert line.row is not None
        if self._session.is_read_only:
            raise self._session.read_only_error
        self._opened = OpenAmount(line.row, self.column, self._session.content.position)
        return clean(self._opened.text)

    def store_entry(self, text: str) -> CellStored:
        opened = self._opened
        assert opened is not None
        text = clean(text).strip()
        is_new = not is_same_amount(opened.text, text)
        if is_new:
            self._session.record([with_amount(opened.row, opened.column, text)], seen=opened.position)
        return CellStored(opened, text, is_new)

    def watch_entering(self, entering: Entering) -> None:
        """Let sums and variances follow what is typed."""
        if not isinstance(entering, Refused):
            self._suppose(entering.text if isinstance(entering, Typing) else None)

    def _suppose(self, text: str | None) -> None:
        """Show what follows of an amount that is typed, where it can be read; None: of those that are stored."""
        before = self.grid
        self.take_rows(economy_lines(self._session.content, self._supposed(text)))
        if self.grid != before:
            self.redraw()

    def _supposed(self, text: str | None) -> EconomyRow | None:
        opened = self._opened
        if opened is None or text is None or (text and not is_amount(text)):
            return None
        return with_amount(opened.row, opened.column, clean(text))

    def go_on(self, key: str) -> None:
        if key in ("tab", "shift+tab"):
            self.action_column(1 if key == "tab" else -1)
        else:
            self.move_to(self.cursor + (-1 if key == "up" else 1))

    def on_click(self, event: events.Click) -> None:
        at = next((place.column for begins, place in self.grid.begins if 0 <= event.x - begins < place.taken), None)
        if at is not None and not self.is_editing:
            self._stand_in_column(at)
        super().on_click(event)

    def on_resize(self) -> None:
        if self._column not in self.columns:
            self._column = self.columns[0]
        super().on_resize()

    # Drawing

    def headings(self, width: int) -> str:
        layout = self.grid
        text = " " * (EDGE + layout.name)
        for place in layout.shown:
            text += " " * GAP + right(translated(TITLES[place.column]), place.width) + " " * place.sign
        return text + (" " * GAP + right("%", layout.share) if layout.share else "")

    def nothing(self) -> str:
        if self._session.is_read_only:
            return _("The plan has no economy tables.")
        return _("The plan has no economy tables yet. {key} adds the first one.", key=self.key_of("add"))

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        line, paint, layout = self._rows[row], self.paint, self.grid
        mark: Piece = (self.marker(is_here=is_here)[:EDGE], paint.heading)
        if line.row is None:
            return self.line([mark, (cut(_title_of(line.table), width - 2 * EDGE), paint.strong)], width)
        indent = " " * (_INDENT * (line.row.level + (0 if line.row.is_sum else 1)))
        name = self.short(clean(line.row.name), layout.name - len(indent))
        style = paint.strong if line.row.is_sum else paint.text
        pieces: list[Piece] = [mark, (indent, None), (left(name, layout.name - len(indent)), style)]
        for place in layout.shown:
            pieces.append((" " * GAP, None))
            pieces += self._amount(line, place, is_here=is_here)
        if layout.share:
            is_bad = line.share is not None and line.share < 0
            told = right(share_text(line), GAP + layout.share)
            pieces.append((told, paint.error if is_bad else paint.strong if line.row.is_sum else paint.muted))
        return self.line([*pieces, *self._flag(line)], width)

    def _amount(self, line: EconomyLine, place: AmountColumn, *, is_here: bool) -> list[Piece]:
        """The amount of a row in a column, or what is being typed there or could not be stored."""
        paint, unstored = self.paint, self._session.unstored
        is_current = is_here and place.column == self.column
        if is_current and self.is_editing:
            typed = self._editor.filled(place.width, paint.editing, paint.caret, is_right=True)
            return [*typed, (" " * place.sign, None)]
        kept = unstored.get(self._cell_in(line, place.column)) if unstored else None
        cell = AmountCell(clean(kept.text), Look.WRONG) if kept is not None else line.cells[place.column]
        text = amount_text(cell)
        text = right(text + " " * (place.hanging - hanging_of(cell) if text else 0), place.width)
        assert line.row is not None
        style = paint.strong if line.row.is_sum else paint.text
        if cell.look is Look.WRONG:
            style = paint.warning
        elif cell.is_negative:
            style = paint.error
        elif cell.look is Look.COMPUTED:
            style = paint.muted
        sign = (" v" if self.is_ascii else " ▼") if cell.is_negative else ""
        # Where nothing can be written no cell is where the next key lands.
        is_solid = is_current and not self._session.is_read_only
        return [(text, paint.selected if is_solid else style), (left(sign, place.sign), paint.error)]

    def _flag(self, line: EconomyLine) -> list[Piece]:
        """What does not agree in a row, or differs by rounding alone."""
        looks = {cell.look for cell in line.cells.values()}
        if Look.WRONG in looks:
            return [(" ", None), (" ! ", self.paint.chip)]
        return [("  ~" if self.is_ascii else "  ≈", self.paint.muted)] if Look.ROUNDED in looks else []


def _title_of(table: EconomyTable) -> str:
    """A table's title, with its unit unless the title says it."""
    title, unit = clean(table.title), clean(table.unit)
    return title if not unit or unit in title.split() else f"{title} ({unit})"
