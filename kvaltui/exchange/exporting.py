"""The plan as a file, whose ending says which kind: whole, its figures as a table, or a report of a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kvaltui.exchange.importing import unknown_suffix
from kvaltui.exchange.table_formats import TABLE_SUFFIXES, format_of
from kvaltui.model.content import PlanContent
from kvaltui.model.fulfilment import PlanResult, judge_plan
from kvaltui.model.period import Period

if TYPE_CHECKING:
    from kvaltui.exchange.report_blocks import Report
    from kvaltui.store.database import Database


@dataclass(frozen=True, slots=True)
class Exported:
    """What there is to write: a plan as it stands on a day in its database, for the periods that a table tells of."""

    database: Database
    content: PlanContent
    periods: Sequence[Period]
    today: date

    def results(self) -> list[PlanResult]:
        """The plan judged for each of the periods."""
        return [judge_plan(self.content, period, self.today) for period in self.periods]


def export(exported: Exported, path: Path, known: Sequence[str]) -> bytes:
    """The bytes of the file that the ending of `path` asks for; a report is for the last of the periods.

    Raises FileError for an ending that is not among those that are `known`, DatabaseError.
    """
    suffix = path.suffix.casefold()
    if suffix not in known:
        raise unknown_suffix(path, known)
    return {**_WRITERS, **_REPORTS}[suffix](exported)


def report_of(exported: Exported) -> Report:
    """The report for the last of the periods, in the reader's language."""
    from kvaltui.exchange.report import report
    from kvaltui.model.summary import summarise

    content, today = exported.content, exported.today
    result = judge_plan(content, exported.periods[-1], today)
    return report(content, result, summarise(content, result, today), today)


def _toml(exported: Exported) -> bytes:
    from kvaltui.exchange.plan_writer import write_plan

    return write_plan(exported.content).encode("utf-8")


def _json(exported: Exported) -> bytes:
    from kvaltui.exchange.plan_writer import write_plan_json

    return write_plan_json(exported.content).encode("utf-8")


def _table(suffix: str, exported: Exported) -> bytes:
    from kvaltui.exchange.table_rows import table_rows

    return format_of(suffix).write(table_rows(exported.content, exported.results()), exported.content.plan.title, None)


def _bundle(exported: Exported) -> bytes:
    from kvaltui.exchange.bundle_file import write_bundle

    return write_bundle(exported.database, exported.content.plan.key)


def _markdown(exported: Exported) -> bytes:
    from kvaltui.exchange.report_text import markdown

    return markdown(report_of(exported)).encode("utf-8")


def _html(exported: Exported) -> bytes:
    from kvaltui.exchange.report_text import html

    return html(report_of(exported)).encode("utf-8")


def _docx(exported: Exported) -> bytes:
    from kvaltui.exchange.report_docx import docx

    return docx(report_of(exported))


_WRITERS: Mapping[str, Callable[[Exported], bytes]] = MappingProxyType(
    {".toml": _toml, ".json": _json, **{each: partial(_table, each) for each in TABLE_SUFFIXES}, ".kvb": _bundle}
)
_REPORTS: Mapping[str, Callable[[Exported], bytes]] = MappingProxyType(
    {".md": _markdown, ".html": _html, ".docx": _docx}
)
SUFFIXES = tuple(_WRITERS)
"""The endings of files that hold the plan or its figures."""
REPORT_SUFFIXES = tuple(_REPORTS)
"""The endings of reports."""
