"""New periods with their targets, and areas marked complete and opened again."""

from __future__ import annotations

from datetime import date

import pytest

from kvaltui.model.content import PlanContent
from kvaltui.model.limits import RuleError
from kvaltui.model.period import Period
from kvaltui.model.reporting import Completion, TargetValue
from kvaltui.model.reporting_round import (
    complete_area,
    completion,
    marked_complete,
    next_period,
    reopened,
    united,
    with_period,
)
from kvaltui.model.structure import Area, Indicator, IndicatorStatus, Plan

TODAY = date(2024, 10, 1)
NOW, NEXT = Period(2022), Period(2023)


def periods(text: str) -> tuple[Period, ...]:
    return tuple(Period.parse(each) for each in text.split())


def plan(text: str) -> Plan:
    return Plan(key="p", title="P", periods=periods(text))


def content() -> PlanContent:
    return PlanContent.of(
        [
            plan("2022"),
            Area(key="omsorg", name="Omsorg"),
            Area(key="hem", name="Hem", parent="omsorg"),
            *(Indicator(key=key, name=key, area="hem") for key in ("followed", "rested", "set")),
            Indicator(key="ended", name="ended", status=IndicatorStatus.DISCONTINUED),
            *(TargetValue(indicator=key, period=NOW, value="80 %") for key in ("followed", "ended", "set")),
            TargetValue(indicator="followed", period=NOW, part="Kvinnor", value="90 %"),
            TargetValue(indicator="set", period=NEXT, value="70 %"),
            TargetValue(indicator="rested", period=NOW, value=""),
        ]
    )


@pytest.mark.parametrize(
    ("there", "more", "together"),
    [
        ("2021 2022", "2022 2023", "2021 2022 2023"),
        ("2022", "2021", "2021 2022"),
        ("2022", "2022-T1 2022", "2022-T1 2022"),
        ("2021 2022", "2022 2021", "2022 2021"),
        ("", "2022", "2022"),
        ("2022", "", "2022"),
    ],
)
def test_periods_are_united(there: str, more: str, together: str) -> None:
    assert united(periods(there), periods(more)) == periods(together)


@pytest.mark.parametrize(
    ("known", "following"),
    [
        ("2022", "2023"),
        ("2017 2018 2019-T1", "2019-T2"),
        ("2019-T3", "2020-T1"),
        ("2023 2022", "2024"),
        ("", "2024"),
        ("9998 9999", None),
    ],
)
def test_the_next_period_is_proposed(known: str, following: str | None) -> None:
    proposed = next_period(plan(known), TODAY)
    assert str(proposed) == (following or "10000")


def test_a_new_period_takes_the_targets_of_what_is_still_followed_and_has_none_there() -> None:
    changed, *targets = with_period(content(), NEXT, NOW)
    assert changed == plan("2022 2023")
    assert targets == [
        TargetValue(indicator="followed", period=NEXT, value="80 %"),
        TargetValue(indicator="followed", period=NEXT, part="Kvinnor", value="90 %"),
    ]
    assert with_period(content(), NEXT) == (plan("2022 2023"),)


def test_a_period_is_not_added_twice() -> None:
    with pytest.raises(RuleError) as refused:
        with_period(content(), NOW)
    assert refused.value.field == "period"


def test_an_area_is_marked_complete_and_opened_again() -> None:
    before = content()
    assert not completion(before, "omsorg", NOW).complete
    marked = marked_complete(before, "omsorg", NOW)
    assert marked == Completion(area="omsorg", period=NOW)
    after = before.with_entities([marked])
    assert complete_area(after, "hem", NOW) == "omsorg"
    assert complete_area(after, "hem", NEXT) == complete_area(before, "hem", NOW) == ""
    opened = reopened(after, "omsorg", NOW, "Ett utfall var fel")
    assert (opened.complete, opened.motivation) == (False, "Ett utfall var fel")
    assert marked_complete(after.with_entities([opened]), "omsorg", NOW) == marked


def test_what_is_not_complete_is_not_opened_again() -> None:
    with pytest.raises(RuleError):
        reopened(content(), "hem", NOW, "Ett utfall var fel")
