"""The matrix of risks in lines of text: counts in its squares, and the risk's own square in brackets."""

from __future__ import annotations

from kvaltui.model.quality_work import Risk
from kvaltui.tui.terminal.drawing import DrawnLine
from kvaltui.tui.terminal.theme import OWN_THEMES, Paint
from kvaltui.tui.widgets.risk_matrix import matrix_height, matrix_lines

PAINT = Paint.of(OWN_THEMES["dark"])
BANDS = (4, 9)
HERE = Risk(key="a", title="A", likelihood=3, consequence=3)
RISKS = [
    HERE,
    Risk(key="b", title="B", likelihood=3, consequence=4),
    Risk(key="c", title="C", likelihood=3, consequence=4),
    Risk(key="d", title="D", level=9),
]


def drawn(here: Risk, width: int = 38, *, is_ascii: bool = False) -> list[DrawnLine]:
    return matrix_lines(RISKS, BANDS, here, width, PAINT, is_ascii=is_ascii)


def texts(lines: list[DrawnLine]) -> list[str]:
    return ["".join(text for text, _style in line).rstrip() for line in lines]


def test_a_square_has_the_symbol_of_its_band_and_how_many_stand_in_it() -> None:
    assert texts(drawn(HERE)) == [
        "Sannolikhet, 1 utan ruta",
        "4  ▲ ·  ▲ ·  ✗ ·  ✗ ·",
        "3  ✓ ·  ▲ · [✗ 1] ✗ 2",
        "2  ✓ ·  ▲ ·  ▲ ·  ▲ ·",
        "1  ✓ ·  ✓ ·  ✓ ·  ▲ ·",
        "    1    2    3    4  Konsekvens",
    ]


def test_there_are_as_many_grades_as_the_plan_uses() -> None:
    gravest = Risk(key="e", title="E", likelihood=5, consequence=1)
    lines = texts(matrix_lines([*RISKS, gravest], BANDS, gravest, 38, PAINT, is_ascii=False))
    assert lines[1] == "5 [▲ 1] ✗ ·  ✗ ·  ✗ ·  ✗ ·"
    assert len(lines) <= matrix_height([*RISKS, gravest]) == 8
    assert matrix_height([RISKS[-1]]) == 0


def test_the_risks_own_square_is_the_only_solid_one() -> None:
    solid = [text for line in drawn(HERE) for text, style in line if style == PAINT.solid]
    assert solid == ["[✗ 1]"]


def test_there_is_no_matrix_for_a_risk_without_a_square() -> None:
    assert drawn(RISKS[-1]) == []


def test_in_ascii_it_says_the_same() -> None:
    assert texts(drawn(HERE, is_ascii=True))[2] == "3  + .  ~ . [x 1] x 2"


def test_in_a_narrow_page_the_lower_heading_has_its_own_line() -> None:
    assert [line.strip() for line in texts(drawn(HERE, 24))][-2:] == ["1    2    3    4", "Konsekvens"]
