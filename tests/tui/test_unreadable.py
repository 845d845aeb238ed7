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
from tests.sampled import sampled
from tests.tui.test_waiting import DEEDS, Deed
from tests.tui.work import at_work


class Damage:
    """A file that cannot be read from the `first` statement on."""

    def __init__(self, first: int) -> None:
        self.asked = 0
        self.first = first

    @property
    def is_met(self) -> bool:
        return self.asked >= self.first

    def meet(self) -> None:
        self.asked += 1
        if self.is_met:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = 11
            raise error


async def done_with(deed: Deed, folder: Path, damage: Damage) -> None:
    """Do it, and see that it is told in words."""
    execute = PatientCursor.execute

    def execute_or_fail(cursor: PatientCursor, sql: str, values: Any = ()) -> PatientCursor:
        damage.meet()
        return execute(cursor, sql, values)

    app = deed.program(folder)
    async with at_work(app) as work:
        await work.pilot.pause()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(PatientCursor, "execute", execute_or_fail)
            seen = []
            for key in deed.keys:
                await work.press(key)
                seen += work.lines
            if isinstance(app.screen, RisksScreen):
                app.screen.explain()  # in place of half a second
                seen += work.lines
            assert app.failure is None
            assert app.is_running
            assert not damage.is_met or any(re.search("skada|Ej sparat|/tmp/", line) for line in seen)


@pytest.mark.parametrize("deed", sampled(DEEDS, keep=5), ids=lambda deed: deed.name)
async def test_a_damaged_database_ends_nothing(tmp_path: Path, deed: Deed) -> None:
    first, is_met = 1, True
    while is_met:
        damage = Damage(first)
        folder = tmp_path / str(first)
        folder.mkdir()
        await done_with(deed, folder, damage)
        is_met = damage.is_met
        first = first + 1 if IS_FULL else first * 8
