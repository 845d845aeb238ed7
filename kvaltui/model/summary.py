"""What Översikt and `status` show beside the verdicts: what looks wrong, waits or is overdue, the gravest risks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyTable
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import PlanResult
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.quality_work import Measure, MeasureStatus, Risk
from kvaltui.model.risk import Band, band, by_severity, level_of
from kvaltui.model.self_check_judging import SelfCheckResult, self_check_results
from kvaltui.model.status import Doubt, Status
from kvaltui.model.value import dataclass

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


@dataclass(frozen=True, slots=True)
class Summary:
    """A plan for a period beside its verdicts.

    `missing`: keys of indicators that count and have no outcome for the period, in the plan's order. `risks`: the
    gravest first. `stale`: what a person assessed before something below it changed. `conflicts`: how many fields wait
    for a decision between two values. `doubts`: what looks wrong in the figures, in the plan's order, those of the
    economy last. `is_period_over`: nothing that waits can be in time any more.
    """

    missing: tuple[str, ...]
    risks: tuple[RiskSummary, ...]
    self_checks: tuple[SelfCheckResult, ...]
    overdue_measures: tuple[Measure, ...]
    stale: tuple[Reference, ...]
    conflicts: int
    doubts: tuple[Doubtful, ...]
    is_period_over: bool

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
    stale = [Reference(Kind.INDICATOR, key) for key, each in result.indicators.items() if each.is_stale]
    stale += [node for node, each in result.nodes.items() if each.is_stale]
    measures = by_due(content.active(Measure))
    return Summary(
        missing=tuple(
            key
            for key, each in result.indicators.items()
            if not each.is_reported and each.status is not Status.NOT_APPLICABLE
        ),
        risks=_risks(content, measures, today),
        self_checks=self_check_results(content, result.period),
        overdue_measures=tuple(measure for measure in measures if is_overdue(measure, today)),
        stale=tuple(stale),
        conflicts=sum(len(entity.contested) for entity in content),
        doubts=(*doubts_of(result.indicators), *_economy_doubts(content)),
        is_period_over=result.period.is_over(today),
    )


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


def _economy_doubts(content: PlanContent) -> tuple[Doubtful, ...]:
    if not any(content.active(EconomyTable)):
        return ()
    # Most plans have no economy, and `status` is to start fast.
    from kvaltui.model.economy_check import check_economy

    return tuple(
        Doubtful(Reference(Kind.ECONOMY_ROW, each.row.key), "", doubt)
        for rows in check_economy(content).values()
        for each in rows
        for doubt in each.doubts
    )


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
