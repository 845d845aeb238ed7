"""Tables as CSV that opens right in a Swedish spreadsheet, and CSV from anywhere read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from kvaltui.exchange.inert import inert, meant
from kvaltui.exchange.table_file import Grid, TableFileError
from kvaltui.exchange.table_rows import Column, NumberCell, Row
from kvaltui.i18n import language, say
from kvaltui.model.message import Message
from kvaltui.model.number import write_number
from kvaltui.words import capitalised

_DELIMITERS = ";\t,"
_LINES_LOOKED_AT = 20
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
    return [capitalised(say(column)) for column in Column]


def _number(cell: NumberCell) -> str:
    mark = "," if language() == "sv" else "."
    return write_number(cell.value, decimal_mark=mark, group="", minus="-")


def read_csv(data: bytes, name: str) -> Grid:
    """The cells of a CSV file: UTF-8 (or -16 with its mark) or Windows-1252; semicolon, comma or tab.

    Raises TableFileError.
    """
    text = _decoded(data, name)
    delimiter = _delimiter(text)
    if text[:4].casefold() == "sep=" and text[5:6] in ("\r", "\n"):
        text = "\n" + text.partition("\n")[2]
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        cells = [(reader.line_num, tuple(meant(cell) for cell in row)) for row in reader]
    except csv.Error as error:
        message = Message("{file}, line {line}: this is not CSV", file=name, line=str(reader.line_num))
        raise TableFileError(message) from error
    # Where commas stand between the cells, points stand before decimals: a comma in a number is then no Swedish one.
    return Grid(name, [(number, row) for number, row in cells if any(row)], is_strict=delimiter == ",")


def _decoded(data: bytes, name: str) -> str:
    encoding = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    for each in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            return data.decode(each)
        except UnicodeDecodeError:
            continue
    raise TableFileError(Message("{file}: the text is neither UTF-8 nor Windows-1252", file=name))


def _delimiter(text: str) -> str:
    first, *lines = text.split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT]
    if first[:4].casefold() == "sep=" and len(first.rstrip("\r")) == 5:
        return first[4]
    # A title above the headings may have commas, and so may decimals: on how many lines one stands tells.
    return max(_DELIMITERS, key=lambda delimiter: sum(delimiter in line for line in (first, *lines)))
