"""What the panel says of an indicator or one of its parts: what matters most first, in a paragraph each."""

from __future__ import annotations

from kvaltui.assessment_words import assessed
from kvaltui.figure_words import figure_cell
from kvaltui.i18n import _, day, say, told_moment
from kvaltui.model.clean import clean
from kvaltui.model.indicator_result import IndicatorResult, doubts_about
from kvaltui.model.reporting import Assessment
from kvaltui.model.structure import Indicator
from kvaltui.status_cells import status_cell
from kvaltui.tui.telling.about_node import About
from kvaltui.tui.widgets.page import Paragraph
from kvaltui.words import capitalised, word
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.naming import title_of


class AboutIndicator(About):
    """Says it for the rows of the entry table."""

    def paragraphs(self, row: EntryRow) -> list[Paragraph]:
        """All there is to say about a row that is no group."""
        session, paint = self._session, self._paint
        indicator = session.indicator(row.indicator)
        judged = session.result.indicators.get(row.indicator)
        said: list[Paragraph] = [(title_of(indicator, row.part), paint.strong)]
        if judged is None:
            return [*said, *self._facts(row, indicator)]
        reason = capitalised(clean(say(judged.verdict_of(row.part).reason)))
        if judged.manual is None or row.part:
            said.append((reason, paint.text))
        else:
            said += self.assessed(judged.manual, is_stale=judged.is_stale)
            computed = self.status(judged.verdict.status)
            said.append((_("Computed: {status}. {reason}", status=computed, reason=reason), paint.muted))
        doubts = doubts_about(judged, row.part)
        said += [(_("Look again: {doubt}", doubt=word(doubt)), paint.warning) for doubt in doubts]
        change = self.change(judged, indicator, row.part)
        return [*said, *([(change, paint.muted)] if change else []), *self._facts(row, indicator)]

    def assessment(self, manual: Assessment) -> str:
        """As it is said of a goal or an area; what a person says of an indicator is no expectation."""
        return clean(assessed(manual, status_cell(manual.status, ascii=self._is_ascii, is_short=False)))

    @staticmethod
    def change(judged: IndicatorResult, indicator: Indicator, part: str = "") -> str:
        """How the figure has moved, and since when; "" where there is nothing earlier."""
        change, previous = judged.change, judged.previous
        if part:
            found = judged.part(part)
            change, previous = (found.change, found.previous) if found is not None else (None, None)
        if previous is None or change is None:
            return ""
        then = figure_cell(previous.text, indicator.scale)
        return _(
            "{change} since {period}: {figure}", change=capitalised(word(change)), period=previous.period, figure=then
        )

    def _facts(self, row: EntryRow, indicator: Indicator) -> list[Paragraph]:
        source = _("Source: {source}", source=clean(indicator.source)) if indicator.source else ""
        said = (clean(indicator.definition), source, *(f"{label}: {text}" for label, text in self.of_the_figure(row)))
        return [(text, self._paint.muted) for text in said if text]

    def of_the_figure(self, row: EntryRow) -> list[tuple[str, str]]:
        """What is noted about the figure of the period, and who entered it when: labels and texts."""
        outcome = self._session.content.outcome(row.indicator, self._session.period, row.part)
        if outcome is None:
            return []
        said = [
            (_("Forecast"), clean(outcome.forecast)),
            (_("Note"), clean(outcome.note)),
            (_("Source of the figure"), clean(outcome.source)),
            (_("Measured"), day(outcome.as_of) if outcome.as_of is not None else ""),
        ]
        if outcome.changed_at:
            at = told_moment(outcome.changed_at)
            said.append((_("Entered"), _("{at} by {who}", at=at, who=clean(outcome.changed_by))))
        return [(label, text) for label, text in said if text]
