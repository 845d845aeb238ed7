"""`kvaltui export` and `kvaltui report`: the plan as a file, whose ending says which kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.commands.context import Context, period_of
from kvaltui.commands.errors import DONE, note_done
from kvaltui.commands.hyperlinks import write_with_file
from kvaltui.commands.output import write
from kvaltui.exchange.exporting import REPORT_SUFFIXES, SUFFIXES, Exported, export, report_of
from kvaltui.exchange.writing import own_files, write_file
from kvaltui.i18n import _
from kvaltui.written_path import path_of

if TYPE_CHECKING:
    from kvaltui.store.database import Database


def export_file(context: Context) -> int:
    """Write the plan to a file: whole (.toml, .json, .kvb), or its figures as a table (.csv, .xlsx)."""
    path = path_of(context.arguments.file)
    given: str | None = context.arguments.period
    with context.open() as database:
        content = context.content(database)
        periods = (period_of(content.plan, given),) if given else content.plan.periods
        data = export(Exported(database, content, periods, context.today), path, SUFFIXES)
        _write(context, database, path, data)
    return DONE


def _write(context: Context, database: Database, path: Path, data: bytes) -> None:
    keep = own_files(database.path, context.settings.path)
    write_file(path, data, replaces=context.arguments.force, keep=keep)
    note_done()
    write_with_file(_("Wrote {file}", file=str(path)), path)


def report(context: Context) -> int:
    """Write the report of the plan for a period to a file, or print it."""
    with context.open() as database:
        content = context.content(database)
        exported = Exported(database, content, (context.period(content.plan),), context.today)
        given: str | None = context.arguments.file
        if given is None:
            from kvaltui.exchange.report_text import markdown

            write(markdown(report_of(exported)))
            return DONE
        path = path_of(given)
        _write(context, database, path, export(exported, path, REPORT_SUFFIXES))
    return DONE
