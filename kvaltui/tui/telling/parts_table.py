"""The parts of an indicator in a small table: target, the earlier figure, this one, and the symbol of its status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvaltui.figure_words import NO_FIGURE, figure_cell, target_cell
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.indicator_result import PartResult
from kvaltui.model.structure import Indicator
from kvaltui.model.value import dataclass
from kvaltui.tui.telling.teller import Teller
from kvaltui.tui.telling.typeset import fits
from kvaltui.tui.terminal.drawing import DrawnLine, Piece, left, right, width_of, wrap
from kvaltui.tui.widgets.reading import Drawn

_GAP = 2
_LEAST_NAME = 12
_WIDEST_FIGURE = 12
_MOST_LINES = 40
_TOO_LONG = "…"


def parts_table(teller: Teller, indicator: Indicator, parts: Sequence[PartResult]) -> Drawn:
    """The table of some parts, in their order."""
    table = _Table(teller, indicator, parts)
    return Drawn(table.lines)


@dataclass(frozen=True, slots=True)
class _Table:
    teller: Teller
    indicator: Indicator
    parts: Sequence[PartResult]

    def lines(self, width: int) -> Iterator[DrawnLine]:
        """The rows under their heading. Names that have no room beside their figures stand above them."""
        paint = self.teller.paint
        rows = [(clean(each.part), self._cells(each), each) for each in self.parts]
        heads = self._heads()
        sizes = [
            max(width_of(head), *(width_of(cells[at][0]) for _name, cells, _part in rows))
            for at, head in enumerate(heads)
        ]
        room = width - 1 - sum(size + _GAP for size in sizes)
        is_beside = room >= _LEAST_NAME and all(fits(name, room) for name, _cells, _part in rows)
        named = room if is_beside else width - 1
        head: list[Piece] = [(" ", None), (_("Parts"), paint.strong)]
        if is_beside or room >= width_of(_("Parts")):
            head.append((" " * (room - width_of(_("Parts"))), None))
            head += [(" " * _GAP + right(text, size), paint.muted) for text, size in zip(heads, sizes, strict=True)]
        yield tuple(head)
        for name, cells, part in rows:
            told = wrap(name, named, _MOST_LINES)
            for text in told[:-1] if is_beside else told:
                yield (" ", None), (text, paint.text)
            begin = left(told[-1], room) if is_beside else " " * max(0, room)
            pieces: list[Piece] = [(" ", None), (begin, paint.text)]
            pieces += [
                (" " * _GAP + right(text, size), style) for (text, style), size in zip(cells, sizes, strict=True)
            ]
            yield tuple(pieces)
            yield from self._in_words(part, width)

    def _in_words(self, part: PartResult, width: int) -> Iterator[DrawnLine]:
        """The target and the figure of a part whose words are too long for their columns."""
        scale = self.indicator.scale
        said = (target_cell(part.target or "", scale), figure_cell(part.outcome, scale) if part.outcome else "")
        for label, text in zip((_("Target"), _("Outcome")), said, strict=True):
            if self._short(text) == _TOO_LONG:
                for line in wrap(f"{label}: {text}", width - 3, _MOST_LINES):
                    yield ("   ", None), (line, self.teller.paint.muted)

    def _heads(self) -> list[str]:
        earlier = max((each.previous.period for each in self.parts if each.previous is not None), default=None)
        now = str(self.teller.session.period)
        return [_("Target"), *([str(earlier)] if earlier is not None else []), now, ""]

    def _cells(self, part: PartResult) -> list[Piece]:
        paint, scale, status = self.teller.paint, self.indicator.scale, part.verdict.status
        earlier = max((each.previous.period for each in self.parts if each.previous is not None), default=None)
        cells: list[Piece] = [(self._short(target_cell(part.target or "", scale)), paint.muted)]
        if earlier is not None:
            before = part.previous
            is_then = before is not None and before.period == earlier
            cells.append(
                (self._short(figure_cell(before.text, scale)) if before and is_then else NO_FIGURE, paint.muted)
            )
        waits = self.teller.session.waits(self.indicator.key, part.part)
        now = _("waiting") if waits else self._short(figure_cell(part.outcome or "", scale))
        doubt = "! " if part.doubts else ""
        cells.append((doubt + now, paint.accent if waits else paint.warning if doubt else paint.strong))
        cells.append((self.teller.symbol(status), paint.status(status)))
        return cells

    def _short(self, text: str) -> str:
        """A figure in a column, without the sign that all have; words that are too long for it stand elsewhere."""
        bare = text.removesuffix("\N{NO-BREAK SPACE}%")
        return bare if bare and width_of(bare) <= _WIDEST_FIGURE else _TOO_LONG if bare else NO_FIGURE
