"""All that Översikt and `status` tell of a plan for a period: both are drawn from one summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kvaltui.garbage import no_collection
from kvaltui.model.alphabet import swedish_order
from kvaltui.model.branches import Branch, Moved, Reached, branches_of, moved_among, reached_by_period, since_when
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyTable
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import PlanResult
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, MeasureStatus, Risk
from kvaltui.model.risk import Band, band, by_severity, level_of
from kvaltui.model.self_check_judging import SelfCheckResult, self_check_results
from kvaltui.model.shortfall import distance, shortfall
from kvaltui.model.status import Change, Doubt, Status
from kvaltui.model.structure import Indicator
from kvaltui.model.value import dataclass, replace

if TYPE_CHECKING:
    from kvaltui.model.economy_check import RowResult
    from kvaltui.model.economy_total import EconomyTotal

_OPEN = frozenset({MeasureStatus.PLANNED, MeasureStatus.ONGOING})


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One thing that looks wrong in a figure: of an indicator, of a part of it ("" = the whole), of an economy row."""

    reference: Reference
    part: str
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class RiskSummary:
    """A risk with its measures that are planned or ongoing, and those among them that are overdue."""

    risk: Risk
    level: int | None
    band: Band | None
    open_measures: tuple[Measure, ...]
    overdue_measures: tuple[Measure, ...]


class Waiting(NamedTuple):
    """Outcomes that wait for somebody: a role, or where nobody is named ("") those of an area ("" = of none)."""

    responsible: str
    area: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A plan for a period: what it comes to, and what there is to do about it.

    `branches`: its areas and goals. `moved`: how the figures have moved, and `since` when where that is one period.
    `not_achieved`: keys of indicators, what lacks most of its target first. `changed`: those that are better or worse,
    what has moved most first, without those that look wrong. `missing`: keys of indicators that count and have no
    outcome for the period, in the plan's order; `waiting`: the same by whom they wait for. `risks`: the gravest first.
    `stale`: what a person assessed before something below it changed. `conflicts`: how many fields wait for a decision
    between two values, and `contested` in which things. `doubts`: what looks wrong in the figures, in the plan's order,
    those of the economy last. `economy`: what its tables come to. `reached`: how it has gone (`with_past`).
    `is_period_over`: nothing that waits can be in time any more.
    """

    branches: tuple[Branch, ...]
    moved: Moved
    since: Period | None
    not_achieved: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    waiting: tuple[Waiting, ...]
    risks: tuple[RiskSummary, ...]
    self_checks: tuple[SelfCheckResult, ...]
    overdue_measures: tuple[Measure, ...]
    stale: tuple[Reference, ...]
    conflicts: int
    contested: tuple[Reference, ...]
    doubts: tuple[Doubtful, ...]
    economy: tuple[EconomyTotal, ...]
    is_period_over: bool
    reached: tuple[Reached, ...] = ()

    @property
    def due_self_checks(self) -> tuple[SelfCheckResult, ...]:
        """The self-checks that have still to be done for the period."""
        return tuple(each for each in self.self_checks if each.due)

    @property
    def not_approved_self_checks(self) -> tuple[SelfCheckResult, ...]:
        """The self-checks whose latest result is not approved in full, or that were not performed."""
        return tuple(each for each in self.self_checks if each.is_not_in_order)

    @property
    def is_overdue(self) -> bool:
        """Whether a measure is late, or outcomes or self-checks of a period that is over are still missing."""
        return bool(self.overdue_measures) or (self.is_period_over and bool(self.missing or self.due_self_checks))


def summarise(content: PlanContent, result: PlanResult, today: date) -> Summary:
    """Summarise a plan beside the result of judging it for the result's period."""
    with no_collection():
        return _summarise(content, result, today)


def _summarise(content: PlanContent, result: PlanResult, today: date) -> Summary:
    stale = [Reference(Kind.INDICATOR, key) for key, each in result.indicators.items() if each.is_stale]
    stale += [node for node, each in result.nodes.items() if each.is_stale]
    measures = by_due(content.active(Measure))
    checked = _checked_economy(content)
    contested = [entity for entity in content if entity.contested]
    missing = tuple(
        key
        for key, each in result.indicators.items()
        if not each.is_reported and each.status is not Status.NOT_APPLICABLE
    )
    return Summary(
        branches=branches_of(content, result),
        moved=moved_among(result.indicators.values()),
        since=since_when(result.indicators.values()),
        not_achieved=_worst_first(content, result),
        changed=_most_changed(content, result),
        missing=missing,
        waiting=_waiting(content, missing),
        risks=_risks(content, measures, today),
        self_checks=self_check_results(content, result.period),
        overdue_measures=tuple(measure for measure in measures if is_overdue(measure, today)),
        stale=tuple(stale),
        conflicts=sum(len(entity.contested) for entity in contested),
        contested=tuple(Reference(entity.kind, entity.key) for entity in contested),
        doubts=(*doubts_of(result.indicators), *_economy_doubts(checked)),
        economy=_economy_totals(content, checked),
        is_period_over=result.period.is_over(today),
    )


def with_past(summary: Summary, content: PlanContent, result: PlanResult, today: date) -> Summary:
    """The summary with how it has gone, for which each earlier period is judged."""
    return replace(summary, reached=reached_by_period(content, result, today))


def narrowed(summary: Summary, content: PlanContent, result: PlanResult, area: str) -> Summary:
    """What of a summary is about an area and what lies in it; what belongs to no area is left out but for measures."""
    tree, top = content.tree, Reference(Kind.AREA, area)
    below = {top, *tree.below(top)}
    keys = {each.key for each in below if each.kind is Kind.INDICATOR}
    judged = {key: each for key, each in result.indicators.items() if key in keys}
    missing = tuple(key for key in summary.missing if key in keys)

    def lies_within(own: str, goal: str = "") -> bool:
        return area in tree.area_path(own or tree.area_of(Reference(Kind.GOAL, goal)))

    return replace(
        summary,
        branches=tuple(each for each in summary.branches if each.reference in below),
        moved=moved_among(judged.values()),
        since=since_when(judged.values()),
        not_achieved=tuple(key for key in summary.not_achieved if key in keys),
        changed=tuple(key for key in summary.changed if key in keys),
        missing=missing,
        waiting=_waiting(content, missing),
        risks=tuple(each for each in summary.risks if lies_within(each.risk.area, each.risk.goal)),
        self_checks=tuple(each for each in summary.self_checks if lies_within(each.self_check.area)),
        stale=tuple(each for each in summary.stale if each in below),
        doubts=tuple(each for each in summary.doubts if each.reference in below),
        economy=(),
        reached=(),
    )


def _worst_first(content: PlanContent, result: PlanResult) -> tuple[str, ...]:
    indicators = content.all(Indicator)
    lacking = {
        key: shortfall(each, indicators[key].scale)
        for key, each in result.indicators.items()
        if each.status is Status.NOT_ACHIEVED
    }
    return tuple(sorted(lacking, key=lambda key: -lacking[key]))


def _most_changed(content: PlanContent, result: PlanResult) -> tuple[str, ...]:
    indicators = content.all(Indicator)
    moved = {
        key: distance(each.figure, each.previous.figure, indicators[key].scale)
        for key, each in result.indicators.items()
        if each.change in _MOVES and not each.doubts and each.figure is not None and each.previous is not None
    }
    return tuple(sorted(moved, key=lambda key: -moved[key]))


_MOVES = frozenset({Change.BETTER, Change.WORSE})


def _waiting(content: PlanContent, missing: Iterable[str]) -> tuple[Waiting, ...]:
    """What waits for somebody first, the most first; then what waits for nobody in particular, area by area."""
    indicators, tree = content.all(Indicator), content.tree
    groups: dict[tuple[str, str], list[str]] = {}
    for key in missing:
        responsible = indicators[key].responsible.strip()
        area = "" if responsible else tree.area_of(Reference(Kind.INDICATOR, key))
        groups.setdefault((responsible, area), []).append(key)
    waiting = [Waiting(responsible, area, tuple(keys)) for (responsible, area), keys in groups.items()]
    named = [each for each in waiting if each.responsible]
    named.sort(key=lambda each: (-len(each.indicators), swedish_order(each.responsible)))
    return (*named, *(each for each in waiting if not each.responsible))


def doubts_of(indicators: Mapping[str, IndicatorResult]) -> tuple[Doubtful, ...]:
    """What looks wrong in the figures of some indicators, in their order; what is about a part is told of the part."""
    return tuple(found for key, each in indicators.items() if each.doubts for found in _doubts_in(key, each))


def _doubts_in(key: str, judged: IndicatorResult) -> Iterator[Doubtful]:
    reference = Reference(Kind.INDICATOR, key)
    of_parts = [(each.part, doubt) for each in judged.parts for doubt in each.doubts]
    told = {doubt for _part, doubt in of_parts}
    yield from (Doubtful(reference, "", doubt) for doubt in judged.doubts if doubt not in told)
    yield from (Doubtful(reference, part, doubt) for part, doubt in of_parts)


def doubts_below(content: PlanContent, result: PlanResult, area: str) -> tuple[Doubtful, ...]:
    """What looks wrong in the figures of an area and what lies in it."""
    below = content.tree.indicators_below(Reference(Kind.AREA, area))
    return doubts_of({key: result.indicators[key] for key in below if key in result.indicators})


def doubts_by_row(doubts: Iterable[Doubtful]) -> dict[tuple[Reference, str], tuple[Doubt, ...]]:
    """The doubts of each row that has any, a row once: what it is of and its part, in the order in which they come."""
    rows: dict[tuple[Reference, str], tuple[Doubt, ...]] = {}
    for each in doubts:
        row = (each.reference, each.part)
        rows[row] = (*rows.get(row, ()), each.doubt)
    return rows


def _checked_economy(content: PlanContent) -> dict[str, tuple[RowResult, ...]]:
    if not any(content.active(EconomyTable)):
        return {}
    # Most plans have no economy, and `status` is to start fast.
    from kvaltui.model.economy_check import check_economy

    return check_economy(content)


def _economy_doubts(checked: dict[str, tuple[RowResult, ...]]) -> Iterator[Doubtful]:
    for rows in checked.values():
        for each in rows:
            for doubt in each.doubts:
                yield Doubtful(Reference(Kind.ECONOMY_ROW, each.row.key), "", doubt)


def _economy_totals(content: PlanContent, checked: dict[str, tuple[RowResult, ...]]) -> tuple[EconomyTotal, ...]:
    if not checked:
        return ()
    from kvaltui.model.economy_total import economy_totals

    return economy_totals(content, checked)


def by_due(measures: Iterable[Measure]) -> list[Measure]:
    """Measures as a work list: what is still to be done first, by its day, what has none last."""
    return sorted(measures, key=lambda each: (not is_open(each), each.due or date.max, each.order))


def is_open(measure: Measure) -> bool:
    """Whether a measure is planned or ongoing."""
    return measure.status in _OPEN


def is_overdue(measure: Measure, today: date) -> bool:
    """Whether a measure that is still open should have been done before today."""
    return is_open(measure) and measure.due is not None and measure.due < today


def _risks(content: PlanContent, measures: list[Measure], today: date) -> tuple[RiskSummary, ...]:
    by_risk: dict[str, list[Measure]] = {}
    for measure in measures:
        if is_open(measure):
            for key in measure.risks:
                by_risk.setdefault(key, []).append(measure)
    bands = content.plan.risk_bands
    return tuple(
        RiskSummary(
            risk=risk,
            level=level_of(risk),
            band=band(level_of(risk), bands),
            open_measures=tuple(by_risk.get(risk.key, ())),
            overdue_measures=tuple(each for each in by_risk.get(risk.key, ()) if is_overdue(each, today)),
        )
        for risk in by_severity(content.active(Risk))
    )
