"""Figures and targets for a reader: with their sign, and never another figure than the one that was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.figure_words import as_written, figure_cell, target_cell, total_cell, unit_cell, without_unit
from kvaltui.model.figure import Figure, parse_figure, write_figure
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import TargetError
from kvaltui.model.target_writing import write_target
from tests.model.strategies import figures, scales, targets

PERCENT, COUNT = Scale("%", Direction.HIGHER), Scale("antal", Direction.HIGHER)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("scale", "written", "shown"),
    [
        (PERCENT, "79", "79 %"),
        (PERCENT, "79 %", "79 %"),
        (PERCENT, "79,50", "79,50 %"),
        (PERCENT, "98%", "98 %"),
        (PERCENT, "3 500", "3 500 %"),
        (PERCENT, "72-100", "72–100 %"),
        (PERCENT, ">98", ">98 %"),
        (PERCENT, "ca 86", "~86 %"),
        (PERCENT, "ej mätt", "ej mätt"),
        (PERCENT, "", "–"),
        (PERCENT, "Arbete [/x] pågår", "Arbete [/x] pågår"),
        (COUNT, "79", "79"),
        (COUNT, "12000", "12 000"),
        (Scale("%", breakdown=("kvinnor", "män")), "kvinnor 79; män 80 %", "kvinnor 79 %; män 80 %"),
    ],
)
def test_a_figure_for_a_reader(scale: Scale, written: str, shown: str) -> None:
    assert plain(figure_cell(written, scale)) == shown


@pytest.mark.parametrize(
    ("scale", "written", "shown"),
    [
        (PERCENT, "90", "90 %"),
        (PERCENT, "≥ 90", "≥ 90 %"),
        (PERCENT, "45-55", "45-55 %"),
        (PERCENT, "90 %", "90 %"),
        (PERCENT, "minst 90", "minst 90"),
        (PERCENT, "öka", "öka"),
        (PERCENT, "", ""),
        (COUNT, "90", "90"),
    ],
)
def test_a_target_for_a_reader(scale: Scale, written: str, shown: str) -> None:
    assert plain(as_written(written, scale)) == shown


@given(st.data())
def test_what_is_shown_reads_as_what_was_written(data: st.DataObject) -> None:
    scale = data.draw(scales())
    figure = data.draw(figures(scale))
    written = write_figure(figure, scale)
    shown = figure_cell(written, scale)
    if figure.is_number and figure.numerator is None:
        again = parse_figure(shown, scale)
        assert (again.operator, again.is_estimated) == (figure.operator, figure.is_estimated)
        assert _within(again, figure)


def _within(shown: Figure, written: Figure) -> bool:
    """The same ends; a number of many decimals may be shown with fewer."""
    pairs = ((shown.low, written.low), (shown.high, written.high))
    return all(
        one == other or (one is not None and other is not None and abs(one - other) <= abs(other) / 100)
        for one, other in pairs
    )


@given(st.data())
def test_a_target_means_the_same_as_it_is_shown(data: st.DataObject) -> None:
    scale = data.draw(scales())
    written = write_target(data.draw(targets(scale)), scale)
    try:
        meant = parse_target(written, scale)
    except TargetError:
        return
    assert parse_target(as_written(written, scale), scale) == meant


@pytest.mark.parametrize(
    ("scale", "written", "shown"),
    [
        (PERCENT, "90 %", "≥ 90"),
        (PERCENT, "> 95 %", "> 95"),
        (PERCENT, "högst 5,3 %", "≤ 5,3"),
        (PERCENT, "45–55 %", "45–55"),
        (PERCENT, "öka", "öka"),
        (PERCENT, "öka från 54 %", "öka från 54 %"),
        (PERCENT, "12.500", "12.500"),
        (COUNT, "3500", "≥ 3 500"),
        (COUNT, "-", ""),
        (COUNT, "", ""),
    ],
)
def test_a_target_in_a_column_keeps_its_operator_and_leaves_the_unit_to_its_own(
    scale: Scale, written: str, shown: str
) -> None:
    assert plain(target_cell(written, scale)) == shown


def test_the_unit_is_said_once_and_in_few_cells() -> None:
    assert [unit_cell(Scale(each)) for each in ("%", "antal", "dagar", "index", "ja/nej", "text", "kr")] == [
        "%", "st", "dgr", "ind", "", "", "kr",
    ]  # fmt: skip
    assert without_unit(figure_cell("86 %", PERCENT)) == "86"
    parts = Scale("%", breakdown=("kvinnor", "män"))
    assert without_unit(figure_cell("kvinnor 79; män 80 %", parts)) == "kvinnor 79; män 80"
    assert without_unit(figure_cell("90% resp 85%", PERCENT)) == "90% resp 85%"


@pytest.mark.parametrize(("written", "shown"), [("81", "81 %"), ("", "80 %"), ("12.500", "80 %")])
def test_a_total_is_that_of_the_parts_where_the_text_has_none_of_its_own(written: str, shown: str) -> None:
    assert plain(total_cell(written, parse_figure("80", PERCENT), PERCENT)) == shown
