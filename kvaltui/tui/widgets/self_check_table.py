"""The list of self-checks: a result is typed on the row, as a figure is in the entry table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.strip import Strip

from kvaltui.columns import GAP, Column
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.entity import Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.message import Message as Told
from kvaltui.model.quality_work import Result, SelfCheck
from kvaltui.model.self_check_entry import as_recorded
from kvaltui.model.self_check_judging import self_check_results
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import MARKER, Piece, cut, left, width_of
from kvaltui.tui.widgets.typing_view import CellStored, TypingView
from kvaltui.tui.widgets.work_table import WorkRow, WorkTable
from kvaltui.work.session import PlanSession
from kvaltui.work.unstored import Cell

_RESULT = "result"


@dataclass(frozen=True, slots=True)
class OpenResult:
    """A result that a person has begun to type: the self-check and its result as they were on their screen then."""

    self_check: SelfCheck
    known: Result
    position: int

    def with_text(self, text: str) -> Result:
        """The result that a text gives. Raises FigureError, which names what was expected."""
        return as_recorded(self.self_check, self.known, text)


class SelfCheckTable(WorkTable, TypingView[WorkRow]):
    """The self-checks under their sections; what is typed stands in the column of results."""

    BINDINGS = bindings.SELF_CHECK_TABLE

    def __init__(self, session: PlanSession, columns: Sequence[Column]) -> None:
        super().__init__(columns, session=session)
        self._opened: OpenResult | None = None

    # The cell

    def cell_at(self, row: int) -> Cell | None:
        reference = self.thing_at(row)
        if not isinstance(reference, Reference):
            return None
        return Cell(self._session.key, self._session.period, reference, _RESULT)

    def stand_in(self, cell: Cell) -> None:
        self.go_to(cell.reference)

    def name_of_cell(self) -> str:
        found = self._session.content.find(self.reference) if self.reference is not None else None
        return found.name if isinstance(found, SelfCheck) else ""

    def begin_entry(self) -> str:
        session = self._session
        found = session.content.find(self.reference) if self.reference is not None else None
        if session.is_read_only:
            raise session.read_only_error
        if not isinstance(found, SelfCheck) or found.retired:
            raise KvaltuiError(Told("This is retired: bring it back first"))
        blank = Result(self_check=found.key, period=session.period)
        known = session.content.get(Result, blank.key)
        known = known if known is not None and not known.retired else blank
        self._opened = OpenResult(found, known, session.content.position)
        return known.value

    def store_entry(self, text: str) -> CellStored:
        opened = self._opened
        assert opened is not None
        result = opened.with_text(text)
        is_new = result != opened.known
        if is_new:
            self._session.record([result], seen=opened.position)
        return CellStored(opened, text.strip(), is_new)

    def go_on(self, key: str) -> None:
        following = self._next_due() if key == "enter" else None
        if following is None or not self.go_to(following):
            self.action_move(-1 if key in ("up", "shift+tab") else 1)

    def _next_due(self) -> Reference | None:
        """The next self-check of the list that is still to be done."""
        judged = self_check_results(self._session.content, self._session.period)
        due = {each.self_check.key for each in judged if each.due}
        below = (row.reference for row in self._rows[self.cursor + 1 :])
        return next((each for each in below if each is not None and each.key in due), None)

    # Drawing

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        strip = super().draw_row(row, width, is_here=is_here)
        cell, paint = self.cell_at(row), self.paint
        if cell is None:
            return strip
        room = self._shown(width)[0][2]
        kept = self._session.unstored.get(cell) if self._session.unstored else None
        if is_here and self.is_editing:
            # A longer text takes the room of what stands beside it.
            room = min(max(room, width_of(self._editor.text) + 1), width - MARKER - GAP)
            written = self._editor.filled(room, paint.editing, paint.caret)
        elif kept is not None:
            told = f" ! {_('not saved')}"
            style = paint.selected if is_here else paint.warning
            written = [(left(cut(clean(kept.text), room - width_of(told)) + told, room), style)]
        else:
            return strip
        pieces: list[Piece] = [(self.marker(is_here=is_here), paint.heading), *written]
        return Strip.join([self.line(pieces, MARKER + room), strip.crop(MARKER + room, width)])
