"""How the rows of the entry table look: pieces of text side by side, each in its column."""

from __future__ import annotations

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind
from kvaltui.model.indicator_result import doubts_about
from kvaltui.model.period import Period
from kvaltui.model.structure import Area
from kvaltui.model.verdict import Verdict
from kvaltui.tui.entry.columns import GAP, lay_out
from kvaltui.tui.terminal.drawing import MARKER, Piece, cut, cut_middle, left, marker, right, width_of
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.words import status_symbol
from kvaltui.work.entry_list import cell_of
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.figures import (
    NO_FIGURE,
    achieved_of,
    as_written,
    decimals_width,
    figure_cell,
    outcome_cell,
    room_for,
    status_cell,
)
from kvaltui.work.session import PlanSession

INDENT = 2
"""Cells that each group moves what stands in it to the right."""
_SHORT_STATUS, _LONG_STATUS = 12, 26
_WIDE = 110
_DECIMALS_ALIGNED = 3


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
        status = _LONG_STATUS if self._has_long_status else _SHORT_STATUS
        self._columns = lay_out(width, session.earlier_periods(), target, figure + self._decimals, status)

    def head(self) -> list[Piece]:
        """The names of the columns."""
        columns = self._columns
        text = " " * MARKER + left(_("Indicator"), columns.name) + right(_("Target"), columns.target)
        for period in (*columns.earlier, self._session.period):
            text += right(str(period), columns.figure)
        return [(f"{text}  {_('Status')}", self.paint.muted)]

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
        room = self._columns.status_at - MARKER - width_of(indent) - width_of(aside) - 1
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
        paint, columns = self.paint, self._columns
        indicator = self._session.indicator(row.indicator)
        indent = " " * (INDENT * row.depth)
        room = columns.name - len(indent)
        name = cut_middle(clean(row.part or indicator.shown_name), room)
        figures = right(cut(self._target(row), columns.target - GAP), columns.target)
        for period in columns.earlier:
            figures += " " * GAP + self._aligned(self._figure(row, period), columns.figure - GAP)
        pieces: list[Piece] = [
            (indent, None),
            self._mark(is_here=is_here),
            (left(name, room), paint.text if not row.part else paint.muted),
            (figures, paint.muted),
        ]
        return [*pieces, *(self._outcome(row, is_here=is_here) if editor is None else self._editor(editor))]

    def _mark(self, *, is_here: bool) -> Piece:
        return marker(is_here=is_here, is_ascii=self._is_ascii), self.paint.accent if is_here else None

    def _outcome(self, row: EntryRow, *, is_here: bool) -> list[Piece]:
        """This period's figure and its status."""
        session, paint = self._session, self.paint
        judged = session.result.indicators.get(row.indicator)
        waits = session.waits(row.indicator, row.part)
        cell = self._aligned("" if waits else self._figure(row, session.period), self._columns.current_width)
        gap = " " * GAP
        figure: Piece = (cell, paint.selected if is_here else paint.strong)
        kept = session.unstored.get(cell_of(session, row)) if session.unstored else None
        if kept is not None:
            width = self._columns.current_width
            text = right(cut(clean(kept.text), width), width)
            typed: Piece = (text, paint.selected if is_here else paint.warning)
            return [(gap, None), typed, (" !", paint.warning), (_("not saved"), paint.warning)]
        if judged is None:
            return [(gap, None), figure]
        is_doubtful = bool(doubts_about(judged, row.part))
        return [(gap, None), figure, (" !" if is_doubtful else gap, paint.warning), self._status(row, waits=waits)]

    def _status(self, row: EntryRow, *, waits: bool) -> Piece:
        session, paint = self._session, self.paint
        outcome = session.content.outcome(row.indicator, session.period, row.part)
        if outcome is not None and "value" in outcome.contested:
            return f"{'!' if self._is_ascii else '‡'} {_('Conflict')}", paint.warning
        if waits:
            return _("waiting"), paint.muted
        verdict = self._verdict(row)
        if verdict is None:
            return "", None
        status = verdict.status if row.part else session.result.indicators[row.indicator].status
        is_short = not self._has_long_status
        text = status_cell(status, ascii=self._is_ascii, expected=session.is_expected, is_short=is_short)
        return text, paint.status(status)

    def _verdict(self, row: EntryRow) -> Verdict | None:
        judged = self._session.result.indicators[row.indicator]
        if not row.part:
            return judged.verdict
        return next((each.verdict for each in judged.parts if each.part == row.part), None)

    def _editor(self, editor: LineEditor) -> list[Piece]:
        """What is being typed, to the right in its cell; a longer text takes the column of statuses too."""
        columns, paint = self._columns, self.paint
        room = columns.current_width
        if width_of(editor.text) + 1 > room:
            room = max(room, self.width - columns.current_at - 1)
        typed = editor.pieces(room, paint.editing, paint.caret)
        blank: Piece = (" " * (room - sum(width_of(text) for text, _style in typed)), paint.editing)
        aligned = [blank, *typed] if room == columns.current_width else [*typed, blank]
        return [(" " * GAP, None), *aligned, ("  …", paint.muted)]

    def _target(self, row: EntryRow) -> str:
        session = self._session
        judged = session.result.indicators.get(row.indicator)
        if judged is None:
            return ""
        written = judged.target
        if row.part:
            written = next((each.target for each in judged.parts if each.part == row.part), "")
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
        written = next((each.outcome for each in judged.parts if each.part == row.part), None)
        return figure_cell(written or "", scale)

    def _aligned(self, text: str, width: int) -> str:
        """A figure to the right, its decimals under those of the others; words reach the edge."""
        if self._decimals and text and text[-1] in "%0123456789":
            text += " " * (self._decimals - min(self._decimals, decimals_width(text)))
        return right(text, width)
