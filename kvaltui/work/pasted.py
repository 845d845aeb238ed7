"""What a terminal hands over as pasted: lines ended in any way, and cells with tabs between them.

Most terminals (tmux, macOS, VS Code) send a carriage return between the lines, whatever stood there when it was copied.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from itertools import pairwise
from typing import Final

from kvaltui.model.clean import clean
from kvaltui.model.message import Message

SEVERAL_FIGURES: Final = Message("What was pasted is several figures, and there is room for one. Nothing was put in.")
_LINE_END: Final = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


def lines_of(text: str) -> list[str]:
    """The pasted lines, cleaned, without the empty ones at their end; tabs within them are kept."""
    lines = ["\t".join(clean(cell) for cell in each.split("\t")) for each in _LINE_END.split(text)]
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def as_text(text: str) -> str:
    """A pasted text with its line ends, for a field that holds several lines; a tab stands as a blank."""
    return "\n".join(each.replace("\t", " ") for each in lines_of(text))


def as_one_line(text: str) -> str:
    """A pasted text for a field of one line: a blank where a line ended or a cell began, so that no figures join."""
    return " ".join(each for each in as_text(text).split("\n") if each.strip())


def joins_figures(text: str) -> bool:
    """Whether two figures would stand beside each other on one line, and be read as one: `12` above `120`."""
    parts = [cell.strip() for each in lines_of(text) for cell in each.split("\t") if cell.strip()]
    return any(
        _has_digit(before) and _has_digit(after) and not before[-1].isalpha() and not after[0].isalpha()
        for before, after in pairwise(parts)
    )


def _has_digit(text: str) -> bool:
    return any(each.isdigit() for each in text)


def cells_of(text: str) -> list[list[str]]:
    """The rows and cells of what was pasted, as spreadsheets hand them over: tabs between the cells of a row.

    A cell in quotes is without them, and may hold line ends ("\\n") unless it is the only one: it is lines then. Rows
    that are empty stay in the middle, so that every figure stands beside its row, and go at the end; so do columns
    that are empty all the way down.
    """
    rows = block_of(text)
    first = min((at for row in rows for at, cell in enumerate(row) if cell), default=0)
    rows = [row[first:] for row in rows]
    if len(rows) == 1 and len(rows[0]) == 1:
        return [[_cell(line)] for line in rows[0][0].split("\n")]
    return rows


def block_of(text: str) -> list[list[str]]:
    """The same with the columns that are empty to the left of the others: each cell has its place in a block."""
    rows = [[_cell(cell) for cell in row] for row in _split(text)]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    return [(row + [""] * width)[:width] for row in rows]


def _split(text: str) -> list[list[str]]:
    lines = _LINE_END.sub("\n", text)
    if '"' in text:
        try:
            return list(csv.reader(StringIO(lines, newline="\n"), dialect="excel-tab", strict=True))
        except csv.Error:
            pass  # A quote that is text, as in 24" or ”citat".
    return [line.split("\t") for line in lines.split("\n")]


def _cell(text: str) -> str:
    return clean(text, multiline=True).strip()
