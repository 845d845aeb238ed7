"""Periods: how they are written, ordered, ended and named."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.message import Message
from kvaltui.model.period import Frequency, Period, PeriodError

frequencies = st.sampled_from(Frequency)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    frequency = draw(frequencies)
    return Period(draw(st.integers(1900, 2999)), frequency, draw(st.integers(1, frequency.parts_of_year)))


@given(periods())
def test_a_period_written_and_read_back_is_the_same(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022", Period(2022)),
        (" 2022-t1 ", Period(2022, Frequency.TERTIAL, 1)),
        ("2022-H2", Period(2022, Frequency.HALF_YEAR, 2)),
        ("2022-Q3", Period(2022, Frequency.QUARTER, 3)),
        ("2022-04", Period(2022, Frequency.MONTH, 4)),
    ],
)
def test_the_five_ways_of_writing_a_period(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize(
    "text", ["", "22", "2022-13", "2022-00", "2022-T4", "2022-H3", "2022-4", "0000", "٢٠٢٢", "2022-"]
)
def test_anything_else_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(PeriodError) as refused:
        Period.parse(text)
    assert "2022-T1" in str(refused.value)


@given(periods())
def test_periods_of_one_frequency_follow_each_other_without_a_gap(period: Period) -> None:
    assert period.previous.next == period
    assert period.previous < period < period.next
    assert period.previous.end + timedelta(days=1) == period.start


@given(periods(), periods())
def test_an_earlier_end_comes_first(one: Period, other: Period) -> None:
    if one.end < other.end:
        assert one < other
        assert not other <= one


def test_a_year_comes_after_its_last_part() -> None:
    tertials = [Period.parse(f"2022-T{number}") for number in (1, 2, 3)]
    assert sorted([Period(2022), *reversed(tertials)]) == [*tertials, Period(2022)]


def test_a_period_is_over_the_day_after_its_end() -> None:
    tertial = Period.parse("2019-T1")
    assert tertial.end == date(2019, 4, 30)
    assert not tertial.is_over(date(2019, 4, 30))
    assert tertial.is_over(date(2019, 5, 1))


def test_only_a_period_within_the_year_is_interim() -> None:
    assert [Period.parse(text).is_interim for text in ("2022", "2022-T3", "2022-12", "2022-T1", "2022-Q3")] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_a_month_is_named_in_words() -> None:
    assert Period.parse("2022-04").message == Message("{month} {year}", month=Message("April"), year="2022")


def test_what_is_no_period_is_told_as_it_was_typed() -> None:
    with pytest.raises(PeriodError, match="“nästa år”"):
        Period.parse(" nästa år ")
    assert Period.parse("2022-t1") == Period.parse("2022-T1")
