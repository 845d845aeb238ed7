"""Bygg: the sheet over the whole width in place of a screen's list, with what can be written in its cell beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult

from kvaltui.i18n import _
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.list_screen import ListScreen, Told
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.sheet.grid import OpenCell
from kvaltui.tui.sheet.paste import SheetPasteDialog
from kvaltui.tui.sheet.view import SheetView
from kvaltui.tui.sheet.words import SheetWords
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.page import Page
from kvaltui.tui.widgets.page_view import PageView, Panel
from kvaltui.tui.widgets.typing_view import CellStored, Entering, Typing, TypingView
from kvaltui.work.session import Changes
from kvaltui.work.sheet_columns import SHEETS, Sheet
from kvaltui.work.sheet_rows import Role, SheetRow
from kvaltui.work.sheet_writing import Pasted, lay_out
from kvaltui.work.unstored import Cell

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

KINDS = {
    "areas": Kind.GOAL,
    "indicators": Kind.INDICATOR,
    "risks": Kind.RISK,
    "self_checks": Kind.SELF_CHECK,
    "measures": Kind.MEASURE,
    "economy": Kind.ECONOMY_ROW,
}
"""The kind of thing that is built from each screen."""
_TOUCHING = frozenset(
    {Kind.AREA, Kind.GOAL, Kind.TARGET, Kind.ECONOMY_TABLE, Kind.INDICATOR, Kind.RISK, Kind.SELF_CHECK}
)
"""The kinds whose names or figures stand in cells of other things."""


def build(app: Program, mode: str, at: Reference | None = None, cell: Cell | None = None) -> None:
    """Open the sheet of a screen, if it has one, where a thing stands; or a cell in it, with what was typed there."""
    if mode in KINDS and editing.may_change(app):
        with app.complaints():
            app.session.read_rest()
            app.push_screen(SheetScreen(mode, SHEETS[KINDS[mode]], at, cell))


class SheetScreen(ListScreen):
    """A sheet in place of the list of a screen. Esc leads back to the list, there where the sheet was left."""

    KEYS: ClassVar[tuple[str, ...]] = ("menu", "choose", "next_cell", "copy_down", "back")
    CSS_PATH = "screen.tcss"
    BINDINGS = bindings.SHEET_SCREEN
    CHANGING = frozenset({"retire", "edit_whole"})

    def __init__(self, mode: str, sheet: Sheet, at: Reference | None, cell: Cell | None) -> None:
        super().__init__()
        self.MODE = mode  # type: ignore[misc]  # that of the screen whose tab it stands under
        self._sheet = sheet
        self._at = at
        self._cell = cell

    def compose_body(self) -> ComposeResult:
        yield SheetView(self.session, self._sheet)
        yield SpeechLine()
        yield Panel()

    def on_mount(self) -> None:
        if self._at is not None:
            self.show_reference(self._at)
        if self._cell is not None:
            self.open_cell(self._cell)

    def open_cell(self, cell: Cell) -> None:
        self.view.open_cell(cell)

    @property
    def view(self) -> SheetView:
        """The sheet."""
        return self.query_one(SheetView)

    @property
    def reference(self) -> Reference | None:
        entity = self.view.entity
        return Reference(entity.kind, entity.key) if entity is not None else None

    def show_reference(self, reference: Reference) -> None:
        view = self.view
        if not view.go_to(reference) and (place := view.rows.place_of(SheetRow(Role.NEW, reference.key))) is not None:
            view.move_to(place)

    def take_in(self, changes: Changes) -> None:
        if changes.touches(self._sheet.kind, *_TOUCHING):
            self.view.rebuild()
            self.explain()
        if isinstance(self.view.entering, Typing) and not self.view.is_storing:
            self.tell_entering(self.view.entering)

    def _facts(self) -> Sequence[Piece]:
        """That this is the sheet, and how many things stand in it."""
        paint, kind = self.program.paint, self._sheet.kind
        things = self.session.content.entities[kind].values()
        count = sum(1 for each in things if not each.retired)
        return [(f" {_('Build')} ", paint.solid), (f"  {self._words.count(count)} ", paint.muted)]

    # What is said

    @property
    def _words(self) -> SheetWords:
        return SheetWords(self.session, self._sheet, self.program.paint)

    @property
    def page_view(self) -> PageView:
        """The panel beneath: the sheet takes the whole width."""
        return self.query_one(Panel)

    def page(self) -> Page | None:
        return self._words.about(self.view) if self.view.row is not None else None

    def tell_entering(self, entering: Entering) -> None:
        super().tell_entering(entering)
        if entering is None or isinstance(entering, CellStored):
            self.explain()  # why a text was refused stands there no more

    def reading(self, opened: OpenCell, text: str) -> Told:
        return self._words.reading(self.view, opened, text), ()

    def stored(self, stored: CellStored) -> Told:
        return self._words.stored(self.view, stored, self.saved_now()), ()

    # A pasted block

    @on(TypingView.BlockPasted)
    def _take_block(self, event: TypingView.BlockPasted) -> None:
        view = self.view
        row = view.row
        if row is None or row.role is Role.NEW_GROUP:
            self.speak(_("Put the cursor on a row of a group, and paste there"), is_problem=True)
            return
        at = next(at for at, each in enumerate(self._sheet.columns) if each.name == view.column.name)
        try:
            pasted = lay_out(view.cells, view.rows, row, self._sheet.columns[at:], event.cells)
        except KvaltuiError as error:
            self.complain(error)
            return
        if not pasted.problems:
            self._store_block(pasted)
            return

        def store_if_told(is_to_be_stored: bool | None) -> None:
            if is_to_be_stored:
                self._store_block(pasted)

        self.app.push_screen(SheetPasteDialog(pasted, self.session.period), store_if_told)

    def _store_block(self, pasted: Pasted) -> None:
        """Store a block as one change; what of it cannot be read stays in its cells."""
        try:
            self.view.store_block(pasted)
        except KvaltuiError as error:
            self.complain(error)
        else:
            self._tell_stored(pasted)

    @on(SheetView.CellsStored)
    def _tell_cells_stored(self, event: SheetView.CellsStored) -> None:
        self._tell_stored(event.pasted)

    def _tell_stored(self, pasted: Pasted) -> None:
        self.speak(self._words.pasted(pasted, self.saved_now()), is_problem=bool(pasted.problems))

    # The thing of the row

    def action_retire(self) -> None:
        """Put the row's thing away, or drop what was typed in a row that has none."""
        entity = self.view.entity
        if entity is not None:
            editing.retire(self.program, entity)
        else:
            self.view.action_drop_waiting()

    def action_edit_whole(self) -> None:
        """Open the form of the row's thing, which has all its fields."""
        entity = self.view.entity
        if entity is not None:
            editing.edit(self.program, entity)

    def action_leave(self) -> None:
        """Go back to the list."""
        self.settle()
        view = self.view
        thing = view.entity or (view.rows.above(view.row) if view.row is not None else None)
        reference = Reference(thing.kind, thing.key) if thing is not None else None
        self.dismiss(None)
        screen = self.app.screen
        if isinstance(screen, PlanScreen) and reference is not None:
            screen.show_reference(reference)
