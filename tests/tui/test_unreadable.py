"""Whatever a person does while the database cannot be read, it is told in words, and the program goes on."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kvaltui.store.patient_connection import PatientCursor
from kvaltui.tui.screens.risks import RisksScreen
from tests.properties import IS_FULL
from tests.tui.test_waiting import DEEDS, Deed
from tests.tui.work import at_work


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
async def test_a_damaged_database_ends_nothing(tmp_path: Path, deed: Deed) -> None:
    def folder_for(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        return folder

    first, asked = 1, 0
    while first <= max(asked, 1):
        app = deed.program(folder_for(str(first)))
        async with at_work(app) as work:
            await work.pilot.pause()
            asked = 0

            def fail(cursor: PatientCursor, sql: str, values: Any = ()) -> PatientCursor:
                nonlocal asked
                asked += 1
                if asked < first:
                    return execute(cursor, sql, values)
                error = sqlite3.DatabaseError("database disk image is malformed")
                error.sqlite_errorcode = 11
                raise error

            execute = PatientCursor.execute
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(PatientCursor, "execute", fail)
                seen = []
                for key in deed.keys:
                    await work.press(key)
                    seen += work.lines
                if isinstance(app.screen, RisksScreen):
                    app.screen.explain()  # in place of half a second
                    seen += work.lines
                assert app.failure is None
                assert asked < first or any(re.search("skada|Ej sparat|/tmp/", line) for line in seen)
                assert app.is_running
        first = first + 1 if IS_FULL else max(first * 8, 2)
