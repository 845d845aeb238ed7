"""How the lines of a sheet look: headings of groups, cells, the cell that the cursor stands in, and places to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style

from kvaltui.i18n import translated
from kvaltui.model.clean import clean
from kvaltui.model.economy import EconomyRow
from kvaltui.model.entities import AnyEntity
from kvaltui.tui.sheet.layout import GAP, ColumnPlace
from kvaltui.tui.terminal.drawing import ListNames, Piece, cut, left, right
from kvaltui.tui.terminal.theme import Paint
from kvaltui.work.sheet_cells import SheetCells
from kvaltui.work.sheet_rows import Role, RowGroup, SheetRow

_NOTHING = "–"
_INDENT = "  "
"""Before a “varav” row of the economy, for each of its levels."""
_MOST_LEVELS = 3


class SheetDrawing:
    """The lines of a sheet in a width and in the colours that are in force."""

    def __init__(
        self, cells: SheetCells, paint: Paint, width: int, places: Sequence[ColumnPlace], names: ListNames
    ) -> None:
        self.paint = paint
        self._names = names
        self._cells = cells
        self._width = width
        self._places = places

    def headings(self) -> str:
        """What stands over the columns."""
        line = " "
        for place in self._places:
            column = self._cells.sheet.columns[place.at]
            title = cut(column.title(self._cells.period), place.width)
            start = 1 if not place.at else place.start
            line = left(line, start) + (right(title, place.width) if column.is_right else title)
        return line

    def heading(self, group: RowGroup) -> list[Piece]:
        """The name of a group, set in by how deep it lies."""
        indent = " " * (1 + 2 * group.depth)
        return [(indent + cut(group.title, self._width - len(indent)), self.paint.strong)]

    def row(
        self,
        row: SheetRow,
        thing: AnyEntity | None,
        current: int | None,
        waiting: Mapping[str, str],
        *,
        is_begun: bool,
    ) -> list[Piece]:
        """A row: a thing, or the place where a new one or a new group is begun.

        `current` is the column that the cursor stands in, None on another row; `waiting` are texts that are not
        stored. In a row that `is_begun`, places that lack something are places to write in.
        """
        pieces: list[Piece] = [(" " * self._places[0].start, None)]
        for place in self._places:
            if place.at:
                pieces.append((" " * GAP, None))
            column = self._cells.sheet.columns[place.at]
            text, style = self._cell(row, thing, place, waiting.get(column.name), is_begun=is_begun)
            if not place.at and thing is not None:
                indent = _INDENT * min(thing.level, _MOST_LEVELS) if isinstance(thing, EconomyRow) else ""
                text = indent + self._names.short(text, place.width - len(indent))
            shown = right(text, place.width) if column.is_right else left(text, place.width)
            pieces.append((shown, self.paint.solid if place.at == current else style))
        return pieces

    def _cell(
        self, row: SheetRow, thing: AnyEntity | None, place: ColumnPlace, waits: str | None, *, is_begun: bool
    ) -> tuple[str, Style]:
        paint, sheet = self.paint, self._cells.sheet
        if waits is not None:
            return clean(waits), paint.warning
        if thing is not None:
            text = self._cells.shown_in(thing, sheet.columns[place.at].name, place.width)
            if text:
                return text, paint.text
            return (self._hole(place), paint.hole) if is_begun else (_NOTHING, paint.muted)
        if place.at == 0 and not is_begun:
            new = sheet.new_group if row.role is Role.NEW_GROUP else sheet.new
            return f"+ {translated(new)}", paint.muted
        return (self._hole(place), paint.hole) if is_begun else ("", paint.muted)

    @staticmethod
    def _hole(place: ColumnPlace) -> str:
        return "_" * place.width
