"""Figures that look wrong are marked and never blocked (docs/rules.md, Doubts)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.fulfilment import judge_again, judge_plan
from kvaltui.model.period import Period
from kvaltui.model.scale import Direction
from kvaltui.model.status import Doubt, Status
from kvaltui.model.structure import Aggregate, Indicator
from kvaltui.model.target_rule import Rule
from tests.model.plans import LATER, judged, outcome, periods, plan, target

RATE = Indicator(key="i", name="Trygghet")
COUNT = Indicator(key="i", name="Besök", unit="antal")


@pytest.mark.parametrize(
    ("value", "doubts"),
    [
        ("38 % (271 av 705)", []),
        ("38,4 % (271 av 705)", []),
        ("38,44 % (271 av 705)", []),
        ("38,43 % (271 av 705)", [Doubt.QUOTIENT_MISMATCH]),
        ("39 % (271 av 705)", [Doubt.QUOTIENT_MISMATCH]),
        ("12 % (1 av 8)", []),
        ("13 % (1 av 8)", []),
        ("271/705", []),
        ("100 %", []),
        ("0 %", []),
        ("100,1 %", [Doubt.OUT_OF_RANGE]),
        ("-0,1 %", [Doubt.OUT_OF_RANGE]),
        ("72–101 %", [Doubt.OUT_OF_RANGE]),
        (">100 %", []),
        (">101 %", [Doubt.OUT_OF_RANGE]),
        ("ca 3 500", [Doubt.OUT_OF_RANGE]),
        ("3 500", [Doubt.OUT_OF_RANGE]),
        ("8/4", [Doubt.OUT_OF_RANGE]),
        ("12.500", [Doubt.UNREADABLE]),
    ],
)
def test_a_figure_by_itself(value: str, doubts: list[Doubt]) -> None:
    assert list(judged(RATE, outcome(value)).doubts) == doubts


@pytest.mark.parametrize(
    ("value", "earlier", "wanted", "is_doubtful"),
    [
        ("0,86", "", "86 %", True),
        ("0,86", "84 %", "", True),
        ("0,86 %", "", "minst 80 %", True),
        ("ca 0,86", "", "86 %", True),
        ("0,5–0,9", "", "80 %", True),
        (">0,98", "", "98 %", True),
        ("0,86 (86/100)", "", "86 %", True),
        ("0,875", "", "", True),
        ("0,86", "", "", True),
        ("0,3", "", "", False),
        ("1", "", "86 %", True),
        ("1", "", "", False),
        ("0", "", "86 %", False),
        ("86", "", "86 %", False),
        ("0,2", "0,3", "0,2", False),
        ("0,2", "0,3", "", False),
        ("1/200", "", "86 %", False),
        ("-0,5", "", "86 %", False),
        ("0,86", "", "öka från 84", True),
        ("0,86", "ej mätt", "", True),
    ],
)
def test_a_share_written_as_a_number(value: str, earlier: str, wanted: str, is_doubtful: bool) -> None:
    result = judged(RATE, outcome(value), outcome(earlier, "2021"), target(wanted), period="2022")
    assert (Doubt.SHARE_AS_NUMBER in result.doubts) == is_doubtful
    count = judged(COUNT, outcome(value), outcome(earlier, "2021"), target(wanted), period="2022")
    assert Doubt.SHARE_AS_NUMBER not in count.doubts


@pytest.mark.parametrize(
    ("direction", "wanted", "is_doubtful"),
    [
        (Direction.LOWER, "4–6 %", True),
        (Direction.LOWER, "5 ± 1", True),
        (Direction.LOWER, "0–6 %", False),
        (Direction.LOWER, "minst 5 %", True),
        (Direction.LOWER, "> 5 %", True),
        (Direction.LOWER, "öka", True),
        (Direction.LOWER, "bibehålla eller öka", True),
        (Direction.LOWER, "2 nya", True),
        (Direction.LOWER, "högst 5 %", False),
        (Direction.LOWER, "5 %", False),
        (Direction.LOWER, "minska", False),
        (Direction.HIGHER, "högst 5 %", True),
        (Direction.HIGHER, "under 5", True),
        (Direction.HIGHER, "minska från 7", True),
        (Direction.HIGHER, "45–55 %", True),
        (Direction.HIGHER, "90–100 %", False),
        (Direction.HIGHER, "minst 95 %", False),
        (Direction.HIGHER, "95 %", False),
        (Direction.HIGHER, "bibehålla", False),
        (Direction.HIGHER, "Månatlig uppföljning", False),
        (Direction.BAND, "45–55 %", False),
        (Direction.BAND, "minst 5 %", False),
        (Direction.NEUTRAL, "högst 5 %", False),
        (Direction.HIGHER, "", False),
    ],
)
def test_a_target_against_the_direction(direction: Direction, wanted: str, is_doubtful: bool) -> None:
    indicator = replace(RATE, direction=direction)
    for figure in ("", "5 %", "ej mätt"):
        result = judged(indicator, outcome(figure), target(wanted))
        assert (Doubt.DIRECTION_MISMATCH in result.doubts) == is_doubtful
    parts = replace(indicator, breakdown=("Kvinnor", "Män"))
    assert (Doubt.DIRECTION_MISMATCH in judged(parts, target(wanted)).doubts) == is_doubtful
    if wanted:
        by_part = judged(parts, target(f"Kvinnor {wanted}"))
        assert (Doubt.DIRECTION_MISMATCH in by_part.doubts) == is_doubtful


def test_the_rule_of_the_target_judges_though_it_goes_against_the_direction() -> None:
    result = judged(replace(RATE, direction=Direction.LOWER), outcome("3 %"), target("4–6 %"))
    assert (result.status, result.verdict.rule) == (Status.NOT_ACHIEVED, Rule.WITHIN)


def test_a_typed_slip_is_seen_before_it_is_stored() -> None:
    content = PlanContent.of([plan("2022"), RATE, target("80 %")])
    before = judge_plan(content, Period(2022), LATER)
    for typed, doubts in (
        ("3 500", (Doubt.OUT_OF_RANGE, Doubt.JUMP)),
        ("0,86", (Doubt.SHARE_AS_NUMBER, Doubt.JUMP)),
        ("86", ()),
    ):
        after = judge_again(before, content.with_entities([outcome(typed)]), ["i"], LATER)
        assert after.indicators["i"].doubts == doubts


@pytest.mark.parametrize("text", ["3 enskilda möten per barn", "98%/0/ behov", "Tidsgräns: inom 3 mån"])
def test_a_target_in_words_with_a_figure_is_a_persons_matter_with_a_doubt(text: str) -> None:
    result = judged(COUNT, outcome("34"), target(text))
    assert result.doubts == (Doubt.UNREADABLE,)
    assert (result.status, result.verdict.rule, result.target) == (Status.NOT_ASSESSED, Rule.QUALITATIVE, text)
    assert judged(COUNT, outcome("34"), target("Månatlig uppföljning")).doubts == ()
    assert judged(replace(COUNT, unit="text"), outcome("klart"), target(text)).doubts == ()


def test_only_percentages_have_a_range_and_ratios_of_other_units_are_not_times_a_hundred() -> None:
    assert judged(COUNT, outcome("4135")).doubts == ()
    assert judged(replace(RATE, unit="index"), outcome("0,5 (1 av 2)")).doubts == ()
    assert judged(replace(RATE, unit="index"), outcome("50 (1 av 2)")).doubts == (Doubt.QUOTIENT_MISMATCH,)


@pytest.mark.parametrize(
    ("value", "earlier", "wanted", "is_doubtful"),
    [
        ("500", "100", "", True),
        ("499", "100", "", False),
        ("20", "100", "", True),
        ("21", "100", "", False),
        ("0", "100", "", False),
        ("500", "", "100", True),
        ("20", "", "högst 100", True),
        ("100", "", "högst 120", False),
        ("500", "", "50–100", True),
        ("9", "", "50–100", True),
        ("100", "", "11–99", False),
        ("5", "0", "0", False),
        ("5", "-1", "", False),
        ("400–600", "100", "", False),
        ("500–600", "100", "", True),
        (">500", "100", "", True),
        ("<20", "100", "", True),
        ("500", "90–110", "", False),
        ("550", "90–110", "", True),
        ("500 av 1000", "100", "", True),
        ("7", "", "2 nya från 1", True),
        ("5000", "", "öka från 750", True),
        ("500", "ej mätt", "", False),
        ("7", "1", "2 nya", True),
    ],
)
def test_far_from_the_previous_figure_or_from_the_target(
    value: str, earlier: str, wanted: str, is_doubtful: bool
) -> None:
    result = judged(COUNT, outcome(value), outcome(earlier, "2021"), target(wanted), period="2022")
    assert (Doubt.JUMP in result.doubts) == is_doubtful


def test_a_neutral_number_is_compared_too() -> None:
    neutral = judged(replace(COUNT, direction=Direction.NEUTRAL), outcome("500"), target("100"))
    assert neutral.doubts == (Doubt.JUMP,)


def test_a_part_with_a_glued_footnote_is_far_from_its_earlier_figure() -> None:
    days = replace(RATE, unit="dagar", breakdown=("BOU", "VUX", "LSS"))
    typed = outcome("BOU 1137; VUX 348; LSS 1749", "2018")
    before = outcome("BOU 121; VUX 49; LSS 130", "2017")
    assert judged(days, typed, before, period="2018").doubts == (Doubt.JUMP,)
    assert judged(days, outcome("BOU 113; VUX 34; LSS 174", "2018"), before, period="2018").doubts == ()


def test_what_cannot_be_compared_is_no_jump() -> None:
    figures = outcome("500"), outcome("100", "2021")
    assert judged(replace(COUNT, series_breaks=periods("2022")), *figures).doubts == ()
    gathering = replace(COUNT, cumulative=True)
    monthly = outcome("2", "2022-T1"), outcome("30", "2021-T3"), target("20", "2022-T1")
    assert judged(gathering, *monthly, plan=plan("2021-T3", "2022-T1")).doubts == ()


@pytest.mark.parametrize(
    ("unit", "aggregate", "parts", "total", "is_doubtful"),
    [
        ("antal", Aggregate.NONE, ("40", "60"), "100", False),
        ("antal", Aggregate.NONE, ("40", "60"), "101", True),
        ("antal", Aggregate.NONE, ("40", ""), "101", False),
        ("antal", Aggregate.NONE, ("40", "ca 50–60"), "101", False),
        ("%", Aggregate.NONE, ("40", "60"), "50", False),
        ("kr", Aggregate.SUM, ("40", "60"), "90", True),
    ],
)
def test_parts_of_a_count_sum_to_the_total(
    unit: str, aggregate: Aggregate, parts: tuple[str, str], total: str, is_doubtful: bool
) -> None:
    indicator = replace(COUNT, unit=unit, breakdown=("A", "B"), aggregate=aggregate)
    figures = outcome(parts[0], part="A"), outcome(parts[1], part="B"), outcome(total)
    assert (Doubt.PARTS_DO_NOT_SUM in judged(indicator, *figures).doubts) == is_doubtful


@pytest.mark.parametrize(
    ("first", "second", "is_doubtful"),
    [
        ("6,1", "5,6", True),
        ("6,1", "6,10 %", False),
        ("6,1", "ca 6,1", False),
        ("6,1", ">6,1", True),
        ("6,1", "ej mätt", True),
        ("ej mätt", "ej mätt", False),
        ("6,1", "", False),
        ("6,1", "skräp 6", False),
    ],
)
def test_two_sources(first: str, second: str, is_doubtful: bool) -> None:
    result = judged(RATE, outcome(first), outcome(second, reading=2))
    assert (Doubt.CONFLICTING_SOURCES in result.doubts) == is_doubtful
    assert result.outcome == first


def test_a_third_reading_and_the_readings_of_a_part_are_seen() -> None:
    assert (
        Doubt.CONFLICTING_SOURCES
        in judged(RATE, outcome("6,1"), outcome("6,1", reading=2), outcome("5,6", reading=3)).doubts
    )
    gendered = replace(RATE, breakdown=("Kvinnor", "Män"))
    part = outcome("6,1", part="Män"), outcome("5,6", part="Män", reading=2)
    assert judged(gendered, *part).doubts == (Doubt.CONFLICTING_SOURCES,)


def doubts_of(*entities: AnyEntity) -> dict[str, tuple[Doubt, ...]]:
    content = PlanContent.of([plan("2020", "2021", "2022"), *entities])
    return {key: each.doubts for key, each in judge_plan(content, Period(2022), LATER).indicators.items()}


def test_the_same_name_twice_in_an_area() -> None:
    names = [
        Indicator(key="a", name="Andel besök av flickor"),
        Indicator(key="b", name=" andel  besök av FLICKOR"),
        Indicator(key="c", name="Andel besök av pojkar"),
        Indicator(key="d", name="Andel besök av flickor", area="annat"),
        Indicator(key="e", name="Andel besök av flickor", retired=True),
    ]
    twice = (Doubt.DUPLICATE_NAME,)
    assert doubts_of(*names) == {"a": twice, "b": twice, "c": (), "d": ()}


@pytest.mark.parametrize(
    ("first", "second", "is_doubtful"),
    [
        (("74", "75", "76"), ("74", "75", "76"), True),
        (("74", "75", "76"), ("74 %", "75 %", "76%"), True),
        (("74,0", "75", "76"), ("74.0", "75", "76"), True),
        (("74", "75", "76"), ("74", "75", "77"), False),
        (("74", "75", ""), ("74", "75", ""), False),
        (("2", "2", "2"), ("2", "2", "2"), False),
        (("-", "ej mätt", "76"), ("-", "ej mätt", "76"), False),
    ],
)
def test_the_same_series_under_two_indicators(
    first: tuple[str, ...], second: tuple[str, ...], is_doubtful: bool
) -> None:
    figures = [
        outcome(value, str(year), key)
        for key, series in (("a", first), ("b", second))
        for year, value in zip((2020, 2021, 2022), series, strict=True)
    ]
    found = doubts_of(Indicator(key="a", name="A"), Indicator(key="b", name="B"), *figures)
    wanted = (Doubt.REPEATED_SERIES,) if is_doubtful else ()
    assert found == {"a": wanted, "b": wanted}


def test_the_same_series_of_parts() -> None:
    def of(key: str, last: str) -> list[AnyEntity]:
        figures = [outcome(value, "2021", key, part) for part, value in (("K", "1"), ("M", "2"))]
        return [Indicator(key=key, name=key, breakdown=("K", "M")), *figures, outcome(last, "2022", key, "K")]

    assert doubts_of(*of("a", "3"), *of("b", "3")) == dict.fromkeys("ab", (Doubt.REPEATED_SERIES,))
    assert doubts_of(*of("a", "3"), *of("b", "4")) == {"a": (), "b": ()}
