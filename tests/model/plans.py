"""Small plans made by hand, and plans and changes made at random."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Outcome, TargetValue
from kvaltui.model.scale import Direction
from kvaltui.model.status import Status
from kvaltui.model.structure import Aggregate, Area, Goal, Indicator, IndicatorStatus, Plan, RollUp

LATER = date(2030, 1, 1)
YEAR = Period(2022)


def periods(*texts: str) -> tuple[Period, ...]:
    return tuple(Period.parse(text) for text in texts)


def plan(*texts: str, partial_from: str = "80 %", roll_up: RollUp = RollUp.STANDARD) -> Plan:
    return Plan(key="p", title="P", periods=periods(*(texts or ("2022",))), partial_from=partial_from, roll_up=roll_up)


def outcome(value: str, period: str = "2022", indicator: str = "i", part: str = "", reading: int = 1) -> Outcome:
    return Outcome(indicator=indicator, period=Period.parse(period), part=part, reading=reading, value=value)


def target(value: str, period: str = "2022", indicator: str = "i", part: str = "", horizon: str = "") -> TargetValue:
    return TargetValue(indicator=indicator, period=Period.parse(period), part=part, value=value, horizon=horizon)


def assessment(
    kind: Kind, key: str, status: Status = Status.ACHIEVED, at: str = "", period: str = "2022"
) -> Assessment:
    return Assessment(
        subject_kind=kind,
        subject=key,
        period=Period.parse(period),
        status=status,
        motivation="Ett samlat omdöme",
        changed_at=at,
    )


def judged(
    indicator: Indicator, *entities: AnyEntity, plan: Plan | None = None, today: date = LATER, period: str = ""
) -> IndicatorResult:
    """The result of the one indicator of a small plan, for its current period unless another is named."""
    if plan is None:
        texts = {str(each.period) for each in entities if isinstance(each, Outcome | TargetValue)}
        plan = Plan(key="p", title="P", periods=tuple(sorted(Period.parse(text) for text in texts | {"2022"})))
    chosen = Period.parse(period) if period else plan.current_period
    assert chosen is not None
    content = PlanContent.of([plan, indicator, *entities])
    return judge_plan(content, chosen, today).indicators[indicator.key]


KEYS = ("i0", "i1", "i2", "i3", "i4")
PERIODS = periods("2020", "2021", "2022-T1", "2022")
VALUES = (
    "",
    "86 %",
    "40 %",
    "40%",
    "72–100 %",
    "-",
    ".",
    "100 %",
    "271/705",
    "500 %",
    "bedömd 98 %",
    "skräp",
    "A 5; B 90",
)
TARGETS = ("", "80 %", "högst 50 %", "45–55 %", "öka", "1 ny", "bibehålla", "skräp?", "12.500", "A 80; B 90")

statuses = st.sampled_from(Status)
times = st.integers(1, 9).map(lambda second: f"2023-01-01T00:00:0{second}Z")
flags = st.sampled_from((False, False, False, True))


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    return Outcome(
        indicator=draw(st.sampled_from(KEYS)),
        period=draw(st.sampled_from(PERIODS)),
        part=draw(st.sampled_from(("", "", "A", "B"))),
        reading=draw(st.sampled_from((1, 1, 1, 2))),
        value=draw(st.sampled_from(VALUES)),
        forecast=draw(st.sampled_from(("", "", "90 %"))),
        retired=draw(flags),
        contested=("value",) if draw(flags) else (),
        changed_at=draw(times),
    )


@st.composite
def target_values(draw: st.DrawFn) -> TargetValue:
    return TargetValue(
        indicator=draw(st.sampled_from(KEYS)),
        period=draw(st.sampled_from(PERIODS)),
        part=draw(st.sampled_from(("", "", "A"))),
        value=draw(st.sampled_from(TARGETS)),
        horizon=draw(st.sampled_from(("", "", "2025"))),
        retired=draw(flags),
        contested=("value",) if draw(flags) else (),
        changed_at=draw(times),
    )


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    kind = draw(st.sampled_from((Kind.INDICATOR, Kind.GOAL, Kind.AREA)))
    keys = {Kind.INDICATOR: KEYS, Kind.GOAL: ("g0", "g1"), Kind.AREA: ("a0", "a1", "a2")}[kind]
    return Assessment(
        subject_kind=kind,
        subject=draw(st.sampled_from(keys)),
        period=draw(st.sampled_from(PERIODS)),
        status=draw(statuses),
        motivation="Ett samlat omdöme",
        retired=draw(flags),
        contested=("status",) if draw(flags) else (),
        changed_at=draw(times),
    )


@st.composite
def _indicators(draw: st.DrawFn, key: str) -> Indicator:
    return Indicator(
        key=key,
        name=draw(st.sampled_from(("Trygghet", "Delaktighet"))),
        area=draw(st.sampled_from(("", "a0", "a1", "a2"))),
        goal=draw(st.sampled_from(("", "g0", "g1"))),
        direction=draw(st.sampled_from(Direction)),
        cumulative=draw(flags),
        breakdown=draw(st.sampled_from(((), (), ("A", "B")))),
        aggregate=draw(st.sampled_from(Aggregate)),
        status=draw(st.sampled_from((IndicatorStatus.ACTIVE, IndicatorStatus.ACTIVE, IndicatorStatus.DISCONTINUED))),
        partial_from=draw(st.sampled_from((None, None, "50 %", "skräp"))),
        series_breaks=draw(st.sampled_from(((), (), PERIODS[1:2]))),
        retired=draw(flags),
        order=draw(st.integers(0, 5)),
    )


figures_of_plans = st.one_of(outcomes(), outcomes(), target_values(), assessments())


@st.composite
def contents(draw: st.DrawFn) -> PlanContent:
    """Plans with everything that can decide a verdict, small enough for figures to meet."""
    entities: list[AnyEntity] = [
        Plan(key="p", title="P", periods=PERIODS, roll_up=draw(st.sampled_from(RollUp))),
        Area(key="a0", name="A0"),
        Area(key="a1", name="A1", parent="a0"),
        Area(key="a2", name="A2"),
        Goal(key="g0", name="G0", area=draw(st.sampled_from(("", "a1"))), not_applicable=draw(flags)),
        Goal(key="g1", name="G1", parent="g0", area=draw(st.sampled_from(("", "a2")))),
    ]
    entities += [draw(_indicators(key)) for key in KEYS]
    entities += draw(st.lists(figures_of_plans, max_size=30))
    return PlanContent.of(entities)
