"""What tables of every format have in common: the cells as they were read, with the places they stand in."""

from __future__ import annotations

from decimal import Decimal

from kvaltui.exchange.file_error import FileError
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass


class TableFileError(FileError):
    """A table that cannot be used. The message names row and column where there is one."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table that are not empty, each with its number in the file, counted from 1; the first are headings.

    A cell is text as a person would write it in the figure's own notation.
    """

    name: str
    rows: list[tuple[int, tuple[str, ...]]]


def wrong_cell(file: str, row: int, column: str | Message, problem: Message) -> TableFileError:
    """The error for a cell, named as a spreadsheet's user finds it."""
    message = Message(
        "{file}, row {row}, column {column}: {problem}", file=file, row=str(row), column=column, problem=problem
    )
    return TableFileError(message, field=str(column))


def plain(number: Decimal) -> str:
    """A number from a spreadsheet as the parsers of figures read it."""
    text = f"{number.normalize():f}"
    return text.replace(".", ",")
