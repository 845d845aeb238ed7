"""What tables of every format have in common: the cells as they were read, with the places they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from kvaltui.exchange.file_error import FileError
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass

Place: TypeAlias = tuple[int, int]


MOST_CELLS = 2_000_000
"""Of a table, empty ones not counted. The table of a plan of 100,000 indicators has 1,400,000."""
MOST_COLUMNS = 1000


class TableFileError(FileError):
    """A table that cannot be used. The message names row and column where there is one."""


class UnreadableFigures(TableFileError):
    """A table that is one, with figures in it that cannot be read. Nothing of it has been used."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table that are not empty, each with its number in the file, counted from 1; the first are headings.

    A cell is text as a person would write it. `numbers` are the places, as row number and index, of those that were
    numbers in the file, which nobody has to read a second time; `problems` are the cells that hold nothing to be used,
    and why. `is_strict`: a text that may be two numbers is refused where nothing in the file decides.
    """

    name: str
    rows: list[tuple[int, tuple[str, ...]]]
    numbers: frozenset[Place] = frozenset()
    problems: Mapping[Place, Message] = MappingProxyType({})
    is_strict: bool = False


def too_many_cells(file: str) -> TableFileError:
    """The error for a table that is larger than any plan's."""
    return TableFileError(
        Message(
            "{file} is too large: at most {cells} cells and {columns} columns are read",
            file=file,
            cells=MOST_CELLS,
            columns=MOST_COLUMNS,
        )
    )


def wrong_cell(file: str, row: int, column: str | Message, problem: Message) -> TableFileError:
    """The error for a cell, named as a spreadsheet's user finds it."""
    message = Message(
        "{file}, row {row}, column {column}: {problem}", file=file, row=str(row), column=column, problem=problem
    )
    return TableFileError(message, field=str(column))


def plain(number: Decimal) -> str:
    """A number from a spreadsheet as the parsers of figures read it."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
