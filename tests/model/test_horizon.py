"""From when a target holds, and the period that it is measured from: in its text as well as in its field."""

from __future__ import annotations

import pytest

from kvaltui.i18n import say
from kvaltui.model.horizon import later_horizon, split_base_period, split_horizon
from kvaltui.model.period import Period
from kvaltui.model.status import Status
from kvaltui.model.structure import Indicator
from kvaltui.model.target_rule import Rule
from tests.model.plans import judged, outcome, plan, target

RATE = Indicator(key="i", name="Trygghet")
COUNT = Indicator(key="i", name="Projekt", unit="antal")


@pytest.mark.parametrize(
    ("horizon", "period", "is_later"),
    [
        ("2026", "2022", True),
        ("2026", "2026", False),
        ("senast 2026", "2026-T1", True),
        ("2023–2026", "2024", True),
        ("2023–2026", "2026", False),
        ("vid mandatperiodens slut", "2022", True),
        ("vid årets slut", "2022-T1", True),
        ("vid årets slut", "2022-T3", False),
        ("vid årsskiftet", "2022", False),
        ("på helår", "2022-Q2", True),
        ("2022-T2", "2022-T1", True),
        ("2022-T2", "2022-T2", False),
    ],
)
def test_whether_a_target_holds_later(horizon: str, period: str, *, is_later: bool) -> None:
    assert (later_horizon(horizon, Period.parse(period)) is not None) == is_later


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("85 % vid mandatperiodens slut", Status.NOT_ASSESSED),
        ("85 % senast 2026", Status.NOT_ASSESSED),
        ("85 % (2026)", Status.NOT_ASSESSED),
        ("85 % 2022", Status.NOT_ACHIEVED),
        ("85 % vid årets slut", Status.NOT_ACHIEVED),
        ("85 %", Status.NOT_ACHIEVED),
    ],
)
def test_a_horizon_in_the_text_is_as_one_in_the_field(written: str, wanted: Status) -> None:
    assert judged(RATE, outcome("40 %"), target(written)).status is wanted
    assert judged(RATE, outcome("90 %"), target(written)).status is Status.ACHIEVED
    text, horizon = split_horizon(written)
    assert horizon or "(" in written or written == "85 %"
    if horizon:
        assert judged(RATE, outcome("40 %"), target(text, horizon=horizon)).status is wanted


def test_the_field_comes_before_the_text() -> None:
    assert judged(RATE, outcome("40 %"), target("85 % senast 2026", horizon="2022")).status is Status.NOT_ACHIEVED


def test_the_same_text_is_judged_by_its_period() -> None:
    """What was judged of equal texts in one period says nothing of another one."""
    written = "85 % senast 2023"
    figures = [each for year in ("2022", "2023") for each in (outcome("40 %", year), target(written, year))]
    periods = plan("2022", "2023")
    assert judged(RATE, *figures, plan=periods, period="2022").status is Status.NOT_ASSESSED
    assert judged(RATE, *figures, plan=periods, period="2023").status is Status.NOT_ACHIEVED
    assert judged(RATE, *figures, plan=periods, period="2022").status is Status.NOT_ASSESSED


def test_a_horizon_after_both_parts_is_of_both() -> None:
    parts = Indicator(key="i", name="Trygghet", breakdown=("Kvinnor", "Män"))
    result = judged(parts, outcome("40 % resp 50 %"), target("90 % resp 85 % vid mandatperiodens slut"))
    assert [part.verdict.status for part in result.parts] == [Status.NOT_ASSESSED, Status.NOT_ASSESSED]


@pytest.mark.parametrize(
    ("written", "value", "wanted"),
    [
        ("1 ny från 2018", "3", Status.ACHIEVED),
        ("1 ny från 2018", "2", Status.NOT_ACHIEVED),
        ("öka från 2018", "3", Status.ACHIEVED),
        ("öka från år 2018", "2", Status.PARTIALLY_ACHIEVED),
        ("minska från 2018", "3", Status.NOT_ACHIEVED),
        ("öka från 2017", "3", Status.NOT_ASSESSED),
        ("öka från 2018 st", "3", Status.NOT_ACHIEVED),
    ],
)
def test_a_target_may_name_the_period_that_it_is_measured_from(written: str, value: str, wanted: Status) -> None:
    earlier = outcome("2", "2018"), outcome("9", "2019")
    result = judged(COUNT, *earlier, outcome(value, "2020"), target(written, "2020"), period="2020")
    assert result.status is wanted
    if "2018" in written and "st" not in written:
        assert "(2018)" in say(result.verdict.reason)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("öka från 2021-T3", "2021-T3"),
        ("öka från T3 2021", "2021-T3"),
        ("öka från tertial 3 2021", "2021-T3"),
        ("öka från 2021 T3", "2021-T3"),
        ("öka jämfört med 2021", "2021"),
        ("1 ny sedan kvartal 2 2021", "2021-Q2"),
        ("öka från 2021-04", "2021-04"),
    ],
)
def test_how_the_period_of_a_base_is_written(written: str, period: str) -> None:
    found = split_base_period(written)
    assert found is not None
    assert str(found[1]) == period


def test_a_number_is_no_period() -> None:
    for written in ("öka från 750", "öka från 2018 st", "öka från 2 018", "öka från 2021-13", "öka"):
        assert split_base_period(written) is None
    assert judged(COUNT, outcome("800"), target("öka från 750")).verdict.rule is Rule.INCREASE
