"""The list of self-checks: a result is typed on the row, as a figure is in the entry table."""

from __future__ import annotations

from dataclasses import dataclass

from kvaltui.columns import Column
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.entity import Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.message import Message as Told
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.self_check_entry import as_recorded
from kvaltui.model.self_check_judging import self_check_results, status_of
from kvaltui.status_cells import RESULT_STATUS
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import cut, width_of
from kvaltui.tui.terminal.laid_row import LaidRow
from kvaltui.tui.widgets.quiet import quiet
from kvaltui.tui.widgets.typing_view import CellStored, TypingView
from kvaltui.tui.widgets.work_table import Cell as Drawn
from kvaltui.tui.widgets.work_table import WorkRow, WorkTable, cell, fitted
from kvaltui.words import capitalised, status_symbol, word
from kvaltui.work.session import PlanSession
from kvaltui.work.unstored import Cell

_RESULT = "result"
WORDS_FROM, BEFORE_FROM, THRESHOLD_FROM, OFTEN_FROM = 56, 50, 64, 72
"""The widths of the table from which the words of results, earlier results, thresholds and frequencies show."""
NAME, FREQUENCY, THRESHOLD, BEFORE, NOW, RESULT, SYMBOL = range(7)
"""The columns by their numbers."""


def columns(before: str, now: str, figure: int, threshold: int, result: int) -> tuple[Column, ...]:
    """The columns: the headings of the earlier results and of those typed in, and the widths of some."""
    return (
        Column(_("Self-check"), 8, takes_rest=True),
        Column(_("Every"), shows_from=OFTEN_FROM),
        Column(_("Limit"), threshold, is_right=True, shows_from=THRESHOLD_FROM, may_be_left_out=True),
        Column(before, figure, is_right=True, shows_from=BEFORE_FROM, may_be_left_out=True),
        Column(now, figure, is_right=True),
        Column(_("Result"), result, shows_from=WORDS_FROM),
        Column("", 1, shows_below=WORDS_FROM),
    )


def result_pieces(status: ResultStatus | None, table: WorkTable) -> Drawn:
    """What a result comes to, in symbol and word; None: it waits."""
    paint = table.paint
    if status is None:
        return cell(_("waiting"), paint.accent)
    told = _("unknown") if status is ResultStatus.UNKNOWN else word(status)
    symbol = status_symbol(RESULT_STATUS[status], ascii=table.is_ascii)
    return quiet(f"{symbol} {capitalised(told)}", RESULT_STATUS[status], paint)


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
    """The self-checks under their sections; what is typed stands in the column of the period's results."""

    BINDINGS = bindings.SELF_CHECK_TABLE

    def __init__(self, session: PlanSession) -> None:
        super().__init__(columns("", "", 8, 0, 12), session=session)
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

    def laid_out(self, row: int, width: int, *, is_here: bool) -> LaidRow:
        if not (is_here and self.is_editing):
            return super().laid_out(row, width, is_here=is_here)
        laid, paint = LaidRow(), self.paint
        laid.put(0, self.edge(is_here=is_here), paint.heading)
        for at, column, begin, wide in self.placed_columns(width):
            if at != NOW:
                self.place(laid, self.cell_of(row, at, column, wide), begin, wide, is_right=column.is_right)
                continue
            # A longer text takes the room of what stands beside it.
            is_long = width_of(self._editor.text) >= wide
            room = width - begin - 1 if is_long else wide
            for text, style in self._editor.filled(room, paint.editing, paint.caret, is_right=not is_long):
                laid.put(max(begin, laid.end), text, style, has_ground=True)
            if is_long:
                break
        return laid

    def cell_of(self, row: int, at: int, column: Column, width: int) -> Drawn:
        found = self.cell_at(row)
        if at in (NOW, RESULT, SYMBOL) and found is not None:
            if row == self.cursor and self.is_editing and at != NOW:
                return self._supposed(at, width)
            kept = self._session.unstored.get(found) if self._session.unstored else None
            if kept is not None:
                told = {NOW: clean(kept.text), RESULT: f"! {_('not saved')}", SYMBOL: "!"}[at]
                return cell(cut(told, width), self.paint.warning)
        return super().cell_of(row, at, column, width)

    def _supposed(self, at: int, width: int) -> Drawn:
        """What the result that is being typed comes to, in the column where it will stand."""
        paint = self.paint
        opened, text = self._opened, self._editor.text.strip()
        if opened is None or not text:
            return cell("")
        try:
            status = status_of(opened.self_check, opened.with_text(text))
        except KvaltuiError:
            return cell(".." if self.is_ascii else "…", paint.muted)
        told = result_pieces(status, self)
        return tuple(fitted(told, width)) if at == RESULT else told[:1]
