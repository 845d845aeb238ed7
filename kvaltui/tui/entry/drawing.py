"""How the rows of the entry table look: pieces of text side by side, each in its column."""

from __future__ import annotations

from rich.style import Style

from kvaltui.decimal_line import DecimalLine
from kvaltui.figure_words import NO_FIGURE, figure_cell, outcome_cell, target_cell, unit_cell, without_unit
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind
from kvaltui.model.indicator_result import IndicatorResult, doubts_about
from kvaltui.model.period import Period
from kvaltui.model.status import Change, Status
from kvaltui.model.structure import Area
from kvaltui.status_cells import achieved_of, status_cell
from kvaltui.tui.entry.columns import INDENT, NAME_GAP, TEXT, Needs, lay_out
from kvaltui.tui.terminal.drawing import Piece, Short, cut, width_of
from kvaltui.tui.terminal.laid_row import LaidRow
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.words import change_symbol, status_symbol
from kvaltui.work.entry_list import cell_of
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.session import PlanSession
from kvaltui.work.unstored import Unstored

_LEAST_NAME = 8
_WORDS = DecimalLine()


class EntryDrawing:
    """The look of the rows at a width and in some colours. Made anew when either of them, or the contents, are others.

    The cursor is no part of it: its whole row is tinted by whoever shows it.
    """

    def __init__(self, session: PlanSession, paint: Paint, needs: Needs, short: Short, width: int) -> None:
        self._session = session
        self._short = short
        self.paint = paint
        self.needs = needs
        self.layout = lay_out(width, needs)

    @property
    def width(self) -> int:
        """How many cells its rows take."""
        return self.layout.width

    def headings(self) -> str:
        """The names of the columns; of figures they end at the decimal line."""
        layout, row = self.layout, LaidRow()
        row.put(TEXT, cut(_("Indicator"), layout.name_end - TEXT), None)
        if layout.target is not None:
            row.figure(layout.target, _("Target"), layout.target_line, None)
        for period, end in layout.earlier:
            row.figure(end, str(period), layout.earlier_line, None)
        row.figure(layout.outcome, str(self._session.period), layout.outcome_line, None)
        if layout.has_words:
            row.put(layout.status, _("Status"), None)
        return "".join(text for text, _style in row.pieces)

    def group(self, row: EntryRow, aside: str, *, is_folded: bool, is_ascii: bool) -> list[Piece]:
        """A group with how many of its indicators are achieved; `aside` is what else there is to say of it.

        What is folded up says by its symbol what it comes to: the rows that would say it do not show.
        """
        session, paint, layout = self._session, self.paint, self.layout
        area = session.content.get(Area, row.reference.key) if row.reference.kind is Kind.AREA else None
        name = clean(area.name) if area is not None else _("In no area")
        begins, laid = self._begins(row), LaidRow()
        if not session.is_whole:
            # Nothing can be said of the figures in it before all of them have been read.
            laid.put(begins, self._short(name, max(1, layout.width - begins - 1)), paint.strong)
            return laid.pieces
        node = session.result.nodes[row.reference]
        folded = ("+ " if is_ascii else "▸ ") if is_folded else ""
        achieved = achieved_of(node.counts.achieved, node.counts.of)
        symbol = f"{status_symbol(node.status, ascii=is_ascii)} " if is_folded else ""
        at = self._aside_at(aside)
        if not layout.has_words:
            at, achieved_at = self._beside(begins + _LEAST_NAME, aside, symbol + achieved)
        else:
            achieved_at = layout.status
        room = min(each for each in (at, achieved_at, layout.width - 1) if each) - begins - 1
        laid.put(begins, folded + self._short(name, max(1, room - len(folded))), paint.strong)
        if aside and at:
            laid.put(at, aside, paint.accent if node.counts.waiting and aside[0].isdigit() else paint.muted)
        if achieved_at:
            laid.put(achieved_at, symbol, paint.status(node.status))
            laid.put(achieved_at + len(symbol), achieved, paint.muted)
        return laid.pieces

    def _aside_at(self, aside: str) -> int:
        """Where it begins: a number ends at the decimal line of outcomes, words end before the statuses."""
        if not aside:
            return 0
        number = aside.partition(" ")[0]
        line = self.layout.outcome - self.layout.outcome_line.after
        ends = self.layout.status - 1
        at = line - len(number) if number.isdigit() else ends - width_of(aside)
        return min(at, ends - width_of(aside))

    def _beside(self, least: int, aside: str, achieved: str) -> tuple[int, int]:
        """Where both begin at the right edge of a narrow table; 0 for the one that there is no room for."""
        end = self.layout.width - 1
        achieved_at = end - width_of(achieved)
        at = achieved_at - NAME_GAP - width_of(aside) if aside else 0
        if aside and at < least:
            return end - width_of(aside), 0
        return at, achieved_at if achieved_at >= least else 0

    def figures(
        self,
        row: EntryRow,
        *,
        is_ascii: bool,
        editor: LineEditor | None = None,
        supposed: IndicatorResult | None = None,
    ) -> list[Piece]:
        """An indicator or a part of one, with what is being typed in its cell when there is an editor.

        `supposed` is what the indicator would be with that; None where it cannot be read.
        """
        layout, paint, laid = self.layout, self.paint, LaidRow()
        judged = self._session.result.indicators.get(row.indicator)
        indicator = self._session.indicator(row.indicator)
        begins = self._begins(row)
        name = self._short(clean(row.part or indicator.shown_name), max(0, layout.name_end - begins))
        laid.put(begins, name, paint.muted if row.part else paint.text)
        gap = NAME_GAP
        if layout.target is not None:
            target = target_cell(self._target_of(row, judged), indicator.scale)
            laid.figure(layout.target, target, layout.target_line, paint.muted, gap)
        for period, end in layout.earlier:
            laid.figure(end, self._figure(row, period, judged), layout.earlier_line, paint.muted, gap)
            gap = 1
        if editor is not None and self._type(laid, editor):
            return laid.pieces
        if editor is None:
            self._outcome(laid, row, judged)
        unit = cut(unit_cell(indicator.scale), layout.unit_width)
        if unit:
            laid.put(layout.unit, unit, paint.muted)
        if editor is None:
            self._verdict(laid, row, judged, is_ascii=is_ascii)
        elif supposed is not None:
            self._status(laid, row, supposed, is_ascii=is_ascii)
        return laid.pieces

    def _begins(self, row: EntryRow) -> int:
        return TEXT + INDENT * row.depth

    # The cells

    def _outcome(self, laid: LaidRow, row: EntryRow, judged: IndicatorResult | None) -> None:
        """This period's figure, a place to write where it waits, or what was typed and could not be stored."""
        kept, paint, line, end = self._kept(row), self.paint, self.layout.outcome_line, self.layout.outcome
        if kept is not None:
            laid.figure(end, clean(kept.text), line, paint.warning)
        elif self._session.waits(row.indicator, row.part):
            laid.put(end - line.width, "_" * line.width, paint.hole, has_ground=paint.has_surfaces)
        else:
            laid.figure(end, self._figure(row, self._session.period, judged), line, paint.strong)

    def _type(self, laid: LaidRow, editor: LineEditor) -> bool:
        """What is being typed, its end at the decimal line; a longer text takes the columns after it too.

        Returns whether it does.
        """
        paint, line, end = self.paint, self.layout.outcome_line, self.layout.outcome
        at = end - line.width
        taken, hanging = width_of(editor.text), max(1, line.after)
        if taken + 1 > line.before + hanging:
            room = self.layout.width - at - 1
            pieces = editor.filled(room, paint.editing, paint.caret)
        else:
            room = min(line.before + hanging, max(line.before + 1, taken + 1))
            pieces = editor.filled(room, paint.editing, paint.caret, is_right=True)
            pieces.append((" " * (line.before + hanging - room), paint.editing))
        for text, style in pieces:
            if text:
                laid.put(at, text, style, has_ground=True)
                at = laid.end
        return taken + 1 > line.before + hanging

    def _verdict(self, laid: LaidRow, row: EntryRow, judged: IndicatorResult | None, *, is_ascii: bool) -> None:
        """The change and the status; or that they are not those of what stands in the cell."""
        layout, paint, session = self.layout, self.paint, self._session
        outcome = session.content.outcome(row.indicator, session.period, row.part)
        if self._kept(row) is not None:
            laid.put(layout.change, "!", paint.warning)
            self._say(laid, "", _("not saved"), paint.warning)
        elif outcome is not None and "value" in outcome.contested:
            self._say(laid, "!" if is_ascii else "‡", _("Conflict"), paint.warning)
        elif session.waits(row.indicator, row.part):
            self._say(laid, "", _("waiting"), paint.accent)
        elif judged is not None:
            self._status(laid, row, judged, is_ascii=is_ascii)

    def _status(self, laid: LaidRow, row: EntryRow, judged: IndicatorResult, *, is_ascii: bool) -> None:
        """How it has moved, or in the place of that a doubt; and the status, the quieter the better it is."""
        layout, paint = self.layout, self.paint
        status, change = judged.status, judged.change
        if row.part:
            part = judged.part(row.part)
            if part is None:
                return
            status, change = part.verdict.status, part.change
        doubts = doubts_about(judged, row.part)
        if doubts:
            laid.put(layout.change, "!", paint.chip, has_ground=paint.has_surfaces)
        elif symbol := change_symbol(change, ascii=is_ascii):
            laid.put(layout.change, symbol, paint.not_achieved if change is Change.WORSE else paint.muted)
        symbol, _space, words = status_cell(status, ascii=is_ascii).partition(" ")
        is_doubtful = bool(doubts) and status is Status.ACHIEVED
        self._say(
            laid, symbol, words, paint.status_word(status), paint.warning if is_doubtful else paint.status(status)
        )

    def _say(self, laid: LaidRow, symbol: str, words: str, style: Style, symbol_style: Style | None = None) -> None:
        """A symbol and its words in the column of statuses; the symbol alone where that has no room for words."""
        layout = self.layout
        laid.put(layout.status, symbol, symbol_style or style)
        if layout.has_words:
            laid.put(layout.status + (len(symbol) + 1 if symbol else 0), words, style)

    # What stands in them

    def _kept(self, row: EntryRow) -> Unstored | None:
        unstored = self._session.unstored
        return unstored.get(cell_of(self._session, row)) if unstored else None

    def _target_of(self, row: EntryRow, judged: IndicatorResult | None) -> str:
        part = judged.part(row.part) if judged is not None and row.part else None
        found = part.target if part is not None else judged.target if judged is not None and not row.part else ""
        return found or ""

    def _figure(self, row: EntryRow, period: Period, judged: IndicatorResult | None) -> str:
        session = self._session
        scale = session.indicator(row.indicator).scale
        outcome = session.content.outcome(row.indicator, period, row.part)
        if outcome is not None:
            return without_unit(figure_cell(outcome.value or outcome.forecast, scale))
        if judged is None:
            return NO_FIGURE
        # Parts that were entered all at once stand in the outcome of the whole.
        part = judged.part(row.part) if row.part else None
        if period != session.period:
            previous = part.previous if part is not None else judged.previous if not row.part else None
            is_known = previous is not None and previous.period == period
            return without_unit(figure_cell(previous.text, scale)) if previous is not None and is_known else NO_FIGURE
        if not row.part:
            return without_unit(outcome_cell(judged, scale)) if judged.is_computed else NO_FIGURE
        return without_unit(figure_cell((part.outcome if part is not None else None) or "", scale))
