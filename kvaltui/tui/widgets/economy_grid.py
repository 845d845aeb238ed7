"""The economy tables as one grid: a cursor on a cell, and amounts typed where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.strip import Strip

from kvaltui.i18n import N_, _, translated
from kvaltui.model.clean import clean
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entity import Reference
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import MARKER, Piece, cut, cut_middle, left, right, width_of
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

_TITLES = {
    "budget": N_("Budget"),
    "forecast": N_("Forecast"),
    "actual": N_("Actual"),
    "previous": N_("Last year"),
    "variance": N_("Variance"),
}
_FLAG = 2
_AMOUNT = 11
_LEAST_NAME = 20
_INDENT = 2
_NOTHING = AmountCell("")


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
        self._column = 0
        self._opened: OpenAmount | None = None
        self._laid_out: tuple[int, tuple[str, ...]] = (-1, AMOUNTS)
        self._rows = economy_lines(session.content, None)
        self.cursor = 1 if len(self._rows) > 1 else 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (self._session.is_read_only and action == "choose")

    # Rows

    @property
    def column(self) -> str:
        """The column that the cursor stands in."""
        return self.columns[min(self._column, len(self.columns) - 1)]

    def rebuild(self) -> None:
        """Read the tables anew; the cursor stays on its row."""
        self._laid_out = (-1, AMOUNTS)
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
        return self._rows[row].row is None

    def text_at(self, row: int) -> str:
        line = self._rows[row]
        return clean(line.row.name if line.row is not None else line.table.title)

    def action_column(self, way: int) -> None:
        """Go to the next amount of the row."""
        self._column = max(0, min(self._column + way, len(self.columns) - 1))
        self.redraw_rows(self.cursor)
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
            self.action_column(self.columns.index(cell.field) - self.columns.index(self.column))

    def name_of_cell(self) -> str:
        line = self.row
        name = line.row.name if line is not None and line.row is not None else ""
        return f"{name}, {translated(_TITLES[self.column])}"

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
        self.take_rows(economy_lines(self._session.content, self._supposed(text)))

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
        at = (event.x - self._name_width(self.size.width)) // _AMOUNT
        if 0 <= at < len(self.columns) and not self.is_editing:
            self._column = at
        super().on_click(event)
        self.redraw_rows(self.cursor)
        self.here = self.thing_at(self.cursor)

    # Drawing

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that show: all where there is room for them, otherwise those that some row has an amount in."""
        width = self.size.width
        if self._laid_out[0] != width:
            used = [each for each in AMOUNTS if any(line.cells.get(each, _NOTHING).text for line in self._rows)]
            has_room = width - MARKER - _FLAG - _AMOUNT * len(AMOUNTS) >= 2 * _LEAST_NAME
            self._laid_out = (width, AMOUNTS if has_room or not used else tuple(used))
        return self._laid_out[1]

    def _name_width(self, width: int) -> int:
        """How many cells stand before the first amount."""
        return max(_LEAST_NAME, width - _FLAG - _AMOUNT * len(self.columns))

    def headings(self, width: int) -> str:
        text = left("", self._name_width(width))
        for column in self.columns:
            text += right(cut(translated(_TITLES[column]), _AMOUNT - 1), _AMOUNT)
        return text

    def nothing(self) -> str:
        if self._session.is_read_only:
            return _("The plan has no economy tables.")
        return _("The plan has no economy tables yet. {key} adds the first one.", key=self.key_of("add"))

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        line, paint = self._rows[row], self.paint
        mark: Piece = (self.marker(is_here=is_here), paint.heading)
        if line.row is None:
            style = paint.selected if is_here else paint.strong
            return self.line([mark, (cut_middle(_title_of(line.table), width - MARKER - 1), style)], width)
        room = self._name_width(width) - MARKER
        indent = " " * (_INDENT * (line.row.level + 1))
        name = indent + self.short(clean(line.row.name), room - len(indent) - 1)
        pieces: list[Piece] = [mark, (left(name, room), paint.strong if line.row.is_sum else paint.text)]
        unstored = self._session.unstored
        for column in self.columns:
            is_cell = is_here and column == self.column
            kept = unstored.get(self._cell_in(line, column)) if unstored else None
            if is_cell and self.is_editing:
                typed = self._editor.filled(_AMOUNT - 1, paint.editing, paint.caret, is_right=True)
                pieces += [(" ", None), *typed]
            elif kept is not None:
                pieces += self._draw_amount(AmountCell(clean(kept.text), Look.WRONG), is_cell=is_cell, is_sum=False)
            else:
                pieces += self._draw_amount(line.cells[column], is_cell=is_cell, is_sum=line.row.is_sum)
        looks = {cell.look for cell in line.cells.values()}
        if Look.WRONG in looks:
            pieces.append((" !", paint.warning))
        elif Look.ROUNDED in looks:
            pieces.append((" ~" if self.is_ascii else " ≈", paint.muted))
        return self.line(pieces, width)

    def _draw_amount(self, cell: AmountCell, *, is_cell: bool, is_sum: bool) -> list[Piece]:
        paint = self.paint
        text = f"={cell.text}" if cell.look is Look.COMPUTED else cell.text
        style = paint.strong if is_sum else paint.text
        if cell.look is Look.WRONG:
            style = paint.warning
        elif cell.look is Look.COMPUTED:
            style = paint.muted
        shown = cut(text, _AMOUNT - 1)
        gap = " " * (_AMOUNT - max(1, width_of(shown)))
        return [(gap, None), (shown or " ", paint.selected if is_cell else style)]


def _title_of(table: EconomyTable) -> str:
    """A table's title, with its unit unless the title says it."""
    title, unit = clean(table.title), clean(table.unit)
    return title if not unit or unit in title.split() else f"{title} ({unit})"
