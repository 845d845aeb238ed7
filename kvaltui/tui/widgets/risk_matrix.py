"""Risks by likelihood and consequence: how many stand in each square, and which band the square lies in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.quality_work import Risk
from kvaltui.model.risk import HIGHEST_GRADE, band, risk_level
from kvaltui.tui.telling.cells import BAND_STATUS
from kvaltui.tui.terminal.drawing import Piece, left
from kvaltui.tui.widgets.lines import Lines
from kvaltui.words import status_symbol

CELL = 3
_GRADE = 2
WIDTH = _GRADE + CELL * HIGHEST_GRADE + 1
_MOST = 10
_LOWEST_LINE = HIGHEST_GRADE + 1


class RiskMatrix(Lines):
    """The matrix. A square shows the symbol of its band and the number of risks in it; the current risk's is marked."""

    DEFAULT_CSS = f"RiskMatrix {{ width: {WIDTH}; height: {HIGHEST_GRADE + 4}; }}"

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[tuple[int, int]] = Counter()
        self._without = ""
        self._here: tuple[int, int] | None = None
        self._bands: Sequence[int] = (0, 0)

    def show(self, risks: Sequence[Risk], bands: Sequence[int]) -> None:
        """Set the risks, and the plan's limits between the bands."""
        counts = Counter(square for risk in risks if (square := _square(risk)) is not None)
        levels = [risk.level for risk in risks if _square(risk) is None]
        without = ""
        if levels:
            has_all = None not in levels
            without = _("{count} by level alone" if has_all else "{count} outside the squares", count=len(levels))
        if (counts, without, bands) != (self._counts, self._without, self._bands):
            self._counts, self._without, self._bands = counts, without, bands
            self.redraw()

    def mark(self, risk: Risk | None) -> None:
        """Mark the square that a risk stands in."""
        here = _square(risk) if risk is not None else None
        if here != self._here:
            before, self._here = self._here, here
            self.redraw(*(self._line_of(square) for square in (before, here) if square is not None))

    @staticmethod
    def _line_of(square: tuple[int, int]) -> int:
        return 1 + HIGHEST_GRADE - square[0]

    def draw(self, y: int, width: int) -> Strip:
        paint = self.paint
        if y == 0:
            return self.line([(_("Likelihood"), paint.muted)], width)
        if y < _LOWEST_LINE:
            return self.line(self._squares(HIGHEST_GRADE + 1 - y), width)
        if y == _LOWEST_LINE:
            grades = "".join(left(f" {grade}", CELL) for grade in range(1, HIGHEST_GRADE + 1))
            return self.line([(" " * _GRADE + grades, paint.muted)], width)
        if y == _LOWEST_LINE + 1:
            return self.line([(" " * _GRADE + " " + _("Consequence"), paint.muted)], width)
        if y == _LOWEST_LINE + 2 and self._without:
            return self.line([(self._without, paint.muted)], width)
        return self.line((), width)

    def _squares(self, likelihood: int) -> list[Piece]:
        """A row of the matrix: the risks of one likelihood by their consequence."""
        paint = self.paint
        pieces: list[Piece] = [(left(str(likelihood), _GRADE), paint.muted)]
        for consequence in range(1, HIGHEST_GRADE + 1):
            square = (likelihood, consequence)
            where = band(risk_level(*square), self._bands)
            assert where is not None
            status = BAND_STATUS[where]
            symbol, count = status_symbol(status, ascii=self.is_ascii), self._counts[square]
            mark = self.marker(is_here=square == self._here)[:1]
            text = f"{symbol}{count if count < _MOST else '+'}" if count else symbol
            pieces += [(mark, paint.heading), (left(text, CELL - 1), paint.status(status) if count else paint.muted)]
        return pieces


def _square(risk: Risk) -> tuple[int, int] | None:
    if risk.likelihood is None or risk.consequence is None:
        return None
    return risk.likelihood, risk.consequence
