"""What a summary says, line by line: Översikt and `status` show the same lines, each in its own way.

A line has a name and what there is to say beside it, and leads to where it stands in the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import TypeVar

from kvaltui.doubt_words import doubtful_rows
from kvaltui.figure_words import as_written, figure_cell, outcome_cell
from kvaltui.i18n import _, day, number
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import PlanResult
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.period import Period
from kvaltui.model.quality_work import ResultStatus
from kvaltui.model.reason import BARE_UNITS
from kvaltui.model.risk import Band
from kvaltui.model.self_check_judging import SelfCheckResult, self_check_scale
from kvaltui.model.status import Change, Status
from kvaltui.model.structure import Area, Indicator
from kvaltui.model.summary import RiskSummary, Summary, Waiting
from kvaltui.model.value import dataclass
from kvaltui.status_cells import BAND_STATUS, RESULT_STATUS, band_cell, result_cell, status_cell
from kvaltui.words import late_measures, open_measures
from kvaltui.work.naming import kind_and_period, name_of
from kvaltui.work.selection import Condition, Selection

Told = TypeVar("Told")

MOST_LINES = 60
"""So many lines of a sort are told one by one; below them stands how many more there are."""


class Sort(Enum):
    """What a section tells, in the order in which they stand."""

    NOT_ACHIEVED = "not_achieved"
    DOUBTFUL = "doubtful"
    WAITING = "waiting"
    SELF_CHECKS = "self_checks"
    RISKS = "risks"
    STALE = "stale"
    CONFLICTS = "conflicts"
    ECONOMY = "economy"
    BACKUP = "backup"
    MEASURES = "measures"


@dataclass(frozen=True, slots=True)
class Destination:
    """A screen of the window, or the dialog of conflicts: what the cursor is put on, or what it is narrowed to.

    With a `period`, that is looked at there.
    """

    mode: str
    reference: Reference | None = None
    narrowed: Selection | str | None = None
    period: Period | None = None


CONFLICTS = "conflicts"
"""The dialog where conflicts are decided, among the modes that a place can have."""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A line: a name, a figure, what stands beside it, and at the end what there is to say of it.

    `status` is the one whose colour the figure has, and `end_status` that of the end; None: it is plain. `reasons` are
    texts of their own below it.
    """

    name: str
    leads_to: Reference | Destination
    figure: str = ""
    beside: str = ""
    end: str = ""
    status: Status | None = None
    end_status: Status | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SummarySection:
    """The lines of one sort, the worst first; `count` is how many there are of what they tell, None for no number.

    `all_of` says how many lines there would be, and `leads_to` where the rest of them stand.
    """

    sort: Sort
    title: str
    lines: tuple[SummaryLine, ...]
    leads_to: Reference | Destination
    count: int | None
    all_of: int


def sections(
    content: PlanContent,
    result: PlanResult,
    summary: Summary,
    *,
    backup: tuple[str, str] = ("", ""),
    is_ascii: bool = False,
) -> tuple[SummarySection, ...]:
    """Everything that there is to do and to know, in its order. `backup`: what is wrong with the backups, and why."""
    teller = _Teller(content, result, summary, is_ascii)
    return tuple(section for section in (*teller.sections(), *_about_backups(*backup), *teller.late()) if section.lines)


def changes_told(content: PlanContent, result: PlanResult, summary: Summary) -> tuple[SummaryLine, ...]:
    """What has moved most since the nearest earlier figure: “↑ 86 → 90 %”."""
    return tuple(_changed(content, result, key) for key in summary.changed[:MOST_LINES])


def nothing_told(result: PlanResult) -> str:
    """What is said where there is nothing to do."""
    return _("Nothing waits for {period}.", period=result.period)


def moved_told(better: int, worse: int) -> str:
    """How many figures are better and worse: “↑ 3 ↓ 2”; "" where none has moved."""
    return " ".join(f"{arrow} {number(count)}" for arrow, count in (("↑", better), ("↓", worse)) if count)


def figure_told(judged: IndicatorResult, indicator: Indicator) -> str:
    """The outcome of an indicator with its unit; "" for none."""
    if not judged.outcome:
        return ""
    return _with_unit(outcome_cell(judged, indicator.scale), indicator)


@dataclass(frozen=True, slots=True)
class _Teller:
    content: PlanContent
    result: PlanResult
    summary: Summary
    is_ascii: bool

    def sections(self) -> Iterator[SummarySection]:
        """What stands before the backups."""
        summary, indicators = self.summary, "indicators"
        not_achieved = Destination(indicators, narrowed=Selection(conditions=frozenset({Condition.NOT_ACHIEVED})))
        yield _section(Sort.NOT_ACHIEVED, _("Not achieved"), summary.not_achieved, self._not_achieved, not_achieved)
        doubtful = Destination(indicators, narrowed=Selection(conditions=frozenset({Condition.DOUBTFUL})))
        yield self._doubtful(doubtful)
        missing = Destination(indicators, narrowed=Selection(conditions=frozenset({Condition.MISSING})))
        count = len(summary.missing)
        yield _section(Sort.WAITING, _("Waiting"), summary.waiting, self._waiting, missing, count)
        checks = [each for each in summary.self_checks if each.is_not_in_order or each.due]
        checks.sort(key=lambda each: not each.is_not_in_order)
        yield _section(Sort.SELF_CHECKS, _("Checks"), checks, self._self_check, Destination("self_checks"))
        yield _section(Sort.RISKS, _("Risks"), _gravest(summary.risks), self._risk, Destination("risks"))
        stale = Destination("areas", narrowed="stale")
        yield _section(Sort.STALE, _("Assessments"), summary.stale, self._stale, stale)
        contested, conflicts = summary.contested, summary.conflicts
        yield _section(Sort.CONFLICTS, _("Conflicts"), contested, self._contested, Destination(CONFLICTS), conflicts)
        yield self._economy()

    def late(self) -> Iterator[SummarySection]:
        """What stands after them."""
        overdue = self.summary.overdue_measures
        lines = (
            SummaryLine(
                clean(each.title),
                Reference(Kind.MEASURE, each.key),
                figure=day(each.due) if each.due is not None else "",
                beside=clean(each.responsible),
                end=_("late"),
                end_status=Status.NOT_ACHIEVED,
            )
            for each in overdue
        )
        place = Destination("measures", narrowed="late")
        yield _made(Sort.MEASURES, _("Measures"), lines, place, len(overdue), len(overdue))

    def _not_achieved(self, key: str) -> SummaryLine:
        judged, indicator = self.result.indicators[key], self.content.all(Indicator)[key]
        target = as_written(judged.target, indicator.scale) if judged.target else ""
        return SummaryLine(
            clean(indicator.shown_name),
            Reference(Kind.INDICATOR, key),
            figure=figure_told(judged, indicator),
            beside=_("target {target}", target=target) if target else _("judged by a person") if judged.manual else "",
            end=_from_what(judged, indicator),
            status=Status.NOT_ACHIEVED,
            end_status=_MOVED.get(judged.change) if judged.change is not None else None,
        )

    def _doubtful(self, leads_to: Destination) -> SummarySection:
        found = doubtful_rows(self.content, self.result, self.summary.doubts)
        lines = (
            SummaryLine(
                clean(each.name),
                each.reference,
                figure=clean(each.figure),
                status=Status.PARTIALLY_ACHIEVED,
                reasons=each.reasons,
            )
            for each in found
        )
        return _made(Sort.DOUBTFUL, _("Looks wrong"), lines, leads_to, len(found), len(found))

    def _waiting(self, waiting: Waiting) -> SummaryLine:
        count = len(waiting.indicators)
        asked = Selection(conditions=frozenset({Condition.MISSING}), area=waiting.area, reported_by=waiting.responsible)
        area = self.content.get(Area, waiting.area)
        # What stands in no area cannot be asked for: the first of it is gone to.
        first = Reference(Kind.INDICATOR, waiting.indicators[0])
        can_be_asked = bool(waiting.responsible) or area is not None
        return SummaryLine(
            clean(waiting.responsible or (area.name if area else _("In no area"))),
            Destination("indicators", narrowed=asked) if can_be_asked else first,
            figure=_("{count} outcome" if count == 1 else "{count} outcomes", count=count),
            end="" if waiting.responsible else _("nobody responsible"),
        )

    def _self_check(self, found: SelfCheckResult) -> SummaryLine:
        check, result, status = found.self_check, found.result, found.status
        figure = figure_cell(result.value, self_check_scale(check)) if result is not None and result.value else ""
        told = []
        if result is not None and status is not None and status is not ResultStatus.UNKNOWN and found.is_not_in_order:
            told.append(f"{result_cell(status, is_ascii=self.is_ascii)} {result.period}")
        if found.due:
            told.append(_("to be done"))
        return SummaryLine(
            clean(check.name),
            Reference(Kind.SELF_CHECK, check.key),
            figure=figure if found.is_not_in_order else "",
            beside=clean(check.threshold) if figure and found.is_not_in_order else clean(check.responsible),
            end=", ".join(told),
            end_status=RESULT_STATUS[status] if status is not None and found.is_not_in_order else None,
        )

    def _risk(self, found: RiskSummary) -> SummaryLine:
        status, late = BAND_STATUS[found.band] if found.band is not None else None, len(found.overdue_measures)
        return SummaryLine(
            clean(found.risk.title),
            Reference(Kind.RISK, found.risk.key),
            figure=number(found.level) if found.level is not None else "",
            beside=band_cell(found.band, is_ascii=self.is_ascii),
            end=late_measures(late) if late else open_measures(found),
            status=status,
            end_status=Status.NOT_ACHIEVED if late else None,
        )

    def _stale(self, reference: Reference) -> SummaryLine:
        judged = (
            self.result.indicators[reference.key] if reference.kind is Kind.INDICATOR else self.result.nodes[reference]
        )
        manual = judged.manual
        assert manual is not None  # only an assessment can be out of date
        at = day(datetime.fromisoformat(manual.changed_at)) if manual.changed_at else ""
        return SummaryLine(
            name_of(self.content, reference),
            Destination("areas", reference),
            figure=at,
            beside=status_cell(manual.status, ascii=self.is_ascii),
            end=_("its basis has changed"),
        )

    def _contested(self, reference: Reference) -> SummaryLine:
        return SummaryLine(
            name_of(self.content, reference),
            Destination(CONFLICTS, reference),
            beside=kind_and_period(self.content, reference),
            end=_("two values"),
            end_status=Status.PARTIALLY_ACHIEVED,
        )

    def _economy(self) -> SummarySection:
        totals = self.summary.economy
        lines = []
        for each in totals:
            is_bad = each.variance is not None and each.variance < 0
            unit = clean(each.table.unit)
            told = ""
            if each.share:
                share = number(each.share * 100, 1)
                told = _("{share} % over budget" if each.is_over else "{share} % under budget", share=share)
            lines.append(
                SummaryLine(
                    clean(each.name if len(totals) == 1 else each.table.title),
                    each.reference,
                    figure=f"{number(each.amount)} {unit}".rstrip() if each.amount is not None else "",
                    beside=_variance(each.variance),
                    end=told,
                    status=None,
                    end_status=Status.NOT_ACHIEVED if is_bad else None,
                )
            )
        return _made(Sort.ECONOMY, _("Economy"), lines, Destination("economy"), None, len(lines))


def _gravest(risks: Iterable[RiskSummary]) -> list[RiskSummary]:
    """The risks to look at: all but the low ones, and those of them whose measures are late; if need be the highest."""
    graded = [each for each in risks if each.level is not None]
    grave = [each for each in graded if each.band is not Band.LOW or each.overdue_measures]
    return grave or graded[:1]


def _with_unit(text: str, indicator: Indicator) -> str:
    unit = clean(indicator.unit)
    return text if indicator.scale.is_percentage or unit in BARE_UNITS else f"{text} {unit}"


def _from_what(judged: IndicatorResult, indicator: Indicator) -> str:
    """What an indicator was before: “↓ från 61 %”; "" where nothing is known of it."""
    previous = judged.previous
    if previous is None:
        return ""
    arrow = _ARROWS.get(judged.change, "") if judged.change is not None else ""
    return arrow + _("from {figure}", figure=figure_cell(previous.text, indicator.scale))


def _changed(content: PlanContent, result: PlanResult, key: str) -> SummaryLine:
    judged, indicator = result.indicators[key], content.all(Indicator)[key]
    previous, change = judged.previous, judged.change
    assert previous is not None
    assert change is not None
    before = figure_cell(previous.text, indicator.scale).removesuffix("\N{NO-BREAK SPACE}%")
    return SummaryLine(
        clean(indicator.shown_name),
        Reference(Kind.INDICATOR, key),
        end=f"{_ARROWS.get(change, '')}{before} → {figure_told(judged, indicator)}",
        end_status=_MOVED.get(change),
    )


def _variance(variance: Decimal | None) -> str:
    """A variance from the budget; a symbol tells one that is bad."""
    if variance is None:
        return ""
    return f"▼ {number(variance)}" if variance < 0 else number(variance)


_MOVED = {Change.BETTER: Status.ACHIEVED, Change.WORSE: Status.NOT_ACHIEVED}
_ARROWS = {Change.BETTER: "↑ ", Change.WORSE: "↓ ", Change.SAME: "= "}


def _about_backups(warning: str, reason: str) -> Iterator[SummarySection]:
    if warning:
        line = SummaryLine(
            clean(warning),
            Destination("settings"),
            status=Status.NOT_ACHIEVED,
            reasons=(clean(reason),) if reason else (),
        )
        yield _made(Sort.BACKUP, _("Backup"), [line], Destination("settings"), None, 1)


def _section(
    sort: Sort,
    title: str,
    things: Iterable[Told],
    tell: Callable[[Told], SummaryLine],
    leads_to: Reference | Destination,
    count: int | None = None,
) -> SummarySection:
    things = tuple(things)
    lines = map(tell, things[:MOST_LINES])
    return _made(sort, title, lines, leads_to, len(things) if count is None else count, len(things))


def _made(
    sort: Sort,
    title: str,
    lines: Iterable[SummaryLine],
    leads_to: Reference | Destination,
    count: int | None,
    all_of: int,
) -> SummarySection:
    return SummarySection(sort, title, tuple(islice(lines, MOST_LINES)), leads_to, count, all_of)
