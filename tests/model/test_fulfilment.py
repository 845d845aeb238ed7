"""A plan's figures for a period: indicators within their plan, and their verdicts up the tree (docs/rules.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.i18n import say
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import Counts, PlanResult, judge_again, judge_changes, judge_plan
from kvaltui.model.indicator_judging import judge_indicator
from kvaltui.model.period import Period
from kvaltui.model.preparation import Preparation
from kvaltui.model.reporting import Outcome
from kvaltui.model.roll_up import roll_up
from kvaltui.model.scale import Direction
from kvaltui.model.status import Change, Doubt, Status
from kvaltui.model.structure import Aggregate, Area, Goal, Indicator, IndicatorStatus, RollUp
from kvaltui.model.target_rule import Rule
from kvaltui.model.tree import ROOT
from kvaltui.model.view import View, is_expected
from tests.model.plans import (
    LATER,
    PERIODS,
    YEAR,
    assessment,
    assessments,
    contents,
    figures_of_plans,
    judged,
    outcome,
    periods,
    plan,
    statuses,
    target,
)
from tests.properties import examples

ACHIEVED, PARTLY, MISSED = Status.ACHIEVED, Status.PARTIALLY_ACHIEVED, Status.NOT_ACHIEVED
UNASSESSED, OUTSIDE = Status.NOT_ASSESSED, Status.NOT_APPLICABLE
RATE = Indicator(key="i", name="Trygghet")
COUNT = Indicator(key="i", name="Besök", unit="antal")
DAYS = Indicator(key="i", name="Tid", unit="dagar", direction=Direction.LOWER, breakdown=("BOU", "VUX", "LSS"))
GATHERING = replace(COUNT, cumulative=True)
IN_MAY = date(2022, 5, 15)


def reason(indicator: Indicator, *entities: AnyEntity, today: date = LATER, period: str = "") -> str:
    result = judged(indicator, *entities, today=today, period=period)
    return say(result.verdict.reason).replace("\N{NO-BREAK SPACE}", " ")


# One indicator


def test_what_a_result_says() -> None:
    result = judged(RATE, outcome("84 %", "2021"), outcome("bedömd 86 %"), target("100 %"))
    assert (result.status, result.verdict.rule) == (PARTLY, Rule.AT_LEAST)
    assert (result.target, result.outcome) == ("100 %", "bedömd 86 %")
    assert result.figure is not None
    assert result.figure.exact == 86
    assert result.is_estimated
    assert result.is_reported
    assert result.change is Change.BETTER
    assert result.previous is not None
    assert (result.previous.period, result.previous.text) == (Period(2021), "84 %")
    assert (result.manual, result.missing, result.doubts, result.parts) == (None, None, (), ())


def test_nothing_entered_is_not_reported_and_a_reason_for_none_is() -> None:
    nothing, reason = judged(RATE, target("80 %")), judged(RATE, target("80 %"), outcome("ej mätt"))
    assert (nothing.status, nothing.is_reported, nothing.outcome) == (UNASSESSED, False, None)
    assert (reason.status, reason.is_reported, reason.missing) == (UNASSESSED, True, "not_measured")
    assert not judged(RATE, replace(outcome(""), forecast="90 %")).is_reported


def test_an_indicator_overrides_the_policy_of_the_plan() -> None:
    figures = outcome("70 %"), target("100 %")
    assert judged(RATE, *figures).status is MISSED
    assert judged(replace(RATE, partial_from="70 %"), *figures).status is PARTLY
    assert judged(replace(RATE, partial_from=""), outcome("99 %"), target("100 %")).status is MISSED
    assert judged(replace(RATE, partial_within="30"), *figures).status is PARTLY
    unreadable = judged(replace(RATE, partial_from="åttio"), *figures)
    assert (unreadable.status, unreadable.doubts) == (MISSED, (Doubt.UNREADABLE,))


@pytest.mark.parametrize(
    ("earlier", "previous", "change"),
    [
        ([("2021", "84 %"), ("2020", "90 %")], "84 %", Change.BETTER),
        ([("2021", "ej mätt"), ("2020", "90 %")], "90 %", Change.WORSE),
        ([("2021", "86,0 %")], "86,0 %", Change.SAME),
        ([("2021", "")], None, None),
        ([("2021-T3", "84 %")], None, None),
        ([("2023", "84 %")], None, None),
        ([("2021", "72–100 %")], "72–100 %", Change.NOT_COMPARABLE),
    ],
)
def test_the_previous_figure(earlier: Sequence[tuple[str, str]], previous: str | None, change: Change | None) -> None:
    figures = [outcome(value, period) for period, value in earlier]
    result = judged(RATE, outcome("86 %"), *figures, period="2022")
    assert (result.previous.text if result.previous else None, result.change) == (previous, change)


def test_a_contested_earlier_figure_is_neither_used_nor_passed_over() -> None:
    contested = replace(outcome("84 %", "2021"), contested=("value",))
    assert judged(RATE, outcome("86 %"), contested, outcome("80 %", "2020")).previous is None


def test_a_broken_series_cannot_be_compared() -> None:
    broken = replace(RATE, series_breaks=periods("2022"))
    figures = outcome("84 %", "2021"), outcome("86 %"), target("öka")
    assert judged(RATE, *figures).status is ACHIEVED
    result = judged(broken, *figures)
    assert (result.change, result.status) == (Change.NOT_COMPARABLE, UNASSESSED)
    assert say(result.verdict.reason) == "tidsserien är bruten sedan det tidigare utfallet: kan inte bedömas"
    assert judged(replace(RATE, series_breaks=periods("2021")), *figures).change is Change.BETTER


def test_a_target_from_the_previous_figure_falls_back_to_another_frequency() -> None:
    figures = outcome("2", "2017"), outcome("2", "2018"), outcome("2", "2019-T1"), target("1 ny", "2019-T1")
    result = judged(COUNT, *figures, plan=plan("2017", "2018", "2019-T1"))
    assert (result.status, result.previous, result.change) == (MISSED, None, None)
    assert say(result.verdict.reason) == "2 mot minst 3: 1 under målet; målet är 1 fler än 2 (2018)"


def test_a_missing_figure_is_never_replaced_by_an_older_one() -> None:
    result = judged(RATE, outcome("90 %", "2021"), outcome("ej mätt"), target("80 %"))
    assert (result.status, result.missing) == (UNASSESSED, "not_measured")


# Forecasts and horizons


@pytest.mark.parametrize(
    ("value", "forecast", "wanted", "status", "is_by_forecast"),
    [
        ("0", "", "2", UNASSESSED, False),
        ("2", "", "2", ACHIEVED, False),
        ("0", "2", "2", ACHIEVED, True),
        ("0", "1", "2", MISSED, True),
        ("", "2", "2", ACHIEVED, True),
        ("-", "2", "2", ACHIEVED, True),
        ("-", "", "2", UNASSESSED, False),
        ("", "", "2", UNASSESSED, False),
        ("3", "", "högst 10", UNASSESSED, False),
        ("12", "", "högst 10", UNASSESSED, False),
        ("13", "", "högst 10", MISSED, False),
        ("13", "9", "högst 10", ACHIEVED, True),
        ("3", "", "5–10", UNASSESSED, False),
        ("7", "", "5–10", UNASSESSED, False),
        ("20", "", "5–10", MISSED, False),
        ("3", "", "", UNASSESSED, False),
    ],
)
def test_cumulative_figures_of_an_unfinished_year(
    value: str, forecast: str, wanted: str, status: Status, is_by_forecast: bool
) -> None:
    figures = replace(outcome(value, "2022-T1"), forecast=forecast), target(wanted, "2022-T1")
    result = judged(GATHERING, *figures, plan=plan("2022-T1"))
    assert (result.status, result.is_by_forecast) == (status, is_by_forecast)


def test_money_over_its_limit_can_come_back() -> None:
    money = replace(GATHERING, unit="tkr")
    assert judged(money, outcome("99", "2022-T1"), target("högst 10", "2022-T1"), plan=plan("2022-T1")).status is (
        UNASSESSED
    )


def test_a_year_that_is_over_is_judged_by_its_figure() -> None:
    figures = replace(outcome("0"), forecast="2"), target("2")
    assert judged(GATHERING, *figures, today=IN_MAY).status is ACHIEVED
    over = judged(GATHERING, *figures, today=date(2023, 1, 1))
    assert (over.status, over.is_by_forecast) == (MISSED, False)


def test_a_figure_that_is_not_cumulative_is_judged_as_it_is() -> None:
    figures = replace(outcome("70 %"), forecast="90 %"), target("80 %")
    assert judged(RATE, *figures, today=IN_MAY).status is PARTLY


def test_reasons_of_forecasts_and_waiting() -> None:
    short, wanted = outcome("0", "2022-T1"), target("2", "2022-T1")
    assert reason(GATHERING, short, wanted, period="2022-T1") == (
        "0 mot minst 2: 2 under målet; året är inte slut och prognos saknas"
    )
    assert reason(GATHERING, replace(short, forecast="2"), wanted, period="2022-T1") == (
        "prognos 2 mot minst 2: precis på målet"
    )


@pytest.mark.parametrize(
    ("horizon", "value", "forecast", "status"),
    [
        ("2024", "70 %", "", UNASSESSED),
        ("2024", "80 %", "", ACHIEVED),
        ("2024", "70 %", "80 %", ACHIEVED),
        ("2024", "70 %", "65 %", PARTLY),
        ("2022", "70 %", "", PARTLY),
        ("2022-T3", "70 %", "", PARTLY),
        ("2021", "70 %", "", PARTLY),
        ("i slutet av 2024", "70 %", "", UNASSESSED),
        ("senast 2022", "70 %", "", PARTLY),
        ("vid mandatperiodens slut", "70 %", "", UNASSESSED),
        ("vid mandatperiodens slut", "80 %", "", ACHIEVED),
        ("2022–2026", "70 %", "", UNASSESSED),
    ],
)
def test_falling_short_before_the_horizon_is_no_failure(
    horizon: str, value: str, forecast: str, status: Status
) -> None:
    figures = replace(outcome(value), forecast=forecast), target("80 %", horizon=horizon)
    assert judged(RATE, *figures).status is status


def test_the_reason_names_the_horizon() -> None:
    figures = outcome("70 %"), target("80 %", horizon="2024")
    assert reason(RATE, *figures) == "70 % mot minst 80 %: 10 procentenheter under målet; målet gäller i slutet av 2024"
    figures = outcome("70 %"), target("80 %", horizon="vid mandatperiodens slut")
    assert reason(RATE, *figures).endswith("; målet gäller vid mandatperiodens slut")


# Parts


def test_parts_entered_one_by_one_or_at_once_say_the_same() -> None:
    at_once = judged(DAYS, outcome("BOU 119; VUX 29; LSS 167"), target("Max 120"))
    one_by_one = judged(
        DAYS, outcome("119", part="BOU"), outcome("29", part="VUX"), outcome("167", part="LSS"), target("Max 120")
    )
    assert at_once == one_by_one
    assert at_once.outcome == "BOU 119; VUX 29; LSS 167"
    assert [(part.part, part.target, part.outcome, part.verdict.status) for part in at_once.parts] == [
        ("BOU", "Max 120", "119", ACHIEVED),
        ("VUX", "Max 120", "29", ACHIEVED),
        ("LSS", "Max 120", "167", MISSED),
    ]
    assert (at_once.status, at_once.verdict.rule) == (PARTLY, Rule.AT_MOST)
    assert say(at_once.verdict.reason).replace("\N{NO-BREAK SPACE}", " ") == (
        "2 av 3 delar når målet; 167 dagar mot högst 120: 47 dagar över (LSS)"
    )


def test_a_part_has_its_own_target_and_its_own_earlier_figure() -> None:
    result = judged(
        DAYS,
        outcome("BOU 110; VUX 110; LSS 110"),
        outcome("BOU 130; VUX 100; LSS -", "2021"),
        outcome("90", "2020", part="LSS"),
        target("Max 120"),
        target("Max 100", part="VUX"),
    )
    bou, vux, lss = result.parts
    assert (bou.change, vux.change, lss.change) == (Change.BETTER, Change.WORSE, Change.WORSE)
    assert (vux.target, vux.verdict.status, result.status) == ("Max 100", PARTLY, PARTLY)
    assert lss.previous is not None
    assert lss.previous.period == Period(2020)
    assert result.previous is not None
    assert (result.previous.period, result.previous.text) == (Period(2021), "BOU 130; VUX 100")
    assert result.change is None


def test_an_entered_total_alone_is_the_verdict() -> None:
    parts = outcome("BOU 10; VUX 20; LSS 30"), outcome("200")
    result = judged(DAYS, outcome("10", part="BOU"), outcome("20", part="VUX"), parts[1], target("Max 120"))
    assert (result.status, [part.verdict.status for part in result.parts]) == (MISSED, [ACHIEVED, ACHIEVED, UNASSESSED])
    assert not result.is_computed


def test_a_missing_total_leaves_it_to_the_parts() -> None:
    result = judged(DAYS, outcome("-"), outcome("10", part="BOU"), target("Max 120"))
    assert (result.status, result.missing) == (ACHIEVED, None)


@pytest.mark.parametrize(
    ("aggregate", "unit", "value", "total"),
    [
        (Aggregate.NONE, "%", "A 1/4; B 3/4", None),
        (Aggregate.RATIO, "%", "A 1/4; B 3/4", Decimal(50)),
        (Aggregate.RATIO, "%", "A 25 % (1 av 4); B 75 % (9 av 12)", Decimal("62.5")),
        (Aggregate.RATIO, "%", "A 25 %; B 75 %", None),
        (Aggregate.SUM, "antal", "A 40; B 60", Decimal(100)),
        (Aggregate.SUM, "antal", "A 40; B .", Decimal(40)),
        (Aggregate.SUM, "antal", "A 40; B -", None),
        (Aggregate.SUM, "antal", "A 40; B 50–60", None),
        (Aggregate.RANGE, "antal", "A 60; B 60", Decimal(60)),
    ],
)
def test_totals_are_computed_only_where_the_indicator_says_so(
    aggregate: Aggregate, unit: str, value: str, total: Decimal | None
) -> None:
    indicator = replace(RATE, unit=unit, breakdown=("A", "B"), aggregate=aggregate)
    result = judged(indicator, outcome(value))
    assert (result.figure.exact if result.figure else None) == total
    assert result.is_computed == (total is not None)


def test_a_computed_range_goes_from_the_least_to_the_greatest() -> None:
    indicator = replace(RATE, breakdown=("A", "B"), aggregate=Aggregate.RANGE)
    figure = judged(indicator, outcome("A bedömd 60 %; B 72–80 %")).figure
    assert figure is not None
    assert (figure.low, figure.high, figure.is_estimated) == (Decimal(60), Decimal(80), True)


def test_the_target_of_a_sum_is_not_the_target_of_its_terms() -> None:
    indicator = replace(COUNT, breakdown=("A", "B"), aggregate=Aggregate.SUM)
    result = judged(indicator, outcome("A 40; B 60"), target("90"))
    assert (result.status, [part.verdict.status for part in result.parts]) == (ACHIEVED, [UNASSESSED, UNASSESSED])
    by_part = judged(indicator, outcome("A 40; B 60"), target("A 90; B 50"))
    assert (by_part.status, [part.verdict.status for part in by_part.parts]) == (PARTLY, [MISSED, ACHIEVED])


# What cannot or need not be judged


def test_what_is_discontinued_or_does_not_concern_stands_outside() -> None:
    figures = outcome("86 %"), target("80 %")
    gone = judged(replace(RATE, status=IndicatorStatus.DISCONTINUED), *figures)
    assert (gone.status, say(gone.verdict.reason)) == (OUTSIDE, "indikatorn utgår")
    goals = Goal(key="g", name="G", not_applicable=True), Goal(key="h", name="H", parent="g")
    outside = judged(replace(RATE, goal="h"), *figures, *goals)
    assert (outside.status, say(outside.verdict.reason)) == (OUTSIDE, "målet berör inte nämnden")
    assert (
        judged(replace(RATE, goal="h"), *figures, replace(goals[0], not_applicable=False), goals[1]).status is ACHIEVED
    )
    assert judged(RATE, outcome("ej tillämplig"), target("80 %")).status is OUTSIDE


@pytest.mark.parametrize("field", ["value", "forecast", "retired"])
def test_a_contested_figure_is_judged_by_neither(field: str) -> None:
    contested = replace(outcome("86 %"), contested=(field,))
    result = judged(RATE, contested, target("80 %"))
    assert (result.status, result.is_contested) == (UNASSESSED, True)
    assert say(result.verdict.reason) == "två värden står mot varandra: kan inte bedömas förrän ett av dem är valt"
    assert judged(RATE, outcome("86 %"), replace(target("80 %"), contested=("horizon",))).status is UNASSESSED


def test_a_contested_note_hinders_nothing_but_is_shown() -> None:
    result = judged(RATE, replace(outcome("86 %"), contested=("note",)), target("80 %"))
    assert (result.status, result.is_contested) == (ACHIEVED, True)


def test_a_text_that_cannot_be_read_is_doubted() -> None:
    wrong = judged(RATE, outcome("12.500"), target("80 %"))
    assert (wrong.status, wrong.doubts, wrong.outcome, wrong.is_reported) == (
        UNASSESSED,
        (Doubt.UNREADABLE,),
        "12.500",
        True,
    )
    aim = judged(RATE, outcome("86 %"), target("12.500"))
    assert (aim.status, aim.doubts, aim.target) == (UNASSESSED, (Doubt.UNREADABLE,), "12.500")
    assert say(aim.verdict.reason) == "målvärdet går inte att tolka: kan inte bedömas"
    of_parts = judged(DAYS, outcome("BOU 119; VUX 29; LSS 167"), target("12.500"))
    assert say(of_parts.verdict.reason) == "målvärdet går inte att tolka: kan inte bedömas"


def test_core_volumes_stand_outside_everything_but_can_be_looked_at() -> None:
    volume = replace(COUNT, is_core_volume=True)
    content = PlanContent.of([plan("2021", "2022"), volume, outcome("1053", "2021"), outcome("1074")])
    result = judge_plan(content, YEAR, LATER)
    assert (dict(result.indicators), result.total.counts) == ({}, Counts())
    assert judge_indicator(View.of(content, YEAR, LATER), volume).change is Change.BETTER


def test_an_assessment_replaces_the_computed_verdict_and_leaves_it_visible() -> None:
    figures = outcome("10 %"), target("80 %")
    result = judged(RATE, *figures, assessment(Kind.INDICATOR, "i"))
    assert (result.status, result.verdict.status) == (ACHIEVED, MISSED)
    assert result.manual is not None
    taken_back = judged(RATE, *figures, replace(assessment(Kind.INDICATOR, "i"), retired=True))
    assert (taken_back.status, taken_back.manual) == (MISSED, None)
    contested = judged(RATE, *figures, replace(assessment(Kind.INDICATOR, "i"), contested=("status",)))
    assert (contested.status, contested.is_contested) == (MISSED, True)
    gone = replace(RATE, status=IndicatorStatus.DISCONTINUED)
    assert judged(gone, *figures, assessment(Kind.INDICATOR, "i")).status is OUTSIDE


@pytest.mark.parametrize(
    ("changed_at", "is_stale"), [("2022-06-01T12:00:00Z", False), ("2022-06-01T12:00:01Z", True), ("", False)]
)
def test_an_assessment_is_stale_when_what_it_rests_on_changes_later(changed_at: str, is_stale: bool) -> None:
    assessed = assessment(Kind.INDICATOR, "i", at="2022-06-01T12:00:00Z")
    for changed in (outcome("86 %"), target("80 %"), outcome(""), replace(outcome("86 %"), retired=True)):
        assert judged(RATE, replace(changed, changed_at=changed_at), assessed).is_stale == is_stale
    assert not judged(RATE, replace(outcome("86 %", "2021"), changed_at=changed_at), assessed).is_stale


@pytest.mark.parametrize(
    ("period", "today", "is_awaited"),
    [
        ("2022", date(2022, 12, 31), True),
        ("2022", date(2023, 1, 1), False),
        ("2022-T1", date(2024, 1, 1), True),
        ("2022-T3", date(2023, 1, 1), False),
        ("2022-12", date(2023, 1, 1), False),
        ("2022-H1", date(2022, 9, 1), True),
    ],
)
def test_verdicts_of_an_unfinished_year_are_expectations(period: str, today: date, is_awaited: bool) -> None:
    assert is_expected(Period.parse(period), today) == is_awaited


# Up the tree


@pytest.mark.parametrize(
    ("children", "standard", "worst", "share"),
    [
        ("", UNASSESSED, UNASSESSED, UNASSESSED),
        ("-", UNASSESSED, UNASSESSED, UNASSESSED),
        (".", UNASSESSED, UNASSESSED, UNASSESSED),
        ("a", ACHIEVED, ACHIEVED, ACHIEVED),
        ("a-.", ACHIEVED, ACHIEVED, ACHIEVED),
        ("p", PARTLY, PARTLY, MISSED),
        ("n", MISSED, MISSED, MISSED),
        ("ap", PARTLY, PARTLY, PARTLY),
        ("an", PARTLY, MISSED, PARTLY),
        ("pn", MISSED, MISSED, MISSED),
        ("ppn", PARTLY, MISSED, MISSED),
        ("pnn", MISSED, MISSED, MISSED),
        ("ann", PARTLY, MISSED, MISSED),
        ("aaaan", PARTLY, MISSED, ACHIEVED),
        ("aaan", PARTLY, MISSED, PARTLY),
        ("aaaap", PARTLY, PARTLY, ACHIEVED),
    ],
)
def test_rolling_up(children: str, standard: Status, worst: Status, share: Status) -> None:
    by_letter = {"a": ACHIEVED, "p": PARTLY, "n": MISSED, "-": UNASSESSED, ".": OUTSIDE}
    found = [by_letter[letter] for letter in children]
    assert [roll_up(found, policy) for policy in RollUp] == [standard, worst, share]


@given(st.lists(statuses), st.sampled_from(RollUp), st.randoms())
def test_rolling_up_keeps_its_laws(children: list[Status], policy: RollUp, random: object) -> None:
    whole = roll_up(children, policy)
    shuffled = list(children)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    assert roll_up(shuffled, policy) is whole
    assert roll_up([*children, UNASSESSED, OUTSIDE], policy) is whole
    assert whole is not OUTSIDE
    order = [MISSED, PARTLY, ACHIEVED]
    if whole is not UNASSESSED:
        assert order.index(roll_up([*children, ACHIEVED], policy)) >= order.index(whole)
        assert order.index(roll_up([*children, MISSED], policy)) <= order.index(whole)


def small_plan(*more: AnyEntity) -> PlanContent:
    """Two areas, the first with a goal and a sub-area, and an indicator in each; one has its goal in the other area."""
    return PlanContent.of(
        [
            plan("2021", "2022"),
            Area(key="a", name="A"),
            Area(key="b", name="B", parent="a", order=1),
            Area(key="c", name="C", order=2),
            Goal(key="g", name="G", area="a"),
            Indicator(key="direct", name="D", area="a", order=1),
            Indicator(key="goal", name="E", area="a", goal="g", order=2),
            Indicator(key="below", name="F", area="b", order=3),
            Indicator(key="elsewhere", name="H", area="c", goal="g", order=4),
            *(target("80 %", indicator=key) for key in ("direct", "goal", "below", "elsewhere")),
            outcome("90 %", indicator="direct"),
            outcome("70 %", indicator="goal"),
            outcome("10 %", indicator="below"),
            *more,
        ]
    )


def node(result: PlanResult, kind: Kind, key: str) -> tuple[Status, int, int]:
    found = result.nodes[Reference(kind, key)]
    return found.status, found.assessed, found.children


def test_verdicts_rise_through_goals_and_areas_and_count_each_indicator_once() -> None:
    result = judge_plan(small_plan(), YEAR, LATER)
    assert node(result, Kind.GOAL, "g") == (PARTLY, 1, 2)
    assert node(result, Kind.AREA, "b") == (MISSED, 1, 1)
    assert node(result, Kind.AREA, "a") == (PARTLY, 3, 3)
    assert node(result, Kind.AREA, "c") == (UNASSESSED, 0, 1)
    assert (result.total.status, result.total.assessed, result.total.children) == (PARTLY, 1, 2)
    assert result.total.counts == Counts(1, 1, 1, 1, 0, 3)
    assert (result.total.counts.of, result.total.counts.assessed) == (4, 3)
    assert result.nodes[Reference(Kind.AREA, "a")].counts == Counts(1, 1, 1, 1, 0, 3)
    assert result.nodes[Reference(Kind.GOAL, "g")].counts == Counts(0, 1, 0, 1, 0, 1)


def test_an_assessed_node_counts_upward_and_goes_stale() -> None:
    assessed = assessment(Kind.AREA, "b", at="2022-06-01T12:00:00Z")
    result = judge_plan(small_plan(assessed), YEAR, LATER)
    area = result.nodes[Reference(Kind.AREA, "b")]
    assert (area.status, area.computed, area.is_stale) == (ACHIEVED, MISSED, False)
    assert result.nodes[Reference(Kind.AREA, "a")].computed is PARTLY
    later = replace(outcome("20 %", indicator="below"), changed_at="2022-06-02T12:00:00Z")
    assert judge_plan(small_plan(assessed, later), YEAR, LATER).nodes[Reference(Kind.AREA, "b")].is_stale
    above = assessment(Kind.AREA, "a", at="2022-06-01T11:00:00Z")
    result = judge_plan(small_plan(assessed, above), YEAR, LATER)
    assert result.nodes[Reference(Kind.AREA, "a")].is_stale
    assert not result.nodes[Reference(Kind.AREA, "b")].is_stale


def test_a_goal_that_does_not_concern_stands_outside_with_all_below() -> None:
    result = judge_plan(
        small_plan(Goal(key="g", name="G", area="a", not_applicable=True), assessment(Kind.GOAL, "g")), YEAR, LATER
    )
    assert node(result, Kind.GOAL, "g") == (OUTSIDE, 0, 0)
    assert node(result, Kind.AREA, "a") == (PARTLY, 2, 2)
    assert result.total.counts == Counts(1, 0, 1, 0, 2, 2)


def test_the_plan_chooses_how_verdicts_rise() -> None:
    worst = replace(plan("2021", "2022"), roll_up=RollUp.WORST)
    assert judge_plan(small_plan(worst), YEAR, LATER).total.status is MISSED


def test_a_period_without_figures_is_not_assessed() -> None:
    result = judge_plan(small_plan(), Period(2019), LATER)
    assert (result.total.status, result.total.counts) == (UNASSESSED, Counts(not_assessed=4))


# Judging again


def judged_again(content: PlanContent, changes: Sequence[AnyEntity]) -> tuple[PlanResult, PlanResult]:
    result = judge_plan(content, YEAR, LATER)
    changed = content.with_entities(changes)
    again = judge_changes(result, changed, [Reference(each.kind, each.key) for each in changes], LATER)
    return again, judge_plan(read_anew(changed), YEAR, LATER)


def read_anew(content: PlanContent) -> PlanContent:
    """The same plan, of which nothing is remembered."""
    return PlanContent.of(list(content))


@pytest.mark.thorough
@examples(150)
@given(contents(), st.lists(figures_of_plans, max_size=4))
def test_judging_again_gives_what_judging_gives(content: PlanContent, changes: list[AnyEntity]) -> None:
    again, anew = judged_again(content, changes)
    assert again == anew


@pytest.mark.thorough
@examples(50)
@given(contents(), st.lists(st.lists(figures_of_plans, min_size=1, max_size=2), max_size=4))
def test_one_change_after_another(content: PlanContent, rounds: list[list[AnyEntity]]) -> None:
    result = judge_plan(content, YEAR, LATER)
    for changes in rounds:
        content = content.with_entities(changes)
        result = judge_changes(result, content, [Reference(each.kind, each.key) for each in changes], LATER)
    assert result == judge_plan(read_anew(content), YEAR, LATER)


@pytest.mark.thorough
@examples(100)
@given(contents(), st.sampled_from(PERIODS), st.sampled_from((LATER, date(2022, 3, 1))))
def test_what_is_remembered_changes_nothing(content: PlanContent, period: Period, today: date) -> None:
    judge_plan(content, PERIODS[1], today)
    result = judge_plan(content, period, today)
    view = View.of(content, period, today)
    followed = Preparation.of(content).followed.values()
    assert result.indicators == {
        each.indicator.key: judge_indicator(view, each.indicator, each.likeness) for each in followed
    }


@pytest.mark.thorough
@given(contents(), assessments())
def test_counts_agree_with_the_indicators_below(content: PlanContent, assessed: AnyEntity) -> None:
    content = content.with_entities([assessed])
    result = judge_plan(content, YEAR, LATER)
    for place in result.nodes:
        below = [result.indicators[key] for key in content.tree.indicators_below(place)]
        found = [each.status for each in below]
        counts = result.nodes[place].counts
        assert (counts.achieved, counts.not_assessed, counts.not_applicable) == (
            found.count(ACHIEVED),
            found.count(UNASSESSED),
            found.count(OUTSIDE),
        )
        assert counts.reported == sum(each.is_reported and each.status is not OUTSIDE for each in below)


def test_a_change_of_the_structure_or_the_policy_judges_everything() -> None:
    content = small_plan()
    for changed in (
        Indicator(key="goal", name="E", area="c", goal="", order=2),
        replace(plan("2021", "2022"), partial_from=""),
        Goal(key="g", name="G", area="a", not_applicable=True),
    ):
        again, anew = judged_again(content, [changed])
        assert again == anew
        assert again != judge_plan(content, YEAR, LATER)


def test_the_end_of_the_year_judges_everything() -> None:
    gathering = small_plan(Indicator(key="goal", name="E", area="a", goal="g", order=2, cumulative=True))
    before = judge_plan(gathering, YEAR, IN_MAY)
    assert before.indicators["goal"].status is UNASSESSED
    assert judge_again(before, gathering, [], LATER) == judge_plan(gathering, YEAR, LATER)


def test_judging_again_leaves_the_rest_alone() -> None:
    content = small_plan()
    result = judge_plan(content, YEAR, LATER)
    again = judge_again(result, content.with_entities([outcome("95 %", indicator="below")]), ["below"], LATER)
    assert again.indicators["goal"] is result.indicators["goal"]
    assert again.nodes[Reference(Kind.AREA, "c")] is result.nodes[Reference(Kind.AREA, "c")]
    assert again.nodes[Reference(Kind.AREA, "b")].status is ACHIEVED
    assert result.nodes[Reference(Kind.AREA, "b")].status is MISSED
    assert again.nodes[ROOT].counts.achieved == 2


def test_unknown_keys_are_passed_over() -> None:
    content = small_plan()
    result = judge_plan(content, YEAR, LATER)
    assert judge_again(result, content, ["nothing"], LATER, [Reference(Kind.GOAL, "nothing")]) == result
    assert judge_changes(result, content, [Reference(Kind.RISK, "r"), Reference(Kind.OUTCOME, "?")], LATER) == result


def test_a_retired_indicator_is_not_judged() -> None:
    content = small_plan().with_entities([Indicator(key="below", name="F", area="b", retired=True)])
    result = judge_plan(content, YEAR, LATER)
    assert "below" not in result.indicators
    assert result.nodes[Reference(Kind.AREA, "b")].status is UNASSESSED


def test_series_breaks_and_readings_are_looked_at_without_a_figure() -> None:
    result = judged(RATE, replace(outcome("", reading=2), retired=True), Outcome(indicator="i", period=YEAR, part="x"))
    assert (result.status, result.is_reported) == (UNASSESSED, False)
