"""What a person takes out of the entry table: a row as text for the clipboard, the rows that show as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kvaltui.exchange.table_formats import TABLE_SUFFIXES, format_of
from kvaltui.exchange.table_rows import Row, table_rows
from kvaltui.figure_words import NO_FIGURE
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.naming import title_of
from kvaltui.work.session import PlanSession
from kvaltui.written_path import path_of


class ExportRefused(KvaltuiError):
    """A name that the table is not written to."""


def text_of(session: PlanSession, row: EntryRow, status: str, panel: Iterable[str]) -> str:
    """A row as lines of text: its name, target, figure and status, and what the panel says below."""
    indicator = session.indicator(row.indicator)
    judged = session.result.indicators.get(row.indicator)
    lines = [title_of(indicator, row.part)]
    if judged is not None:
        found = judged.part(row.part) if row.part else None
        target, outcome = (found.target, found.outcome) if found else (judged.target, judged.outcome)
        lines += [
            f"{_('Target')}: {clean(target or '') or NO_FIGURE}",
            f"{_('Outcome')} {session.period}: {clean(outcome or '') or NO_FIGURE}",
            f"{_('Status')}: {status}",
        ]
    return "\n".join([*lines, *(text for text in panel if text != lines[0])])


def suggested_name(session: PlanSession) -> str:
    """A name for the file: the plan and the period."""
    return re.sub(r"[^\w.-]", "-", f"{session.key}-{session.period}") + TABLE_SUFFIXES[0]


def writer(
    session: PlanSession, indicators: Sequence[str], told: Callable[[Path], None], settings: Path | None = None
) -> Callable[[str], None]:
    """What writes some indicators, in their order, to the file that it is given the name of, and tells where.

    The file of the `settings` is kept, and what else `check_place` keeps.

    It raises a KvaltuiError for what it cannot write; for a file that there is already only the first time, so that to
    ask again is to agree that it is replaced.
    """
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
        data = format_of(path.suffix).write(rows_of(session, indicators), session.content.plan.title)
        write_file(path, data, replaces=path in agreed, keep=keep)
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
