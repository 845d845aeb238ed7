"""What a person writes becomes the outcomes that are meant: the whole's, or those of its parts."""

from __future__ import annotations

import pytest

from kvaltui.model.content import PlanContent
from kvaltui.model.entering import as_entered, changed_by, is_same_figure, with_value
from kvaltui.model.figure import FigureError
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Indicator, Plan
from kvaltui.model.value import replace

PERIOD = Period(2022)
PARTS = ("BOU", "VUX", "LSS")


def outcome(part: str = "", value: str = "") -> Outcome:
    return Outcome(indicator="i", period=PERIOD, part=part, value=value)


def content(*outcomes: Outcome, breakdown: tuple[str, ...] = PARTS) -> PlanContent:
    plan = Plan(key="p", title="Plan", periods=(PERIOD,))
    return PlanContent.of([plan, Indicator(key="i", name="I", unit="dagar", breakdown=breakdown), *outcomes])


def test_a_figure_of_the_whole_stands_as_written() -> None:
    assert as_entered(content(breakdown=()), outcome(), "1 473 ") == (outcome(value="1 473"),)
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
    after = with_value(before, "6", Scale("dagar"))
    assert (after.value, after.retired, after.contested) == ("6", False, ("note",))


SAME = [
    ("%", "86 %", "86"),
    ("%", "86 %", " 86% "),
    ("%", "5,1", "5.1 %"),
    ("antal", "1 473 495", "1473495"),
    ("antal", "−3 420", "-3420"),
    ("%", "minst 98", "≥98 %"),
    ("%", "72–100 %", "72 till 100"),
    ("%", "ca 98", "bedömd 98 %"),
    ("dagar", "ej mätt", "-"),
    ("antal", "1 (Malmslätt)", "1  ( Malmslätt )"),
    ("ja/nej", "ja", "JA"),
    ("text", "Bra  år", "Bra år"),
    ("%", "", ""),
    ("%", "12.500", "12.500"),
]
OTHER = [
    ("%", "86 %", "86,0"),
    ("%", "86", "86 (Malmslätt)"),
    ("%", "86 (Malmslätt)", "86 (Ekholmen)"),
    ("%", "86", "ca 86"),
    ("%", "86", ">86"),
    ("%", "80 %", "8/10"),
    ("%", "8/10", "80 % (8/10)"),
    ("%", "86", ""),
    ("%", "", "86"),
    ("dagar", "ej mätt", "ej mätbart"),
    ("text", "Bra år", "Bra"),
    ("%", "12.500", "12"),
]


@pytest.mark.parametrize(("unit", "stored", "written"), SAME)
def test_another_writing_of_the_same_figure_changes_nothing(unit: str, stored: str, written: str) -> None:
    assert is_same_figure(stored, written, Scale(unit))
    known = Outcome(indicator="i", period=PERIOD, value=stored)
    plan = PlanContent.of([Plan(key="p", title="Plan", periods=(PERIOD,)), Indicator(key="i", name="I", unit=unit)])
    assert as_entered(plan, known, written) == (known,)
    assert changed_by(plan, known, as_entered(plan, known, written)) == ()


@pytest.mark.parametrize(("unit", "stored", "written"), OTHER)
def test_what_says_more_or_something_else_is_a_change(unit: str, stored: str, written: str) -> None:
    assert not is_same_figure(stored, written, Scale(unit))


def test_parts_written_at_once_change_only_those_that_differ() -> None:
    known = content(outcome("BOU", "119"), outcome("VUX", "49"))
    entered = as_entered(known, outcome(), "BOU 119; VUX 50")
    assert changed_by(known, outcome(), entered) == (outcome("VUX", "50"),)


def test_the_same_figure_still_decides_a_conflict_and_brings_back() -> None:
    for before in (outcome(value="5"), replace(outcome(value="5"), contested=("value",))):
        after = with_value(replace(before, retired=not before.contested), "5", Scale("dagar"))
        assert (after.retired, after.contested) == (False, ())
