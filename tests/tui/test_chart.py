"""The chart of figures through the periods: bars on zero, the target's line, any width, no colour needed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.status import Status
from kvaltui.tui.terminal.drawing import width_of
from kvaltui.tui.terminal.theme import OWN_THEMES, Paint
from kvaltui.tui.widgets.chart import LEAST_HEIGHT, Chart, ChartColumn
from tests.properties import examples

PAINT = Paint.of(OWN_THEMES["dark"])


def column(label: str, number: int | None, *targets: int, high: int | None = None) -> ChartColumn:
    low = None if number is None else Decimal(number)
    end = low if high is None else Decimal(high)
    status = Status.NOT_ASSESSED if number is None else Status.ACHIEVED
    return ChartColumn(label, "–" if number is None else str(number), low, end, status, tuple(map(Decimal, targets)))


def drawn(columns: list[ChartColumn], width: int = 40, height: int = 8, *, is_ascii: bool = False) -> list[str]:
    lines = Chart(columns, width, height, PAINT, axis=str, is_ascii=is_ascii).lines()
    return ["".join(text for text, _style in line).rstrip() for line in lines]


def test_bars_stand_on_zero_and_the_target_is_a_line_between_them() -> None:
    assert drawn([column("2021", 40, 80), column("2022", 80, 80)]) == [
        " 80 │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌█████╌╌╌╌",
        "    │               █████",
        "    │   ▄▄▄▄▄       █████",
        "    │   █████       █████",
        "    │   █████       █████",
        "  0 └────────────────────────",
        "         2021        2022",
        "         ✓ 40        ✓ 80",
    ]


def test_ascii_needs_no_other_characters() -> None:
    lines = drawn([column("2021", 35, 80), column("2022", 80, 80)], is_ascii=True)
    assert all(line.isascii() for line in lines)
    assert lines[0].startswith(" 80 |----")
    assert "_" in lines[2]
    assert "+ 35" in lines[-1]


def test_figures_below_zero_hang_from_it_and_intervals_float() -> None:
    lines = drawn([column("2021", -40), column("2022", 40, high=80)], height=12)
    axis = next(at for at, line in enumerate(lines) if "┼" in line)
    assert all("█" not in line[:20] for line in lines[:axis])
    assert all("█" in line[:20] for line in lines[axis + 1 : -2])
    assert "█" not in lines[axis - 1], "the interval begins above zero"
    assert lines[-3].startswith(" -40 │")


def test_a_period_without_a_figure_keeps_its_place() -> None:
    lines = drawn([column("2020", 50), column("2021", None), column("2022", 60)])
    assert [label for label in lines[-2].split() if label] == ["2020", "2021", "2022"]
    assert "– –" in lines[-1]


def test_the_latest_periods_show_where_there_is_no_room_for_all() -> None:
    lines = drawn([column(str(year), year - 2000) for year in range(2000, 2023)], width=30)
    assert "2022" in lines[-2]
    assert "2000" not in lines[-2]


@pytest.mark.parametrize(("width", "height"), [(4, 8), (0, 8), (40, LEAST_HEIGHT - 1), (40, 0)])
def test_there_is_no_chart_without_room(width: int, height: int) -> None:
    assert drawn([column("2022", 50)], width, height) == []


def test_there_is_no_chart_without_a_number() -> None:
    assert drawn([column("2022", None)]) == []
    assert drawn([]) == []


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12)


@examples(60)
@given(
    st.lists(st.tuples(numbers, numbers, st.lists(numbers, max_size=2)), min_size=1, max_size=8),
    st.integers(0, 120),
    st.integers(0, 20),
    st.booleans(),
)
def test_any_figures_fit_in_any_room(
    figures: list[tuple[Decimal, Decimal, list[Decimal]]], width: int, height: int, is_ascii: bool
) -> None:
    columns = [
        ChartColumn(str(at), "1", min(one, other), max(one, other), Status.ACHIEVED, tuple(targets))
        for at, (one, other, targets) in enumerate(figures)
    ]
    lines = Chart(columns, width, height, PAINT, axis=lambda number: f"{number:.0f}", is_ascii=is_ascii).lines()
    assert len(lines) in (0, height)
    assert all(sum(width_of(text) for text, _style in line) <= width for line in lines)
