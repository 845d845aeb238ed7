"""What stands beside the verdicts: what waits, what is overdue, the gravest risks, self-checks, stale assessments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kvaltui.model.branches import Moved
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable, RowKind
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.period import Frequency, Period
from kvaltui.model.quality_work import Measure, MeasureStatus, Result, ResultStatus, Risk, SelfCheck
from kvaltui.model.reporting import Assessment, Completion
from kvaltui.model.risk import Band
from kvaltui.model.self_check_judging import judge_result, self_check_results
from kvaltui.model.staleness import changed_since
from kvaltui.model.status import Doubt, Status
from kvaltui.model.structure import Area, Goal, Indicator, IndicatorStatus
from kvaltui.model.summary import (
    Doubtful,
    Summary,
    Waiting,
    by_due,
    doubts_by_row,
    narrowed,
    summarise,
    with_past,
)
from tests.model.plans import YEAR, assessment, outcome, periods, plan, target

IN_TIME = date(2022, 12, 1)
AFTERWARDS = date(2023, 1, 1)
CHECK = SelfCheck(key="c", name="Loggkontroll")


def summary(*entities: AnyEntity, today: date = IN_TIME, period: str = "2022") -> Summary:
    content = PlanContent.of([plan("2021", "2022"), *entities])
    return summarise(content, judge_plan(content, Period.parse(period), today), today)


def test_what_waits_is_what_counts_and_is_not_reported() -> None:
    indicators = [Indicator(key=key, name=key, order=order) for order, key in enumerate("edcba")]
    indicators[3] = replace(indicators[3], status=IndicatorStatus.DISCONTINUED)
    figures = outcome("86 %", indicator="d"), outcome("ej mätt", indicator="c"), outcome("5", "2021", "a")
    forecast = replace(outcome("", indicator="e"), forecast="90 %")
    assert summary(*indicators, *figures, forecast).missing == ("e", "a")
    assert summary(*indicators, *figures, assessment(Kind.INDICATOR, "a", Status.NOT_APPLICABLE)).missing == ("e",)


def test_risks_with_their_open_and_overdue_measures() -> None:
    late, soon = date(2022, 11, 30), date(2022, 12, 1)
    found = summary(
        Risk(key="low", title="L", level=3),
        Risk(key="high", title="H", level=9, order=1),
        Risk(key="gone", title="G", level=16, retired=True),
        Measure(key="a", title="A", risks=("high", "low"), due=soon),
        Measure(key="b", title="B", risks=("high",), due=late, status=MeasureStatus.ONGOING),
        Measure(key="c", title="C", risks=("high",), due=late, status=MeasureStatus.DONE),
        Measure(key="d", title="D", risks=("high",), due=late, status=MeasureStatus.CANCELLED),
        Measure(key="e", title="E", risks=("high",)),
        Measure(key="f", title="F", risks=("high",), due=late, retired=True),
        Measure(key="g", title="G", indicators=("i",), due=date(2022, 1, 1)),
    )
    high, low = found.risks
    assert (high.risk.key, high.level, high.band) == ("high", 9, Band.HIGH)
    assert [each.key for each in high.open_measures] == ["b", "a", "e"]
    assert [each.key for each in high.overdue_measures] == ["b"]
    assert (low.band, [each.key for each in low.open_measures], low.overdue_measures) == (Band.LOW, ["a"], ())
    assert [each.key for each in found.overdue_measures] == ["g", "b"]
    assert found.is_overdue


@pytest.mark.parametrize(
    ("done", "frequency", "period", "due"),
    [
        ((), Frequency.YEAR, "2022", True),
        (("2022",), Frequency.YEAR, "2022", False),
        (("2021",), Frequency.YEAR, "2022", True),
        (("2023",), Frequency.YEAR, "2022", True),
        (("2022-T1",), Frequency.YEAR, "2022-T3", False),
        (("2022-T1",), Frequency.TERTIAL, "2022-T2", True),
        (("2022-T1",), Frequency.TERTIAL, "2022", False),
        (("2022-T1",), Frequency.HALF_YEAR, "2022-T2", True),
        (("2022-08",), Frequency.TERTIAL, "2022-08", False),
        (("2022-05",), Frequency.TERTIAL, "2022-08", False),
        (("2022-04",), Frequency.TERTIAL, "2022-08", True),
        (("2021-12",), Frequency.QUARTER, "2022-02", True),
        (("2022-01",), Frequency.QUARTER, "2022-02", False),
    ],
)
def test_a_self_check_is_due_as_often_as_it_says(
    done: tuple[str, ...], frequency: Frequency, period: str, due: bool
) -> None:
    check = replace(CHECK, frequency=frequency)
    results = [Result(self_check="c", period=each, status=ResultStatus.APPROVED) for each in periods(*done)]
    (found,) = self_check_results(PlanContent.of([plan(), check, *results]), Period.parse(period))
    assert found.due == due


def test_the_latest_result_is_shown() -> None:
    results = [
        Result(self_check="c", period=Period(2021), status=ResultStatus.APPROVED),
        Result(self_check="c", period=Period(2022), status=ResultStatus.NOT_PERFORMED, retired=True),
        Result(self_check="c", period=Period(2020), status=ResultStatus.PARTLY),
    ]
    (found,) = summary(CHECK, *results).self_checks
    assert found.result is results[0]
    assert (found.status, found.due) == (ResultStatus.APPROVED, True)
    (unknown,) = summary(CHECK, Result(self_check="c", period=Period(2022))).due_self_checks
    assert (unknown.status, unknown.due) == (ResultStatus.UNKNOWN, True)
    (nothing,) = summary(CHECK, replace(CHECK, key="d", retired=True)).self_checks
    assert (nothing.result, nothing.status, nothing.verdict) == (None, None, None)


@pytest.mark.parametrize(
    ("unit", "threshold", "value", "status"),
    [
        ("dagar", "inom 10 dagar", "8", Status.ACHIEVED),
        ("dagar", "inom 10 dagar", "12", Status.NOT_ACHIEVED),
        ("dagar", "10 dagar", "12", Status.NOT_ACHIEVED),
        ("dgr", "10", "8", Status.ACHIEVED),
        ("%", "90 %", "95 %", Status.ACHIEVED),
        ("%", "90 %", "80 %", Status.NOT_ACHIEVED),
        ("", "inom 10 dagar", "8 dagar", Status.ACHIEVED),
        ("%", "90 %", "12.500", Status.NOT_ASSESSED),
        ("%", "12.500", "90 %", Status.NOT_ASSESSED),
        ("%", "Alla 12 enheter har en plan", "90 %", Status.NOT_ASSESSED),
        ("%", "90 %", "", None),
        ("", "", "tre avvikelser", None),
    ],
)
def test_a_threshold_is_judged_by_the_common_rules(
    unit: str, threshold: str, value: str, status: Status | None
) -> None:
    check = replace(CHECK, unit=unit, threshold=threshold)
    verdict = judge_result(check, Result(self_check="c", period=Period(2022), value=value))
    assert (verdict.status if verdict else None) == status


@pytest.mark.parametrize(
    ("value", "said", "status"),
    [
        ("92", ResultStatus.UNKNOWN, ResultStatus.NOT_APPROVED),
        ("95 %", ResultStatus.UNKNOWN, ResultStatus.APPROVED),
        ("ej mätt", ResultStatus.UNKNOWN, ResultStatus.UNKNOWN),
        ("92", ResultStatus.PARTLY, ResultStatus.PARTLY),
        ("", ResultStatus.UNKNOWN, ResultStatus.UNKNOWN),
    ],
)
def test_a_figure_is_a_result_by_its_threshold_until_a_person_says_otherwise(
    value: str, said: ResultStatus, status: ResultStatus
) -> None:
    check = replace(CHECK, unit="%", threshold="minst 95 %")
    result = Result(self_check="c", period=Period(2022), status=said, value=value)
    (found,) = summary(check, result).self_checks
    assert (found.status, found.due) == (status, status is ResultStatus.UNKNOWN)
    assert found.is_not_in_order == (status in (ResultStatus.NOT_APPROVED, ResultStatus.PARTLY))


def test_stale_assessments_and_conflicts() -> None:
    at, later = "2022-06-01T12:00:00Z", "2022-06-02T12:00:00Z"
    figure = replace(outcome("86 %"), changed_at=later, contested=("value", "note"))
    found = summary(
        Area(key="a", name="A"),
        Indicator(key="i", name="I", area="a"),
        replace(target("80 %"), contested=("value",)),
        figure,
        assessment(Kind.INDICATOR, "i", at=at),
        assessment(Kind.AREA, "a", at=later),
    )
    assert found.stale == (Reference(Kind.INDICATOR, "i"),)
    assert found.conflicts == 3


@pytest.mark.parametrize(
    ("entities", "today", "is_overdue"),
    [
        ((), AFTERWARDS, False),
        ((Indicator(key="i", name="I"),), IN_TIME, False),
        ((Indicator(key="i", name="I"),), AFTERWARDS, True),
        ((Indicator(key="i", name="I"), outcome("1")), AFTERWARDS, False),
        ((CHECK,), IN_TIME, False),
        ((CHECK,), AFTERWARDS, True),
        ((Measure(key="m", title="M", risks=("r",), due=IN_TIME),), IN_TIME, False),
        ((Measure(key="m", title="M", risks=("r",), due=IN_TIME),), AFTERWARDS, True),
    ],
)
def test_overdue(entities: tuple[AnyEntity, ...], today: date, is_overdue: bool) -> None:
    assert summary(*entities, today=today).is_overdue == is_overdue


def test_what_looks_wrong_stands_in_the_plans_order_and_the_economy_last() -> None:
    found = summary(
        Indicator(key="b", name="B", order=1),
        Indicator(key="a", name="A", order=2),
        Indicator(key="c", name="C", order=3),
        outcome("3 500 %", indicator="b"),
        outcome("140 %", indicator="a"),
        outcome("14 %", indicator="c"),
        EconomyTable(key="t", title="T"),
        EconomyRow(table="t", slug="r", name="R", budget="10", forecast="20", variance="30"),
    )
    assert found.doubts == (
        Doubtful(Reference(Kind.INDICATOR, "b"), "", Doubt.OUT_OF_RANGE),
        Doubtful(Reference(Kind.INDICATOR, "a"), "", Doubt.OUT_OF_RANGE),
        Doubtful(Reference(Kind.ECONOMY_ROW, "t/r"), "", Doubt.VARIANCE_MISMATCH),
    )
    assert doubts_by_row([*found.doubts, replace(found.doubts[0], doubt=Doubt.JUMP)]) == {
        (Reference(Kind.INDICATOR, "b"), ""): (Doubt.OUT_OF_RANGE, Doubt.JUMP),
        (Reference(Kind.INDICATOR, "a"), ""): (Doubt.OUT_OF_RANGE,),
        (Reference(Kind.ECONOMY_ROW, "t/r"), ""): (Doubt.VARIANCE_MISMATCH,),
    }


def test_what_waits_is_told_by_whom_it_waits_for_and_else_by_area() -> None:
    area = Area(key="a", name="A")
    ours = [Indicator(key=key, name=key, area="a", order=at, responsible="Chef") for at, key in enumerate("ab")]
    found = summary(
        area,
        *ours,
        Indicator(key="c", name="c", area="a", order=2),
        Indicator(key="d", name="d", order=3),
        Indicator(key="e", name="e", order=4, responsible=" Äldste "),
        Indicator(key="f", name="f", order=5, responsible="Zeta"),
    )
    assert found.waiting == (
        Waiting("Chef", "", ("a", "b")),
        Waiting("Zeta", "", ("f",)),
        Waiting("Äldste", "", ("e",)),
        Waiting("", "a", ("c",)),
        Waiting("", "", ("d",)),
    )
    content = PlanContent.of([plan("2022"), area, *ours, Indicator(key="d", name="d", order=3)])
    result = judge_plan(content, YEAR, IN_TIME)
    assert narrowed(summarise(content, result, IN_TIME), content, result, "a").waiting == (found.waiting[0],)


def test_what_lacks_most_of_its_target_is_told_first() -> None:
    wanted = {"a": ("50 %", "100 %"), "b": ("90 %", "100 %"), "c": ("0 %", "1 %"), "d": ("79 %", "100 %")}
    indicators = [Indicator(key=key, name=key, order=order) for order, key in enumerate(wanted)]
    figures = [outcome(value, indicator=key) for key, (value, _) in wanted.items()]
    targets = [target(value, indicator=key) for key, (_, value) in wanted.items()]
    assert summary(*indicators, *figures, *targets).not_achieved == ("c", "a", "d")


def test_areas_and_goals_with_how_their_figures_have_moved_and_what_is_locked() -> None:
    moves = {"a": ("80", "90"), "b": ("90", "70"), "c": ("90", "90"), "d": ("50", "9000"), "e": ("", "5")}
    things: list[AnyEntity] = [
        Area(key="x", name="X"),
        Area(key="y", name="Y", parent="x"),
        Goal(key="g", name="G", area="y"),
        Completion(area="x", period=YEAR, complete=True),
    ]
    for order, (key, (before, now)) in enumerate(moves.items()):
        things.append(Indicator(key=key, name=key, goal="g", order=order, unit="antal"))
        things += (
            [outcome(before, "2021", key), outcome(now, indicator=key)] if before else [outcome(now, indicator=key)]
        )
    found = summary(*things)
    assert [(each.reference.key, each.area, each.depth, each.is_complete) for each in found.branches] == [
        ("x", "x", 0, True),
        ("y", "y", 1, True),
        ("g", "y", 2, False),
    ]
    assert {each.moved for each in found.branches} == {found.moved} == {Moved(2, 1, 1, 0)}
    assert found.since == Period(2021)
    assert found.changed == ("b", "a"), "what looks wrong has no change worth telling"


def test_it_is_told_since_when_only_where_that_is_one_period() -> None:
    things: list[AnyEntity] = [plan("2020", "2021", "2022")]
    for order, (key, year) in enumerate((("a", "2020"), ("b", "2021"))):
        things += [
            Indicator(key=key, name=key, order=order),
            outcome("80 %", year, key),
            outcome("81 %", indicator=key),
        ]
    content = PlanContent.of(things)
    assert summarise(content, judge_plan(content, YEAR, IN_TIME), IN_TIME).since is None


def test_how_it_has_gone_is_of_the_periods_of_the_same_length_in_which_something_was_judged() -> None:
    content = PlanContent.of(
        [
            plan("2019", "2020", "2021", "2022-T1", "2022"),
            Indicator(key="i", name="I"),
            *(target("80 %", year) for year in ("2020", "2021", "2022")),
            *(
                outcome(value, year)
                for value, year in (("1 %", "2019"), ("70 %", "2020"), ("80 %", "2021"), ("9 %", "2022"))
            ),
        ]
    )
    result = judge_plan(content, YEAR, IN_TIME)
    found = with_past(summarise(content, result, IN_TIME), content, result, IN_TIME).reached
    assert [(str(each.period), each.counts.achieved) for each in found] == [("2020", 0), ("2021", 1), ("2022", 0)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"budget": "100", "forecast": "110", "is_sum": True}], ("110", "-10", "0.1", True)),
        ([{"budget": "100", "forecast": "90", "is_sum": True}], ("90", "10", "0.1", False)),
        ([{"budget": "100", "forecast": "90", "row_kind": RowKind.INCOME}], ("90", "-10", "0.1", False)),
        ([{"budget": "100", "actual": "40", "variance": "5", "is_sum": True}], ("40", "5", "0.05", False)),
        ([{"forecast": "3"}, {"forecast": "4"}, {"is_sum": True}], ("7", None, None, False)),
        ([{"budget": "5", "forecast": "4"}, {"budget": "5", "forecast": "8"}], (None, "-2", None, False)),
        ([{"name": "Tom"}], None),
    ],
)
def test_what_an_economy_table_comes_to(rows: list[dict[str, Any]], expected: tuple[Any, ...] | None) -> None:
    made = [
        EconomyRow(**{"table": "t", "slug": f"{at}", "name": f"{at}", "order": at, **each})
        for at, each in enumerate(rows)
    ]
    found = summary(EconomyTable(key="t", title="T"), *made).economy
    if expected is None:
        assert found == ()
        return
    (total,) = found
    numbers = tuple(None if each is None else Decimal(each) for each in expected[:3])
    assert (total.amount, total.variance, total.share, total.is_over) == (*numbers, expected[3])


@pytest.mark.parametrize("status", list(ResultStatus))
def test_self_checks_that_are_not_approved(status: ResultStatus) -> None:
    found = summary(CHECK, Result(self_check="c", period=Period(2022), status=status))
    is_told = status in (ResultStatus.PARTLY, ResultStatus.NOT_APPROVED, ResultStatus.NOT_PERFORMED)
    assert bool(found.not_approved_self_checks) is is_told


def test_measures_stand_by_their_day_and_what_is_over_last() -> None:
    done = Measure(key="d", title="D", due=date(2020, 1, 1), status=MeasureStatus.DONE)
    without, soon = Measure(key="w", title="W"), Measure(key="s", title="S", due=date(2022, 1, 1), order=5)
    assert by_due([done, without, soon]) == [soon, without, done]


def test_an_assessment_elsewhere_makes_none_out_of_date() -> None:
    """Only what lies below it, of its period, and later than it."""
    early, late = "2023-01-01T00:00:00.000Z", "2023-02-01T00:00:00.000Z"
    other_year = Period(2021)

    def assessed(subject: str, at: str, period: Period = YEAR) -> Assessment:
        return Assessment(
            subject_kind=Kind.AREA,
            subject=subject,
            period=period,
            status=Status.ACHIEVED,
            motivation="Så",
            changed_at=at,
        )

    content = PlanContent.of(
        [
            plan("2021", "2022"),
            Area(key="a", name="A"),
            Area(key="b", name="B", parent="a"),
            Area(key="c", name="C"),
            assessed("a", late),
            assessed("b", late),
            assessed("b", late, other_year),
            assessed("c", late),
        ]
    )
    node = Reference(Kind.AREA, "a")
    assert [str(each) for each in changed_since(content, node, YEAR, early)] == ["assessment/area/b/2022"]
    assert changed_since(content, node, YEAR, late) == ()
    figure = replace(outcome("1 %"), changed_at="2023-03-01T00:00:00.000Z")
    more: list[AnyEntity] = [Indicator(key="i", name="I", area="b"), figure]
    content = content.with_entities(more)
    found = [str(each) for each in changed_since(content, node, YEAR, early)]
    assert found == ["outcome/i/2022/", "assessment/area/b/2022"], "the latest first"
