"""The sheet: a grid of cells that are typed in, a row a thing of the plan, under the groups that they stand in.

What is typed is stored when its cell is left. A new row is stored when it has its name; what was typed in it before
that waits in its cell.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message as Event

from kvaltui.model.clean import clean
from kvaltui.model.entity import Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.rules import area_of_indicator, check_area_is_open
from kvaltui.tui.sheet.grid import Fresh, OpenCell, SheetGrid
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.typeahead import LEAVING_A_CELL
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.typing_view import CellStored, Refused, Typing
from kvaltui.work.controls import Option
from kvaltui.work.pasted import as_one_line, block_of
from kvaltui.work.sheet_cells import CellError
from kvaltui.work.sheet_columns import TARGET
from kvaltui.work.sheet_rows import Role, SheetRow
from kvaltui.work.sheet_writing import Pasted, Written, lay_out, meant_column, write
from kvaltui.work.unstored import Unstored


class SheetView(SheetGrid):
    """A sheet of one kind of thing. Left, right and Tab go from cell to cell, Enter to the next row."""

    BINDINGS = bindings.SHEET_VIEW
    _pointed_at: int | None = None
    """Which of the options that fit what is typed Enter takes; None where nothing is chosen from."""

    @dataclass
    class CellsStored(Event):
        """Cells that came all at once have been stored."""

        pasted: Pasted

    # Storing

    def begin_entry(self) -> str:
        session, row = self._session, self.row
        assert row is not None
        if session.is_read_only:
            raise session.read_only_error
        thing = self.entity
        if self.column.name == TARGET:
            area = area_of_indicator(thing.key, session.content) if thing is not None else row.group
            check_area_is_open(area, session.period, session.content)
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
        return meant_column(thing, name, text, is_new=True), write(self.cells, thing, texts, (), self._pointed_at)

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
            if not pasted.rows:
                return False
            self.store_block(pasted)
        except KvaltuiError:
            return False  # it is dealt with cell by cell, and refused where it is wrong
        finally:
            self.is_storing = False
        self.drop()
        typeahead.skip(keys)
        self._go_behind(pasted, at, typed.rpartition("\n")[2].split("\t") if typed.endswith("\t") else None)
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
        if self.is_editing and self.store():
            self.call_later(self.action_shift, way)  # a step of its own: each changes the database once
            return
        if self.is_editing or self.row is None:
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
