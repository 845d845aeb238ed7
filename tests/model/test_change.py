"""How a figure moved, valued by the direction (docs/rules.md, Earlier figures)."""

from __future__ import annotations

import pytest

from kvaltui.model.change import change
from kvaltui.model.figure import parse_figure
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.status import Change
from kvaltui.model.target import parse_target

BETTER, SAME, WORSE, UNKNOWN = Change.BETTER, Change.SAME, Change.WORSE, Change.NOT_COMPARABLE


@pytest.mark.parametrize(
    ("current", "previous", "higher", "lower"),
    [
        ("86 %", "84 %", BETTER, WORSE),
        ("84 %", "86 %", WORSE, BETTER),
        ("86 %", "86,0 %", SAME, SAME),
        ("0,1", "-0,1", BETTER, WORSE),
        ("271/705", "38,44 %", WORSE, BETTER),
        ("72–100 %", "70 %", BETTER, WORSE),
        ("72–100 %", "72 %", UNKNOWN, UNKNOWN),
        ("72–100 %", "80 %", UNKNOWN, UNKNOWN),
        ("72–100 %", "72–100 %", SAME, SAME),
        ("98 %", ">98 %", WORSE, BETTER),
        (">98 %", "98 %", BETTER, WORSE),
        ("≥98 %", "98 %", UNKNOWN, UNKNOWN),
        (">98 %", ">98 %", SAME, SAME),
        ("<5", "5", WORSE, BETTER),
        ("<5", "4", UNKNOWN, UNKNOWN),
        ("ej mätt", "84 %", UNKNOWN, UNKNOWN),
        ("84 %", "ej mätt", UNKNOWN, UNKNOWN),
    ],
)
def test_changes(current: str, previous: str, higher: Change, lower: Change) -> None:
    for direction, wanted in ((Direction.HIGHER, higher), (Direction.LOWER, lower), (Direction.NEUTRAL, UNKNOWN)):
        scale = Scale("%", direction)
        figures = parse_figure(current, scale), parse_figure(previous, scale)
        assert change(*figures, scale) is wanted
        assert change(*figures, scale, comparable=False) is UNKNOWN


@pytest.mark.parametrize(
    ("current", "previous", "wanted"),
    [
        ("44 %", "40 %", BETTER),
        ("40 %", "44 %", WORSE),
        ("56 %", "60 %", BETTER),
        ("50 %", "60 %", BETTER),
        ("46 %", "54 %", SAME),
        ("44 %", "56 %", SAME),
        ("44–46 %", "40 %", UNKNOWN),
    ],
)
def test_nearer_to_the_band_is_better(current: str, previous: str, wanted: Change) -> None:
    scale = Scale("%", Direction.BAND)
    figures = parse_figure(current, scale), parse_figure(previous, scale)
    assert change(*figures, scale, target=parse_target("45–55 %", scale)) is wanted


def test_without_a_band_neither_way_is_better() -> None:
    scale = Scale("%", Direction.BAND)
    assert change(parse_figure("44 %", scale), parse_figure("40 %", scale), scale) is UNKNOWN
    assert change(parse_figure("44 %", scale), parse_figure("44 %", scale), scale) is SAME
