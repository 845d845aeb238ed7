"""`kvaltui export` and `kvaltui report`: the plan as a file, whose ending says which kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.commands.context import Context, period_of
from kvaltui.commands.errors import DONE
from kvaltui.commands.output import write
from kvaltui.exchange.importing import unknown_suffix
from kvaltui.exchange.writing import write_file
from kvaltui.i18n import _
from kvaltui.model.fulfilment import PlanResult, judge_plan

if TYPE_CHECKING:
    from kvaltui.model.content import PlanContent
    from kvaltui.store.database import Database


def export_file(context: Context) -> int:
    """Write the plan to a file: whole (.toml, .json, .kvb), or its figures as a table (.csv, .xlsx)."""
    path = Path(context.arguments.file).expanduser()
    writers: Mapping[str, Callable[[Context, Database, PlanContent], bytes]] = {
        ".toml": _toml,
        ".json": _json,
        ".csv": _csv,
        ".xlsx": _xlsx,
        ".kvb": _bundle,
    }
    writer = writers.get(path.suffix.casefold())
    if writer is None:
        raise unknown_suffix(path, tuple(writers))
    with context.open() as database:
        content = context.content(database)
        data = writer(context, database, content)
    write_file(path, data)
    write(_("Wrote {file}", file=str(path)))
    return DONE


def _toml(_context: Context, _database: Database, content: PlanContent) -> bytes:
    from kvaltui.exchange.plan_file import write_plan

    return write_plan(content).encode("utf-8")


def _json(_context: Context, _database: Database, content: PlanContent) -> bytes:
    from kvaltui.exchange.plan_file import write_plan_json

    return write_plan_json(content).encode("utf-8")


def _csv(context: Context, _database: Database, content: PlanContent) -> bytes:
    from kvaltui.exchange.csv_table import write_csv
    from kvaltui.exchange.table_rows import table_rows

    return write_csv(table_rows(content, _results(context, content)))


def _xlsx(context: Context, _database: Database, content: PlanContent) -> bytes:
    from kvaltui.exchange.table_rows import table_rows
    from kvaltui.exchange.xlsx_table import write_xlsx

    return write_xlsx(table_rows(content, _results(context, content)), content.plan.title)


def _bundle(_context: Context, database: Database, content: PlanContent) -> bytes:
    from kvaltui.exchange.bundle_file import write_bundle

    return write_bundle(database, content.plan.key)


def _results(context: Context, content: PlanContent) -> list[PlanResult]:
    """The plan judged for the period that was asked for, or for each of its periods."""
    given: str | None = context.arguments.period
    periods = (period_of(content.plan, given),) if given else content.plan.periods
    return [judge_plan(content, period, context.today) for period in periods]


def report(context: Context) -> int:
    """Write the report of the plan for a period to a file, or print it."""
    from kvaltui.exchange.report import report as make_report
    from kvaltui.exchange.report import write_report
    from kvaltui.model.summary import summarise

    with context.open() as database:
        content = context.content(database)
    result = judge_plan(content, context.period(content.plan), context.today)
    made = make_report(content, result, summarise(content, result, context.today), context.today)
    given: str | None = context.arguments.file
    if given is None:
        from kvaltui.exchange.report_text import markdown

        write(markdown(made))
        return DONE
    path = Path(given).expanduser()
    write_file(path, write_report(made, path))
    write(_("Wrote {file}", file=str(path)))
    return DONE
