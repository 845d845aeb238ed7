"""Everything there is to say about an indicator, a goal or an area for a period, to be read in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from kvaltui.assessment_words import why_stale
from kvaltui.columns import Column
from kvaltui.figure_words import NO_FIGURE, as_written, figure_cell, total_cell
from kvaltui.i18n import _, say
from kvaltui.model.alphabet import swedish_order
from kvaltui.model.clean import clean
from kvaltui.model.entity import Reference
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.message import Message
from kvaltui.model.reporting import Comparison
from kvaltui.model.status import COUNTED, Doubt, Status
from kvaltui.model.structure import Area, Goal, Indicator, QualityFactor
from kvaltui.model.target_rule import RULES_WITHOUT_POLICY, Rule
from kvaltui.status_cells import achieved_of, status_cell
from kvaltui.tui.telling.about_indicator import AboutIndicator
from kvaltui.tui.telling.about_node import About, AboutNode
from kvaltui.tui.telling.charts import chart_of_branch, chart_of_indicator
from kvaltui.tui.terminal.drawing import DrawnLine, Piece
from kvaltui.tui.widgets.reading import Block, Drawn, StyledPair
from kvaltui.tui.widgets.small_table import table_lines
from kvaltui.words import capitalised, field_word, word
from kvaltui.work.development import Stage, branch_stages, stages_of
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.reading_blocks import Heading, Pair, Prose

_CHART_HEIGHT = 9
_DOUBTS: Mapping[Doubt, Message] = MappingProxyType(
    {
        Doubt.QUOTIENT_MISMATCH: Message("Divide the ratio once more: it does not give the value that is stated."),
        Doubt.OUT_OF_RANGE: Message("A share is seldom below 0 or above 100 %. Is the unit right?"),
        Doubt.SHARE_AS_NUMBER: Message("The figure is 1 % or less. Is it a share of one, such as 0.86 for 86 %?"),
        Doubt.JUMP: Message("It is five times, or a fifth of, the earlier figure or the target. Is a digit missing?"),
        Doubt.DIRECTION_MISMATCH: Message(
            "The target is judged by its own rule, but another way is set as better. Change the one or the other."
        ),
        Doubt.PARTS_DO_NOT_SUM: Message("The total that is entered is not what the parts come to."),
        Doubt.DUPLICATE_NAME: Message("Another indicator in the area has the same name: give one a display name."),
        Doubt.REPEATED_SERIES: Message(
            "Another indicator has the same figures, period by period. Is one of them copied?"
        ),
        Doubt.CONFLICTING_SOURCES: Message("Another source gives another value for the same period."),
        Doubt.UNREADABLE: Message("The figure, the target or the limit for partially achieved cannot be read."),
    }
)
"""What to look for, for each thing that looks wrong in an indicator."""
"""Rules in which a share of the target or a distance to it has no part."""


class Explanation(About):
    """Says it in blocks of text, tables and a chart."""

    # An indicator

    def of_indicator(self, row: EntryRow) -> list[Block]:
        """The indicator of a row, or the part of it that the row is."""
        session = self._session
        indicator = session.indicator(row.indicator)
        judged = session.result.indicators.get(row.indicator)
        blocks: list[Block] = []
        if judged is not None:
            blocks += self._verdict(row, indicator, judged)
            blocks += self._doubts(judged)
        blocks += self._development(row, indicator)
        if judged is not None and judged.parts and not row.part:
            blocks += self._parts(indicator, judged)
        blocks += self._comparisons(indicator)
        blocks += self._facts(indicator)
        return blocks

    def _verdict(self, row: EntryRow, indicator: Indicator, judged: IndicatorResult) -> Iterator[Block]:
        about = AboutIndicator(self._session, self._paint, is_ascii=self._is_ascii)
        verdict = judged.verdict_of(row.part)
        style = self._paint.status(verdict.status)
        if judged.manual is not None and not row.part:
            yield StyledPair(_("Assessment"), about.assessment(judged.manual), style=self._paint.status(judged.status))
            if judged.is_stale:
                yield Pair("", clean(why_stale(self._session.content, judged.manual)))
        yield StyledPair(_("Computed"), about.status(verdict.status), style=style)
        yield Pair(_("Why"), capitalised(clean(say(verdict.reason))))
        yield Pair(_("Rule"), self._rule(indicator, verdict.rule))
        target = self._target(row)
        if target:
            yield Pair(_("Target"), target)
        change = about.change(judged, indicator, row.part)
        if change:
            yield Pair(_("Change"), change)
        if judged.is_computed and not row.part:
            yield Pair(_("Outcome"), _("The total is computed: {how}", how=word(indicator.aggregate)))
        if judged.is_by_forecast and not row.part:
            yield Pair(_("Forecast"), _("The year is not over: the forecast is judged."))
        for label, text in about.of_the_figure(row):
            yield Pair(label, text)

    def _rule(self, indicator: Indicator, rule: Rule) -> str:
        said = capitalised(word(rule))
        if rule in RULES_WITHOUT_POLICY:
            return said
        plan = self._session.content.plan
        share = plan.partial_from if indicator.partial_from is None else indicator.partial_from
        distance = plan.partial_within if indicator.partial_within is None else indicator.partial_within
        limits = [
            _("partially achieved from {share} of the target", share=clean(share)) if share else "",
            _("partially achieved within {distance} of the target", distance=clean(distance)) if distance else "",
        ]
        policy = _(" or ").join(each for each in limits if each) or _("nothing is partially achieved")
        return f"{said}; {policy}"

    def _target(self, row: EntryRow) -> str:
        session = self._session
        target = session.content.target(row.indicator, session.period, row.part)
        if target is None and row.part:
            target = session.content.target(row.indicator, session.period)
        if target is None or not target.value:
            return ""
        written = as_written(target.value, session.indicator(row.indicator).scale)
        return f"{written}, {clean(target.horizon)}" if target.horizon else written

    def _doubts(self, judged: IndicatorResult) -> Iterator[Block]:
        if judged.is_contested:
            yield Heading(_("Conflict"))
            yield Prose(_("Two people have entered different values: “Decide a conflict” in the menu shows both"))
        if judged.doubts:
            yield Heading(_("Look again"))
        for doubt in judged.doubts:
            explained = say(_DOUBTS[doubt]) if doubt in _DOUBTS else ""
            yield StyledPair("!", f"{capitalised(word(doubt))}. {explained}", style=self._paint.warning)

    def _development(self, row: EntryRow, indicator: Indicator) -> Iterator[Block]:
        stages = stages_of(self._session, indicator.key, row.part)
        yield Heading(_("Development"))
        yield Drawn(lambda width: self._chart(stages, indicator, width))
        rows = [self._stage(stage, indicator) for stage in reversed(stages)]
        yield self._figures(_("Period"), _("Change"), rows)

    def _chart(self, stages: Sequence[Stage], indicator: Indicator, width: int) -> list[DrawnLine]:
        """The chart and a blank line; nothing where there are no numbers."""
        lines = chart_of_indicator(stages, indicator.scale, width, _CHART_HEIGHT, self._paint, is_ascii=self._is_ascii)
        return [*lines, ()] if lines else []

    def _stage(self, stage: Stage, indicator: Indicator) -> list[Piece]:
        change = capitalised(word(stage.change)) if stage.change is not None and stage.outcome else ""
        target, figure = (
            as_written(stage.target, indicator.scale),
            total_cell(stage.outcome, stage.figure, indicator.scale),
        )
        return self._figure_row(str(stage.period), target, figure, stage.status, change)

    def _parts(self, indicator: Indicator, judged: IndicatorResult) -> Iterator[Block]:
        rows: list[list[Piece]] = []
        for each in judged.parts:
            target = as_written(each.target or "", indicator.scale)
            figure = figure_cell(each.outcome or "", indicator.scale)
            why = capitalised(clean(say(each.verdict.reason)))
            rows.append(self._figure_row(clean(each.part), target, figure, each.verdict.status, why))
        yield Heading(_("Parts"))
        yield self._figures(_("Part"), _("Why"), rows)

    def _figures(self, first: str, last: str, rows: Sequence[Sequence[Piece]]) -> Drawn:
        """A table of figures with their targets and statuses, between a column of names and one more."""
        right = (Column(_("Target"), is_right=True), Column(_("Outcome"), is_right=True))
        columns = (Column(first), *right, Column(_("Status")), Column(last))
        return Drawn(lambda width: table_lines(columns, rows, width, self._paint))

    def _figure_row(self, name: str, target: str, figure: str, status: Status, last: str) -> list[Piece]:
        paint = self._paint
        return [
            (name, paint.text),
            (target or NO_FIGURE, paint.muted),
            (figure, paint.strong),
            (status_cell(status, ascii=self._is_ascii), paint.status(status)),
            (last, paint.muted),
        ]

    def _comparisons(self, indicator: Indicator) -> Iterator[Block]:
        found = [each for each in self._session.content.active(Comparison) if each.indicator == indicator.key]
        if found:
            yield Heading(_("To compare with"))
        found.sort(key=lambda each: swedish_order(each.name))
        for each in sorted(found, key=lambda each: each.period, reverse=True):
            yield Pair(f"{clean(each.name)} {each.period}", figure_cell(each.value, indicator.scale))

    def _facts(self, indicator: Indicator) -> Iterator[Block]:
        content = self._session.content
        area, goal = content.get(Area, indicator.area), content.get(Goal, indicator.goal)
        factors = [content.get(QualityFactor, key) for key in indicator.quality_factors]
        facts = {
            "name": indicator.name,
            "definition": indicator.definition,
            "numerator": indicator.numerator,
            "denominator": indicator.denominator,
            "source": indicator.source,
            "area": area.name if area else "",
            "goal": goal.name if goal else "",
            "service": indicator.service,
            "quality_factors": ", ".join(each.name for each in factors if each is not None),
            "unit": indicator.unit,
            "direction": word(indicator.direction),
            "frequency": word(indicator.frequency),
            "cumulative": _("yes") if indicator.cumulative else "",
            "series_breaks": ", ".join(str(period) for period in indicator.series_breaks),
            "external_id": indicator.external_id,
        }
        yield Heading(_("About the indicator"))
        for field, text in facts.items():
            if text:
                yield Pair(capitalised(field_word(field)), clean(text, multiline=True))

    # A goal, an area or the plan

    def of_branch(self, node: Reference) -> list[Block]:
        """A goal, an area or the plan: its status and why, and its development through the periods."""
        paint, is_ascii = self._paint, self._is_ascii
        about = AboutNode(self._session, paint, is_ascii=is_ascii)
        blocks: list[Block] = [Prose(text) for text, _style in about.paragraphs(node)[1:]]
        stages = branch_stages(self._session, node)
        rows: list[list[Piece]] = [
            [
                (str(period), paint.text),
                (achieved_of(found.counts.achieved, found.counts.of), paint.strong),
                (str(found.counts.partially_achieved), paint.text),
                (str(found.counts.not_achieved), paint.text),
                (str(found.counts.not_assessed), paint.muted),
                (status_cell(found.status, ascii=is_ascii), paint.status(found.status)),
            ]
            for period, found in reversed(stages)
        ]
        columns = (
            Column(_("Period")),
            *(Column(capitalised(word(each)), is_right=True) for each in COUNTED),
            Column(_("Status")),
        )
        return [
            *blocks,
            Heading(_("Share of the indicators that are achieved")),
            Drawn(lambda width: chart_of_branch(stages, width, _CHART_HEIGHT, paint, is_ascii=is_ascii)),
            Prose(""),
            Drawn(lambda width: table_lines(columns, rows, width, paint)),
        ]
