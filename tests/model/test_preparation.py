"""What is remembered and looked up in advance never changes what is judged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model import preparation
from kvaltui.model.content import PlanContent
from kvaltui.model.fulfilment import judge_again, judge_plan
from kvaltui.model.period import Period
from kvaltui.model.status import Doubt
from kvaltui.model.structure import Area, Indicator
from tests.model.plans import LATER, YEAR, outcome, plan

YEARS = (2020, 2021, 2022)
KEYS = ("a", "b", "c", "d")


def grid(values: list[str]) -> PlanContent:
    """Four indicators, two of the same name, with three years of figures each."""
    places = [(key, year) for key in KEYS for year in YEARS]
    return PlanContent.of(
        [
            plan(*map(str, YEARS)),
            *(Indicator(key=key, name="Samma" if key in "ab" else key) for key in KEYS),
            *(outcome(value, str(year), key) for (key, year), value in zip(places, values, strict=True)),
        ]
    )


values = st.sampled_from(("", "74", "75", "76 %", "76%", "-"))
changes = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(YEARS), values), min_size=1, max_size=8)


@given(st.lists(values, min_size=12, max_size=12), changes)
def test_repeated_series_come_and_go(figures: list[str], changes: list[tuple[str, int, str]]) -> None:
    content = grid(figures)
    result = judge_plan(content, YEAR, LATER)
    for key, year, value in changes:
        content = content.with_entities([outcome(value, str(year), key)])
        result = judge_again(result, content, [key], LATER)
    assert result == judge_plan(PlanContent.of(list(content)), YEAR, LATER)


def test_who_gets_a_twin_and_who_loses_one() -> None:
    content = grid(["74", "75", "76", "1", "2", "3", "74", "75", "76", "", "", ""])
    result = judge_plan(content, YEAR, LATER)
    assert result.indicators["a"].doubts == (Doubt.DUPLICATE_NAME, Doubt.REPEATED_SERIES)
    assert result.indicators["c"].doubts == (Doubt.REPEATED_SERIES,)
    again = judge_again(result, content.with_entities([outcome("77", indicator="c")]), ["c"], LATER)
    assert again.indicators["a"].doubts == (Doubt.DUPLICATE_NAME,)
    assert again.indicators["c"].doubts == ()


def test_a_second_reading_that_comes_later_is_seen() -> None:
    content = grid(["74"] * 12)
    result = judge_plan(content, YEAR, LATER)
    again = judge_again(result, content.with_entities([outcome("75", indicator="c", reading=2)]), ["c"], LATER)
    assert again.indicators["c"].doubts == (Doubt.CONFLICTING_SOURCES,)


def test_little_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "_MOST_REMEMBERED", 2)
    figures = [f"{number} %" for number in range(12)]
    short, long = grid(figures), grid(figures)
    forgetful = [judge_plan(short, Period(year), LATER) for year in YEARS * 2]
    monkeypatch.undo()
    assert forgetful == [judge_plan(long, Period(year), LATER) for year in YEARS * 2]


def test_one_figure_in_a_flat_area_of_many_leaves_the_others_alone() -> None:
    keys = [f"i{number}" for number in range(500)]
    indicators = [Indicator(key=key, name=key, area="a") for key in keys]
    figures = [outcome(f"{number % 100} %", indicator=key) for number, key in enumerate(keys)]
    content = PlanContent.of([plan(), Area(key="a", name="A"), *indicators, *figures])
    result = judge_plan(content, YEAR, LATER)
    changed = content.with_entities([outcome("90 %", indicator="i7")])
    again = judge_again(result, changed, ["i7"], LATER)
    assert [key for key in keys if again.indicators[key] is not result.indicators[key]] == ["i7"]
    assert again == judge_plan(PlanContent.of(list(changed)), YEAR, LATER)
