"""The page of a self-check: how it came out and why, what it is for, its results so far, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator

from kvaltui.figure_words import figure_cell, target_words
from kvaltui.i18n import _, day, say
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.self_check_judging import judge_result, self_check_scale, status_of
from kvaltui.model.value import replace
from kvaltui.status_cells import result_cell
from kvaltui.tui.telling.related_rows import measures_shelf, other_shelves, related_rows, related_shelf
from kvaltui.tui.telling.series import chart_of_results
from kvaltui.tui.telling.teller import GAP, Teller
from kvaltui.tui.telling.work_lines import result_style
from kvaltui.tui.widgets.page import Page, Paragraph
from kvaltui.tui.widgets.reading import Block, Drawn, Shelf
from kvaltui.words import capitalised, word
from kvaltui.work.reading_blocks import Heading
from kvaltui.work.relations import relations

_MOST_RESULTS = 6
_TOLD = frozenset({"name", "purpose", "frequency", "threshold", "risks", "area"})


def self_check_page(teller: Teller, self_check: SelfCheck) -> Page:
    """The page of a self-check, for the period that is looked at."""
    return _SelfCheckPage(teller, self_check).page()


class _SelfCheckPage:
    def __init__(self, teller: Teller, self_check: SelfCheck) -> None:
        self.teller, self.self_check = teller, self_check
        self.session, self.content, self.paint = teller.session, teller.content, teller.paint
        self.reference = Reference(Kind.SELF_CHECK, self_check.key)
        periods = sorted(each for each in self.content.plan.periods if each <= self.session.period)
        keys = (f"{self_check.key}/{each}" for each in periods)
        found = (self.content.get(Result, key) for key in keys)
        self.results = [each for each in found if each is not None and not each.retired]
        """Those of all periods, the latest last."""
        last = self.results[-1] if self.results else None
        self.now = last if last is not None and last.period == self.session.period else None

    def page(self) -> Page:
        """Title and head at once, the rest when it is asked for."""
        title = clean(self.self_check.name)
        return Page(title, tuple(self._head()), tuple(self._brief()), lambda: tuple(self._shelves()))

    def _head(self) -> Iterator[Paragraph]:
        teller, paint = self.teller, self.paint
        yield from teller.retired(self.self_check)
        yield from teller.contested(self.self_check, self.now)
        if self.now is not None:
            yield self._outcome(self.now), result_style(status_of(self.self_check, self.now), paint)
            yield from self._why(self.now)
            return
        judged = teller.self_checks.get(self.self_check.key)
        if judged is not None and not judged.due:
            yield _("Not to be done now"), paint.muted
        elif judged is not None:
            due = _("to be done by {day}", day=day(self.session.period.end))
            is_late = self.session.period.is_over(self.session.today)
            yield f"{capitalised(_('waiting'))}, {due}", paint.error if is_late else paint.accent
        if self.results:
            last = self.results[-1]
            told = f"{last.period}: {self._outcome(last)}"
            yield told, result_style(status_of(self.self_check, last), paint)

    def _outcome(self, result: Result) -> str:
        """What a result comes to, and its figure."""
        told = result_cell(status_of(self.self_check, result), is_ascii=self.teller.is_ascii)
        figure = figure_cell(result.value, self_check_scale(self.self_check)) if result.value else ""
        return GAP.join(each for each in (told, figure) if each)

    def _why(self, result: Result) -> Iterator[Paragraph]:
        """What a figure means against the threshold, and that somebody has said otherwise."""
        verdict = judge_result(self.self_check, result)
        if verdict is None:
            return
        yield capitalised(clean(say(verdict.reason))), self.paint.text
        said = status_of(self.self_check, result)
        judged = status_of(self.self_check, replace(result, status=ResultStatus.UNKNOWN))
        if judged not in (said, ResultStatus.UNKNOWN):
            yield f"! {capitalised(_('the figure says: {result}', result=word(judged)))}", self.paint.warning

    def _brief(self) -> Iterator[Paragraph]:
        paint, self_check = self.paint, self.self_check
        if self_check.purpose:
            yield clean(self_check.purpose), paint.text
        yield f"{capitalised(word(self_check.frequency))}{self._threshold(', ')}", paint.muted
        if self.now is not None and self.now.note:
            yield _("Note: {note}", note=clean(self.now.note)), paint.text
        for row in related_rows(self.teller, self.teller.named(self_check, Kind.RISK)):
            yield _("Risk ({level}): {title}", level=row.sign[0], title=row.name[0]), row.sign[1] or paint.text
        measures = self.teller.measures_of(self.reference)
        judged = self.teller.self_checks.get(self_check.key)
        if not measures and judged is not None and judged.is_not_in_order:
            yield from self.teller.without_measures()
        for each in measures[:1]:
            yield self.teller.measure_line(each)

    def _threshold(self, before: str = "") -> str:
        """The threshold in words; "" for none."""
        if not self.self_check.threshold:
            return ""
        told = target_words(self.self_check.threshold, self_check_scale(self.self_check))
        return before + _("threshold: {threshold}", threshold=told)

    # Shelf by shelf

    def _shelves(self) -> Iterator[Block]:
        teller, self_check = self.teller, self.self_check
        yield self._development()
        yield teller.shelf(_("Purpose"), self_check.purpose, 3)
        yield Shelf(tuple(self._how()), 3)
        most = any(each.self_check.risks for each in teller.self_checks.values())
        yield related_shelf(teller, _("Risks"), teller.named(self_check, Kind.RISK), 2 if most else 0)
        yield measures_shelf(teller, self.reference, 3)
        yield from self._notes()
        told = (Kind.MEASURE, Kind.RISK, Kind.AREA)
        yield from other_shelves(teller, relations(self.content, self_check), told)
        yield teller.last_shelf(self_check, _TOLD, self.now)

    def _development(self) -> Shelf:
        unit = self_check_scale(self.self_check).unit
        has_unit = bool(unit) and unit != "text"
        heading = _("Results, {unit}", unit=clean(unit)) if has_unit else _("Results")
        chart = chart_of_results(self.teller, heading, self.self_check, self.results[-_MOST_RESULTS:])
        blocks = (Drawn(chart.lines),) if self.results else ()
        periods = sum(each <= self.session.period for each in self.content.plan.periods)
        return Shelf(blocks, 2 + min(_MOST_RESULTS, periods), _("Results"))

    def _how(self) -> Iterator[Block]:
        """How often, against which threshold, and by when next."""
        teller, self_check = self.teller, self.self_check
        yield teller.labelled(_("How often"), capitalised(word(self_check.frequency)))
        if self_check.threshold:
            scale = self_check_scale(self_check)
            yield teller.labelled(_("Threshold"), capitalised(target_words(self_check.threshold, scale)))
        judged = teller.self_checks.get(self_check.key)
        if judged is not None and judged.due:
            yield teller.labelled(_("Due by"), day(self.session.period.end))

    def _notes(self) -> Iterator[Shelf]:
        """Why each result came out as it did, the latest first."""
        said = []
        for each in reversed(self.results):
            told = [text for text, _style in self._why(each)]
            told += [clean(each.note, multiline=True)] if each.note else []
            if told:
                said.append(self.teller.labelled(str(each.period), f"{self._outcome(each)}. {'. '.join(told)}"))
        if said:
            yield Shelf((Heading(_("Notes on the results")), *said))
