"""Risker: the matrix, the risks with the gravest first, and what is being done about the one that the cursor is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from kvaltui.columns import Column
from kvaltui.i18n import N_, _
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.quality_work import Measure, Risk
from kvaltui.model.risk import Band, band, by_severity, level_of
from kvaltui.model.summary import by_due, is_open, is_overdue
from kvaltui.status_cells import band_cell
from kvaltui.store.patience import DatabaseHeld
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.things_screen import Filter
from kvaltui.tui.screens.work_screen import WorkScreen
from kvaltui.tui.telling.risk_page import risk_page
from kvaltui.tui.telling.work_lines import band_style
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.widgets.page import Page
from kvaltui.tui.widgets.work_table import WorkRow, WorkTable
from kvaltui.words import capitalised, word
from kvaltui.work.risk_levels import LevelChange, earlier_levels

_LEAST_WIDTH_WITH_MATRIX = 64
_LATER = 0.5
"""Seconds until it is asked again for what a database that somebody else holds did not give."""


class RiskTable(WorkTable):
    """The risks, the gravest first."""

    BINDINGS = bindings.RISK_TABLE


class RisksScreen(WorkScreen):
    """The risks of the plan."""

    MODE = "risks"
    KINDS = (Kind.RISK,)
    TOUCHED_BY = (Kind.MEASURE, Kind.SELF_CHECK, Kind.RESULT, Kind.AREA, Kind.GOAL)
    NOTHING = N_("The plan has no risks."), N_("The plan has no risks yet. {key} adds the first one.")
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "choose", "edit", "add", "search")
    BINDINGS = bindings.RISKS

    def compose_list(self) -> ComposeResult:
        yield RiskTable(
            (
                Column(_("Level"), 10),
                Column(_("Risk"), 8, takes_rest=True),
                Column(_("Measures"), 8, is_right=True, shows_from=50),
            ),
        )

    # The list

    def rows(self, keeps: Callable[[AnyEntity], bool]) -> list[WorkRow]:
        content = self.session.content
        kept = by_severity(risk for risk in content.all(Risk).values() if keeps(risk))
        return [self._row(risk) for risk in kept]

    def _row(self, risk: Risk) -> WorkRow:
        paint = self.program.paint
        level, where = level_of(risk), self._band(risk)
        number = f"{level:2} " if level is not None else " – "
        cell: Piece = (number + band_cell(where, is_ascii=self.program.is_ascii), band_style(where, paint))
        title: Piece = (clean(risk.title), paint.muted if risk.retired else paint.text)
        return WorkRow(Reference(Kind.RISK, risk.key), (cell, title, self._measures_cell(risk)))

    def _band(self, risk: Risk) -> Band | None:
        return band(level_of(risk), self.session.content.plan.risk_bands)

    def _measures_cell(self, risk: Risk) -> Piece:
        paint, today = self.program.paint, self.session.today
        opened = [each for each in self._measures(risk) if is_open(each)]
        late = sum(1 for each in opened if is_overdue(each, today))
        if late:
            return _("{late} late" if late == 1 else "{late} are late", late=late), paint.error
        if not opened:
            return _("none open"), paint.warning
        return _("{count} open", count=len(opened)), paint.muted

    def _measures(self, risk: Risk) -> list[Measure]:
        return by_due(each for each in self.session.content.active(Measure) if risk.key in each.risks)

    def text_of(self, entity: AnyEntity) -> str:
        assert isinstance(entity, Risk)
        return f"{entity.title} {entity.description}"

    def filters(self) -> Sequence[Filter]:
        def lies_in(where: Band) -> Callable[[AnyEntity], bool]:
            return lambda entity: isinstance(entity, Risk) and self._band(entity) is where

        without = Filter(
            "unhandled",
            _("No open measure"),
            lambda entity: isinstance(entity, Risk) and not any(map(is_open, self._measures(entity))),
        )
        return [*(Filter(each.value, capitalised(word(each)), lies_in(each)) for each in reversed(Band)), without]

    def summary(self) -> Sequence[Piece]:
        risks = list(self.session.content.active(Risk))
        pieces: list[Piece] = []
        for each in reversed(Band):
            count = sum(1 for risk in risks if self._band(risk) is each)
            cell = band_cell(each, is_ascii=self.program.is_ascii)
            pieces.append((f"{cell} {count}  ", band_style(each, self.program.paint)))
        return pieces

    # The risk that the cursor stands on

    def page(self) -> Page | None:
        """The page of the risk, with its earlier levels."""
        risk = self.entity
        if not isinstance(risk, Risk):
            return None
        levels: Sequence[LevelChange] | Message
        try:
            levels = earlier_levels(self.session, risk.key)
        except DatabaseHeld:
            self.set_timer(_LATER, self.explain)
            levels = Message("Waiting for the database …")
        except KvaltuiError as error:
            levels = error.message
        return risk_page(self.teller, risk, levels)

    # Changing

    def change(self, entity: AnyEntity) -> None:
        assert isinstance(entity, Risk)
        editing.reassess(self.program, entity)
