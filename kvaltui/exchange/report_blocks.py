"""What a report consists of, whatever it is written as: headings, paragraphs, lists and tables of plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kvaltui.model.status import Status


@dataclass(frozen=True, slots=True)
class Heading:
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
class Grid:
    """A table; `numeric` holds the places of the columns that are set to the right."""

    headings: tuple[str, ...]
    rows: tuple[tuple[ReportCell, ...], ...]
    numeric: frozenset[int] = frozenset()


Block: TypeAlias = Heading | Paragraph | Items | Grid


@dataclass(frozen=True, slots=True)
class Report:
    """A report ready to be written."""

    title: str
    language: str
    blocks: tuple[Block, ...]


def text_of(cell: ReportCell) -> str:
    """What a cell says, without its colour."""
    return cell.text if isinstance(cell, Verdicted) else cell
