"""How the rows of the entry table look: pieces of text side by side, each in its column."""

from __future__ import annotations

from functools import partial

from kvaltui.columns import GAP, Column
from kvaltui.figure_words import NO_FIGURE, as_written, decimals_width, figure_cell, outcome_cell, room_for
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind
from kvaltui.model.indicator_result import IndicatorResult, doubts_about
from kvaltui.model.period import Period
from kvaltui.model.structure import Area
from kvaltui.status_cells import achieved_of, status_cell
from kvaltui.tui.entry.columns import FIGURE_LIMITS, TARGET_LIMITS, EntryColumn, EntryColumns, periods_that_fit, within
from kvaltui.tui.terminal.drawing import MARKER, Piece, cut_middle, left, marker, right, width_of
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.words import status_symbol
from kvaltui.work.entry_list import cell_of
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.session import PlanSession
from kvaltui.work.unstored import Unstored

INDENT = 2
"""Cells that each group moves what stands in it to the right."""
_SHORT_STATUS, _LONG_STATUS = 12, 26
_WIDE = 110
_DECIMALS_ALIGNED = 3
_NAME_LEAST = 4


class EntryDrawing:
    """The look of the rows at a width and in some colours. Made anew when either of them, or the rows, are others."""

    def __init__(self, session: PlanSession, paint: Paint, width: int, *, is_ascii: bool) -> None:
        self._session = session
        self.paint = paint
        self.width = width
        self._is_ascii = is_ascii
        judged = session.result.indicators.values()
        scales = {each.key: session.indicator(each.key).scale for each in judged}
        target = max((len(as_written(each.target or "", scales[each.key])) for each in judged), default=0)
        figure = max((room_for(each.outcome or "", scales[each.key]) for each in judged), default=0)
        decimals = max((decimals_width(each.outcome or "") for each in judged), default=0)
        self._decimals = min(decimals, _DECIMALS_ALIGNED)
        self._has_long_status = width >= _WIDE and session.is_expected
        self._columns = self._lay_out(within(target, TARGET_LIMITS), within(figure + self._decimals, FIGURE_LIMITS))

    def _lay_out(self, target: int, figure: int) -> EntryColumns:
        """The columns, with these widths of targets and of figures."""
        status = _LONG_STATUS if self._has_long_status else _SHORT_STATUS
        name = EntryColumn(Column(_("Indicator"), _NAME_LEAST, takes_rest=True), self._name)
        before = [EntryColumn(Column(_("Target"), target, is_right=True), self._target)]
        last = [
            EntryColumn(Column(str(self._session.period), figure, is_right=True), self._outcome, is_typed_in=True),
            EntryColumn(Column(_("Status"), status), self._status),
        ]
        beside = [each for each in (*before, *last) if each.column.shows_from <= self.width]
        taken = MARKER + sum(GAP + each.column.width for each in beside)
        periods = periods_that_fit(self.width, self._session.earlier_periods(), figure, taken)
        earlier = [
            EntryColumn(Column(str(each), figure, is_right=True), partial(self._earlier, each)) for each in periods
        ]
        return EntryColumns([name, *before, *earlier, *last], self.width)

    def headings(self) -> str:
        """The names of the columns."""
        return self._columns.headings()

    @property
    def columns(self) -> EntryColumns:
        """The columns and what stands in them."""
        return self._columns

    def group_texts(self, row: EntryRow, aside: str) -> list[str]:
        """What a group says, in the columns that it stands in: its name, what waits, how many are achieved."""
        pieces = self.group(row, aside, is_folded=False, is_here=False)
        name, *beside = [text.strip() for text, _style in pieces[2:]]
        between = self._columns.typed - 1
        return [name, *[""] * between, *beside]

    def group(self, row: EntryRow, aside: str, *, is_folded: bool, is_here: bool) -> list[Piece]:
        """A group with how many of its indicators are achieved; `aside` is what else there is to say of it."""
        session, paint = self._session, self.paint
        area = session.content.get(Area, row.reference.key) if row.reference.kind is Kind.AREA else None
        name = clean(area.name) if area is not None else _("In no area")
        indent = " " * (INDENT * row.depth)
        if not session.is_whole:
            # Nothing can be said of the figures in it before all of them have been read.
            return [(indent, None), self._mark(is_here=is_here), (name, paint.strong)]
        node = session.result.nodes[row.reference]
        folded = ("+ " if self._is_ascii else "▸ ") if is_folded else ""
        room = self._columns.begins_at(self._columns.typed + 1) - GAP - MARKER - width_of(indent) - width_of(aside) - 1
        symbol = status_symbol(node.status, ascii=self._is_ascii)
        return [
            (indent, None),
            self._mark(is_here=is_here),
            (left(folded + name, max(1, room)), paint.selected if is_here else paint.strong),
            (f" {aside}", paint.muted),
            (f"  {symbol} {achieved_of(node.counts.achieved, node.counts.of)}", paint.status(node.status)),
        ]

    def figures(self, row: EntryRow, *, is_here: bool, editor: LineEditor | None) -> list[Piece]:
        """An indicator or a part of one, with what is being typed in its cell when there is an editor."""
        if editor is None:
            return self._columns.draw(row, is_here=is_here)
        return [*self._columns.draw(row, is_here=is_here, until=self._columns.typed), *self._editor(editor)]

    def _mark(self, *, is_here: bool) -> Piece:
        return marker(is_here=is_here, is_ascii=self._is_ascii), self.paint.accent if is_here else None

    # The cells

    def _name(self, row: EntryRow, width: int, is_here: bool) -> list[Piece]:
        """The name, moved to the right by the groups that it stands in, and the cursor's mark before it."""
        indent = " " * (INDENT * row.depth)
        room = width - len(indent)
        name = cut_middle(clean(row.part or self._session.indicator(row.indicator).shown_name), room)
        style = self.paint.text if not row.part else self.paint.muted
        return [(indent, None), self._mark(is_here=is_here), (left(name, room), style)]

    def _target(self, row: EntryRow, width: int, is_here: bool) -> list[Piece]:
        return [(" " * GAP + right(self._target_text(row), width), self.paint.muted)]

    def _earlier(self, period: Period, row: EntryRow, width: int, is_here: bool) -> list[Piece]:
        """The figure of an earlier period."""
        return [(" " * GAP + self._aligned(self._figure(row, period), width), self.paint.muted)]

    def _outcome(self, row: EntryRow, width: int, is_here: bool) -> list[Piece]:
        """This period's figure, or what was typed and could not be stored."""
        kept, paint = self._kept(row), self.paint
        if kept is not None:
            text, style = right(clean(kept.text), width), paint.warning
        else:
            waits = self._session.waits(row.indicator, row.part)
            text, style = self._aligned("" if waits else self._figure(row, self._session.period), width), paint.strong
        return [(" " * GAP, None), (text, paint.selected if is_here else style)]

    def _status(self, row: EntryRow, width: int, is_here: bool) -> list[Piece]:
        """The status, with a mark before it where something is wrong with the figure."""
        judged = self._session.result.indicators.get(row.indicator)
        if self._kept(row) is not None:
            return [(" !", self.paint.warning), (_("not saved"), self.paint.warning)]
        if judged is None:
            return []
        mark = " !" if doubts_about(judged, row.part) else " " * GAP
        return [(mark, self.paint.warning), self._status_of(row, judged)]

    def _kept(self, row: EntryRow) -> Unstored | None:
        unstored = self._session.unstored
        return unstored.get(cell_of(self._session, row)) if unstored else None

    def _status_of(self, row: EntryRow, judged: IndicatorResult) -> Piece:
        session, paint = self._session, self.paint
        outcome = session.content.outcome(row.indicator, session.period, row.part)
        if outcome is not None and "value" in outcome.contested:
            return f"{'!' if self._is_ascii else '‡'} {_('Conflict')}", paint.warning
        if session.waits(row.indicator, row.part):
            return _("waiting"), paint.muted
        status = judged.status
        if row.part:
            part = judged.part(row.part)
            if part is None:
                return "", None
            status = part.verdict.status
        is_short = not self._has_long_status
        text = status_cell(status, ascii=self._is_ascii, expected=session.is_expected, is_short=is_short)
        return text, paint.status(status)

    def _editor(self, editor: LineEditor) -> list[Piece]:
        """What is being typed, to the right in its cell; a longer text takes the column of statuses too."""
        columns, paint = self._columns, self.paint
        room = width = columns.widths[columns.typed]
        if width_of(editor.text) + 1 > room:
            room = max(room, self.width - columns.begins_at(columns.typed) - 1)
        typed = editor.filled(room, paint.editing, paint.caret, is_right=room == width)
        return [(" " * GAP, None), *typed, ("  …", paint.muted)]

    def _target_text(self, row: EntryRow) -> str:
        session = self._session
        judged = session.result.indicators.get(row.indicator)
        if judged is None:
            return ""
        written = judged.target
        if row.part:
            part = judged.part(row.part)
            written = part.target if part is not None else ""
        return as_written(written or "", session.indicator(row.indicator).scale)

    def _figure(self, row: EntryRow, period: Period) -> str:
        session = self._session
        scale = session.indicator(row.indicator).scale
        outcome = session.content.outcome(row.indicator, period, row.part)
        if outcome is not None:
            return figure_cell(outcome.value or outcome.forecast, scale)
        judged = session.result.indicators.get(row.indicator)
        if period != session.period or judged is None:
            return NO_FIGURE
        if not row.part:
            return outcome_cell(judged, scale) if judged.is_computed else NO_FIGURE
        # Parts that were entered all at once stand in the outcome of the whole.
        part = judged.part(row.part)
        return figure_cell((part.outcome if part is not None else None) or "", scale)

    def _aligned(self, text: str, width: int) -> str:
        """A figure to the right, its decimals under those of the others; words reach the edge."""
        if self._decimals and text and text[-1] in "%0123456789":
            text += " " * (self._decimals - min(self._decimals, decimals_width(text)))
        return right(text, width)
