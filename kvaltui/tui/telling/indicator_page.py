"""The page of an indicator, or of a part of one: what it comes to and why, its figures, and all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from kvaltui.figure_words import figure_cell, outcome_cell, target_words, total_cell, with_unit
from kvaltui.i18n import _, day, number, say, told_moment
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.figure import Figure, FigureError, parse_figure
from kvaltui.model.indicator_result import IndicatorResult, PartResult, Previous, doubts_about
from kvaltui.model.message import Message
from kvaltui.model.quality_work import Measure
from kvaltui.model.reason import EXACT, readable
from kvaltui.model.reporting import Assessment, Comparison, Outcome
from kvaltui.model.status import Change, Doubt
from kvaltui.model.structure import Indicator
from kvaltui.model.target_rule import RULES_WITHOUT_POLICY, Rule
from kvaltui.status_cells import status_cell
from kvaltui.tui.telling.parts_table import parts_table
from kvaltui.tui.telling.related_rows import measures_shelf, other_shelves
from kvaltui.tui.telling.series import chart_of_stages, comparisons_of, figures_in_a_line
from kvaltui.tui.telling.teller import GAP, Teller
from kvaltui.tui.widgets.page import Page, Paragraph
from kvaltui.tui.widgets.reading import Block, Drawn, Shelf
from kvaltui.words import capitalised, field_word, word
from kvaltui.work.development import Stage, stages_of
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.naming import title_of
from kvaltui.work.reading_blocks import Heading
from kvaltui.work.relations import relations

_MOST_PERIODS, _MOST_PARTS = 5, 5
_TOLD = frozenset(
    {"display_name", "area", "goal", "breakdown", "source", "definition", "numerator", "denominator", "partial_from"}
    | {"partial_within", "responsible"}
)
"""Fields of an indicator that have their place on the page."""
_LONGEST_FIGURE = 28
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


def indicator_page(teller: Teller, row: EntryRow) -> Page:
    """The page of a row of the entry table that is no group."""
    return _IndicatorPage(teller, row).page()


class _IndicatorPage:
    def __init__(self, teller: Teller, row: EntryRow) -> None:
        self.teller = teller
        self.row = row
        self.session, self.content, self.paint = teller.session, teller.content, teller.paint
        self.indicator: Indicator = self.session.indicator(row.indicator)
        self.reference = Reference(Kind.INDICATOR, self.indicator.key)
        self.judged: IndicatorResult | None = self.session.result.indicators.get(row.indicator)
        self.part: PartResult | None = self.judged.part(row.part) if self.judged is not None and row.part else None
        self.outcome: Outcome | None = self.content.outcome(row.indicator, self.session.period, row.part)

    @cached_property
    def stages(self) -> list[Stage]:
        """The periods up to the one that is looked at."""
        return stages_of(self.session, self.indicator.key, self.row.part)

    def page(self) -> Page:
        """Title and head at once, the rest when it is asked for."""
        title = title_of(self.indicator, self.row.part)
        return Page(title, tuple(self._head()), tuple(self._brief()), lambda: tuple(self._shelves()))

    # What must be said at once

    def _head(self) -> Iterator[Paragraph]:
        teller, judged, paint = self.teller, self.judged, self.paint
        target = self.content.target(self.indicator.key, self.session.period, self.row.part)
        yield from teller.retired(self.indicator)
        yield from teller.contested(self.indicator, self.outcome, target)
        if judged is None:
            figure = self._figure()
            if figure:
                yield figure, paint.strong
            return
        verdict = judged.verdict_of(self.row.part)
        status = verdict.status if self.row.part else judged.status
        doubts = doubts_about(judged, self.row.part)
        waits = self.session.waits(self.indicator.key, self.row.part)
        standing = capitalised(_("waiting")) if waits else teller.status(status)
        told = [standing, self._figure(), self._change(), "!" if doubts else ""]
        style = paint.accent if waits else paint.warning if doubts else paint.status(status)
        yield GAP.join(each for each in told if each), style
        if doubts:
            yield f"! {capitalised(', '.join(word(each) for each in doubts))}", paint.warning
        reason = capitalised(clean(say(verdict.reason)))
        if judged.manual is None or self.row.part:
            yield reason, paint.text
            return
        yield from teller.assessed(judged.manual, is_stale=judged.is_stale, is_expected=False)
        computed = teller.status(judged.verdict.status)
        yield _("Computed: {status}. {reason}", status=computed, reason=reason), paint.muted

    def _figure(self) -> str:
        """The figure with its unit; "" for none, and for words that are too long to be told in passing."""
        scale = self.indicator.scale
        if self.part is not None:
            text = self.part.outcome or ""
            cell, figure = figure_cell(text, scale) if text else "", _read(text, self.indicator)
        elif self.judged is not None:
            cell = outcome_cell(self.judged, scale) if self.judged.outcome else ""
            figure = self.judged.figure
        else:
            text = self.outcome.value if self.outcome is not None else ""
            cell, figure = figure_cell(text, scale) if text else "", _read(text, self.indicator)
        told = with_unit(cell, figure, scale)
        told = "; ".join(each.replace(" ", "\N{NO-BREAK SPACE}") for each in told.split("; "))
        return told if len(told) <= _LONGEST_FIGURE else ""

    def _change(self) -> str:
        """How the figure has moved and since when, in words; "" where there is nothing earlier."""
        found = self.part or self.judged
        if found is None or found.change is None or found.previous is None:
            return ""
        then, change = found.previous, found.change
        if change is Change.SAME:
            said = _("the same as {period}", period=then.period)
        elif change is Change.NOT_COMPARABLE:
            said = _("cannot be compared with {period}: {figure}", period=then.period, figure=self._cell(then.text))
        else:
            said = self._moved(change, then)
        told = f"{self.teller.arrow(change)}{said}"
        return told.replace(" ", "\N{NO-BREAK SPACE}") if len(told) <= _LONGEST_FIGURE else told

    def _moved(self, change: Change, then: Previous) -> str:
        now = _read(self.part.outcome or "", self.indicator) if self.part is not None else None
        if self.part is None and self.judged is not None:
            now = self.judged.figure
        is_better = change is Change.BETTER
        if now is None or now.exact is None or then.figure.exact is None:
            figure = self._cell(then.text)
            if is_better:
                return _("better than {period} ({figure})", period=then.period, figure=figure)
            return _("worse than {period} ({figure})", period=then.period, figure=figure)
        step = number(readable(abs(EXACT.subtract(now.exact, then.figure.exact))))
        if is_better:
            return _("{step} better than {period}", step=step, period=then.period)
        return _("{step} worse than {period}", step=step, period=then.period)

    def _cell(self, text: str) -> str:
        return figure_cell(text, self.indicator.scale)

    def _brief(self) -> Iterator[Paragraph]:
        """The figures of all periods, the first measure, the note: what a panel has room for."""
        paint = self.paint
        figures = self._figures_in_a_line()
        if figures:
            yield figures, paint.muted
        measures = self.teller.measures_of(self.reference)
        if measures:
            yield self.teller.measure_line(measures[0])
        if self.outcome is not None and self.outcome.note:
            yield _("Note: {note}", note=clean(self.outcome.note)), paint.text
        if self.indicator.definition and not measures:
            yield clean(self.indicator.definition), paint.muted

    def _figures_in_a_line(self) -> str:
        """The figures of all periods, and what others have."""
        scale, comparisons = self.indicator.scale, self._comparisons()
        if self.indicator.breakdown:
            judged = [each for each in self.stages if each.outcome]
            written = [(each.period, total_cell(each.outcome, each.figure, scale)) for each in judged]
            return figures_in_a_line(written, scale, comparisons)
        # To judge every period is for the rest of the page: this is told at each step of the cursor.
        periods = sorted(each for each in self.content.plan.periods if each <= self.session.period)
        outcomes = ((each, self.content.outcome(self.indicator.key, each)) for each in periods)
        written = [(period, self._cell(each.value)) for period, each in outcomes if each is not None and each.value]
        return figures_in_a_line(written, scale, comparisons)

    def _comparisons(self) -> list[Comparison]:
        return [] if self.row.part else comparisons_of(self.teller, self.indicator.key)

    # Shelf by shelf

    def _shelves(self) -> Iterator[Block]:
        yield self._development()
        yield from self._parts()
        yield from self._of_the_figure()
        yield measures_shelf(self.teller, self.reference, 3 if self.content.all(Measure) else 0)
        yield Shelf(tuple(self.teller.place(self.indicator)), 4, _("Goal"))
        yield self._rule()
        yield self._source()
        yield Shelf(tuple(self._meaning()))
        yield from self._doubts()
        yield from self._assessments()
        yield self._others()
        told = (Kind.MEASURE, Kind.AREA, Kind.GOAL)
        yield from other_shelves(self.teller, relations(self.content, self.indicator), told)
        told_names = {"name"} if self.indicator.shown_name == self.indicator.name else set()
        yield Shelf((Heading(_("About the indicator")), *self.teller.facts(self.indicator, _TOLD | told_names)))

    def _development(self) -> Shelf:
        heading = _("Outcome")
        if self.indicator.unit and not self.indicator.scale.is_text:
            heading = _("Outcome, {unit}", unit=clean(self.indicator.unit))
        chart = chart_of_stages(self.teller, heading, self.row, self.stages, self._comparisons())
        periods = sum(each <= self.session.period for each in self.content.plan.periods)
        return Shelf((Drawn(chart.lines),), 2 + min(_MOST_PERIODS, periods), _("Outcome"))

    def _parts(self) -> Iterator[Shelf]:
        """The parts; their place is there where any indicator of the plan has some."""
        most = max((len(each.breakdown) for each in self.content.all(Indicator).values()), default=0)
        blocks: tuple[Block, ...] = ()
        if self.judged is not None and self.judged.parts and not self.row.part:
            blocks = (parts_table(self.teller, self.indicator, self.judged.parts),)
        if most:
            yield Shelf(blocks, 1 + min(most, _MOST_PARTS), _("Parts"))

    def _of_the_figure(self) -> Iterator[Shelf]:
        teller, outcome, judged = self.teller, self.outcome, self.judged
        yield teller.shelf(_("Note"), outcome.note if outcome is not None else "", 3)
        said = []
        if outcome is not None and outcome.forecast:
            said.append((_("Forecast"), figure_cell(outcome.forecast, self.indicator.scale)))
        if judged is not None and not self.row.part:
            if judged.is_by_forecast:
                said.append((_("Forecast"), _("The year is not over: the forecast is judged.")))
            if judged.is_computed:
                said.append((_("Outcome"), _("The total is computed: {how}", how=word(self.indicator.aggregate))))
        if self.indicator.scale.is_text and judged is not None and judged.outcome:
            said.append((_("Outcome"), judged.outcome))
        if said:
            yield Shelf(tuple(teller.labelled(label, text) for label, text in said))

    def _rule(self) -> Shelf:
        """The target in words, and from where falling short of it is partial."""
        teller, judged = self.teller, self.judged
        target = self.content.target(self.indicator.key, self.session.period, self.row.part)
        if target is None and self.row.part:
            target = self.content.target(self.indicator.key, self.session.period)
        said = []
        if target is not None and target.value:
            told = target_words(target.value, self.indicator.scale)
            said.append((_("Target"), f"{told}, {clean(target.horizon)}" if target.horizon else told))
        if judged is not None:
            said.append((_("Rule"), self._rule_words(judged.verdict_of(self.row.part).rule)))
        return Shelf(tuple(teller.labelled(label, text) for label, text in said), 3, _("Target"))

    def _rule_words(self, rule: Rule) -> str:
        told = capitalised(word(rule))
        if rule in RULES_WITHOUT_POLICY:
            return told
        plan, indicator = self.content.plan, self.indicator
        share = plan.partial_from if indicator.partial_from is None else indicator.partial_from
        distance = plan.partial_within if indicator.partial_within is None else indicator.partial_within
        limits = [
            _("partially achieved from {share} of the target", share=clean(share)) if share else "",
            _("partially achieved within {distance} of the target", distance=clean(distance)) if distance else "",
        ]
        policy = _(" or ").join(each for each in limits if each) or _("nothing is partially achieved")
        return f"{told}; {policy}"

    def _source(self) -> Shelf:
        """Where the figures come from, and who last changed what, when."""
        teller, outcome = self.teller, self.outcome
        sources = [outcome.source if outcome is not None else "", self.indicator.source]
        said = [(_("Source"), "\n".join(dict.fromkeys(each for each in sources if each)))]
        if outcome is not None and outcome.as_of is not None:
            said.append((_("Measured"), day(outcome.as_of)))
        if outcome is not None and outcome.changed_at:
            at = told_moment(outcome.changed_at)
            said.append((_("Entered"), _("{at} by {who}", at=at, who=clean(outcome.changed_by))))
        said.append((_("Changed"), teller.changed(self.indicator)))
        return Shelf(tuple(teller.labelled(label, text) for label, text in said if text), 3, _("Source"))

    def _meaning(self) -> Iterator[Block]:
        for field in ("definition", "numerator", "denominator"):
            text = getattr(self.indicator, field)
            if text:
                yield self.teller.labelled(capitalised(field_word(field)), text)

    def _doubts(self) -> Iterator[Block]:
        doubts = doubts_about(self.judged, self.row.part) if self.judged is not None else ()
        if doubts:
            told = (
                self.teller.labelled("!", f"{capitalised(word(each))}. {say(_DOUBTS[each]) if each in _DOUBTS else ''}")
                for each in doubts
            )
            yield Shelf((Heading(_("Look again")), *told))

    def _assessments(self) -> Iterator[Block]:
        """What persons have said of it, the latest period first, with why."""
        if self.row.part:
            return
        found = [
            each
            for period in sorted(self.content.plan.periods, reverse=True)
            if (each := self.content.assessment(self.reference, period)) is not None
        ]
        if found:
            yield Shelf((Heading(_("Assessments")), *map(self._assessment, found)))

    def _assessment(self, manual: Assessment) -> Block:
        status = status_cell(manual.status, ascii=self.teller.is_ascii, is_short=False)
        who = self.teller.changed(manual)
        return self.teller.labelled(str(manual.period), f"{status}. {manual.motivation}" + (f" ({who})" if who else ""))

    def _others(self) -> Shelf:
        """What others have, name by name through the periods."""
        by_name: dict[str, list[str]] = {}
        for each in self._comparisons():
            by_name.setdefault(each.name, []).append(f"{each.period}\N{NO-BREAK SPACE}{self._cell(each.value)}")
        rows = (self.teller.labelled(clean(name), GAP.join(told)) for name, told in by_name.items())
        return Shelf((Heading(_("To compare with")), *rows) if by_name else ())


def _read(text: str, indicator: Indicator) -> Figure | None:
    try:
        return parse_figure(text, indicator.scale) if text else None
    except FigureError:
        return None
