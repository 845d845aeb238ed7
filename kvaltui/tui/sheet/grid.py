"""The grid of a sheet: which rows and columns show, where the cursor stands, and how what stands there is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from textual import events
from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Reference
from kvaltui.tui.sheet.drawing import SheetDrawing
from kvaltui.tui.sheet.layout import ColumnPlace, places_in
from kvaltui.tui.terminal.drawing import MARKER, ListNames, width_of
from kvaltui.tui.widgets.typing_view import TypingView
from kvaltui.work.session import PlanSession
from kvaltui.work.sheet_cells import SheetCells
from kvaltui.work.sheet_columns import Sheet, SheetColumn
from kvaltui.work.sheet_rows import Role, SheetRow, SheetRows
from kvaltui.work.unstored import Cell

NEW_GROUP = "new_group"
"""The field of the cell in which a new group is named."""


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A cell that a person has begun to write in: what stood there, in the plan as it was on their screen then."""

    row: SheetRow
    column: SheetColumn
    text: str
    content: PlanContent


@dataclass(slots=True)
class Fresh:
    """The row that has just been begun, by the key of its thing, and the columns that a person has written in it."""

    key: str
    decided: set[str] = field(default_factory=set)


class SheetGrid(TypingView[SheetRow]):
    """The rows and columns of a sheet of one kind of thing, with a cursor on a cell. Subclasses store what is typed."""

    HEAD: ClassVar[int] = 1

    def __init__(self, session: PlanSession, sheet: Sheet) -> None:
        super().__init__(session)
        self.sheet = sheet
        self._begun: list[str] = []
        self._rows: SheetRows = SheetRows(sheet, session.content)
        self._opened: OpenCell | None = None
        self._fresh: Fresh | None = None
        self._column = self._began_in = 0
        self._first_shown = 1
        self._following: SheetRow | None = None
        self._names = ListNames(self._all_names())
        self.cursor = self._standing(0, 1)

    # Where things are

    @property
    def cells(self) -> SheetCells:
        """The cells of the plan as it stands."""
        session = self._session
        return SheetCells(self.sheet, session.content, session.period, session.today)

    @property
    def rows(self) -> SheetRows:
        """The rows of the plan as it stands."""
        return self._rows

    @property
    def column(self) -> SheetColumn:
        """The column that the cursor stands in."""
        is_name = self.row is None or self.row.role is Role.NEW_GROUP
        return self.sheet.columns[0 if is_name else self._column]

    @property
    def entity(self) -> AnyEntity | None:
        """The thing that the cursor stands on; None on a row that is about none yet."""
        return self._rows.entity(self.row) if self.row is not None else None

    @property
    def is_fresh(self) -> bool:
        """Whether the cursor stands on the row that has just been begun."""
        return self.row is not None and self._is_fresh(self.row)

    def _is_fresh(self, row: SheetRow) -> bool:
        return self._fresh is not None and row.role is Role.THING and row.key == self._fresh.key

    def can_stand(self, row: int) -> bool:
        return self._rows[row].role is not Role.HEADING

    def thing_at(self, row: int) -> object:
        return (self._rows[row], self.column.name) if row < len(self._rows) else None

    def place_of(self, thing: object) -> int | None:
        """The place of a row; a thing that has come into another group is found there."""
        if not isinstance(thing, SheetRow):
            return None
        found = self._rows.place_of(thing)
        if found is None and thing.role is Role.THING:
            elsewhere = self._rows.row_of(thing.key)
            found = self._rows.place_of(elsewhere) if elsewhere is not None else None
        return found

    def text_at(self, row: int) -> str:
        return self.name_at(self._rows[row])

    def name_at(self, row: SheetRow) -> str:
        """What a row is called; "" for one without a thing."""
        thing = self._rows.entity(row)
        return self.cells.text(thing, self.sheet.name_field) if thing is not None else ""

    def _all_names(self) -> Iterator[str]:
        """The names of all rows, asked for when one of them does not fit."""
        cells = self.cells
        return (cells.text(thing, self.sheet.name_field) for row in self._rows if (thing := self._rows.entity(row)))

    def go_to(self, thing: Reference) -> bool:
        """Put the cursor on the row of a thing."""
        self.settle()
        row = self._rows.row_of(thing.key) if thing.kind is self.sheet.kind else None
        place = self.place_of(row)
        if place is not None:
            self.move_to(place)
        return place is not None

    def rebuild(self) -> None:
        """Take the rows from the plan as it is now; the cursor stays on its row."""
        self.take_rows(SheetRows(self.sheet, self._session.content, self._begun))
        self._names = ListNames(self._all_names())
        self.redraw()
        if self._cell is not None and not self.is_storing and self.cell_at(self.cursor) != self._cell:
            self.settle_at_once()  # its row is gone

    # Moving

    def move_to(self, row: int) -> None:
        before = self.row
        super().move_to(row)
        if self.row != before:
            self._began_in = self._column
            if self.row is None or not self._is_fresh(self.row):
                self._fresh = None

    def stand_in_column(self, at: int) -> None:
        """Put the cursor in another column of its row."""
        self._column = max(0, min(at, len(self.sheet.columns) - 1))
        self._show_column()

    def _show_column(self) -> None:
        """Show the column that the cursor stands in; where other columns do then, all is drawn anew."""
        first, shown = self._first_shown, self.places(self.size.width)
        self._first_shown = shown[1].at if len(shown) > 1 else 1
        if first != self._first_shown or not self._shows_all:
            self.redraw()
        else:
            self.redraw_rows(self.cursor)
        self.here = self.thing_at(self.cursor)

    @property
    def _shows_all(self) -> bool:
        """Whether the columns that show are the same in whichever of them the cursor stands."""
        return len(self.places(self.size.width)) > 2

    def places(self, width: int) -> tuple[ColumnPlace, ...]:
        """The columns that show in a width, and where."""
        return places_in(self.sheet, width, self._column, self._first_shown)

    def action_column(self, way: int) -> None:
        """Go to the next cell of the row."""
        self.stand_in_column(self._column + way)
        self._began_in = self._column

    def action_next_cell(self, way: int) -> None:
        """Go to the next cell, at the end of a row to the first of the next one."""
        if self.store():
            self.go_on("tab" if way > 0 else "shift+tab")

    def action_choose(self) -> None:
        self.go_on("enter")

    def go_on(self, key: str) -> None:
        """Tab to the next cell; Enter to the next row, where the entry of this one began; the arrows as always."""
        following, self._following = self._following, None
        if following is not None:
            self._go_to_row(following, 0)
            return
        match key:
            case "enter" | "ctrl+j":
                self._go_to_next_row(self._began_in)
            case "tab":
                is_last = self._column + 1 >= len(self.sheet.columns) or self._is_new_group
                if is_last:
                    self._go_to_next_row(0)
                else:
                    self.stand_in_column(self._column + 1)
            case "shift+tab" if self._column and not self._is_new_group:
                self.stand_in_column(self._column - 1)
            case "shift+tab":
                self.action_move(-1)
                self._column = len(self.sheet.columns) - 1
                self._show_column()
            case _:
                self.action_move(-1 if key == "up" else 1)

    @property
    def _is_new_group(self) -> bool:
        return self.row is not None and self.row.role is Role.NEW_GROUP

    def _go_to_next_row(self, column: int) -> None:
        row = self.row
        if row is not None and self._is_fresh(row):
            # Another new row begins with its name, wherever the entry of this one did.
            self._go_to_row(SheetRow(Role.NEW, row.group), 0)
            return
        self._column = column
        self.action_move(1)
        self._began_in = column
        self._show_column()

    def _go_to_row(self, row: SheetRow, column: int) -> None:
        self._column = column
        place = self._rows.place_of(row)
        if place is not None:
            self.move_to(place)
        self._began_in = column
        self._show_column()

    # The cell

    def cell_at(self, row: int) -> Cell | None:
        shown = self._rows[row] if row < len(self._rows) else None
        return self.cell_in(shown, self.column.name) if shown is not None and self.can_stand(row) else None

    def cell_in(self, row: SheetRow, column: str) -> Cell:
        """The cell of a row in a column; of a new row by its group."""
        reference = Reference(self.sheet.kind, row.key)
        name = NEW_GROUP if row.role is Role.NEW_GROUP else column
        part = row.group if row.role is Role.NEW else ""
        return Cell(self._session.key, self._session.period, reference, name, part)

    def row_of_cell(self, cell: Cell) -> SheetRow | None:
        """The row that a cell stands in; None where it is not there."""
        if cell.reference.kind is not self.sheet.kind:
            return None
        if cell.reference.key:
            return self._rows.row_of(cell.reference.key)
        return SheetRow(Role.NEW_GROUP) if cell.field == NEW_GROUP else SheetRow(Role.NEW, cell.part)

    def stand_in(self, cell: Cell) -> None:
        self.settle()
        row = self.row_of_cell(cell)
        at = next((at for at, each in enumerate(self.sheet.columns) if each.name == cell.field), 0)
        if row is not None and self._rows.place_of(row) is not None:
            self._go_to_row(row, at)

    def name_of_cell(self) -> str:
        row, title = self.row, self.column.title(self._session.period)
        name = self.name_at(row) if row is not None else ""
        return f"{name}, {title}" if name else title

    def _waiting_in(self, row: SheetRow) -> dict[str, str]:
        """What was typed in a row and waits in its cells, by column."""
        kept = self._session.unstored
        cells = ((each.name, kept.get(self.cell_in(row, each.name))) for each in self.sheet.columns)
        return {name: left.text for name, left in cells if left is not None}

    def on_click(self, event: events.Click) -> None:
        at = next((each.at for each in self.places(self.size.width) if event.x < each.end + 1), self._column)
        if not self.is_editing or self.store():
            self._column = at
        super().on_click(event)
        self._began_in = self._column
        self._show_column()

    # Drawing

    def headings(self, width: int) -> str:
        return self._drawing(width).headings()

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown, drawing = self._rows[row], self._drawing(width)
        if shown.role is Role.HEADING:
            return self.line(drawing.heading(self._rows.groups[shown.group]), width)
        current = None if not is_here else 0 if shown.role is Role.NEW_GROUP else self._column
        thing = self._rows.entity(shown)
        waiting = self._waiting_in(shown) if self._session.unstored else {}
        is_typed_in = current is not None and self.is_editing
        is_begun = self._is_fresh(shown) or (shown.role is Role.NEW and (bool(waiting) or is_typed_in))
        strip = self.line(drawing.row(shown, thing, current, waiting, is_begun=is_begun), width)
        return self._with_editor(strip, current, width) if current is not None and self.is_editing else strip

    def _with_editor(self, strip: Strip, column: int, width: int) -> Strip:
        """The row with what is typed over its cell, and over those beside it where that is longer."""
        place = next(each for each in self.places(width) if each.at == column)
        room = max(place.width, min(width_of(self._editor.text) + 1, width - MARKER - 1))
        start = max(MARKER, min(place.start, width - 1 - room))
        is_right = self.sheet.columns[column].is_right and room == place.width
        typed = self.line(self._editor.filled(room, self.paint.editing, self.paint.caret, is_right=is_right), room)
        return Strip.join([strip.crop(0, start), typed, strip.crop(start + room, width)])

    def _drawing(self, width: int) -> SheetDrawing:
        return SheetDrawing(self.cells, self.paint, width, self.places(width), self._names)

    def nothing(self) -> str:
        return _("There is nothing here yet.")
