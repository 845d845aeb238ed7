"""A list as a table of text: what is copied of it for Word and Excel, or written to a file, as it is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from kvaltui.exchange.inert import inert
from kvaltui.exchange.table_rows import Cell, NumberCell
from kvaltui.i18n import language
from kvaltui.model.clean import clean
from kvaltui.model.value import dataclass

_SPACE: Final = "[ \u00a0\u2009\u202f]"
_NUMBER: Final = re.compile(
    rf"(?P<sign>[-+\u2212]?)(?P<whole>[0-9]+|[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+)(?P<rest>[.,][0-9]+)?"
    rf"(?P<percent>{_SPACE}?%)?",
    re.ASCII,
)
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class TextTable:
    """Headings and rows of texts, as they stand in a list but for what the room on the screen does to them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> TextTable:
        """A table of such rows; those that are shorter than the headings, as a heading among them is, are filled up.

        Rows that have nothing in them are left out, and so are columns without so much as a heading.
        """
        found = [cells for row in rows if any(cells := tuple(map(one_line, row)))]
        width = max([len(headings), *map(len, found)])
        named = (*map(one_line, headings), *[""] * (width - len(headings)))
        filled = [(*row, *[""] * (width - len(row))) for row in found]
        kept = [at for at in range(width) if named[at] or any(row[at] for row in filled)]
        return cls(tuple(named[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in filled))

    def as_text(self) -> str:
        """Lines of cells with tabs between them, as Word and Excel paste them; nothing in it is taken for a formula."""
        lines = [*([self.headings] if any(self.headings) else []), *self.rows]
        return "".join("\t".join(_pasted(cell) for cell in line) + "\n" for line in lines)

    def as_cells(self) -> list[tuple[Cell, ...]]:
        """The rows for a file, with numbers to calculate with."""
        return [tuple(_cell(cell) for cell in row) for row in self.rows]


def one_line(text: str) -> str:
    """A text in one line, as a cell holds it: a tab or a new line would begin another cell."""
    return _BLANKS.sub(" ", clean(text)).strip()


def _pasted(text: str) -> str:
    """A number as spreadsheets read it, in the language's own decimal sign; any other text so that it stays one."""
    found = _number(text)
    if found is None:
        return inert(text)
    return f"{_sign(found)}{_digits(found)}{found['rest'] or ''}{' %' if found['percent'] else ''}"


def _cell(text: str) -> Cell:
    found = _number(text)
    if found is None:
        return text
    rest = (found["rest"] or "").replace(",", ".")
    return NumberCell(Decimal(f"{_sign(found)}{_digits(found)}{rest}"), bool(found["percent"]))


def _number(text: str) -> re.Match[str] | None:
    """A text that is a number and nothing else; one with the other decimal sign is a time, a day or a version."""
    found = _NUMBER.fullmatch(text)
    mark = "," if language() == "sv" else "."
    return found if found is not None and (found["rest"] or mark).startswith(mark) else None


def _sign(found: re.Match[str]) -> str:
    return "-" if found["sign"] in ("-", "\N{MINUS SIGN}") else ""


def _digits(found: re.Match[str]) -> str:
    return re.sub(_SPACE, "", found["whole"])
