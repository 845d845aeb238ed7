"""The chart of figures through the periods: dots beside each, any figures, any width, no colour needed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.tui.terminal.drawing import width_of
from kvaltui.tui.terminal.theme import OWN_THEMES, Paint
from kvaltui.tui.widgets.chart import ChartRow, DotChart, Ends, Mark, axis_ends
from tests.properties import examples

PAINT = Paint.of(OWN_THEMES["dark"])


def row(label: str, low: int | None, *targets: int, high: int | None = None, words: str = "") -> ChartRow:
    end = low if high is None else high
    marks: list[tuple[Mark, Ends]] = [(Mark.TARGET, (Decimal(each), Decimal(each))) for each in targets]
    if low is not None and end is not None:
        marks.append((Mark.OUTCOME, (Decimal(low), Decimal(end))))
    return ChartRow(label, "" if low is None else str(low), tuple(marks), words)


def drawn(rows: list[ChartRow], width: int = 38, *, is_ascii: bool = False, target: str = "") -> list[str]:
    chart = DotChart("Utfall, %", rows, PAINT, lambda each: f"{each:f}", is_ascii, target, is_share=True)
    return ["".join(text for text, _style in line).rstrip() for line in chart.lines(width)]


def test_each_period_has_its_figure_and_its_place_on_the_dots_beside_the_target() -> None:
    assert drawn([row("2025", 61, 90), row("2026", 54, 90)], target="mål 90") == [
        " Utfall, %",
        "           50                   mål 90",
        " 2025  61  ·······●··················┊",
        " 2026  54  ···●······················┊",
    ]


def test_ascii_needs_no_other_characters() -> None:
    lines = drawn([row("2025", 35, 80), row("2026", 80, 80, high=90)], is_ascii=True)
    assert all(line.isascii() for line in lines)
    assert "o" in lines[2]
    assert "o=" in lines[3]


def test_a_target_that_would_hide_an_end_is_named_beneath() -> None:
    lines = drawn([row("2026", 10, 12), row("2027", 90, 12)], target="mål 12")
    assert lines[1].split() == ["10", "90"]
    assert lines[-1].split("\N{NO-BREAK SPACE}") == ["           ┊", "mål 12"]


def test_an_interval_is_a_span_and_an_open_one_reaches_the_edge() -> None:
    span = drawn([row("2026", 20, high=80)])[-1]
    assert span.count("●") == 2
    assert "━━━" in span
    limit = (Mark.TARGET, (Decimal(90), Decimal(90)))
    marks: tuple[tuple[Mark, Ends], ...] = ((Mark.OUTCOME, (Decimal(60), None)), limit)
    above = drawn([ChartRow("2026", ">60", marks)])[-1]
    assert above.endswith("━▸")
    low = (Mark.TARGET, (Decimal(20), Decimal(20)))
    marks = ((Mark.OUTCOME, (None, Decimal(60))), low)
    assert "◂━" in drawn([ChartRow("2026", "<60", marks)])[-1]


def test_what_is_no_number_stands_in_words() -> None:
    lines = drawn([row("2025", 50), row("2026", None, words="inga tillgängliga data")])
    assert lines[-1] == " 2026      inga tillgängliga data"


def test_there_is_no_chart_without_a_row_and_no_dots_without_a_number_or_room() -> None:
    assert drawn([]) == []
    assert drawn([row("2026", None)]) == [" Utfall, %", " 2026"]
    assert drawn([row("2026", 50)], width=14) == [" Utfall, %", " 2026  50"]


@pytest.mark.parametrize(
    ("numbers", "ends"),
    [
        ([54, 90], (50, 90)),
        ([2, 2], (1, 3)),
        ([0, 0], (0, 1)),
        ([97, 100], (97, 100)),
        ([-40, 40], (-40, 40)),
        ([716, 750], (715, 750)),
    ],
)
def test_the_ends_are_round_numbers_around_all_others(numbers: list[int], ends: tuple[int, int]) -> None:
    found = axis_ends(map(Decimal, numbers), is_share=all(0 <= each <= 100 for each in numbers))
    assert found == tuple(map(Decimal, ends))


figures = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12)


@examples(60)
@given(
    st.lists(st.tuples(figures, figures, st.lists(figures, max_size=2)), min_size=1, max_size=8),
    st.integers(12, 120),
    st.booleans(),
)
def test_any_figures_fit_in_any_room(
    given_figures: list[tuple[Decimal, Decimal, list[Decimal]]], width: int, is_ascii: bool
) -> None:
    rows = []
    for at, (one, other, targets) in enumerate(given_figures):
        marks: list[tuple[Mark, Ends]] = [(Mark.TARGET, (each, each)) for each in targets]
        marks.append((Mark.OUTCOME, (min(one, other), max(one, other))))
        rows.append(ChartRow(str(at), "1", tuple(marks)))
    lines = list(DotChart("Utfall", rows, PAINT, lambda each: f"{each:.0f}", is_ascii).lines(width))
    assert len(lines) >= len(rows)
    assert all(sum(width_of(text) for text, _style in line) <= width for line in lines)
    ends = axis_ends(number for each in rows for number in each.numbers)
    assert ends is not None
    assert all(ends[0] <= number <= ends[1] for each in rows for number in each.numbers)
