"""Risker: the risks with the gravest first, and what is being done about the one that the cursor is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult

from kvaltui.columns import Column
from kvaltui.i18n import N_, _, say, told_day
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.quality_work import Measure, Risk
from kvaltui.model.risk import Band, band, by_severity, level_of
from kvaltui.model.self_check_judging import self_check_results
from kvaltui.model.summary import by_due, is_open, is_overdue
from kvaltui.status_cells import BAND_STATUS, band_cell
from kvaltui.store.patience import DatabaseHeld
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.levels_screen import LevelsScreen
from kvaltui.tui.screens.things_screen import Filter
from kvaltui.tui.telling.work_lines import band_style, measure_line, self_check_line
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.widgets.page import Paragraph
from kvaltui.tui.widgets.quiet import arrow, quiet
from kvaltui.tui.widgets.work_table import Cell, WorkRow, WorkTable, cell
from kvaltui.words import capitalised, word
from kvaltui.work.effects import level_change
from kvaltui.work.naming import name_of
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

    def about(self, entity: AnyEntity) -> list[Paragraph]:
        assert isinstance(entity, Risk)
        paint, session = self.program.paint, self.session
        said: list[Paragraph] = [(clean(entity.title), paint.strong)]
        said.append((self._grades(entity), band_style(self._band(entity), paint)))
        if entity.description:
            said.append((clean(entity.description), paint.text))
        measures = self._measures(entity)
        if not measures:
            told = _("No measures. {key} adds one.", key=self.program.key_of("measures_of_row"))
            said.append((told, paint.warning))
        said += [measure_line(each, session, paint) for each in measures]
        said += [
            self_check_line(each, paint, is_ascii=self.program.is_ascii)
            for each in self_check_results(session.content, session.period)
            if entity.key in each.self_check.risks
        ]
        return [*said, *self._earlier(entity)]

    def _grades(self, risk: Risk) -> str:
        parts = []
        if risk.likelihood is not None:
            parts.append(_("likelihood {grade}", grade=risk.likelihood))
        if risk.consequence is not None:
            parts.append(_("consequence {grade}", grade=risk.consequence))
        where = [Reference(Kind.AREA, risk.area)] if risk.area else []
        where += [Reference(Kind.GOAL, risk.goal)] if risk.goal else []
        level, in_band = level_of(risk), band_cell(self._band(risk), is_ascii=self.program.is_ascii)
        told = _("Level {level}: {band}", level=level, band=in_band) if level is not None else _("Not assessed")
        factors = " × ".join(parts)
        names = (name_of(self.session.content, each) for each in where)
        return " · ".join(each for each in (told, factors, *names) if each)

    def _earlier(self, risk: Risk) -> list[Paragraph]:
        try:
            changes = earlier_levels(self.session, risk.key)
        except DatabaseHeld:
            self.set_timer(_LATER, self.explain)
            return [(_("Waiting for the database …"), self.program.paint.muted)]
        except KvaltuiError as error:
            return [(clean(say(error.message)), self.program.paint.error)]
        return [(_told(each), self.program.paint.muted) for each in changes]

    # Changing

    def change(self, entity: AnyEntity) -> None:
        assert isinstance(entity, Risk)
        editing.reassess(self.program, entity)


def _told(change: LevelChange) -> str:
    """When, by whom, and from which level to which."""
    who = clean(change.by)
    if change.before is None:
        told = _("{day} {who}: level {after}", day=told_day(change.at), who=who, after=change.after or 0)
    else:
        told = _(
            "{day} {who}: level {before} → {after}",
            day=told_day(change.at),
            who=who,
            before=change.before,
            after=change.after if change.after is not None else "–",
        )
    return f"{told}. {clean(change.reason)}" if change.reason else told
