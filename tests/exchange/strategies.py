"""Whole plans at random, as the rules allow them: every kind of thing, any text, any figure that can be read."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable, RowKind
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.period import Frequency, Period
from kvaltui.model.quality_work import (
    Assignment,
    AssignmentStatus,
    Measure,
    MeasureStatus,
    Result,
    ResultStatus,
    Risk,
    SelfCheck,
)
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.scale import Direction
from kvaltui.model.status import Status
from kvaltui.model.structure import Aggregate, Area, Goal, Indicator, IndicatorStatus, Plan, QualityFactor, RollUp

FIGURES = ("", "86 %", "25,06%", "72–100 %", ">98 %", "271 av 705", "ca 98", "ej mätt", "-", "0")
TARGETS = ("", "100 %", "≥ 95 %", "45–55 %", "öka", "2 nya", "-")
AMOUNTS = ("", "1 473 495", "-3 420", "−743", "0")

slugs = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)
lines = st.text(st.characters(codec="utf-8"), max_size=12).map(clean)
names = lines.filter(str.strip)
prose = st.text(st.sampled_from("abåäö \n\"\\=[]#\t'{}=+-@1,5\u202e\x00"), max_size=20).map(
    lambda text: clean(text, multiline=True)
)
periods = st.sampled_from([Period.parse(text) for text in ("2021", "2022", "2022-T1", "2022-Q3", "2022-H1", "2022-04")])
days = st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1))


def _some(keys: list[str]) -> st.SearchStrategy[Any]:
    return st.just("") | st.sampled_from(keys) if keys else st.just("")


def _several(keys: list[str], least: int = 0) -> st.SearchStrategy[Any]:
    chosen = st.lists(st.sampled_from(keys), min_size=least, max_size=len(keys), unique=True) if keys else st.just([])
    return chosen.map(tuple)


@st.composite
def plan_contents(draw: st.DrawFn, size: int = 3) -> PlanContent:
    """A plan with up to `size` things of each kind."""
    keys = st.lists(slugs, max_size=size, unique=True)
    plan_periods = draw(st.lists(periods, min_size=1, max_size=4, unique=True))
    plan = draw(
        st.builds(
            Plan,
            key=slugs,
            title=names,
            organisation=lines,
            committee=lines,
            registry_number=lines,
            periods=st.just(tuple(plan_periods)),
            partial_from=st.sampled_from(["", "80 %", "92,5 %"]),
            partial_within=st.sampled_from(["", "5"]),
            roll_up=st.sampled_from(RollUp),
            risk_bands=st.sampled_from([(4, 9), (3, 12)]),
        )
    )
    entities: list[AnyEntity] = [plan]
    factors, areas, goals = draw(keys), draw(keys), draw(keys)
    for order, key in enumerate(factors):
        entities.append(draw(st.builds(QualityFactor, key=st.just(key), name=names, order=st.just(order))))
    for order, key in enumerate(areas):
        entities.append(
            draw(
                st.builds(
                    Area,
                    key=st.just(key),
                    name=names,
                    area_kind=lines,
                    parent=_some(areas[:order]),
                    note=prose,
                    order=st.just(order),
                )
            )
        )
    for order, key in enumerate(goals):
        entities.append(
            draw(
                st.builds(
                    Goal,
                    key=st.just(key),
                    name=names,
                    area=_some(areas),
                    parent=_some(goals[:order]),
                    goal_kind=lines,
                    intent=prose,
                    aliases=st.lists(names, max_size=2).map(tuple),
                    not_applicable=st.booleans(),
                    order=st.just(order),
                )
            )
        )
    indicators = draw(keys)
    volumes = [key for key in draw(keys) if key not in indicators]
    for group in (indicators, volumes):
        for order, key in enumerate(group):
            indicator = draw(_indicators(key, order, areas, goals, factors, group is volumes))
            entities += [indicator, *draw(_figures(indicator, plan_periods))]
    entities += draw(_assessments(Kind.AREA, areas, plan_periods))
    entities += draw(_assessments(Kind.GOAL, goals, plan_periods))
    for key in areas:
        for period in draw(st.lists(st.sampled_from(plan_periods), unique=True, max_size=2)):
            entities.append(
                draw(
                    st.builds(
                        Completion,
                        area=st.just(key),
                        period=st.just(period),
                        complete=st.booleans(),
                        motivation=prose.filter(str.strip),
                    )
                )
            )
    followed = [entity.key for entity in entities if isinstance(entity, Indicator) and not entity.retired]
    entities += draw(_quality_work(areas, goals, followed, plan_periods, size))
    entities.append(Area(key="retired-area", name="R", order=len(areas), retired=True))
    entities += draw(_economy(size))
    return PlanContent.of(entities)


@st.composite
def _indicators(
    draw: st.DrawFn, key: str, order: int, areas: list[str], goals: list[str], factors: list[str], is_volume: bool
) -> Indicator:
    return draw(
        st.builds(
            Indicator,
            key=st.just(key),
            name=names,
            area=_some(areas),
            goal=_some(goals),
            display_name=lines,
            service=lines,
            unit=st.sampled_from(["%", "antal", "dagar"]),
            decimals=st.none() | st.integers(0, 4),
            direction=st.sampled_from([Direction.HIGHER, Direction.LOWER]),
            frequency=st.sampled_from(Frequency),
            cumulative=st.booleans(),
            breakdown=st.sampled_from([(), ("BOU", "VUX", "LSS"), ("Kvinnor", "Män")]),
            aggregate=st.sampled_from(Aggregate),
            quality_factors=_several(factors),
            definition=prose,
            numerator=prose,
            denominator=prose,
            source=lines,
            external_id=lines,
            status=st.sampled_from(IndicatorStatus),
            partial_from=st.sampled_from([None, "", "90 %"]),
            partial_within=st.sampled_from([None, "", "2"]),
            series_breaks=st.lists(periods, max_size=2, unique=True).map(tuple),
            is_core_volume=st.just(is_volume),
            order=st.just(order),
            retired=st.booleans(),
        )
    )


def _readable(values: tuple[str, ...], unit: str) -> st.SearchStrategy[str]:
    return st.sampled_from([value.replace("%", "").rstrip() if unit != "%" else value for value in values])


@st.composite
def _figures(draw: st.DrawFn, indicator: Indicator, plan_periods: list[Period]) -> list[AnyEntity]:
    entities: list[AnyEntity] = []
    figures, targets = _readable(FIGURES, indicator.unit), _readable(TARGETS, indicator.unit)
    cells = st.tuples(st.sampled_from(plan_periods), st.sampled_from(["", *indicator.breakdown]))
    for period, part in draw(st.lists(cells, max_size=3, unique=True)):
        entities.append(
            draw(
                st.builds(
                    TargetValue,
                    indicator=st.just(indicator.key),
                    period=st.just(period),
                    part=st.just(part),
                    value=targets,
                    horizon=lines,
                )
            )
        )
        for reading, source in enumerate(draw(st.lists(lines, max_size=2, unique=True)), 1):
            outcome = st.builds(
                Outcome,
                indicator=st.just(indicator.key),
                period=st.just(period),
                part=st.just(part),
                reading=st.just(reading),
                value=figures,
                forecast=figures,
                as_of=days,
                note=prose,
                source=st.just(source),
            )
            entities.append(draw(outcome))
    for period, name in draw(st.lists(st.tuples(st.sampled_from(plan_periods), names), max_size=2, unique=True)):
        entities.append(Comparison(indicator=indicator.key, period=period, name=name, value=draw(figures)))
    return entities + draw(_assessments(Kind.INDICATOR, [indicator.key], plan_periods))


@st.composite
def _assessments(draw: st.DrawFn, kind: Kind, subjects: list[str], plan_periods: list[Period]) -> list[AnyEntity]:
    if not subjects:
        return []
    cells = st.tuples(st.sampled_from(subjects), st.sampled_from(plan_periods))
    return [
        Assessment(
            subject_kind=kind,
            subject=subject,
            period=period,
            status=draw(st.sampled_from(Status)),
            motivation=draw(prose.filter(str.strip)),
            retired=draw(st.booleans()),
        )
        for subject, period in draw(st.lists(cells, max_size=2, unique=True))
    ]


@st.composite
def _quality_work(
    draw: st.DrawFn, areas: list[str], goals: list[str], indicators: list[str], plan_periods: list[Period], size: int
) -> list[AnyEntity]:
    keys = st.lists(slugs, max_size=size, unique=True)
    entities: list[AnyEntity] = []
    risks, checks = draw(keys), draw(keys)
    factors = st.sampled_from([(None, None, None), (None, None, 6), (3, 4, 12), (None, 2, 5)])
    for order, key in enumerate(risks):
        likelihood, consequence, level = draw(factors)
        entities.append(
            Risk(
                key=key,
                title=draw(names),
                description=draw(prose),
                area=draw(_some(areas)),
                goal=draw(_some(goals)),
                likelihood=likelihood,
                consequence=consequence,
                level=level,
                order=order,
            )
        )
    for order, key in enumerate(checks):
        entities.append(
            draw(
                st.builds(
                    SelfCheck,
                    key=st.just(key),
                    name=names,
                    section=lines,
                    purpose=prose,
                    new=st.booleans(),
                    frequency=st.sampled_from(Frequency),
                    threshold=st.sampled_from(["", "högst 10", "90"]),
                    unit=st.sampled_from(["", "dagar"]),
                    risks=_several(risks),
                    services=st.lists(names, max_size=2).map(tuple),
                    area=_some(areas),
                    order=st.just(order),
                )
            )
        )
        for period in draw(st.lists(st.sampled_from(plan_periods), max_size=2, unique=True)):
            status, value, note = draw(st.sampled_from(ResultStatus)), draw(st.sampled_from(["", "12"])), draw(prose)
            entities.append(Result(self_check=key, period=period, status=status, value=value, note=note))
    if risks:
        entities += [
            draw(
                st.builds(
                    Measure,
                    key=st.just(key),
                    title=names,
                    description=prose,
                    status=st.sampled_from(MeasureStatus),
                    responsible=lines,
                    due=days,
                    risks=_several(risks, least=1),
                    self_checks=_several(checks),
                    indicators=_several(indicators),
                    order=st.just(order),
                )
            )
            for order, key in enumerate(draw(keys))
        ]
    entities += [
        draw(
            st.builds(
                Assignment,
                key=st.just(key),
                name=names,
                assignment_kind=lines,
                status=st.sampled_from(AssignmentStatus),
                comment=prose,
                order=st.just(order),
            )
        )
        for order, key in enumerate(draw(keys))
    ]
    return entities


@st.composite
def _economy(draw: st.DrawFn, size: int) -> list[AnyEntity]:
    keys = st.lists(slugs, max_size=size, unique=True)
    amounts = st.sampled_from(AMOUNTS)
    entities: list[AnyEntity] = []
    for order, key in enumerate(draw(keys)):
        unit, note = draw(st.sampled_from(["tkr", "kr"])), draw(prose)
        entities.append(EconomyTable(key=key, title=draw(names), unit=unit, note=note, order=order))
        entities += [
            draw(
                st.builds(
                    EconomyRow,
                    table=st.just(key),
                    slug=st.just(row_key),
                    name=st.sampled_from(["Intäkter", "Netto", "Å ä ö", "netto", row_key]),
                    row_kind=st.sampled_from(RowKind),
                    level=st.just(0) if row_order == 0 else st.sampled_from([0, 1]),
                    is_sum=st.booleans(),
                    budget=amounts,
                    forecast=amounts,
                    actual=amounts,
                    previous=amounts,
                    variance=amounts,
                    note=prose,
                    order=st.just(row_order),
                )
            )
            for row_order, row_key in enumerate(
                draw(st.lists(st.sampled_from(["netto", "intakter", "netto-2", "a", "b"]), unique=True, max_size=4))
            )
        ]
    return entities
