"""The window without a console, within Windows: figures are typed, stored, taken back, and there at the next start."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from kvaltui.config import Config
from kvaltui.store.author import current_author
from kvaltui.store.database import Database
from kvaltui.store.opening import open_database
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.screens.indicators import IndicatorsScreen
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.work.plan_maker import Beginning
from kvaltui.work.session import PlanSession

PLAN, KEY = "nacka-2022", "sabo-mat-smakar"
TODAY = date(2024, 1, 15)
SECONDS = 120


def session_on(database: Database) -> PlanSession:
    return PlanSession(database, PLAN, by=current_author(), today=lambda: TODAY)


def written(session: PlanSession) -> str:
    outcome = session.content.outcome(KEY, session.period)
    return outcome.value if outcome is not None else ""


async def until(pilot: Pilot[None], happens: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not happens():
            await pilot.pause(0.02)


async def typed(app: KvaltuiApp, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: any(isinstance(screen, PlanScreen) for _mode, screen in app.all_screens()))
    app.go_to("indicators")
    await until(pilot, lambda: isinstance(app.screen, IndicatorsScreen) and app.screen.focused is not None)
    await pilot.press("down", *"90", "enter")


async def test_figures_are_typed_stored_and_taken_back(tmp_path: Path) -> None:
    place = tmp_path / "Äldreomsorg Öst" / "kvaltui.db"
    settings = Config(folder=place.parent, path=place.with_name("config.toml"), plan=PLAN)
    with open_database(place, create=True) as database:
        Beginning(lambda: database, current_author()).from_starter(PLAN)
        session = session_on(database)
        before = written(session)
        app = KvaltuiApp(session, settings, is_ascii=False)
        async with app.run_test(size=(80, 24)) as pilot:
            await typed(app, pilot)
            await until(pilot, lambda: written(session) == "90")
            await pilot.press("ctrl+z")
            await until(pilot, lambda: written(session) == before)
            await pilot.press("ctrl+y")
            await until(pilot, lambda: written(session) == "90")
    with open_database(place) as database:
        assert written(session_on(database)) == "90"
