"""Wherever somebody else's lock comes in what a person does, it is done once and wholly, and looks as it always does.

The lock is met in place of a statement or a commit of the window's connection, at each of them in turn: a real lock
cannot be made to come between two statements (tests/terminal/test_waiting.py has real ones).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kvaltui.model.reporting import Outcome
from kvaltui.store.database import Database
from kvaltui.store.patience import MOMENT, here, not_at_all, waiting_by
from kvaltui.store.patient_connection import PatientCursor
from kvaltui.store.plans import load_plan
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.screens.risks import RisksScreen
from tests.properties import IS_FULL
from tests.sampled import sampled
from tests.tui.test_history import in_conflict, program_after
from tests.tui.work import COORDINATOR, DEVICE, HUDDINGE, LINKOPING, NACKA, Work, at_work, program

_ATTEMPTS = 3
"""How often the lock is met: so often that it is told of."""


@dataclass(frozen=True)
class Deed:
    """Something that a person does: where it begins, and the keys. `begin` makes a program of its own for it."""

    name: str
    mode: str
    keys: tuple[str, ...]
    plan: str = NACKA
    begin: Callable[[Path], KvaltuiApp] | None = None

    def program(self, folder: Path) -> KvaltuiApp:
        return self.begin(folder) if self.begin is not None else program(folder, self.plan, mode=self.mode)


def changed_twice(folder: Path, mode: str = "history") -> KvaltuiApp:
    first, second = (
        Outcome(indicator="sabo-trygghet", period=next(iter(each.periods)), value=value)
        for each in [_plan(folder)]
        for value in ("71 %", "72 %")
    )
    return program_after(folder, (COORDINATOR, [first]), (COORDINATOR, [second]), mode=mode)


def _plan(folder: Path) -> Any:
    app = program(folder, NACKA)
    app.session.database.close()
    return app.session.content.plan


DEEDS = (
    Deed("a figure", "indicators", ("9", "1", "enter")),
    Deed("a figure, and more", "indicators", ("9", "1", "enter", "8", "2", "enter")),
    Deed("a figure left for another row", "indicators", ("9", "1", "down")),
    Deed("a figure left for another screen", "indicators", ("9", "1", "f3")),
    Deed("a figure left by the menu", "indicators", ("9", "1", "ctrl+p", *"historik", "enter")),
    Deed("a note", "indicators", ("space", "n", *"hej", "enter")),
    Deed("a form", "indicators", ("f2", "tab", *"5", "enter")),
    Deed("an area marked complete", "indicators", ("space", "k")),
    Deed("an indicator retired", "indicators", ("delete",)),
    Deed("undo", "indicators", ("9", "1", "enter", "ctrl+z")),
    Deed("undo and redo", "indicators", ("9", "1", "enter", "ctrl+z", "ctrl+y")),
    Deed("undo elsewhere", "overview", ("ctrl+z",), begin=lambda folder: changed_twice(folder, "risks")),
    Deed("a new period", "indicators", ("space", "a", "p", "enter")),
    Deed("a plan is chosen from", "indicators", ("space", "o", "escape")),
    Deed("the palette", "indicators", ("ctrl+p", "escape")),
    Deed("the history", "overview", ("f9", "down", "down")),
    Deed("the history of a row", "indicators", ("space", "h", "escape")),
    Deed("the history narrowed", "history", ("space", "f", "tab", "tab", "enter")),
    Deed("a change taken back", "history", ("space", "r"), begin=changed_twice),
    Deed("an earlier change taken back", "history", ("down", "space", "r", "enter"), begin=changed_twice),
    Deed("a conflict decided", "history", ("space", "j", "enter"), begin=lambda at: in_conflict(at, "71 %", "72 %")),
    Deed(
        "two conflicts decided",
        "history",
        ("space", "j", "pagedown", "enter", "enter"),
        begin=lambda at: in_conflict(at, "71 %", "72 %", also="1"),
    ),
    Deed("an empty plan", "overview", ("space", "a", "n", "enter", *"Ny", "enter")),
    Deed("a starter plan", "overview", ("space", "a", "n", "down", "down", "enter")),
    Deed("a risk", "risks", ("ctrl+n", *"Brand", "enter"), HUDDINGE),
    Deed("a risk assessed anew", "risks", ("enter", "5", "tab", "5", "enter"), HUDDINGE),
    Deed("risks looked through", "risks", ("down", "down", "up"), HUDDINGE),
    Deed("a result of a self-check", "self_checks", ("enter", "d", "enter", "enter"), HUDDINGE),
    Deed("a status", "measures", ("enter", "down", "enter"), HUDDINGE),
    Deed("an amount", "economy", ("right", "1", "2", "enter"), LINKOPING),
    Deed("a cell of the sheet", "indicators", ("space", "i", "right", "right", "right", "8", "8", "enter")),
    Deed("a new row, and its target", "indicators", ("space", "i", "end", "up", *"Ny", "tab", *"90", "enter")),
    Deed("a new area", "indicators", ("space", "i", "end", *"Nytt", "enter", *"Ett", "enter")),
    Deed("a cell as the one above", "indicators", ("space", "i", "down", "right", "right", "right", "ctrl+d")),
    Deed("a row moved", "indicators", ("space", "i", "ctrl+down")),
    Deed("a row moved while it is typed in", "indicators", ("space", "i", "f2", *"X", "ctrl+down")),
    Deed("a row of the sheet left for the list", "indicators", ("space", "i", "f2", *"X", "down", "escape")),
    Deed("a row retired in the sheet", "indicators", ("space", "i", "delete")),
    Deed("the settings", "settings", ("tab", "tab", "tab", "tab", "space"), HUDDINGE),
)


class Lock:
    """Somebody else's lock. It is met from the `at`-th time on that the window asks for the database, `times` times."""

    def __init__(self, at: int, times: int) -> None:
        self.asked = 0
        self._at = at
        self._times = times
        self.is_behind = False

    def note_behind(self, then: Callable[[], object]) -> Callable[[], object]:
        """Note that something is stored that could not be read back."""

        def behind() -> None:
            self.is_behind = True
            then()

        return behind

    def meet(self) -> None:
        self.asked += 1
        if self._at <= self.asked < self._at + self._times:
            assert here.way is not None
            if not here.way(MOMENT):
                error = sqlite3.OperationalError("database is locked")
                error.sqlite_errorcode = 5
                raise error


@pytest.fixture(autouse=True)
def one_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """The device has the same name in every folder."""
    monkeypatch.setattr(Database, "device", DEVICE)


@asynccontextmanager
async def locked(app: KvaltuiApp, at: int, times: int = _ATTEMPTS) -> AsyncIterator[tuple[Work, Lock]]:
    """The program at work, and somebody else's lock."""
    lock = Lock(at, times)
    execute = PatientCursor.execute

    def execute_or_meet(cursor: PatientCursor, sql: str, values: Any = ()) -> PatientCursor:
        if here.way == app.held.way and (sql == "COMMIT" or not cursor.connection.in_transaction):
            lock.meet()
        return execute(cursor, sql, values)

    with waiting_by(app.held.way):
        async with at_work(app) as work:
            await work.pilot.pause()
            lock.asked = 0
            app.session.on_behind = lock.note_behind(app.session.on_behind)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(PatientCursor, "execute", execute_or_meet)
                patch.setattr(app, "_follow", lambda: None)
                yield work, lock


def written(folder: Path) -> list[tuple[Any, ...]]:
    """What the journal says was done, but for when."""
    database = sqlite3.connect(folder / "kvaltui.db")
    rows = database.execute("SELECT plan, kind, key, changed, state, origin FROM revision ORDER BY sequence").fetchall()
    database.close()
    return [(*row[:-1], row[-1].partition(" ")[0]) for row in rows]


def looks(work: Work) -> list[str]:
    """The screen, but for the time of the day and the place of the files."""
    if isinstance(work.app.screen, RisksScreen):
        for _ in range(_ATTEMPTS):
            work.app.screen.explain()  # in place of half a second
    return [re.sub(r"\d\d:\d\d", "hh:mm", line) for line in work.lines if "/tmp/" not in line]


async def in_the_end(work: Work, expected: list[str]) -> list[str]:
    """The screen as soon as it is as expected, or what stands there when nothing more comes of it."""
    for _ in range(10 * _ATTEMPTS):
        if (here_now := looks(work)) == expected:
            break
        await work.pilot.pause()
    return here_now


@pytest.mark.parametrize("deed", sampled(DEEDS, keep=4), ids=lambda deed: deed.name)
async def test_wherever_the_lock_comes_it_is_done_once(tmp_path: Path, deed: Deed) -> None:
    def folder_for(at: int) -> Path:
        folder = tmp_path / str(at)
        folder.mkdir()
        return folder

    async with locked(deed.program(folder_for(0)), 10**9) as (work, lock):
        await work.press(*deed.keys)
        asked, expected = lock.asked, looks(work)
    done = written(tmp_path / "0")
    assert asked > 0
    every = range(1, asked + 1)
    for at in every if IS_FULL else sorted({1, 2, asked - 1, asked}.intersection(every)):
        app = deed.program(folder_for(at))
        async with locked(app, at) as (work, lock):
            await work.press(*deed.keys)
            # What was stored is read back a little later then, and a cursor that follows it is where it was.
            assert lock.is_behind or await in_the_end(work, expected) == expected, f"met at {at} of {asked}"
            with waiting_by(not_at_all):
                assert work.content == load_plan(app.session.database, app.session.key)
        assert written(tmp_path / str(at)) == done, f"met at {at} of {asked}"
