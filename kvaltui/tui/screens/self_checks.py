"""Egenkontroller: what is to be checked, by section, with the results so far, and recording a result with few keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from kvaltui.columns import Column
from kvaltui.figure_words import figure_cell, target_cell, unit_cell, without_unit
from kvaltui.i18n import N_, _, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Frequency
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.self_check_judging import (
    SelfCheckResult,
    judge_result,
    self_check_results,
    self_check_scale,
    status_of,
)
from kvaltui.model.status import COUNTED
from kvaltui.model.value import replace
from kvaltui.status_cells import RESULT_STATUS, result_cell
from kvaltui.tui.forms import editing, ordering
from kvaltui.tui.screens.list_screen import Told
from kvaltui.tui.screens.things_screen import Filter
from kvaltui.tui.screens.work_screen import WorkScreen
from kvaltui.tui.telling.work_lines import result_style
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, width_of
from kvaltui.tui.widgets.self_check_table import (
    BEFORE,
    NOW,
    RESULT,
    THRESHOLD,
    OpenResult,
    SelfCheckTable,
    columns,
    result_pieces,
)
from kvaltui.tui.widgets.typing_view import CellStored, TypingView
from kvaltui.tui.widgets.work_table import Cell, WorkRow, cell, on_decimal_lines, text_in
from kvaltui.words import status_symbol

_FREQUENCY = {
    Frequency.YEAR: N_("year"),
    Frequency.HALF_YEAR: N_("half-year"),
    Frequency.TERTIAL: N_("tertial"),
    Frequency.QUARTER: N_("quarter"),
    Frequency.MONTH: N_("month"),
}
"""How often, under the heading “every”."""
_HOLE = "_____"
"""A place to write in."""
_FIGURE, _LIMIT, _RESULT = (6, 10), (5, 9), (12, 16)
"""The least and the most that figures, thresholds and results take."""


class SelfChecksScreen(WorkScreen):
    """The self-checks of the plan, for the period that is looked at."""

    MODE = "self_checks"
    KINDS = (Kind.SELF_CHECK,)
    TOUCHED_BY = (Kind.RESULT, Kind.RISK, Kind.MEASURE, Kind.AREA)
    NOTHING = N_("The plan has no self-checks."), N_("The plan has no self-checks yet. {key} adds the first one.")
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "choose", "edit", "add", "search")
    BINDINGS = bindings.SELF_CHECKS

    def compose_list(self) -> ComposeResult:
        yield SelfCheckTable(self.session)

    # The list

    def rows(self, keeps: Callable[[AnyEntity], bool]) -> list[WorkRow]:
        content = self.session.content
        kept = sorted(filter(keeps, content.all(SelfCheck).values()), key=lambda each: each.order)
        sections = list(dict.fromkeys(each.section for each in kept))
        kept.sort(key=lambda each: sections.index(each.section))
        judged = self._judged()
        rows: list[WorkRow] = []
        for section, of_it in groupby(kept, key=lambda each: each.section):
            if section or rows or len(sections) > 1:
                heading = clean(section) or _("In no section")
                rows.append(WorkRow(None, heading=heading))
            rows += [self._row(each, judged.get(each.key)) for each in of_it]
        return on_decimal_lines(rows, (BEFORE, NOW))

    def _judged(self) -> dict[str, SelfCheckResult]:
        found = self_check_results(self.session.content, self.session.period)
        return {each.self_check.key: each for each in found}

    def columns(self, rows: Sequence[WorkRow]) -> Sequence[Column]:
        earlier = {found[0].period for each in self.session.content.active(SelfCheck) if (found := self._earlier(each))}
        before = str(earlier.pop()) if len(earlier) == 1 else _("Before")
        cells = [row.cells for row in rows if row.reference is not None]
        figure = max((width_of(text_in(each[at])) for each in cells for at in (BEFORE, NOW)), default=0)
        threshold = max((width_of(text_in(each[THRESHOLD])) for each in cells), default=0)
        result = max((width_of(text_in(each[RESULT])) for each in cells), default=0)
        # A threshold that is wider grows into the room beside it.
        widths = _within(figure, _FIGURE), _within(threshold, _LIMIT), _within(result, _RESULT)
        return columns(before, str(self.session.period), *widths)

    def _row(self, self_check: SelfCheck, judged: SelfCheckResult | None) -> WorkRow:
        paint, table = self.program.paint, self.table
        now = self._result(self_check)
        waits = judged is not None and judged.due and (now is None or not now.value)
        status = status_of(self_check, now) if now is not None else None
        result = result_pieces(status, table)
        if now is None and not waits:
            result = cell(_("not now"), paint.muted)
        elif now is not None and self._is_contradicted(self_check, now):
            result = (("!", paint.chip), (" ", None), *result)
        symbol = result[:1] if status is not None else cell("", None)
        return WorkRow(
            Reference(Kind.SELF_CHECK, self_check.key),
            (
                cell(clean(self_check.name), paint.muted if self_check.retired else paint.text),
                cell(translated(_FREQUENCY[self_check.frequency]), paint.muted),
                cell(_threshold(self_check), paint.muted),
                self._before_cell(self_check),
                self._now_cell(self_check, now, waits=waits),
                result,
                symbol,
            ),
        )

    def _figure(self, self_check: SelfCheck, value: str) -> str:
        """A figure; the unit is said once, by the threshold where that has it."""
        told = figure_cell(value, self_check_scale(self_check))
        return without_unit(told) if "%" in self_check.threshold else told

    def _before_cell(self, self_check: SelfCheck) -> Cell:
        """The latest earlier result: its figure, or without one the symbol of what it came to."""
        earlier, paint = self._earlier(self_check), self.program.paint
        if not earlier:
            return cell("")
        if earlier[0].value:
            return cell(self._figure(self_check, earlier[0].value), paint.muted)
        status = RESULT_STATUS[status_of(self_check, earlier[0])]
        return cell(status_symbol(status, ascii=self.program.is_ascii), paint.status(status))

    def _now_cell(self, self_check: SelfCheck, now: Result | None, *, waits: bool) -> Cell:
        paint = self.program.paint
        if now is not None and now.value:
            return cell(self._figure(self_check, now.value), paint.strong)
        can_be_written = waits and not self.session.is_read_only and not self_check.retired
        return cell(_HOLE, paint.hole) if can_be_written else cell("")

    def _is_contradicted(self, self_check: SelfCheck, result: Result) -> bool:
        """Whether a person says something else of a result than its figure does."""
        judged = status_of(self_check, replace(result, status=ResultStatus.UNKNOWN))
        return judged not in (status_of(self_check, result), ResultStatus.UNKNOWN)

    def _result(self, self_check: SelfCheck) -> Result | None:
        """The result for the period that is looked at."""
        found = self.session.content.get(Result, f"{self_check.key}/{self.session.period}")
        return found if found is not None and not found.retired else None

    def _earlier(self, self_check: SelfCheck) -> list[Result]:
        """The results of earlier periods, the latest first."""
        found = [
            each
            for each in self.session.content.active(Result)
            if each.self_check == self_check.key and each.period < self.session.period
        ]
        return sorted(found, key=lambda each: each.period, reverse=True)

    def text_of(self, entity: AnyEntity) -> str:
        assert isinstance(entity, SelfCheck)
        return f"{entity.name} {entity.section} {entity.purpose}"

    def filters(self) -> Sequence[Filter]:
        judged = self._judged()

        def is_due(entity: AnyEntity) -> bool:
            return entity.key in judged and judged[entity.key].due

        def is_not_in_order(entity: AnyEntity) -> bool:
            return entity.key in judged and judged[entity.key].is_not_in_order

        return [
            Filter("due", _("To be done"), is_due),
            Filter("not_in_order", _("Not approved in full"), is_not_in_order),
            Filter("risks", _("Linked to a risk"), lambda each: isinstance(each, SelfCheck) and bool(each.risks)),
            Filter("new", _("New in this plan"), lambda each: isinstance(each, SelfCheck) and each.new),
        ]

    def summary(self) -> Sequence[Piece]:
        """How many have come to what for the period, and how many wait."""
        paint, is_ascii = self.program.paint, self.program.is_ascii
        judged = self._judged().values()
        counts = Counter(RESULT_STATUS[each.status] for each in judged if not each.due and each.status is not None)
        pieces: list[Piece] = [
            (f"{status_symbol(status, ascii=is_ascii)} {counts[status]}   ", paint.status(status))
            for status in COUNTED
            if counts[status]
        ]
        due = sum(1 for each in judged if each.due)
        if due:
            pieces.append((f"{_('{count} waiting', count=due)}  ", paint.accent))
        return pieces

    # Writing a result on the row

    def reading(self, opened: OpenResult, text: str) -> Told:
        """What is typed, what it comes to, and for a figure why."""
        paint, is_ascii = self.program.paint, self.program.is_ascii
        self_check, result = opened.self_check, opened.with_text(text)
        status = status_of(self_check, result)
        is_figure = result.value == text
        pieces: list[Piece] = [
            (f"{figure_cell(text, self_check_scale(self_check)) if is_figure else clean(text)} ", paint.strong),
            ("-> " if is_ascii else "→ ", paint.muted),
            (result_cell(status, is_ascii=is_ascii), result_style(status, paint)),
        ]
        verdict = judge_result(self_check, result) if is_figure else None
        if verdict is not None:
            pieces.append((f": {clean(say(verdict.reason))}", paint.text))
        elif is_figure and status is ResultStatus.UNKNOWN:
            pieces.append((f": {_('no threshold judges it, type godkänt or ej godkänt')}", paint.text))
        return pieces, ()

    def stored(self, stored: CellStored) -> Told:
        saved: Piece = (f"{self.saved_now() if stored.is_new else _('Unchanged')}  ", self.program.paint.text)
        emptied: Told = ([(_("emptied"), None)], ())
        meaning, doubts = self.reading(stored.opened, stored.text) if stored.text else emptied
        return [*self.unstored_of(Kind.SELF_CHECK), saved, *meaning], doubts

    @on(TypingView.BlockPasted)
    def _refuse_block(self, event: TypingView.BlockPasted) -> None:
        self.refuse_block(event, N_("{count} cells were pasted, beginning with “{first}”: paste one result at a time"))

    # Changing

    def change(self, entity: AnyEntity) -> None:
        editing.record_result(self.program, entity.key)

    def action_add(self) -> None:
        here = self.entity
        section = here.section if isinstance(here, SelfCheck) else ""
        editing.create(self.program, Kind.SELF_CHECK, done=self.go_to_new, section=section)

    def action_move(self, way: int) -> None:
        """Move the self-check up or down in its section."""
        here = self.entity
        if isinstance(here, SelfCheck):
            among = [each for each in self.session.content.active(SelfCheck) if each.section == here.section]
            ordering.move(self.program, here, way, among)


def _threshold(self_check: SelfCheck) -> str:
    """The threshold in few cells, with the unit of all figures of the row."""
    scale = self_check_scale(self_check)
    told = target_cell(self_check.threshold, scale)
    is_shortened = told != clean(self_check.threshold)
    return f"{told} {unit_cell(scale)}".rstrip() if told and is_shortened else told


def _within(width: int, limits: tuple[int, int]) -> int:
    least, most = limits
    return max(least, min(width, most))
