"""Egenkontroller: what is to be checked, by section, with the results so far, and recording a result with few keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from kvaltui.columns import Column
from kvaltui.figure_words import figure_cell
from kvaltui.i18n import N_, _, say
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.self_check_judging import (
    SelfCheckResult,
    judge_result,
    self_check_results,
    self_check_scale,
    status_of,
)
from kvaltui.status_cells import RESULT_STATUS, result_cell
from kvaltui.tui.forms import editing, ordering
from kvaltui.tui.screens.list_screen import Told
from kvaltui.tui.screens.things_screen import Filter
from kvaltui.tui.screens.work_screen import WorkScreen
from kvaltui.tui.telling.work_lines import result_style
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.widgets.self_check_table import OpenResult, SelfCheckTable
from kvaltui.tui.widgets.typing_view import CellStored, TypingView
from kvaltui.tui.widgets.work_table import WorkRow
from kvaltui.words import capitalised, status_symbol, word


class SelfChecksScreen(WorkScreen):
    """The self-checks of the plan, for the period that is looked at."""

    MODE = "self_checks"
    KINDS = (Kind.SELF_CHECK,)
    TOUCHED_BY = (Kind.RESULT, Kind.RISK, Kind.MEASURE, Kind.AREA)
    NOTHING = N_("The plan has no self-checks."), N_("The plan has no self-checks yet. {key} adds the first one.")
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "choose", "edit", "add", "search")
    BINDINGS = bindings.SELF_CHECKS

    def compose_list(self) -> ComposeResult:
        yield SelfCheckTable(
            self.session,
            (
                Column(_("Result"), 18),
                Column(_("Self-check"), 8, takes_rest=True),
                Column(_("Figure"), 10, is_right=True, may_be_left_out=True),
                Column(_("Before"), 9, may_be_left_out=True),
                Column(_("How often"), 16, shows_from=104),
            ),
        )

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
                rows.append(WorkRow(None, ((f" {heading}", self.program.paint.strong),)))
            rows += [self._row(each, judged.get(each.key)) for each in of_it]
        return rows

    def _judged(self) -> dict[str, SelfCheckResult]:
        found = self_check_results(self.session.content, self.session.period)
        return {each.self_check.key: each for each in found}

    def _row(self, self_check: SelfCheck, judged: SelfCheckResult | None) -> WorkRow:
        paint, is_ascii = self.program.paint, self.program.is_ascii
        now = self._result(self_check)
        figure: Piece = ("", None)
        if now is not None:
            result = status_of(self_check, now)
            status: Piece = (result_cell(result, is_ascii=is_ascii), result_style(result, paint))
            verdict = judge_result(self_check, now)
            style = paint.status(verdict.status) if verdict is not None else paint.text
            figure = (figure_cell(now.value, self_check_scale(self_check)) if now.value else "", style)
        elif judged is not None and not judged.due:
            status = (_("not now"), paint.muted)
        else:
            status = (_("waiting"), paint.warning)
        earlier = self._earlier(self_check)
        before: Piece = ("–", paint.muted)
        if earlier:
            result = status_of(self_check, earlier[0])
            symbol = status_symbol(RESULT_STATUS[result], ascii=is_ascii)
            before = (f"{symbol} {earlier[0].period}", result_style(result, paint))
        name: Piece = (clean(self_check.name), paint.muted if self_check.retired else paint.text)
        often: Piece = (capitalised(word(self_check.frequency)), paint.muted)
        return WorkRow(Reference(Kind.SELF_CHECK, self_check.key), (status, name, figure, before, often))

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
        judged = self._judged().values()
        due = sum(1 for each in judged if each.due)
        paint = self.program.paint
        done: Piece = (_("{done} of {all} done", done=len(judged) - due, all=len(judged)), paint.muted)
        return [done, (" ", None)]

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
