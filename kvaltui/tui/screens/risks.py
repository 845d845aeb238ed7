"""Risker: the risks with the gravest first, and what is being done about the one that the cursor is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.style import Style
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
from kvaltui.status_cells import BAND_STATUS, band_cell
from kvaltui.store.patience import DatabaseHeld
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.levels_screen import LevelsScreen
from kvaltui.tui.screens.things_screen import Filter
from kvaltui.tui.telling.risk_page import risk_page
from kvaltui.tui.telling.work_lines import band_style
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.widgets.page import Page
from kvaltui.tui.widgets.quiet import arrow, quiet
from kvaltui.tui.widgets.work_table import Cell, WorkRow, WorkTable, cell
from kvaltui.words import capitalised, word
from kvaltui.work.effects import level_change
from kvaltui.work.risk_levels import LevelChange, earlier_levels

_WORDS_FROM, _FACTORS_FROM, _MEASURES_FROM = 46, 66, 60
"""The widths of a table from which the word of a band shows, likelihood and consequence, and how many measures."""
_LATER = 0.5
"""Seconds until it is asked again for what a database that somebody else holds did not give."""


class RiskTable(WorkTable):
    """The risks, the gravest first."""

    BINDINGS = bindings.RISK_TABLE


class RisksScreen(LevelsScreen):
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
                Column(_("Level"), 11, shows_from=_WORDS_FROM),
                Column(_("Level"), 5, shows_below=_WORDS_FROM),
                Column(_("L×C"), 3, shows_from=_FACTORS_FROM, may_be_left_out=True),
                Column(_("Risk"), 8, takes_rest=True),
                Column(_("Before"), shows_from=_WORDS_FROM, may_be_left_out=True),
                Column(_("Measures"), shows_from=_MEASURES_FROM),
                Column(shows_below=_MEASURES_FROM, may_be_left_out=True),
            ),
        )

    # The list

    def rows(self, keeps: Callable[[AnyEntity], bool]) -> list[WorkRow]:
        content = self.session.content
        kept = by_severity(risk for risk in content.all(Risk).values() if keeps(risk))
        return [self._row(risk) for risk in kept]

    def _row(self, risk: Risk) -> WorkRow:
        paint, is_ascii = self.program.paint, self.program.is_ascii
        where, level = self._band(risk), level_of(risk)
        told = band_cell(where, is_ascii=is_ascii)
        number: Piece = (f"{level if level is not None else '–':>3} ", self._level_style(where))
        band_told = quiet(told, BAND_STATUS[where], paint) if where is not None else cell("")
        factors = (risk.likelihood, risk.consequence)
        times = "x" if is_ascii else "×"
        return WorkRow(
            Reference(Kind.RISK, risk.key),
            (
                (number, *band_told),
                (number, *band_told[:1]),
                cell("" if None in factors else f"{factors[0]}{times}{factors[1]}", paint.muted),
                cell(clean(risk.title), paint.muted if risk.retired else paint.text),
                self._before_cell(risk),
                *self._measures_cells(risk, where),
            ),
        )

    def _level_style(self, where: Band | None) -> Style:
        paint = self.program.paint
        return paint.status_word(BAND_STATUS[where]) if where is not None else paint.muted

    def _before_cell(self, risk: Risk) -> Cell:
        """The level that it had before, and whether that has become better."""
        before, level, paint = self.levels.get(risk.key), level_of(risk), self.program.paint
        if before is None or level is None:
            return cell("")
        change = arrow(level_change(level, before), paint, is_ascii=self.program.is_ascii)
        return ((f"{before:>2} ", paint.muted), change)

    def _band(self, risk: Risk) -> Band | None:
        return band(level_of(risk), self.session.content.plan.risk_bands)

    def _measures_cells(self, risk: Risk, where: Band | None) -> tuple[Cell, Cell]:
        """How many measures are open and how many of them late; and, for a narrow table, only that they are late."""
        paint, today = self.program.paint, self.session.today
        opened = [each for each in self._measures(risk) if is_open(each)]
        late = sum(1 for each in opened if is_overdue(each, today))
        needs_one = not opened and where in (Band.MEDIUM, Band.HIGH)
        count: Piece = (_("{count} open", count=len(opened)), paint.warning if needs_one else paint.muted)
        if not late:
            return (count,), cell("")
        told: Piece = (_("{late} late" if late == 1 else "{late} are late", late=late), paint.error)
        return (count, ("  ", None), told), (told,)

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
        risks, paint = list(self.session.content.active(Risk)), self.program.paint
        pieces: list[Piece] = []
        for each in reversed(Band):
            count = sum(1 for risk in risks if self._band(risk) is each)
            told = band_cell(each, is_ascii=self.program.is_ascii)
            pieces.append((f"{told} {count}   ", band_style(each, paint)))
        late = {
            measure.key for risk in risks for measure in self._measures(risk) if is_overdue(measure, self.session.today)
        }
        if late:
            told = _("{late} late" if len(late) == 1 else "{late} are late", late=len(late))
            pieces.append((f"{told}  ", paint.error))
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
