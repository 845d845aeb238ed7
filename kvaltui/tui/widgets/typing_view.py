"""Rows with cells that are typed in where they stand: a figure in the entry table, an amount in the economy.

What is typed is stored when the cell is left, whichever way it is left, or it stays to be seen: nothing is dropped but
by Esc or Ctrl+Z. What is refused stays in the cell, selected, so that typing replaces it and an arrow key edits it.
Where more had been typed before the refusal could be seen, the text is kept on its row (`PlanSession.unstored`), and
what follows is for the rows that it was typed for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic

from textual import events
from textual.message import Message
from textual.reactive import reactive

from kvaltui.model.message import KvaltuiError
from kvaltui.store.patience import not_at_all, waiting_by
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.row_lines import Row
from kvaltui.work.pasted import cells_of
from kvaltui.work.session import PlanSession
from kvaltui.work.unstored import Cell, Unstored


@dataclass(frozen=True, slots=True)
class Typing:
    """A text is being typed in a cell that was opened."""

    opened: Any
    text: str


@dataclass(frozen=True, slots=True)
class CellStored:
    """What was typed in a cell has been committed; where it `is_new` no more, it stood there already."""

    opened: Any
    text: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed could not be stored; it stays in the cell. Or it cannot be opened."""

    error: KvaltuiError


Entering = Typing | CellStored | Refused | None


class TypingView(LineView[Row], Generic[Row]):
    """A list with cells to type in. Subclasses say what a cell is, and store it.

    A screen that watches `entering` (`self.watch(view, "entering", …)`) is told what is typed, stored and refused; None
    when a cell is closed and there is nothing to tell.
    """

    entering: reactive[Entering] = reactive(None, repaint=False, init=False, always_update=True)

    @dataclass
    class BlockPasted(Message):
        """Several cells have been pasted, from the cursor's on."""

        cells: Sequence[Sequence[str]]

    def __init__(self, session: PlanSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._session = session
        self._cell: Cell | None = None
        self._opened: Any = None
        self._cell_name = ""
        self._editor = LineEditor()
        self._refusal: KvaltuiError | None = None
        self.is_storing = False
        """Whether what is typed is being stored just now."""

    # What subclasses say

    def cell_at(self, row: int) -> Cell | None:
        """The cell that is typed in on a row; None where the row has none."""
        raise NotImplementedError

    def name_of_cell(self) -> str:
        """What the cursor's cell is for, in words."""
        raise NotImplementedError

    def begin_entry(self) -> str:
        """Remember the cursor's cell as the person has it on screen now in `_opened`, and return the text in it.

        Raises a KvaltuiError where nothing can be written.
        """
        raise NotImplementedError

    def store_entry(self, text: str) -> CellStored:
        """Store the text in the cell that was begun. Raises a KvaltuiError for what is refused."""
        raise NotImplementedError

    def go_on(self, key: str) -> None:
        """Go to the cell that a key leads to from one that has been left."""
        raise NotImplementedError

    def stand_in(self, cell: Cell) -> None:
        """Put the cursor on a cell, if it is shown."""
        raise NotImplementedError

    def cells_in(self, pasted: str) -> list[list[str]]:
        """The rows and cells of what was pasted."""
        return cells_of(pasted)

    # Typing

    def open_cell(self, cell: Cell) -> None:
        """Put the cursor on a cell and open it, with the text that was typed for it if that is not stored."""
        self.stand_in(cell)
        if self.cell_at(self.cursor) == cell:
            self.open_editor()

    @property
    def is_editing(self) -> bool:
        """Whether a cell is being typed in."""
        return self._cell is not None

    def begin_typing(self, character: str) -> bool:
        """Begin the entry of the cursor's cell with a character. Returns whether there is a cell to type in."""
        if self.cell_at(self.cursor) is None:
            return False
        self.open_editor(character)
        return True

    def open_editor(self, typed: str | None = None) -> None:
        """Begin to write in the cursor's cell: with what is typed, or with what stands there, selected."""
        cell = self.cell_at(self.cursor)
        if cell is None or self.is_editing:
            return
        try:
            text = self.begin_entry()
        except KvaltuiError as error:
            self.entering = Refused(error)
            return
        self._cell, self._cell_name = cell, self.name_of_cell()
        kept = self._session.unstored.pop(cell, None)
        if typed is not None:
            self._editor = LineEditor()
            self._insert(typed)
            return
        self._editor = LineEditor.selecting(text if kept is None else kept.text)
        self._after_typing()
        if kept is not None:
            self.entering = Refused(kept.error)

    def store(self) -> bool:
        """Store what is typed and close the cell. Returns False where it is refused: the text stays, selected."""
        if self._cell is None or self.is_storing:
            return True
        self.is_storing = True  # what is stored is heard of by this list too, before it is closed
        try:
            stored = self.store_entry(self._editor.text)
        except KvaltuiError as error:
            self._refusal = error
            self._editor.select()
            self.redraw_rows(self.cursor)
            self.entering = Refused(error)
            return False
        finally:
            self.is_storing = False
        self._close(stored if stored.is_new or stored.text else None)
        return True

    def settle(self) -> None:
        """Leave the cell that is typed in, if any: what can be stored is stored, and the rest is kept."""
        if not self.store():
            self._keep()

    def settle_at_once(self) -> None:
        """The same, where nobody can wait: a text that meets a database that somebody else holds is kept too."""
        with waiting_by(not_at_all):
            self.settle()

    def left_open(self, why: KvaltuiError) -> Unstored | None:
        """What stands in the cell that is typed in, as a text that is not stored; None where nothing is typed."""
        if self._cell is None:
            return None
        return Unstored(self._cell, self._cell_name, self._editor.text.strip(), self._refusal or why)

    def drop(self) -> None:
        """Close the cell and leave what stands in it as it was."""
        self._close(None)

    def _keep(self) -> None:
        """Close the cell, and keep what was refused on its row."""
        if self._cell is not None and self._refusal is not None:
            kept = Unstored(self._cell, self._cell_name, self._editor.text.strip(), self._refusal)
            self._session.unstored[self._cell] = kept
            self._close(None)

    def _close(self, stored: CellStored | None) -> None:
        self._cell = self._refusal = self._opened = None
        self._editor = LineEditor()
        self.redraw_rows(self.cursor)
        self.entering = stored

    def _insert(self, typed: str) -> None:
        self._editor.insert(typed)
        self._after_typing()

    def _after_typing(self) -> None:
        self.redraw_rows(self.cursor)
        self.entering = Typing(self._opened, self._editor.text.strip())
        if self._editor.problem is not None:
            self.entering = Refused(self._editor.problem)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """While something is typed, characters are text and no commands."""
        return self.is_editing and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        if self.is_editing and self._press(event):
            event.stop()
            event.prevent_default()

    def _press(self, event: events.Key) -> bool:
        """Do what a key does in the cell. Returns False for keys that are not the cell's."""
        match event.key:
            case "escape" | "ctrl+z" | "ctrl+y":
                self.drop()
            case "enter" | "tab" | "down" | "shift+tab" | "up":
                if self.store() or self._is_unseen(event):
                    self.go_on(event.key)
            case _ if self._editor.take(event):
                self._after_typing()
            case _:
                return False
        return True

    def _is_unseen(self, event: events.Key) -> bool:
        """Keep a refused text where more was typed before the refusal could be seen, which is then for other rows."""
        is_unseen = self.calm_app.typeahead.is_followed(event)
        if is_unseen:
            self._keep()
        return is_unseen

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        block = self.cells_in(event.text)
        if not block:
            return
        if len(block) > 1 or len(block[0]) > 1:
            self.settle()
            self.post_message(self.BlockPasted(block))
            return
        if not self.is_editing:
            self.open_editor("")
        if self.is_editing:
            self._insert(block[0][0])

    def move_to(self, row: int) -> None:
        # Whoever leaves a row by mouse or wheel keeps what was typed in it.
        super().move_to(row if row == self.cursor or self.store() else self.cursor)
