"""Days and periods as people write them: each way that can mean one thing is read, the others say what is expected."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.i18n import say
from kvaltui.model.day import MONTH_NAMES, DayError, Towards, day_in_words, parse_day
from kvaltui.model.period import Period, PeriodError
from kvaltui.model.written_period import parse_written_period

TODAY = date(2026, 11, 26)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def ways_to_write(day: date) -> list[str]:
    """Every way that has a year in it."""
    d, m, y = day.day, day.month, day.year
    names = MONTH_NAMES[m - 1]
    return [
        day.isoformat(),
        f"{y}/{m}/{d}",
        f"{y}{m:02}{d:02}",
        *(f"{d}/{m}{sign}{year}" for sign in (" ", "-", "/", " -", ", ") for year in (y, f"{y % 100:02}")),
        f"{d:02}/{m:02} {y}",
        f"{d}.{m}.{y}",
        f"{d}. {m}. {y}",
        *(f"{d} {name} {y}" for name in names),
        *(f"den {d}:e {name.upper()}. -{y % 100:02}" for name in names),
        f"  {d}   {names[0].title()}\N{NO-BREAK SPACE}{y}  ",
    ]


@given(days)
def test_every_way_to_write_a_day_means_that_day(day: date) -> None:
    for text in ways_to_write(day):
        assert parse_day(text, TODAY) == day, text


@given(days)
def test_a_day_in_words_is_read_back(day: date) -> None:
    assert parse_day(say(day_in_words(day)), TODAY) == day


@given(days, days)
def test_without_a_year_it_is_the_nearest_such_day_in_the_direction(day: date, today: date) -> None:
    for text in (f"{day.day}/{day.month}", f"{day.day} {MONTH_NAMES[day.month - 1][0]}", f"{day.day}.{day.month}"):
        ahead, behind = parse_day(text, today), parse_day(text, today, Towards.PAST)
        assert behind <= today <= ahead
        assert (ahead.month, ahead.day) == (behind.month, behind.day) == (day.month, day.day)
        most = timedelta(days=366) if (day.month, day.day) != (2, 29) else timedelta(days=366 * 8)
        assert ahead - today < most
        assert today - behind < most


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "2027",
            "2027-06",
            "juni",
            "juni 2027",
            "30",
            "306",
            "30/62027",
            "30/6 202",
            "30 juni 20270",
            "6-30-2027",
        ),
        *("05-06-2027", "05-06-07", "270630", "2026-W13-2", "30 juno", "x 30 juni", "30 juni x", "6-30-2027"),
        *("30-6 2027", "1/2/3/4", "2027-06-30 12:00", "30/6 2027 2027", "2027.06-30", "1/1 eller 2/1", "٣٠/٦ ٢٠٢٧"),
    ],
)
def test_what_is_no_day_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(DayError) as refused:
        parse_day(text, TODAY)
    assert "30/6 2027" in say(refused.value.message)


@pytest.mark.parametrize(
    "text", ["30 februari", "31/4", "6/30 2027", "2027-13-01", "0/1 2027", "29/2 2027", "1.13.2027"]
)
def test_a_day_that_there_is_not_is_named(text: str) -> None:
    with pytest.raises(DayError) as refused:
        parse_day(text, TODAY)
    assert text in say(refused.value.message)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_is_refused(text: str) -> None:
    with suppress(DayError):
        assert parse_day(parse_day(text, TODAY).isoformat(), TODAY) == parse_day(text, TODAY)


PARTS = ["T1", "T2", "T3", "H1", "H2", "Q1", "Q2", "Q3", "Q4", *(f"{month:02}" for month in range(1, 13))]
PERIODS = [Period.parse(text) for text in ("2019", "2024", *(f"2024-{part}" for part in PARTS))]


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_a_period_is_read_as_the_program_shows_it_and_turned_about(period: Period) -> None:
    shown = say(period)
    year, _dash, part = str(period).partition("-")
    ways = [str(period), str(period).lower(), shown, shown.upper()]
    if part and not part.isdigit():
        ways += [f"{part} {year}", f"{year} {part}", f"{part.lower()}{year}", f"{year}{part}", f"{year}/{part}"]
        ways += [f"{year} {shown.removesuffix(year).strip()}"]
    for text in ways:
        assert parse_written_period(text) == period, text


@pytest.mark.parametrize(
    "text", ["", "T1", "1 2024", "2024-4", "T4 2024", "q5 2024", "tertial 2024", "24", "juno 2024"]
)
def test_what_is_no_period_says_what_was_expected(text: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_written_period(text)
    assert "2022-T1" in say(refused.value.message)


@pytest.mark.parametrize(
    ("today", "towards", "meant"),
    [
        (date(2096, 3, 1), Towards.FUTURE, date(2104, 2, 29)),
        (date(2096, 2, 29), Towards.FUTURE, date(2096, 2, 29)),
        (date(2104, 2, 28), Towards.PAST, date(2096, 2, 29)),
    ],
)
def test_the_day_that_only_leap_years_have_is_found_over_the_longest_gap(
    today: date, towards: Towards, meant: date
) -> None:
    assert parse_day("29/2", today, towards) == meant
