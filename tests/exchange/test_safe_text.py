"""Whatever the database holds, no file carries what a terminal, a browser or a spreadsheet would take for commands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from kvaltui.exchange.csv_table import write_csv
from kvaltui.exchange.plan_writer import write_plan, write_plan_json
from kvaltui.exchange.report import report
from kvaltui.exchange.report_docx import docx
from kvaltui.exchange.report_text import html, markdown
from kvaltui.exchange.starter import read_starter
from kvaltui.exchange.table_rows import table_rows
from kvaltui.exchange.xlsx_table import write_xlsx
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.summary import summarise
from tests.sampled import sampled

NASTY = "\x1b[31m\x1b]52;c;x\x07\x9b\x00\x85\u202e"
COMMANDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]|\\\\u001b|&#27;|&#x1b;", re.IGNORECASE)
TEXTS = {
    "title", "name", "organisation", "note", "intent", "definition", "source", "motivation", "description", "purpose",
    "section", "comment", "responsible", "area_kind", "goal_kind", "assignment_kind", "service", "registry_number",
}  # fmt: skip
TODAY = date(2024, 6, 1)


def spoilt(entity: AnyEntity) -> AnyEntity:
    values: dict[str, Any] = {}
    for field in fields(entity):
        if field.name in TEXTS:
            values[field.name] = f"{getattr(entity, field.name)}{NASTY}"
        elif field.name in ("aliases", "services"):
            values[field.name] = (NASTY,)
    return replace(entity, **values)


@pytest.fixture(scope="module", params=["huddinge-2024", "linkoping-2019-t1"])
def content(request: pytest.FixtureRequest) -> PlanContent:
    return PlanContent.of(map(spoilt, read_starter(request.param)))


def unzipped(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels")))


def report_as(ending: str) -> Callable[[PlanContent], str]:
    def write(content: PlanContent) -> str:
        result = judge_plan(content, content.plan.periods[-1], TODAY)
        made = report(content, result, summarise(content, result, TODAY), TODAY)
        return unzipped(docx(made)) if ending == ".docx" else (html if ending == ".html" else markdown)(made)

    return write


def rows(content: PlanContent) -> Any:
    return table_rows(content, [judge_plan(content, period, TODAY) for period in content.plan.periods])


WRITERS: dict[str, Callable[[PlanContent], str]] = {
    "toml": write_plan,
    "json": write_plan_json,
    "csv": lambda content: write_csv(rows(content)).decode("utf-8-sig"),
    "xlsx": lambda content: unzipped(write_xlsx(rows(content), content.plan.title)),
    "md": report_as(".md"),
    "html": report_as(".html"),
    "docx": report_as(".docx"),
}


@pytest.mark.parametrize("ending", sampled(WRITERS, 4))
def test_no_file_carries_commands(ending: str, content: PlanContent) -> None:
    text = WRITERS[ending](content)
    assert "�" in unescape(text)
    assert COMMANDS.findall(text) == []
