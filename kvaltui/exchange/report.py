"""The plan and its fulfilment as a document: what a committee reads, made from what the program knows.

First the whole and its areas, then area by area the goals and indicators with reasons and assessments, then the work
around them. `report_text` writes it as Markdown or HTML, `report_docx` as a Word document.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kvaltui.exchange.report_blocks import (
    Block,
    Items,
    Paragraph,
    Report,
    ReportCell,
    ReportGrid,
    ReportHeading,
    Verdicted,
    cleaned,
)
from kvaltui.exchange.report_quality_work import QualityWork
from kvaltui.figure_words import as_written, figure_cell, outcome_cell
from kvaltui.i18n import _, day, language, number, say
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import NodeResult, PlanResult
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Outcome
from kvaltui.model.status import COUNTED, Status
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.summary import Summary
from kvaltui.model.tree import ROOT
from kvaltui.model.value import dataclass
from kvaltui.status_cells import status_cell
from kvaltui.words import capitalised, status_symbol, status_word, word

_DEEPEST = 4
"""Deeper headings than this are no help to a reader."""
_LONGEST_FIGURE = 14
"""In a column of longer texts than this, nothing is set to the right."""


def report(content: PlanContent, result: PlanResult, summary: Summary, today: date) -> Report:
    """The report of a plan for the period of `result`, in the reader's language."""
    maker = _Maker(content, result, summary, today)
    blocks = (*maker.blocks(), *QualityWork(content, summary, today).blocks())
    return Report(clean(content.plan.title), language(), tuple(map(cleaned, blocks)))


@dataclass(frozen=True, slots=True)
class _Maker:
    content: PlanContent
    result: PlanResult
    summary: Summary
    today: date

    def blocks(self) -> Iterator[Block]:
        yield from self._front()
        yield from self._whole()
        yield from self._waiting()
        yield from self._below(ROOT, 2)
        yield from self._volumes()

    def _front(self) -> Iterator[Block]:
        plan = self.content.plan
        yield ReportHeading(1, plan.title)
        facts = (
            (_("Organisation"), plan.organisation),
            (_("Committee"), plan.committee),
            (_("Registry number"), plan.registry_number),
            (_("Period"), say(self.result.period)),
            (_("Made"), day(self.today)),
        )
        yield Items(tuple(f"{label}: {fact}" for label, fact in facts if fact))

    def _whole(self) -> Iterator[Block]:
        total = self.result.total
        yield ReportHeading(2, _("Goal fulfilment"))
        yield Paragraph(self._standing(total), label=self._words(total.status))
        areas = list(self._areas(ROOT, 0))
        if areas:
            symbols = [status_symbol(status) for status in COUNTED]
            headings = (_("Area"), _("Status"), *symbols, _("Assessed"), _("Reported"))
            rows = tuple(self._area_row(node, depth) for node, depth in areas)
            yield ReportGrid(headings, rows, frozenset(range(2, len(headings))))
            yield Paragraph(" · ".join(f"{status_symbol(status)} {status_word(status)}" for status in COUNTED))

    def _areas(self, above: Reference, depth: int) -> Iterator[tuple[Reference, int]]:
        for node in self.content.tree.children.get(above, ()):
            if node.kind is Kind.AREA:
                yield node, depth
                yield from self._areas(node, depth + 1)

    def _area_row(self, node: Reference, depth: int) -> tuple[ReportCell, ...]:
        found = self.result.nodes[node]
        name = "\N{NO-BREAK SPACE}" * 3 * depth + self.content.all(Area)[node.key].name
        counts = map(number, found.counts.counted)
        of = number(found.counts.of)
        return (
            name,
            self._cell(found.status),
            *counts,
            f"{number(found.counts.assessed)}/{of}",
            f"{number(found.counts.reported)}/{of}",
        )

    def _waiting(self) -> Iterator[Block]:
        if self.summary.missing:
            names = tuple(self.content.all(Indicator)[key].shown_name for key in self.summary.missing)
            count = len(names)
            label = _("{count} outcome is missing" if count == 1 else "{count} outcomes are missing", count=count)
            yield Paragraph(", ".join(names), label=label)

    def _below(self, above: Reference, level: int) -> Iterator[Block]:
        """The indicators that stand directly in something, then its goals and areas, each with what is below it."""
        children = self.content.tree.children.get(above, ())
        indicators = [node.key for node in children if node.kind is Kind.INDICATOR]
        if indicators and above == ROOT:
            yield ReportHeading(level, _("The plan as a whole"))
        yield from self._indicators(indicators)
        for node in children:
            if node.kind is not Kind.INDICATOR:
                yield from self._node(node, level)

    def _node(self, node: Reference, level: int) -> Iterator[Block]:
        found = self.result.nodes[node]
        entity = self.content.find(node)
        assert isinstance(entity, Area | Goal)
        kind = entity.goal_kind if isinstance(entity, Goal) else entity.area_kind
        name = f"{capitalised(kind)}: {entity.name}" if isinstance(entity, Goal) and kind else entity.name
        yield ReportHeading(min(level, _DEEPEST), name)
        prose = entity.intent if isinstance(entity, Goal) else entity.note
        if prose:
            yield Paragraph(prose)
        yield Paragraph(self._standing(found), label=self._words(found.status))
        if found.manual:
            yield self._assessed(found.manual, found.computed, is_stale=found.is_stale)
        yield from self._below(node, level + 1)

    def _standing(self, node: NodeResult) -> str:
        if not node.counts.of:
            return ""
        return _(
            "{assessed} of {of} indicators assessed, {reported} reported",
            assessed=node.counts.assessed,
            of=node.counts.of,
            reported=node.counts.reported,
        )

    def _assessed(self, manual: Assessment, computed: Status, *, is_stale: bool) -> Paragraph:
        text = manual.motivation
        if manual.changed_by:
            text += f" ({manual.changed_by})"
        if computed is not manual.status:
            text += " " + _("Computed: {status}.", status=status_word(computed, expected=self.result.is_unfinished))
        if is_stale:
            text += " " + _("What it rests on has changed since.")
        return Paragraph(text, label=_("Assessment"))

    def _indicators(self, keys: list[str]) -> Iterator[Block]:
        if not keys:
            return
        headings = (_("Indicator"), _("Target"), _("Outcome"), _("Status"), _("Reason"))
        rows: list[tuple[ReportCell, ...]] = []
        for key in keys:
            rows += self._indicator_rows(self.content.all(Indicator)[key], self.result.indicators[key])
        are_figures = all(len(cell) <= _LONGEST_FIGURE for row in rows for cell in row[1:3] if isinstance(cell, str))
        yield ReportGrid(headings, tuple(rows), frozenset({1, 2}) if are_figures else frozenset())
        remarks = [remark for key in keys for remark in self._remarks(self.content.all(Indicator)[key])]
        if remarks:
            yield Items(tuple(remarks))

    def _indicator_rows(self, indicator: Indicator, found: IndicatorResult) -> Iterator[tuple[ReportCell, ...]]:
        yield (
            indicator.shown_name,
            as_written(found.target or "", indicator.scale),
            outcome_cell(found, indicator.scale) if found.outcome else "",
            self._cell(found.status),
            capitalised(say(found.verdict.reason)),
        )
        for part in found.parts:
            if part.outcome is not None or part.target is not None:
                name = "\N{NO-BREAK SPACE}" * 3 + part.part
                reason = capitalised(say(part.verdict.reason))
                target = as_written(part.target or "", indicator.scale)
                outcome = figure_cell(part.outcome, indicator.scale) if part.outcome else ""
                yield name, target, outcome, self._cell(part.verdict.status), reason

    def _remarks(self, indicator: Indicator) -> Iterator[str]:
        """What stands beside an indicator's figures: an assessment, notes, sources, doubts."""
        name, found = indicator.shown_name, self.result.indicators[indicator.key]
        if found.manual:
            assessed = self._assessed(found.manual, found.verdict.status, is_stale=found.is_stale)
            yield f"{name}: {assessed.label}: {self._words(found.status)}. {assessed.text}"
        for part in ("", *indicator.breakdown):
            outcome = self.content.outcome(indicator.key, self.result.period, part)
            if outcome and (outcome.note or outcome.source):
                yield f"{name}{f' ({part})' if part else ''}: {_note(outcome)}"
        if found.doubts:
            yield f"{name}: {_('Worth a look')}: {', '.join(word(doubt) for doubt in found.doubts)}"

    def _volumes(self) -> Iterator[Block]:
        volumes = sorted(
            (each for each in self.content.active(Indicator) if each.is_core_volume), key=lambda each: each.order
        )
        if not volumes:
            return
        yield ReportHeading(2, _("Core volumes"))
        periods = self.content.plan.periods
        rows = [
            (
                volume.shown_name + (f" ({part})" if part else ""),
                *(self._figure(volume, period, part) for period in periods),
            )
            for volume in volumes
            for part in ("", *volume.breakdown)
            if any(self._figure(volume, period, part) for period in periods)
        ]
        yield ReportGrid((_("Volume"), *map(say, periods)), tuple(rows), frozenset(range(1, len(periods) + 1)))

    def _figure(self, indicator: Indicator, period: Period, part: str) -> str:
        outcome = self.content.outcome(indicator.key, period, part)
        return figure_cell(outcome.value, indicator.scale) if outcome and outcome.value else ""

    def _words(self, status: Status) -> str:
        return status_cell(status, ascii=False, expected=self.result.is_unfinished, is_short=False)

    def _cell(self, status: Status) -> Verdicted:
        return Verdicted(status, self._words(status))


def _note(outcome: Outcome) -> str:
    source = _("Source: {source}", source=outcome.source) if outcome.source else ""
    return " ".join(text for text in (outcome.note, source) if text)
