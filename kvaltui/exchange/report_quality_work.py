"""The part of a report about the work around the figures: risks, self-checks, measures, assignments, economy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kvaltui.exchange.report_blocks import Block, Items, Paragraph, ReportCell, ReportGrid, ReportHeading
from kvaltui.figure_words import figure_cell
from kvaltui.i18n import _, day, number, say
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyTable
from kvaltui.model.economy_check import COLUMNS, VARIANCE, RowResult, check_economy
from kvaltui.model.quality_work import Assignment, Measure
from kvaltui.model.references import references_of
from kvaltui.model.rules import told_name
from kvaltui.model.self_check_judging import SelfCheckResult, self_check_scale
from kvaltui.model.summary import RiskSummary, Summary, by_due, is_overdue
from kvaltui.model.value import dataclass
from kvaltui.words import capitalised, field_word, word

_INDENT = "\N{NO-BREAK SPACE}" * 3


@dataclass(frozen=True, slots=True)
class QualityWork:
    """The headings and tables of the work around the figures; what there is none of is left out."""

    content: PlanContent
    summary: Summary
    today: date

    def blocks(self) -> Iterator[Block]:
        """All of them, in their order."""
        yield from self._risks()
        yield from self._self_checks()
        yield from self._measures()
        yield from self._assignments()
        yield from self._economy()

    def _risks(self) -> Iterator[Block]:
        if not self.summary.risks:
            return
        yield ReportHeading(2, _("Risks"))
        headings = (_("Risk"), _("Likelihood"), _("Consequence"), _("Level"), _("Band"))
        rows = tuple(self._risk_row(found) for found in self.summary.risks)
        yield ReportGrid(headings, rows, frozenset({1, 2, 3}))
        measures = by_due(self.content.active(Measure))
        for found in self.summary.risks:
            its_measures = [measure for measure in measures if found.risk.key in measure.risks]
            if found.risk.description or its_measures:
                yield ReportHeading(3, found.risk.title)
            if found.risk.description:
                yield Paragraph(found.risk.description)
            if its_measures:
                yield self._measure_grid(its_measures)

    def _risk_row(self, found: RiskSummary) -> tuple[ReportCell, ...]:
        grades = (found.risk.likelihood, found.risk.consequence, found.level)
        band = capitalised(word(found.band)) if found.band else ""
        return (found.risk.title, *("" if grade is None else number(grade) for grade in grades), band)

    def _self_checks(self) -> Iterator[Block]:
        if not self.summary.self_checks:
            return
        yield ReportHeading(2, _("Self-checks"))
        by_section: dict[str, list[SelfCheckResult]] = {}
        for found in self.summary.self_checks:
            by_section.setdefault(found.self_check.section, []).append(found)
        headings = (_("Self-check"), _("Frequency"), _("Threshold"), _("Period"), _("Result"), _("Note"))
        for section, checks in by_section.items():
            if section:
                yield ReportHeading(3, section)
            yield ReportGrid(headings, tuple(self._self_check_row(found) for found in checks))
            each_check = [found.self_check for found in checks]
            purposes = [f"{check.name}: {check.purpose}" for check in each_check if check.purpose]
            if purposes:
                yield Items(tuple(purposes))

    def _self_check_row(self, found: SelfCheckResult) -> tuple[ReportCell, ...]:
        check, result = found.self_check, found.result
        name = f"{check.name} ({_('new')})" if check.new else check.name
        words = capitalised(word(found.status)) if found.status else ""
        if found.due:
            words = f"{words}; {_('remains to be done')}" if words else capitalised(_("remains to be done"))
        reason = say(found.verdict.reason) if found.verdict else ""
        figure = figure_cell(result.value, self_check_scale(check)) if result and result.value else ""
        remarks = [text for text in (figure, reason, result.note) if text] if result else []
        period = say(result.period) if result else ""
        return name, word(check.frequency), check.threshold, period, words, ". ".join(remarks)

    def _measures(self) -> Iterator[Block]:
        measures = by_due(self.content.active(Measure))
        if not measures:
            return
        yield ReportHeading(2, _("Measures"))
        yield self._measure_grid(measures, belongs=True)

    def _measure_grid(self, measures: list[Measure], *, belongs: bool = False) -> ReportGrid:
        headings = (_("Measure"), *((_("Belongs to"),) if belongs else ()), _("Responsible"), _("Due"), _("Status"))
        return ReportGrid(headings, tuple(self._measure_row(measure, belongs) for measure in measures))

    def _measure_row(self, measure: Measure, belongs: bool) -> tuple[ReportCell, ...]:
        status = capitalised(word(measure.status))
        if is_overdue(measure, self.today):
            status = _("{status}, late", status=status)
        # The description stands once, in the list of all measures.
        text = f"{measure.title}: {measure.description}" if belongs and measure.description else measure.title
        due = day(measure.due) if measure.due else ""
        return (text, *((self._belongs_to(measure),) if belongs else ()), measure.responsible, due, status)

    def _belongs_to(self, measure: Measure) -> str:
        things = (self.content.find(each) for _field, each in references_of(measure))
        return "; ".join(told_name(each) for each in things if each is not None)

    def _assignments(self) -> Iterator[Block]:
        assignments = sorted(self.content.active(Assignment), key=lambda assignment: assignment.order)
        if not assignments:
            return
        yield ReportHeading(2, _("Assignments"))
        headings = (_("Assignment"), _("Kind"), _("Status"), _("Comment"))
        rows = [
            (each.name, capitalised(each.assignment_kind), capitalised(word(each.status)), each.comment)
            for each in assignments
        ]
        yield ReportGrid(headings, tuple(rows))

    def _economy(self) -> Iterator[Block]:
        tables = check_economy(self.content)
        if not tables:
            return
        yield ReportHeading(2, _("Economy"))
        for key, rows in tables.items():
            table = self.content.all(EconomyTable)[key]
            yield ReportHeading(3, table.title if table.unit in table.title else f"{table.title} ({table.unit})")
            if table.note:
                yield Paragraph(table.note)
            yield _economy_grid(rows)
            remarks = [remark for row in rows for remark in _row_remarks(row)]
            if remarks:
                yield Items(tuple(remarks))


def _economy_grid(rows: tuple[RowResult, ...]) -> ReportGrid:
    """Only the columns that something is printed in."""
    columns = [column for column in (*COLUMNS, VARIANCE) if any(getattr(each.row, column) for each in rows)]
    headings = (_("Row"), *(capitalised(field_word(column)) for column in columns))
    lines = []
    for each in rows:
        amounts = (getattr(each.row, column) for column in columns)
        lines.append((_INDENT * each.row.level + each.row.name, *amounts))
    return ReportGrid(headings, tuple(lines), frozenset(range(1, len(headings))))


def _row_remarks(each: RowResult) -> Iterator[str]:
    if each.row.note:
        yield f"{each.row.name}: {each.row.note}"
    checks = [(VARIANCE, each.variance)] if each.variance else []
    for column, check in (*checks, *each.sums.items()):
        if check.is_wrong and check.stated is not None:
            yield _(
                "{row}: {column} is {stated}; computed, it is {computed}",
                row=each.row.name,
                column=field_word(column),
                stated=check.stated,
                computed=check.computed,
            )
