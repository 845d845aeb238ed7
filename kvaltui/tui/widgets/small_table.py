"""A small table in a text that is read: a row of headings, and rows whose widest columns give way."""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.columns import GAP, Column, narrow
from kvaltui.tui.terminal.drawing import DrawnLine, Piece, cut, left, right, width_of
from kvaltui.tui.terminal.theme import Paint

_LEAST = 4


def table_lines(
    columns: Sequence[Column], rows: Sequence[Sequence[Piece]], width: int, paint: Paint
) -> list[DrawnLine]:
    """The lines of a table in at most `width` cells."""
    headings: list[Piece] = [(column.heading, paint.muted) for column in columns]
    table = [headings, *rows]
    widths = [max(width_of(text) for text, _style in column) for column in zip(*table, strict=True)]
    narrow(widths, range(len(columns)), _LEAST, width - 1 - GAP * (len(columns) - 1))
    return [_line(row, columns, widths) for row in table]


def _line(row: Sequence[Piece], columns: Sequence[Column], widths: Sequence[int]) -> DrawnLine:
    pieces: list[Piece] = [(" ", None)]
    for (text, style), column, width in zip(row, columns, widths, strict=True):
        if len(pieces) > 1:
            pieces.append((" " * GAP, None))
        text = cut(text, width)
        pieces.append((right(text, width) if column.is_right else left(text, width), style))
    return tuple(pieces)
