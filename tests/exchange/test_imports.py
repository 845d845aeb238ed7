"""What is dear to import is imported where it is used (docs/architecture.md, The start)."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"openpyxl", "docx", "lxml", "textual", "rich", "tomli_w", "tomlkit"}


def loaded_by(*modules: str) -> set[str]:
    named = ", ".join(f"kvaltui.exchange.{module}" for module in modules)
    program = f"import sys; before = {{*sys.modules}}; import {named}; print(*sys.modules.keys() - before)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    return set(run.stdout.split())


@pytest.mark.thorough
def test_files_are_read_and_written_without_the_database() -> None:
    loaded = loaded_by("plan_reader", "starter", "status_json", "table_rows", "csv_table", "xlsx_table", "table_import")
    assert not {*HEAVY, "peewee", "sqlite3"} & loaded


@pytest.mark.parametrize("module", ["importing", "bundle_file", "folder", "report"])
def test_the_others_know_the_store_and_nothing_heavier(module: str) -> None:
    assert not HEAVY & loaded_by(module)
