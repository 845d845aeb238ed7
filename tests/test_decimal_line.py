"""Figures of a column on one decimal line, whatever stands between them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.decimal_line import DecimalLine, at_line, line_for, on_line
from kvaltui.i18n import install, number
from kvaltui.text_width import width_of

NUMBERS = st.decimals(-1_000_000, 1_000_000, places=2, allow_nan=False).map(lambda each: Decimal(each).normalize())
FIGURES = NUMBERS.map(number)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("86", "86", ""),
        ("12,8", "12", ",8"),
        ("≤ 6,5", "≤ 6", ",5"),
        ("72–100", "72–100", ""),
        ("12,5–13,5", "12,5–13", ",5"),
        ("716\N{NO-BREAK SPACE}000", "716\N{NO-BREAK SPACE}000", ""),
        ("−3,25 %", "−3", ",25 %"),
        ("≥ 98 %", "≥ 98", " %"),
        ("0 fel", "0", " fel"),
        ("~38,4", "~38", ",4"),
        ("–", "–", ""),
        ("Ej mätt", "Ej mätt", ""),
        ("90% resp 85%", "90% resp 85%", ""),
        ("", "", ""),
    ],
)
def test_what_stands_before_the_line_and_what_hangs_out(text: str, before: str, after: str) -> None:
    assert at_line(text) == (before, after)


def test_the_mark_is_that_of_the_language() -> None:
    install("en")
    try:
        assert at_line("1,473.5") == ("1,473", ".5")
        assert at_line("1,473") == ("1,473", "")
    finally:
        install("sv")


@given(st.lists(FIGURES, min_size=1, max_size=20))
def test_whole_parts_end_in_the_same_cell(figures: list[str]) -> None:
    line = line_for(figures)
    for text in figures:
        laid, taken = on_line(text, line, 60)
        assert taken == width_of(laid) == len(at_line(text)[0]) + line.after
        assert laid[: taken - line.after] == at_line(text)[0]


@given(FIGURES, st.integers(0, 12), st.integers(0, 4))
def test_no_figure_loses_anything_or_passes_the_end_of_its_column(text: str, before: int, after: int) -> None:
    laid, taken = on_line(text, DecimalLine(before, after), 60)
    assert laid.rstrip() == text
    assert taken == width_of(laid)


def test_one_wide_figure_does_not_widen_the_column_for_all() -> None:
    assert line_for(["88", "91", *["54"] * 9, "716 000"], DecimalLine(1)) == DecimalLine(2, 0, 7)
    assert line_for(["12,8", "Uppgift saknas", "100"], DecimalLine(1, 2)) == DecimalLine(2, 2, 3)
    assert line_for([]) == DecimalLine(0, 0)


def test_the_gap_is_room_for_the_widest_figure_to_its_last_cell() -> None:
    line = line_for(["88", "91", *["54"] * 9, "716 000"])
    assert [line.beside(gap).before for gap in (1, 2, 3, 6, 9)] == [7, 6, 5, 2, 2]
