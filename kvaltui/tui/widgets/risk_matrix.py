"""Risks by likelihood and consequence in lines of text: how many stand in each square, and whose square this is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kvaltui.i18n import _
from kvaltui.model.quality_work import Risk
from kvaltui.model.risk import HIGHEST_GRADE, band, risk_level
from kvaltui.status_cells import BAND_STATUS
from kvaltui.tui.terminal.drawing import DrawnLine, Piece, cut, left, width_of
from kvaltui.tui.terminal.theme import Paint
from kvaltui.words import status_symbol

Square = tuple[int, int]
"""Likelihood and consequence."""
_SQUARE, _GRADE = 5, 2
_LEAST_GRADES = 4
_BESIDE_THE_SQUARES = 3


def matrix_height(risks: Iterable[Risk]) -> int:
    """The most lines that the matrix of some risks takes; 0 where none of them has a square."""
    counts = _counted(risks)
    return _highest(counts) + _BESIDE_THE_SQUARES if counts else 0


def matrix_lines(
    risks: Iterable[Risk], bands: Sequence[int], here: Risk, width: int, paint: Paint, *, is_ascii: bool
) -> list[DrawnLine]:
    """The matrix with the square of the risk `here` marked; no lines where that risk has no square.

    A square shows the symbol of its band and how many risks stand in it; what stands outside is counted at the top.
    There are as many grades as the plan uses, four at the least.
    """
    marked = square_of(here)
    if marked is None:
        return []
    found = list(risks)
    counts = _counted(found)
    grades = range(1, _highest(counts) + 1)
    lines: list[DrawnLine] = [((_heading(len(found) - counts.total(), width), paint.muted),)]
    for likelihood in reversed(grades):
        row: list[Piece] = [(left(str(likelihood), _GRADE), paint.muted)]
        for consequence in grades:
            square = (likelihood, consequence)
            row += _square(square, counts[square], bands, paint, is_here=square == marked, is_ascii=is_ascii)
        lines.append(tuple(row))
    scale = " " * _GRADE + "".join(left(f"  {grade}", _SQUARE) for grade in grades)
    below = _("Consequence")
    if width_of(scale) + width_of(below) <= width:
        return [*lines, ((f"{scale}{below}", paint.muted),)]
    return [*lines, ((scale.rstrip(), paint.muted),), ((f"{' ' * _GRADE}{below}", paint.muted),)]


def _heading(without: int, width: int) -> str:
    told = _("Likelihood")
    if without:
        outside = _("{count} without a square" if without == 1 else "{count} risks without a square", count=without)
        told = f"{told}, {outside}"
    return cut(told, width)


def _counted(risks: Iterable[Risk]) -> Counter[Square]:
    return Counter(square for each in risks if (square := square_of(each)) is not None)


def _highest(counts: Counter[Square]) -> int:
    return min(HIGHEST_GRADE, max(_LEAST_GRADES, *(grade for square in counts for grade in square)))


def _square(
    square: Square, count: int, bands: Sequence[int], paint: Paint, *, is_here: bool, is_ascii: bool
) -> list[Piece]:
    where = band(risk_level(*square), bands)
    assert where is not None
    status = BAND_STATUS[where]
    symbol = status_symbol(status, ascii=is_ascii)
    if is_here:
        return [(left(f"[{symbol} {count}]", _SQUARE), paint.selected)]
    if count:
        return [(" ", None), (left(f"{symbol} {count}", _SQUARE - 1), paint.status(status))]
    dot = "." if is_ascii else "·"
    return [(f" {symbol} ", paint.muted), (left(dot, _SQUARE - 3), paint.faint)]


def square_of(risk: Risk) -> Square | None:
    """Where in the matrix a risk stands; None where likelihood or consequence is not given."""
    if risk.likelihood is None or risk.consequence is None:
        return None
    return risk.likelihood, risk.consequence
