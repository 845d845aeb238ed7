"""The sheet: a grid of cells that are typed in, a row a thing of the plan, under the groups that they stand in.

What is typed is stored when its cell is left. A new row is stored when it has its name; what was typed in it before
that waits in its cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from textual import events
from textual.message import Message as Event
from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.rules import area_of_indicator, check_area_is_open
from kvaltui.model.structure import Indicator
from kvaltui.tui.sheet.drawing import SheetDrawing
from kvaltui.tui.sheet.layout import Place, places_in
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import MARKER, width_of
from kvaltui.tui.terminal.typeahead import LEAVING_A_CELL
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.typing_view import CellStored, Refused, Typing, TypingView
from kvaltui.work.controls import Option
from kvaltui.work.pasted import as_one_line, block_of
from kvaltui.work.session import PlanSession
from kvaltui.work.sheet_cells import CellError, SheetCells
from kvaltui.work.sheet_columns import TARGET, Sheet, SheetColumn
from kvaltui.work.sheet_rows import Role, SheetRow, SheetRows
from kvaltui.work.sheet_writing import Pasted, Written, lay_out, meant_column, write
from kvaltui.work.unstored import Cell, Unstored

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


class SheetView(TypingView[SheetRow]):
    """A sheet of one kind of thing. Left, right and Tab go from cell to cell, Enter to the next row."""

    HEAD: ClassVar[int] = 1
    BINDINGS = bindings.SHEET_VIEW

    @dataclass
    class CellsStored(Event):
        """Cells that came all at once have been stored."""

        pasted: Pasted

    def __init__(self, session: PlanSession, sheet: Sheet) -> None:
        super().__init__(session)
        self.sheet = sheet
        self._begun: list[str] = []
        self._rows: SheetRows = SheetRows(sheet, session.content)
        self._opened: OpenCell | None = None
        self._fresh: Fresh | None = None
        self._column = self._began_in = 0
        self._first_shown = 1
        self._pointed_at: int | None = None
        self._following: SheetRow | None = None
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

    def places(self, width: int) -> tuple[Place, ...]:
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
            self._go_to_row(SheetRow(Role.NEW, row.group), column)
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

    def begin_entry(self) -> str:
        session, row = self._session, self.row
        assert row is not None
        if session.is_read_only:
            raise session.read_only_error
        thing = self.entity
        if isinstance(thing, Indicator) and self.column.name == TARGET:
            check_area_is_open(area_of_indicator(thing.key, session.content), session.period, session.content)
        text = self.cells.text(thing, self.column.name) if thing is not None else ""
        self._opened = OpenCell(row, self.column, text, session.content)
        return text

    def store_entry(self, text: str) -> CellStored:
        opened = self._opened
        assert opened is not None
        written = clean(text).strip()
        match opened.row.role:
            case Role.NEW_GROUP:
                is_new = self._store_group(written)
            case Role.NEW:
                is_new = self._store_new(opened, written)
            case _:
                is_new = written != opened.text and self._store_thing(opened, written)
        return CellStored(opened, written, is_new)

    def written(self, opened: OpenCell, text: str) -> tuple[str, Written]:
        """The column that a text in an open cell is meant for, and what it makes of the row, with what waits there."""
        row, name = opened.row, opened.column.name
        thing = opened.content.find(Reference(self.sheet.kind, row.key)) if row.role is Role.THING else None
        if thing is not None:
            fresh = self._fresh if self._is_fresh(row) else None
            decided = fresh.decided if fresh is not None and TARGET not in fresh.decided else None
            meant = meant_column(thing, name, text, is_new=decided is not None)
            return meant, write(self.cells, thing, {name: text}, decided, self._pointed_at)
        if row.group not in self._rows.groups:
            raise CellError(Message("What this was to stand under is gone"))
        texts = self._texts_of_new(opened, text)
        title = texts.get(self.sheet.name_field) or opened.column.title(self._session.period)
        thing = self._rows.begun(row.group, title, self._rows.above(row))
        return meant_column(thing, name, text, is_new=True), write(self.cells, thing, texts, texts, self._pointed_at)

    def _texts_of_new(self, opened: OpenCell, text: str) -> dict[str, str]:
        """What has been typed in a new row, in the order of the columns."""
        texts = self._waiting_in(opened.row) | {opened.column.name: text}
        return {each.name: texts[each.name] for each in self.sheet.columns if texts.get(each.name)}

    def _store_thing(self, opened: OpenCell, text: str) -> bool:
        meant, written = self.written(opened, text)
        for why in written.problems.values():
            raise why
        changed = written.changed(opened.content)
        if changed:
            self._session.record(changed, seen=opened.content.position)
        if self._fresh is not None and self._is_fresh(opened.row):
            self._fresh.decided.add(meant)
        if meant != opened.column.name:
            self._column = next(at for at, each in enumerate(self.sheet.columns) if each.name == meant)
        return bool(changed)

    def _store_new(self, opened: OpenCell, text: str) -> bool:
        """Store a new row, where it has its name and all that it must have; otherwise what is typed waits in it."""
        row = opened.row
        if not text:
            return False
        meant, written = self.written(opened, text)
        if meant in written.problems:
            raise written.problems[meant]
        texts = self._texts_of_new(opened, text)
        if self.sheet.name_field not in texts or not written.things:
            nameless = CellError(Message("Not saved yet: the row has no name"))
            self._wait(row, texts, next(iter(written.problems.values()), nameless))
            return False
        self._session.record(written.changed(self._session.content), seen=opened.content.position)
        for each in self._waiting_in(row):
            self._session.unstored.pop(self.cell_in(row, each), None)
        self._stand_on_made(written, texts)
        return True

    def _stand_on_made(self, written: Written, texts: dict[str, str]) -> None:
        """Put the cursor on the row that a new thing has now, in the same column."""
        self._fresh = Fresh(written.things[0].key, set(texts))
        self.rebuild()
        made, began = self._rows.row_of(self._fresh.key), self._began_in
        place = self._rows.place_of(made) if made is not None else None
        if made is not None and place is not None:
            self._wait(made, {each: texts[each] for each in written.problems}, *written.problems.values())
            self.move_to(place)
            self._began_in = began

    def store_block(self, pasted: Pasted) -> None:
        """Store a pasted block as one change; what cannot be read stays in its cells. The cursor goes to its first row.

        Raises a KvaltuiError, and stores nothing, where it is refused.
        """
        session = self._session
        changed = pasted.changed(session.content)
        if changed:
            session.record(changed)
        self.rebuild()
        for each in pasted.rows:
            row = self._rows.row_of(each.written.things[0].key) if each.written.things else each.row
            if row is None:
                continue
            lost = each.written.problems if each.written.things else each.texts
            why = tuple(each.written.problems.values())
            self._wait(row, {name: each.texts[name] for name in lost if name in each.texts}, *why)
            for name in each.texts.keys() - lost.keys():
                session.unstored.pop(self.cell_in(row, name), None)
        self.redraw()

    def _waiting_in(self, row: SheetRow) -> dict[str, str]:
        """What was typed in a row and waits in its cells, by column."""
        kept = self._session.unstored
        cells = ((each.name, kept.get(self.cell_in(row, each.name))) for each in self.sheet.columns)
        return {name: left.text for name, left in cells if left is not None}

    def _wait(self, row: SheetRow, texts: dict[str, str], *why: KvaltuiError) -> None:
        """Keep texts in the cells of a row until they can be stored."""
        period = self._session.period
        for at, (name, text) in enumerate(texts.items()):
            column, cell = self.sheet.column(name), self.cell_in(row, name)
            assert column is not None
            called = ", ".join(filter(None, (self.name_at(row), column.title(period))))
            self._session.unstored[cell] = Unstored(cell, called, text, why[min(at, len(why) - 1)])

    def _store_group(self, name: str) -> bool:
        if not name:
            return False
        group = self._rows.new_group(name)
        if group is None:
            key = name
            self._begun.append(name)
        else:
            key = group.key
            self._session.record([group])
        self.rebuild()
        self._following = SheetRow(Role.NEW, key)
        return group is not None

    # Typing

    def open_editor(self, typed: str | None = None) -> None:
        self._pointed_at = None
        super().open_editor(typed)

    def cells_in(self, pasted: str) -> list[list[str]]:
        block = block_of(pasted)
        return [[as_one_line(block[0][0])]] if len(block) == 1 and len(block[0]) == 1 else block

    @property
    def fitting(self) -> list[Option]:
        """The options that what is typed may mean, the likeliest first; nothing where none are chosen from."""
        if not self.is_editing or self._opened is None or self._opened.row.role is Role.NEW_GROUP:
            return []
        return self.cells.fitting(self._opened.column.name, self._editor.text)

    @property
    def marked(self) -> int:
        """Which of them Enter takes, from 0."""
        return self._pointed_at or 0

    def _press(self, event: events.Key) -> bool:
        if event.key in ("up", "down") and len(found := self.fitting) > 1:
            self._pointed_at = (self.marked + (1 if event.key == "down" else -1)) % len(found)
            self.entering = Typing(self._opened, self._editor.text.strip())
            return True
        if event.key in LEAVING_A_CELL and self._take_cells(event):
            return True
        if event.key == "ctrl+j":
            event.key = "enter"
        return super()._press(event)

    def _take_cells(self, event: events.Key) -> bool:
        """Store cells that came all at once as one change, as a terminal sends as keys what was pasted into it."""
        typeahead, row, opened = self.calm_app.typeahead, self.row, self._opened
        text, keys = typeahead.cells_with(event)
        if not keys or row is None or opened is None or row.role is Role.NEW_GROUP:
            return False
        typed = f"{self._editor.text}{LEAVING_A_CELL[event.key]}{text}"
        at = self.sheet.columns.index(opened.column)
        self.is_storing = True
        try:
            pasted = lay_out(self.cells, self._rows, row, self.sheet.columns[at:], block_of(typed))
            self.store_block(pasted)
        except KvaltuiError:
            return False  # it is dealt with cell by cell, and refused where it is wrong
        finally:
            self.is_storing = False
        self.drop()
        typeahead.skip(keys)
        self._go_behind(
            pasted, at, len(text.rstrip("\n").rpartition("\n")[2].split("\t")), is_row_over=text[-1] != "\t"
        )
        self.post_message(self.CellsStored(pasted))
        return True

    def _go_behind(self, pasted: Pasted, first: int, cells_of_last: list[str] | None) -> None:
        """Put the cursor where the next key belongs: behind the last cell, or in the next row where that is over."""
        last = pasted.rows[-1]
        made = self._rows.row_of(last.written.things[0].key) if last.written.things else last.row
        if made is None:
            return
        if cells_of_last is not None:
            self._go_to_row(made, min(first + len(cells_of_last) - 1, len(self.sheet.columns) - 1))
        elif last.row.role is Role.NEW:
            self._go_to_row(SheetRow(Role.NEW, last.row.group), first)
        else:
            self._go_to_row(made, first)
            self._go_to_next_row(first)

    def _after_typing(self) -> None:
        self._pointed_at = 0 if self.fitting else None
        super()._after_typing()

    def action_edit_cell(self) -> None:
        """Write in what stands in the cell."""
        self.open_editor()

    def action_empty_cell(self) -> None:
        """Begin to write in the cell with nothing in it."""
        self.open_editor("")

    def action_copy_down(self) -> None:
        """Write what stands in the cell above."""
        row = self.row
        above = self._rows.above(row) if row is not None and not self._is_new_group else None
        if above is None:
            self.entering = Refused(CellError(Message("There is nothing above to copy")))
            return
        text = self.cells.text(above, self.column.name)
        if not self.is_editing:
            self.open_editor("")
        if self.is_editing:
            self._pointed_at = None
            self._editor = LineEditor.selecting(text)
            self.store()

    def action_shift(self, way: int) -> None:
        """Move the row up or down within its group."""
        if not self.store() or self.row is None:
            return
        if self._session.is_read_only:
            self.entering = Refused(self._session.read_only_error)
            return
        changed = self._rows.moved(self.row, way)
        if not changed:
            self.entering = Refused(CellError(Message("The row stands at the end of those that it can move among")))
            return
        try:
            self._session.record(changed)
        except RuleError as error:
            self.entering = Refused(error)

    def action_drop_waiting(self) -> None:
        """Drop what was typed in a new row that is not stored."""
        if self.row is not None:
            for name in self._waiting_in(self.row):
                self._session.unstored.pop(self.cell_in(self.row, name), None)
            self.redraw_rows(self.cursor)

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
        typed = self.line(self._editor.filled(room, self.paint.editing, self.paint.caret), room)
        return Strip.join([strip.crop(0, start), typed, strip.crop(start + room, width)])

    def _drawing(self, width: int) -> SheetDrawing:
        return SheetDrawing(self.cells, self.paint, width, self.places(width))

    def nothing(self) -> str:
        return _("There is nothing here yet.")
