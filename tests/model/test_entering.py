"""What a person writes becomes the outcomes that are meant: the whole's, or those of its parts."""

from __future__ import annotations

import pytest

from kvaltui.model.content import PlanContent
from kvaltui.model.entering import as_entered, with_value
from kvaltui.model.figure import FigureError
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Indicator, Plan

PERIOD = Period(2022)
PARTS = ("BOU", "VUX", "LSS")


def outcome(part: str = "", value: str = "") -> Outcome:
    return Outcome(indicator="i", period=PERIOD, part=part, value=value)


def content(*outcomes: Outcome, breakdown: tuple[str, ...] = PARTS) -> PlanContent:
    plan = Plan(key="p", title="Plan", periods=(PERIOD,))
    return PlanContent.of([plan, Indicator(key="i", name="I", unit="dagar", breakdown=breakdown), *outcomes])


def test_a_figure_of_the_whole_stands_as_written() -> None:
    assert as_entered(content(breakdown=()), outcome(), "1 473 ") == (outcome(value="1 473 "),)
    assert as_entered(content(), outcome(value="5"), "") == (outcome(),)


def test_parts_at_once_stand_as_written_where_the_parts_have_no_figures() -> None:
    text = "BOU 121; VUX 49; LSS 130"
    assert as_entered(content(), outcome(), text) == (outcome(value=text),)


def test_parts_at_once_go_to_the_parts_that_have_figures() -> None:
    known = content(outcome("BOU", "119"), outcome("LSS", "ej mätt"))
    assert as_entered(known, outcome(), "BOU 121; VUX 49") == (outcome("BOU", "121"), outcome("VUX", "49"))


def test_a_figure_of_one_part_is_that_parts() -> None:
    assert as_entered(content(outcome("BOU", "119")), outcome("BOU", "119"), "<5") == (outcome("BOU", "<5"),)


@pytest.mark.parametrize(("part", "text"), [("", "12.500"), ("", "BOU 121; ABC 3"), ("BOU", "VUX 49"), ("BOU", "NaN")])
def test_what_cannot_be_read_is_refused(part: str, text: str) -> None:
    with pytest.raises(FigureError):
        as_entered(content(), outcome(part), text)


def test_a_value_that_a_person_gives_decides_a_conflict_and_brings_back() -> None:
    before = Outcome(indicator="i", period=PERIOD, value="5", retired=True, contested=("value", "note"))
    after = with_value(before, "6")
    assert (after.value, after.retired, after.contested) == ("6", False, ("note",))
