"""A small table in a text that is read: a row of headings, and rows whose widest columns give way."""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import Piece, cut, left, right, width_of
from kvaltui.tui.terminal.theme import Paint

_GAP = 2
_LEAST = 4


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A heading, and whether the column stands to the right, as figures do."""

    heading: str
    is_right: bool = False


def table_lines(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[Piece]], width: int, paint: Paint
) -> list[tuple[Piece, ...]]:
    """The lines of a table in at most `width` cells."""
    headings: list[Piece] = [(column.heading, paint.muted) for column in columns]
    table = [headings, *rows]
    widths = _widths([[width_of(text) for text, _style in row] for row in table], width - 1)
    return [_line(row, columns, widths) for row in table]


def _widths(rows: Sequence[Sequence[int]], room: int) -> list[int]:
    widths = [max(column) for column in zip(*rows, strict=True)]
    room -= _GAP * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(row: Sequence[Piece], columns: Sequence[TableColumn], widths: Sequence[int]) -> tuple[Piece, ...]:
    pieces: list[Piece] = [(" ", None)]
    for (text, style), column, width in zip(row, columns, widths, strict=True):
        if len(pieces) > 1:
            pieces.append((" " * _GAP, None))
        text = cut(text, width)
        pieces.append((right(text, width) if column.is_right else left(text, width), style))
    return tuple(pieces)
