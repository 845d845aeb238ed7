"""What a person takes out of a list: its rows as a file, in the entry table with all that is known of their figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from kvaltui.exchange.table_formats import TABLE_SUFFIXES, TableFormat, format_of
from kvaltui.exchange.table_rows import Row, table_rows
from kvaltui.i18n import _
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.work.session import PlanSession
from kvaltui.work.text_table import TextTable
from kvaltui.written_path import path_of


class ExportRefused(KvaltuiError):
    """A name that the table is not written to."""


def suggested_name(session: PlanSession, of: str = "") -> str:
    """A name for the file: the plan, what of it, and the period."""
    name = "-".join(filter(None, (session.key, of.casefold(), str(session.period))))
    return re.sub(r"[^\w.-]", "-", name) + TABLE_SUFFIXES[0]


def writer(
    session: PlanSession, indicators: Sequence[str], told: Callable[[Path], None], settings: Path | None = None
) -> Callable[[str], None]:
    """What writes some indicators, in their order, to the file that it is given the name of, and tells where.

    The file of the `settings` is kept, and what else `check_place` keeps.

    It raises a KvaltuiError for what it cannot write; for a file that there is already only the first time, so that to
    ask again is to agree that it is replaced.
    """
    title = session.content.plan.title
    return _writer(session, lambda form: form.write(rows_of(session, indicators), title, None), told, settings)


def table_writer(
    session: PlanSession, table: TextTable, title: str, told: Callable[[Path], None], settings: Path | None = None
) -> Callable[[str], None]:
    """The same of a list as it is seen, under a title."""
    return _writer(session, lambda form: form.write(table.as_cells(), title, table.headings), told, settings)


def _writer(
    session: PlanSession,
    written: Callable[[TableFormat], bytes],
    told: Callable[[Path], None],
    settings: Path | None,
) -> Callable[[str], None]:
    from kvaltui.exchange.writing import check_place, own_files, write_file

    agreed: list[Path] = []
    keep = own_files(session.database.path, settings)

    def write(name: str) -> None:
        path = _path(name)
        check_place(path, keep)
        if path.exists() and path not in agreed:
            agreed[:] = [path]
            raise ExportRefused(
                Message("{file} is there already: Enter once more replaces it, Esc drops", file=path.name)
            )
        write_file(path, written(format_of(path.suffix)), replaces=path in agreed, keep=keep)
        told(path)

    return write


def _path(name: str) -> Path:
    if not name:
        raise ExportRefused(Message("Write a name for the file"))
    path = path_of(name).absolute()
    if path.suffix.casefold() not in TABLE_SUFFIXES:
        raise ExportRefused(Message("The name has to end in {endings}", endings=_(" or ").join(TABLE_SUFFIXES)))
    return path


def rows_of(session: PlanSession, indicators: Sequence[str]) -> list[Row]:
    """The rows of some indicators for the period that is looked at, in the order in which they are given."""
    places = {key: place for place, key in enumerate(indicators)}
    rows = table_rows(session.content, [session.result], places)
    return sorted(rows, key=lambda row: places[str(row[0])])
