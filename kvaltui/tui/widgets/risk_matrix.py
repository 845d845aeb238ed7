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
_SQUARE = 5
_GRADE = 2
_GRADES = range(1, HIGHEST_GRADE + 1)


def matrix_lines(
    risks: Iterable[Risk], bands: Sequence[int], here: Risk, width: int, paint: Paint, *, is_ascii: bool
) -> list[DrawnLine]:
    """The matrix with the square of the risk `here` marked; no lines where that risk has no square.

    A square shows the symbol of its band and how many risks stand in it; what stands outside is counted beneath.
    """
    marked = square_of(here)
    if marked is None:
        return []
    found = list(risks)
    counts = Counter(square for each in found if (square := square_of(each)) is not None)
    lines: list[DrawnLine] = [((cut(_("Likelihood"), width), paint.muted),)]
    for likelihood in reversed(_GRADES):
        row: list[Piece] = [(left(str(likelihood), _GRADE), paint.muted)]
        for consequence in _GRADES:
            square = (likelihood, consequence)
            row += _square(square, counts[square], bands, paint, is_here=square == marked, is_ascii=is_ascii)
        lines.append(tuple(row))
    grades = " " * _GRADE + "".join(left(f" {grade}", _SQUARE) for grade in _GRADES)
    below = _("Consequence")
    if width_of(grades) + width_of(below) <= width:
        lines.append(((f"{grades}{below}", paint.muted),))
    else:
        lines += [((grades, paint.muted),), ((f"{' ' * (_GRADE + 1)}{cut(below, width - _GRADE - 1)}", paint.muted),)]
    without = len(found) - counts.total()
    if without:
        told = _("{count} without a square" if without == 1 else "{count} risks without a square", count=without)
        lines.append(((cut(told, width), paint.muted),))
    return lines


def _square(
    square: Square, count: int, bands: Sequence[int], paint: Paint, *, is_here: bool, is_ascii: bool
) -> list[Piece]:
    where = band(risk_level(*square), bands)
    assert where is not None
    status = BAND_STATUS[where]
    told = f"{status_symbol(status, ascii=is_ascii)} {count or ('.' if is_ascii else '·')}"
    if is_here:
        return [(left(f"[{told}]", _SQUARE), paint.selected)]
    return [(" ", None), (left(told, _SQUARE - 1), paint.status(status) if count else paint.muted)]


def square_of(risk: Risk) -> Square | None:
    """Where in the matrix a risk stands; None where likelihood or consequence is not given."""
    if risk.likelihood is None or risk.consequence is None:
        return None
    return risk.likelihood, risk.consequence
