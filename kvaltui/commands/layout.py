"""Tables of a command's output, as data, and how they are set in plain text: aligned, long names cut with an ellipsis.

`kvaltui.commands.colour` sets the same tables with Rich where somebody sits at a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from kvaltui.columns import GAP, Column, column_widths
from kvaltui.model.value import dataclass, field
from kvaltui.text_width import cut, width_of


class Style(Enum):
    """What a cell means to the eye. Which colour that is, is for the terminal's side to say."""

    PLAIN = ""
    STRONG = "strong"
    QUIET = "quiet"
    ACHIEVED = "achieved"
    PARTIALLY = "partially"
    NOT_ACHIEVED = "not_achieved"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A text in a table, what it means to the eye, and the address that it leads to where a terminal has links."""

    text: str
    style: Style = Style.PLAIN
    address: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, with a title above and a remark below, each "" when there is none."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[TableCell]]
    title: str = ""
    remark: str = ""

    @property
    def has_headings(self) -> bool:
        """Whether any column has a heading."""
        return any(column.heading for column in self.columns)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole in a bar: how many, and what they mean."""

    count: int
    fill: str
    style: Style


@dataclass(frozen=True, slots=True)
class Headline:
    """The first lines: a title, a text with its verdict to the right, counts, and the bar they make."""

    title: str
    text: str
    verdict: TableCell
    counts: Sequence[TableCell]
    remark: str
    bar: Sequence[Share] = field(default=())


def cells(*texts: str) -> tuple[TableCell, ...]:
    """Cells without a style."""
    return tuple(TableCell(text) for text in texts)


def plain_table(table: Table, width: int) -> list[str]:
    """The lines of a table, set as `column_widths` says."""
    widths = table_widths(table, width)
    lines = [table.title] if table.title else []
    if table.has_headings:
        lines += _lines([column.heading for column in table.columns], table.columns, widths)
    for row in table.rows:
        lines += _lines([cell.text for cell in row], table.columns, widths)
    if table.remark:
        lines.append(cut(table.remark, width))
    return lines


def table_widths(table: Table, width: int) -> list[int]:
    """The width of each column of a table in `width` cells of the screen."""
    needed = [max((width_of(row[at].text) for row in table.rows), default=0) for at in range(len(table.columns))]
    return column_widths(table.columns, width, needed)


def _lines(row: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> list[str]:
    """The lines of a row: one, or as many as its longest wrapped cell."""
    pieces = [
        _wrapped(text, width) if column.wraps else [cut(text, width)]
        for text, column, width in zip(row, columns, widths, strict=True)
    ]
    lines = []
    for number in range(max(map(len, pieces))):
        line = [piece[number] if number < len(piece) else "" for piece in pieces]
        lines.append((" " * GAP).join(map(_padded, line, columns, widths)).rstrip())
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return [line for paragraph in text.split("\n") for line in wrap(paragraph, max(width, 1)) or [""]]


def _padded(text: str, column: Column, width: int) -> str:
    space = " " * (width - width_of(text))
    return space + text if column.is_right else text + space


def plain_headline(headline: Headline, width: int) -> list[str]:
    """The first lines in plain text, without the bar."""
    text, verdict = headline.text, headline.verdict.text
    space = " " * max(width - width_of(text) - width_of(verdict), 2)
    counts = "   ".join(cell.text for cell in headline.counts)
    apart = " " * max(width - width_of(counts) - width_of(headline.remark), 3)
    return [cut(headline.title, width), text + space + verdict, counts + apart + headline.remark]


def plain_text(headline: Headline | None, tables: Iterable[Table], width: int) -> str:
    """Everything in plain text, with a blank line between."""
    blocks = [plain_headline(headline, width)] if headline else []
    blocks += [plain_table(table, width) for table in tables]
    return "\n\n".join("\n".join(block) for block in blocks)
