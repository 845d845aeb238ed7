"""What a report consists of, whatever it is written as: headings, paragraphs, lists and tables of plain text."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from kvaltui.model.clean import clean
from kvaltui.model.status import Status
from kvaltui.model.value import dataclass


@dataclass(frozen=True, slots=True)
class ReportHeading:
    """`level` 1 is the report's title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, which may have line breaks; `label` stands before it in bold."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list with a dot before each."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdicted:
    """A cell with a status: its symbol and word, to be coloured where there are colours."""

    status: Status
    text: str


ReportCell: TypeAlias = str | Verdicted


@dataclass(frozen=True, slots=True)
class ReportGrid:
    """A table; `numeric` holds the places of the columns that are set to the right."""

    headings: tuple[str, ...]
    rows: tuple[tuple[ReportCell, ...], ...]
    numeric: frozenset[int] = frozenset()


Block: TypeAlias = ReportHeading | Paragraph | Items | ReportGrid


@dataclass(frozen=True, slots=True)
class Report:
    """A report ready to be written."""

    title: str
    language: str
    blocks: tuple[Block, ...]


def cleaned(block: Block) -> Block:
    """The block with all its text fit for any file."""
    match block:
        case ReportHeading():
            return ReportHeading(block.level, clean(block.text))
        case Paragraph():
            return Paragraph(clean(block.text, multiline=True), clean(block.label))
        case Items():
            return Items(tuple(clean(text, multiline=True) for text in block.texts))
        case ReportGrid():
            rows = tuple(tuple(_cleaned_cell(cell) for cell in row) for row in block.rows)
            return ReportGrid(tuple(map(clean, block.headings)), rows, block.numeric)
        case _:
            assert_never(block)


def _cleaned_cell(cell: ReportCell) -> ReportCell:
    return clean(cell, multiline=True) if isinstance(cell, str) else cell


def text_of(cell: ReportCell) -> str:
    """What a cell says, without its colour."""
    return cell.text if isinstance(cell, Verdicted) else cell
