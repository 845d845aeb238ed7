"""What stands beside the verdicts: what waits, what is overdue, the gravest risks, self-checks, stale assessments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.period import Frequency, Period
from kvaltui.model.quality_work import Measure, MeasureStatus, Result, ResultStatus, Risk, SelfCheck
from kvaltui.model.reporting import Assessment
from kvaltui.model.risk import Band
from kvaltui.model.self_check_judging import judge_result, self_check_results
from kvaltui.model.staleness import changed_since
from kvaltui.model.status import Doubt, Status
from kvaltui.model.structure import Area, Indicator, IndicatorStatus
from kvaltui.model.summary import Doubtful, Summary, by_due, doubts_by_row, summarise
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
