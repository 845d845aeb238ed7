"""The page of a risk: how grave it is and was, why, where it stands in the matrix, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvaltui.i18n import _, say, told_day
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import Message
from kvaltui.model.quality_work import Risk
from kvaltui.model.risk import Band, band, level_of
from kvaltui.model.status import Change
from kvaltui.status_cells import BAND_STATUS, band_cell
from kvaltui.tui.telling.related_rows import measures_shelf, other_shelves, related_rows, related_shelf
from kvaltui.tui.telling.teller import GAP, Teller
from kvaltui.tui.telling.work_lines import band_style
from kvaltui.tui.terminal.drawing import DrawnLine
from kvaltui.tui.widgets.page import Page, Paragraph
from kvaltui.tui.widgets.reading import Block, Drawn, Shelf
from kvaltui.tui.widgets.risk_matrix import matrix_height, matrix_lines, square_of
from kvaltui.work.reading_blocks import Heading
from kvaltui.work.relations import relations
from kvaltui.work.risk_levels import LevelChange

_TOLD = frozenset({"title", "description", "area", "goal", "likelihood", "consequence", "level", "responsible"})
_ROWS = 3


def risk_page(teller: Teller, risk: Risk, earlier: Sequence[LevelChange] | Message) -> Page:
    """The page of a risk; `earlier` are its levels as its history has them, or why that cannot be read."""
    return _RiskPage(teller, risk, earlier).page()


class _RiskPage:
    def __init__(self, teller: Teller, risk: Risk, earlier: Sequence[LevelChange] | Message) -> None:
        self.teller, self.risk, self.earlier = teller, risk, earlier
        self.content, self.paint = teller.content, teller.paint
        self.reference = Reference(Kind.RISK, risk.key)
        self.changes: Sequence[LevelChange] = () if isinstance(earlier, Message) else earlier

    def page(self) -> Page:
        """Title and head at once, the rest when it is asked for."""
        title = clean(self.risk.title)
        return Page(title, tuple(self._head()), tuple(self._brief()), lambda: tuple(self._shelves()))

    def _band(self, level: int | None) -> Band | None:
        return band(level, self.content.plan.risk_bands)

    def _head(self) -> Iterator[Paragraph]:
        teller, risk, paint = self.teller, self.risk, self.paint
        yield from teller.retired(risk)
        yield from teller.contested(risk)
        level = level_of(risk)
        if level is None:
            yield _("Not assessed"), paint.muted
        else:
            told = f"{band_cell(self._band(level), is_ascii=teller.is_ascii)}, {level}"
            yield (
                GAP.join(each for each in (told, self._factors(), self._moved(level)) if each),
                band_style(self._band(level), paint),
            )
        if isinstance(self.earlier, Message):
            yield clean(say(self.earlier)), paint.muted
        last = next(iter(self.changes), None)
        if last is not None and last.before is not None and last.reason:
            yield clean(last.reason), paint.text

    def _factors(self) -> str:
        risk = self.risk
        if risk.likelihood is not None and risk.consequence is not None:
            return f"{risk.likelihood}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{risk.consequence}"
        if risk.likelihood is not None:
            return _("likelihood {grade}", grade=risk.likelihood)
        return _("consequence {grade}", grade=risk.consequence) if risk.consequence is not None else ""

    def _moved(self, level: int) -> str:
        """From which level it was last moved; "" where it has always been here."""
        before = next((each.before for each in self.changes if each.before is not None), None)
        if before is None or before == level:
            return ""
        if level > before:
            return self.teller.arrow(Change.WORSE) + _("worse, from {level}", level=before)
        return self.teller.arrow(Change.BETTER) + _("better, from {level}", level=before)

    def _brief(self) -> Iterator[Paragraph]:
        teller, paint = self.teller, self.paint
        measures = teller.measures_of(self.reference)
        if not measures:
            yield from teller.without_measures()
        for each in measures:
            yield teller.measure_line(each)
        for row in related_rows(teller, teller.naming(self.reference, Kind.SELF_CHECK)):
            result = f"{row.sign[0]} {row.standing[0]}"
            told = _("Self-check ({result}): {name}", result=result, name=row.name[0])
            yield told, row.sign[1] or paint.text
        if self.risk.description:
            yield clean(self.risk.description), paint.text

    # Shelf by shelf

    def _shelves(self) -> Iterator[Block]:
        teller, risk = self.teller, self.risk
        yield teller.shelf(_("Description"), risk.description, 3)
        yield from self._matrix()
        yield measures_shelf(teller, self.reference, _ROWS)
        checks = teller.naming(self.reference, Kind.SELF_CHECK)
        yield related_shelf(teller, _("Self-checks"), checks, _ROWS - 1 if self._has_links() else 0)
        levels = tuple(self._levels())
        yield Shelf((Heading(_("Levels")), *levels) if levels else ())
        told = (Kind.MEASURE, Kind.SELF_CHECK, Kind.AREA, Kind.GOAL)
        yield from other_shelves(teller, relations(self.content, risk), told)
        yield teller.last_shelf(risk, _TOLD)

    def _has_links(self) -> bool:
        """Whether any self-check of the plan is about a risk."""
        return any(each.self_check.risks for each in self.teller.self_checks.values())

    def _matrix(self) -> Iterator[Shelf]:
        """Where the risk stands among all; its place is there where any risk of the plan has both grades."""
        height = matrix_height(self.content.active(Risk))
        if height:
            drawn = () if square_of(self.risk) is None else (Drawn(self._draw),)
            yield Shelf(drawn, height, _("Likelihood"))

    def _draw(self, width: int) -> Iterator[DrawnLine]:
        teller, content = self.teller, self.content
        risks, bands = content.active(Risk), content.plan.risk_bands
        for line in matrix_lines(risks, bands, self.risk, width - 1, self.paint, is_ascii=teller.is_ascii):
            yield (" ", None), *line

    def _levels(self) -> Iterator[Block]:
        """Each time that the level was changed, the latest first."""
        for each in self.changes:
            yield self.teller.labelled(told_day(each.at), self._change(each))

    def _change(self, change: LevelChange) -> str:
        """From which level to which, by whom, and why."""
        after = self._level(change.after)
        told = after if change.before is None else f"{self._level(change.before)} → {after}"
        told = told if not self.teller.is_ascii else told.replace("→", "->")
        said = f"{told}, {clean(change.by)}"
        return f"{said}. {change.reason}" if change.reason else said

    def _level(self, level: int | None) -> str:
        where = self._band(level)
        return f"{self.teller.symbol(BAND_STATUS[where])} {level}" if where is not None else "–"
