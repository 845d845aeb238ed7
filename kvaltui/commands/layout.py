"""Tables of a command's output, as data, and how they are set in plain text: aligned, long names cut with an ellipsis.

`kvaltui.commands.colour` sets the same tables with Rich where somebody sits at a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from kvaltui.model.value import dataclass, field

GAP = "  "
_ELLIPSIS = "…"
# Letters below the first mark that combines take one column, and so do dashes and the ellipsis; the rest is looked up.
_FIRST_UNUSUAL = "\u0300"
_FIRST_PUNCTUATION = "\u2010"
_AFTER_PUNCTUATION = "\u2028"
_LEAST_WIDTH = 8
_FAIR_WIDTH = 22


class Style(Enum):
    """What a cell means to the eye. Which colour that is, is for the terminal's side to say."""

    PLAIN = ""
    STRONG = "strong"
    QUIET = "quiet"
    ACHIEVED = "achieved"
    PARTIALLY = "partially"
    NOT_ACHIEVED = "not_achieved"


class GivesWay(Enum):
    """Whether a column is cut where a table is too wide: what stands beside the names before the names themselves."""

    NEVER = 0
    LAST = 1
    FIRST = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a table, and what it means to the eye."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, whether its figures stand to the right, and how it gives way when room is short.

    What does not fit is cut, or with `wraps` continues on the next line.
    """

    heading: str = ""
    is_right: bool = False
    gives_way: GivesWay = GivesWay.NEVER
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, with a title above and a remark below, each "" when there is none."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
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
    verdict: Cell
    counts: Sequence[Cell]
    remark: str
    bar: Sequence[Share] = field(default=())


def cells(*texts: str) -> tuple[Cell, ...]:
    """Cells without a style."""
    return tuple(Cell(text) for text in texts)


def width_of(text: str) -> int:
    """How many columns a text takes on a screen."""
    if text.isascii() or max(text) < _FIRST_UNUSUAL:
        return len(text)
    return len(text) + sum(_width_of_unusual(character) - 1 for character in text if character >= _FIRST_UNUSUAL)


def _width_of_unusual(character: str) -> int:
    if _FIRST_PUNCTUATION <= character < _AFTER_PUNCTUATION:
        return 1
    from unicodedata import combining, east_asian_width

    return 0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """The text in at most `width` columns, with an ellipsis where something is left out."""
    if width_of(text) <= width:
        return text
    room, place = max(width - 1, 0), 0
    while (room := room - width_of(text[place])) >= 0:
        place += 1
    return text[:place].rstrip() + _ELLIPSIS[:width]


def plain_table(table: Table, width: int) -> list[str]:
    """The lines of a table, set as `column_widths` says."""
    widths = column_widths(table, width)
    lines = [table.title] if table.title else []
    if table.has_headings:
        lines += _lines([column.heading for column in table.columns], table.columns, widths)
    for row in table.rows:
        lines += _lines([cell.text for cell in row], table.columns, widths)
    if table.remark:
        lines.append(cut(table.remark, width))
    return lines


def column_widths(table: Table, width: int) -> list[int]:
    """The width of each column, so that the table takes `width` columns of the screen, or as few more as it must."""
    widths = [
        max((width_of(row[position].text) for row in table.rows), default=0) for position in range(len(table.columns))
    ]
    widths = [max(room, width_of(column.heading)) for room, column in zip(widths, table.columns, strict=True)]
    for order, least in ((GivesWay.FIRST, _FAIR_WIDTH), (GivesWay.LAST, _LEAST_WIDTH), (GivesWay.FIRST, _LEAST_WIDTH)):
        yielding = [position for position, column in enumerate(table.columns) if column.gives_way is order]
        _narrow(widths, yielding, least, width)
    return widths


def _narrow(widths: list[int], yielding: Sequence[int], least: int, width: int) -> None:
    """Take from some columns, the widest first, until the table fits or they are as narrow as they may be."""
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - width
    while excess > 0 and yielding:
        widest = max(yielding, key=lambda position: widths[position])
        if widths[widest] <= least:
            return
        second = max((widths[position] for position in yielding if position != widest), default=least)
        step = min(excess, max(widths[widest] - second, 1), widths[widest] - least)
        widths[widest] -= step
        excess -= step


def _lines(row: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> list[str]:
    """The lines of a row: one, or as many as its longest wrapped cell."""
    pieces = [
        _wrapped(text, width) if column.wraps else [cut(text, width)]
        for text, column, width in zip(row, columns, widths, strict=True)
    ]
    lines = []
    for number in range(max(map(len, pieces))):
        line = [piece[number] if number < len(piece) else "" for piece in pieces]
        lines.append(GAP.join(map(_padded, line, columns, widths)).rstrip())
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
