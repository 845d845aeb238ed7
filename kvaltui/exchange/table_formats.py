"""Which formats of tables there are, by the endings of their files: what reads each, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from kvaltui.model.value import dataclass

if TYPE_CHECKING:
    from kvaltui.exchange.table_file import Grid
    from kvaltui.exchange.table_rows import Row


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A format: `read` takes the bytes of a file and its name, and raises TableFileError.

    `write` takes rows, a title, and headings where they are others than those of figures.
    """

    read: Callable[[bytes, str], Grid]
    write: Callable[[Sequence[Row], str, Sequence[str] | None], bytes]


def format_of(suffix: str) -> TableFormat:
    """The format that an ending says, in whatever case. Raises KeyError for one that is not in `TABLE_SUFFIXES`."""
    return _FORMATS[suffix.casefold()]()


def _csv() -> TableFormat:
    from kvaltui.exchange.csv_table import read_csv, write_csv

    return TableFormat(read_csv, lambda rows, _title, headings: write_csv(rows, headings))


def _xlsx() -> TableFormat:
    from kvaltui.exchange.xlsx_table import read_xlsx, write_xlsx

    return TableFormat(read_xlsx, write_xlsx)


_FORMATS: Mapping[str, Callable[[], TableFormat]] = MappingProxyType({".csv": _csv, ".xlsx": _xlsx})
"""What imports a format when it is asked for."""
TABLE_SUFFIXES = tuple(_FORMATS)
"""The endings of tables, that which is suggested first."""
