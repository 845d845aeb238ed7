"""Tables as workbooks: numbers as numbers, percentages as percentages; and workbooks from anywhere read.

openpyxl is imported where it is used: it costs more than all the rest of a command.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from kvaltui.exchange.csv_table import column_headings
from kvaltui.exchange.inert import inert
from kvaltui.exchange.number_format import doubtful, shown
from kvaltui.exchange.table_file import MOST_CELLS, Grid, TableFileError, too_many_cells, wrong_cell
from kvaltui.exchange.table_rows import Cell, NumberCell, Row
from kvaltui.model.clean import clean
from kvaltui.model.message import Message

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_BYTES = 256 * 2**20
"""Unpacked size above which a workbook is refused: a small file can hold a great many zeros."""
_MOST_PACKED = 100
"""So many times its own size a file may unpack to, once that is more than `_ALWAYS_UNPACKED`; sheets do to 20."""
_ALWAYS_UNPACKED = 8 * 2**20
_MOST_PARTS = 5000
_PARTS_WITH_CELLS = ("xl/worksheets/", "xl/sharedstrings", "xl/pivotcache/", "xl/drawings/", "xl/media/", "xl/charts/")
_MOST_TAGS_OF_CELLS = 6 * MOST_CELLS
"""A cell with text in it has six."""
_MOST_OTHER_TAGS = 100_000
"""Of what is read whole before the first cell: formats, names of sheets and areas."""
_LONGEST_TAG = 2**14
_FORMULA = re.compile(rb"<(?:[^<>\s/:]{1,100}:)?f[\s/>]")
_ENDLESS_TAG = re.compile(rb"<[^<>]{%d}" % _LONGEST_TAG)
MOST_ROWS = 100_001
_MOST_COLUMNS = 100
_WIDEST = 60
_CHUNK = 2**20


def write_xlsx(rows: Iterable[Row], title: str, headings: Sequence[str] | None = None) -> bytes:
    """A workbook of one sheet with a row of headings, those of `Column` by default.

    A percentage is a number with the format of one. Text is never taken for a formula, not even when somebody edits it.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_sheet_title(title))
    table = [tuple(headings or column_headings()), *rows]
    sheet.freeze_panes = "A2"
    for index, width in enumerate(_widths(table)):
        sheet.column_dimensions[_letter(index)].width = width
    for row in table:
        sheet.append([_written(sheet, cell, is_heading=row is table[0]) for cell in row])
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def _sheet_title(title: str) -> str:
    plain = "".join(" " if character in r"[]:*?/\'" else character for character in clean(title))
    return plain.strip()[:31] or "kvaltui"


def _widths(table: Sequence[Row]) -> list[int]:
    return [min(_WIDEST, 2 + max(len(_text(row[index])) for row in table)) for index in range(len(table[0]))]


def _text(cell: Cell) -> str:
    return str(cell.value) if isinstance(cell, NumberCell) else cell


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(index + 1)


def _written(sheet: WriteOnlyWorksheet, cell: Cell, *, is_heading: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(cell, NumberCell):
        number: Any = cell.value / 100 if cell.is_percentage else cell.value  # openpyxl takes Decimal, its stubs do not
        written = WriteOnlyCell(sheet, number)
        written.number_format = _number_format(cell)
        return written
    written = WriteOnlyCell(sheet, cell)
    if inert(cell) != cell:
        # The apostrophe that people type before such a text; a workbook keeps it beside the text, not in it.
        written.data_type = "s"
        written.quotePrefix = True
    if is_heading:
        written.font = Font(bold=True)
    return written


def _number_format(cell: NumberCell) -> str:
    exponent = cell.value.as_tuple().exponent
    decimals = "." + "0" * -exponent if isinstance(exponent, int) and exponent < 0 else ""
    return f"0{decimals}%" if cell.is_percentage else f"#,##0{decimals}"


def read_xlsx(data: bytes, name: str) -> Grid:
    """The cells of a workbook's active sheet.

    Raises TableFileError, also for a formula whose result is not in the file.
    """
    has_formulas = _looked_through(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's about what it leaves out, such as a chart: no cells are
            rows = dict(_cells(data, name, values=True))
            uncomputed = _uncomputed(rows, _cells(data, name, values=False)) if has_formulas else None
    except TableFileError:
        raise
    except Exception as error:  # a broken workbook raises almost anything out of openpyxl
        raise _no_workbook(name) from error
    if uncomputed is not None:
        row, column = uncomputed
        problem = Message("the formula has no result in the file; open and save it in the spreadsheet program")
        raise wrong_cell(name, row, _letter(column), problem)
    texts = [(number, tuple(map(_read, row))) for number, row in rows.items()]
    cells = {(number, column): cell for number, row in rows.items() for column, cell in enumerate(row)}
    return Grid(
        name,
        [(number, row) for number, row in texts if any(row)],
        frozenset(place for place, cell in cells.items() if _is_number(cell)),
        {place: told for place, cell in cells.items() if (told := _problem(cell)) is not None},
    )


def _too_large(name: str) -> TableFileError:
    return TableFileError(Message("{file} is too large when it is unpacked", file=name))


def _no_workbook(name: str) -> TableFileError:
    return TableFileError(Message("{file} is not a workbook (.xlsx) that can be read", file=name))


def _looked_through(data: bytes, name: str) -> bool:
    """Whether there are formulas. Refuses what would unpack to too much, and XML that defines its own entities."""
    look = _Look(name, len(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.namelist()) > _MOST_PARTS:
                raise _too_large(name)
            for member in archive.namelist():
                with archive.open(member) as part:
                    look.through(part, has_cells=member.casefold().startswith(_PARTS_WITH_CELLS))
    except TableFileError:
        raise
    except Exception as error:  # a broken archive raises almost anything out of zipfile and its decompressors
        raise _no_workbook(name) from error
    return look.has_formulas


class _Look:
    """What a workbook holds, piece by piece as it is unpacked: enough to refuse what would take all time and memory."""

    def __init__(self, name: str, packed: int) -> None:
        self._name = name
        self._bytes_left = min(MOST_BYTES, max(packed * _MOST_PACKED, _ALWAYS_UNPACKED))
        self._tags_left = {True: _MOST_TAGS_OF_CELLS, False: _MOST_OTHER_TAGS}
        self.has_formulas = False

    def through(self, part: IO[bytes], *, has_cells: bool) -> None:
        """Look through a part of the archive. Raises TableFileError."""
        before = b""
        while chunk := part.read(_CHUNK):
            self._bytes_left -= len(chunk)
            self._tags_left[has_cells] -= chunk.count(b"<")
            if self._bytes_left < 0 or self._tags_left[has_cells] < 0:
                raise _too_large(self._name)
            seam = before + chunk
            if b"<!DOCTYPE" in seam or b"<!ENTITY" in seam or _ENDLESS_TAG.search(seam):
                raise _no_workbook(self._name)
            self.has_formulas = self.has_formulas or _FORMULA.search(seam) is not None
            before = seam[-_LONGEST_TAG:]


class _Cell(NamedTuple):
    value: Any
    number_format: str
    is_error: bool


_Row = list[_Cell]


def _cells(data: bytes, name: str, *, values: bool) -> Iterator[tuple[int, _Row]]:
    """The rows that are not empty, by their numbers."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    sheet = workbook.active if workbook.active in workbook.worksheets else workbook.worksheets[0]
    sheet.reset_dimensions()  # what the file says of its size need not be so
    left = MOST_CELLS
    # With limits, since a single cell far away would otherwise make millions of empty ones.
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1):
        if number > MOST_ROWS:
            raise too_many_cells(name)
        last = max((place for place, cell in enumerate(row) if cell.value is not None), default=-1)
        if last >= 0:
            left -= last + 1
            if left < 0:
                raise too_many_cells(name)
            yield (
                number,
                [
                    _Cell(cell.value, getattr(cell, "number_format", "") or "", getattr(cell, "data_type", "") == "e")
                    for cell in row[: last + 1]
                ],
            )


def _uncomputed(values: Mapping[int, _Row], formulas: Iterable[tuple[int, _Row]]) -> tuple[int, int] | None:
    """Row and column of the first formula without a result."""
    for number, texts in formulas:
        found = values.get(number, [])
        for column, cell in enumerate(texts):
            if cell.value is not None and (column >= len(found) or found[column].value is None):
                return number, column
    return None


def _is_number(cell: _Cell) -> bool:
    return isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)


def _number(value: float) -> Decimal:
    """All the digits that a spreadsheet keeps, without the noise after them."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def _problem(cell: _Cell) -> Message | None:
    """Why a cell holds nothing that can be entered."""
    if cell.is_error:
        text = str(cell.value)
        return Message("the cell holds the error {text}: mend its formula, or write why there is no figure", text=text)
    if isinstance(cell.value, (time, timedelta)):
        return Message("the cell holds a time of day: write the figure as a number")
    return doubtful(_number(cell.value), cell.number_format) if _is_number(cell) else None


def _read(cell: _Cell) -> str:
    """A cell's value as a person would write it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, (int, float)):
        return shown(_number(value), cell.number_format)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)
