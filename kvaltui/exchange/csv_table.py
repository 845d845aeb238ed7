"""Tables as CSV that opens right in a Swedish spreadsheet, and CSV from anywhere read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kvaltui.exchange.inert import inert, meant
from kvaltui.exchange.table_file import MOST_CELLS, MOST_COLUMNS, Grid, TableFileError, too_many_cells
from kvaltui.exchange.table_rows import NumberCell, Row, TableField
from kvaltui.i18n import language, say
from kvaltui.model.message import Message
from kvaltui.model.number import write_number
from kvaltui.words import capitalised

_DELIMITERS = ";\t,"
_LINES_LOOKED_AT = 20
_LONGEST_LINE = 2**20
_MOST_LINES = 2**20
_WIDEST = 2**14
"""As many rows and columns as a spreadsheet has."""
_QUOTED = re.compile(r'"[^"]*+(?:"|\Z)')
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def write_csv(rows: Iterable[Row], headings: Sequence[str] | None = None) -> bytes:
    """A table with a row of headings, those of `Column` by default.

    Semicolons, decimal commas and a byte order mark, as a Swedish spreadsheet expects; formulas are made inert.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([inert(heading) for heading in headings or column_headings()])
    for row in rows:
        writer.writerow([_number(cell) if isinstance(cell, NumberCell) else inert(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def column_headings() -> list[str]:
    """The headings of `Column` in the reader's language."""
    return [capitalised(say(column)) for column in TableField]


def _number(cell: NumberCell) -> str:
    mark = "," if language() == "sv" else "."
    return write_number(cell.value, decimal_mark=mark, group="", minus="-")


def read_csv(data: bytes, name: str) -> Grid:
    """The cells of a CSV file: UTF-8 (or -16 with its mark) or Windows-1252; semicolon, comma or tab.

    Raises TableFileError.
    """
    text = _decoded(data, name)
    _refuse_endless_lines(text, name)
    delimiter = _delimiter(text)
    if text[:4].casefold() == "sep=" and text[5:6] in ("\r", "\n"):
        text = "\n" + text.partition("\n")[2]
    try:
        reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
        rows = list(_rows(reader, name))
    except csv.Error as error:
        message = Message("{file}, line {line}: this is not CSV", file=name, line=str(reader.line_num))
        raise TableFileError(message) from error
    # Where commas stand between the cells, points stand before decimals: a comma in a number is then no Swedish one.
    return Grid(name, rows, is_strict=delimiter == ",")


def _rows(reader: Any, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows that are not empty, each up to its last cell that is not, by their line in the file."""
    left = MOST_CELLS
    for row in reader:
        width = len(row)
        if width <= _WIDEST and not any(row):
            continue
        while width <= _WIDEST and not row[-1]:
            row.pop()
        left -= len(row)
        if width > _WIDEST or len(row) > MOST_COLUMNS or left < 0:
            raise too_many_cells(name)
        yield reader.line_num, tuple(map(meant, row))


def _lines(text: str) -> Iterator[str]:
    """The lines one by one, with their ends: a file of lines in memory would take four times the text's room."""
    return (found[0] for found in _LINE.finditer(text))


def _refuse_endless_lines(text: str, name: str) -> None:
    """Refuse more lines, or a longer line, than any table has; a file without line ends would be read as one row."""
    if text.count("\n") + text.count("\r") > 2 * _MOST_LINES:
        raise too_many_cells(name)
    here = 0
    while len(text) - here > _LONGEST_LINE:
        end = here + _LONGEST_LINE
        found = max(text.rfind("\n", here, end), text.rfind("\r", here, end))
        if found < 0:
            line = text.count("\n", 0, here) + 1
            raise TableFileError(Message("{file}, line {line}: the line is too long", file=name, line=str(line)))
        here = found + 1


def _decoded(data: bytes, name: str) -> str:
    encoding = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    for each in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            return data.decode(each)
        except UnicodeDecodeError:
            continue
    raise TableFileError(Message("{file}: the text is neither UTF-8 nor Windows-1252", file=name))


def _delimiter(text: str) -> str:
    lines = text.split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT]
    first = lines[0]
    if first[:4].casefold() == "sep=" and len(first.rstrip("\r")) == 5:
        return first[4]
    # A title above the headings may have commas, and so may decimals: on how many lines one stands tells, but not
    # what is within quotation marks.
    lines = _QUOTED.sub("", "\n".join(lines)).split("\n")
    return max(_DELIMITERS, key=lambda delimiter: sum(delimiter in line for line in lines))
