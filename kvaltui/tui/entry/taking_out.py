"""The rows of the entry table as cells of text, to be copied: the columns as they show, each text whole."""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.figure_words import unit_cell
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.period import Period
from kvaltui.tui.entry.columns import Needs
from kvaltui.tui.entry.drawing import EntryDrawing
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.theme import Paint
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.naming import name_of
from kvaltui.work.session import PlanSession

_LEAST_WIDTH = 80
"""What is copied has at least the columns of a window so wide, however narrow this one is."""


class EntryCells:
    """The cells of rows as a table of a width shows them. Names are told apart from what stands beside them."""

    def __init__(self, session: PlanSession, paint: Paint, needs: Needs, width: int, *, is_ascii: bool) -> None:
        self._session = session
        self._is_ascii = is_ascii
        self._drawing = EntryDrawing(session, paint, needs, lambda _name, _width: "", max(width, _LEAST_WIDTH))

    def headings(self) -> list[str]:
        """The names of the columns."""
        layout = self._drawing.layout
        target = [_("Target")] if layout.target is not None else []
        periods: list[Period] = [*(period for period, _end in layout.earlier), self._session.period]
        return [_("Indicator"), *target, *map(str, periods), _("Unit"), "", _("Status")]

    def group(self, row: EntryRow, aside: str) -> list[str]:
        """A group: its name, and beneath the statuses what waits in it and how many are achieved."""
        drawn = self._drawing.group(row, aside, is_folded=False, is_ascii=self._is_ascii)
        said = " · ".join(text.strip() for text, _style in drawn if text.strip())
        name = name_of(self._session.content, row.reference)
        return [name, *[""] * (len(self.headings()) - 2), said]

    def figures(self, row: EntryRow) -> list[str]:
        """An indicator or a part of one."""
        indicator, layout = self._session.indicator(row.indicator), self._drawing.layout
        text = _text(self._drawing.figures(row, is_ascii=self._is_ascii))
        target = [layout.target] if layout.target is not None else []
        ends = [*target, *(end for _period, end in layout.earlier), layout.outcome]
        begins = [0, *ends]
        figures = [_figure(text[begin:end]) for begin, end in zip(begins, ends, strict=False)]
        change = text[layout.unit + layout.unit_width : layout.status].strip()
        name = clean(row.part or indicator.shown_name)
        return [name, *figures, unit_cell(indicator.scale), change, text[layout.status :].strip()]


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(text for text, _style in pieces)


def _figure(text: str) -> str:
    """A figure; a place to write in is drawn as a line, and empty."""
    return text.strip().strip("_")
