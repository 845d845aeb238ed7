"""The same tables where somebody sits at a terminal: set by Rich, in colour. Imported only then."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Literal

from rich.console import Console
from rich.style import Style as RichStyle
from rich.table import Table as RichTable
from rich.text import Text

from kvaltui.columns import GAP
from kvaltui.commands.hyperlinks import addresses_in, has_links
from kvaltui.commands.layout import Headline, Share, Style, Table, TableCell, table_widths
from kvaltui.model.clean import clean
from kvaltui.terminal import wished_colours
from kvaltui.text_width import cut

_STYLES = {
    Style.PLAIN: "",
    Style.STRONG: "bold",
    Style.QUIET: "dim",
    Style.ACHIEVED: "green",
    Style.PARTIALLY: "yellow",
    Style.NOT_ACHIEVED: "red",
}


def print_coloured(headline: Headline | None, tables: Iterable[Table], width: int) -> None:
    """Print the headline and the tables. Text is never read as Rich's markup."""
    console = Console(
        file=sys.stdout, width=width, highlight=False, markup=False, emoji=False, force_terminal=_is_wished()
    )
    is_linking = has_links(sys.stdout, os.environ)
    is_first = headline is None
    if headline:
        _print_headline(console, headline, width)
    for table in tables:
        if not is_first:
            console.print()
        is_first = False
        _print_table(console, table, width, is_linking=is_linking)


def _is_wished() -> bool | None:
    """Whether colours are wanted wherever they go; None: where a terminal is."""
    return wished_colours(os.environ) or None


def _print_headline(console: Console, headline: Headline, width: int) -> None:
    console.print(Text(cut(clean(headline.title), width), _STYLES[Style.STRONG]), no_wrap=True)
    console.print(_ends(Text(headline.text), _text(headline.verdict.text, headline.verdict.style), width))
    counts = Text("   ").join(_text(cell.text, cell.style) for cell in headline.counts)
    console.print(_ends(counts, Text(headline.remark, _STYLES[Style.QUIET]), width))
    if any(share.count for share in headline.bar):
        console.print(_bar(headline.bar, width))


def _ends(left: Text, right: Text, width: int) -> Text:
    return Text.assemble(left, " " * max(width - left.cell_len - right.cell_len, 2), right, no_wrap=True)


def _bar(shares: Iterable[Share], width: int) -> Text:
    """A bar as wide as the screen. Whatever there is at all has a cell at least."""
    present = [share for share in shares if share.count]
    total = sum(share.count for share in present)
    lengths = [max(round(share.count * width / total), 1) for share in present]
    lengths[lengths.index(max(lengths))] += width - sum(lengths)
    pieces = zip(present, lengths, strict=True)
    return Text.assemble(*((share.fill * length, _STYLES[share.style]) for share, length in pieces))


def _print_table(console: Console, table: Table, width: int, *, is_linking: bool) -> None:
    if table.title:
        console.print(Text(clean(table.title), _STYLES[Style.STRONG]))
    grid = RichTable(
        box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=table.has_headings, header_style="dim"
    )
    for column, room in zip(table.columns, table_widths(table, width), strict=True):
        justify: Literal["left", "right"] = "right" if column.is_right else "left"
        grid.add_column(
            Text(column.heading), width=room, justify=justify, no_wrap=not column.wraps, overflow="ellipsis"
        )
    for row in table.rows:
        grid.add_row(*(_cell(cell, is_linking=is_linking) for cell in row))
    console.print(grid)
    if table.remark:
        console.print(Text(cut(clean(table.remark), width), _STYLES[Style.QUIET]))


def _text(text: str, style: Style) -> Text:
    return Text(clean(text), _STYLES[style])


def _cell(cell: TableCell, *, is_linking: bool) -> Text:
    """A cell; with links, to where it leads as a whole, and to the addresses that stand in it."""
    text = _text(cell.text, cell.style)
    if is_linking:
        written = text.plain
        if cell.address:
            text.stylize(RichStyle(link=cell.address), len(written) - len(written.lstrip()))
        for start, end, address in addresses_in(written):
            text.stylize(RichStyle(link=address), start, end)
    return text
