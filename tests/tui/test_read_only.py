"""A plan that can only be read: everything can be looked at, nothing seems editable, and what is tried says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.i18n import say
from kvaltui.store import sqlite_file
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.modes import MODES
from kvaltui.tui.screens.picker import Picker
from kvaltui.tui.screens.plan_screen import PlanScreen
from tests.tui.work import HUDDINGE, NACKA, at_work, program

CHANGING = {
    "overview": (),
    "areas": (
        "space_i",
        "f2",
        "ctrl+n",
        "space_b",
        "space_w",
        "space_k",
        "space_l",
        "ctrl+up",
        "ctrl+down",
        "delete",
        "space_t",
    ),
    "indicators": ("space_i", "f2", "7", "space_n", "space_k", "enter"),
    "risks": ("space_i", "f2", "ctrl+n", "delete", "enter"),
    "self_checks": ("space_i", "f2", "7", "ctrl+n", "delete", "enter", "ctrl+up"),
    "measures": ("space_i", "f2", "ctrl+n", "delete", "enter"),
    "economy": ("space_i", "f2", "ctrl+n", "delete", "enter"),
    "history": ("space_r",),
}
WHY = "Planen är öppnad bara för läsning"


def reading(folder: Path, plan: str, mode: str) -> KvaltuiApp:
    return program(folder, plan, mode=mode, read_only=True)


@pytest.mark.parametrize("mode", CHANGING)
async def test_no_key_of_the_footer_changes_anything(tmp_path: Path, mode: str) -> None:
    async with at_work(reading(tmp_path, HUDDINGE, mode)) as work:
        screen = work.app.screen
        assert isinstance(screen, PlanScreen)
        assert "läses" in work.lines[1]
        shown = {hint.action for hint in screen.key_hints()}
        changing = {"edit", "add", "retire", "assess", "complete", "take_back", "main", "note"}
        assert shown.isdisjoint(changing)


@pytest.mark.thorough
@pytest.mark.parametrize("mode", [mode for mode, keys in CHANGING.items() if keys])
async def test_what_is_tried_says_why_and_opens_nothing(tmp_path: Path, mode: str) -> None:
    plan = NACKA if mode in ("areas", "indicators", "history") else HUDDINGE
    if mode == "economy":
        plan = "linkoping-2019-t1"
    async with at_work(reading(tmp_path, plan, mode)) as work:
        if mode == "areas":
            await work.press("down")
        before = work.app.screen
        for key in CHANGING[mode]:
            menu, _space, letter = key.rpartition("_")
            if menu:
                await work.press(menu, letter)
                assert WHY in work.shown, "the menu says it, and stays"
                await work.press("escape")
                assert WHY not in work.shown
            await work.press(key)
            assert work.app.screen is before
            assert WHY in work.shown
            await work.press("up", "down")
            assert WHY not in work.shown, "it is said until the next key"


@pytest.mark.parametrize("letter", ["i", "u", "p", "n"])
async def test_jobs_that_write_in_the_plan_are_not_there(tmp_path: Path, letter: str) -> None:
    async with at_work(reading(tmp_path, NACKA, "areas")) as work:
        await work.press("space", "a", letter)
        assert isinstance(work.app.screen, Picker)
        assert "e Exportera" in work.shown
        assert "Importera" not in work.shown


@pytest.mark.thorough
async def test_what_is_written_beside_the_plan_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with at_work(reading(tmp_path, NACKA, "areas")) as work:
        for keys in (("space", "a", "e", "enter", "enter"), ("space", "a", "s", "enter")):
            await work.press(*keys)
            assert "Skrev" in work.shown
    assert (tmp_path / "nacka-2022.xlsx").exists()
    assert len(list((tmp_path / "backups").iterdir())) == 1


async def test_undo_says_why_not(tmp_path: Path) -> None:
    async with at_work(reading(tmp_path, NACKA, "areas")) as work:
        await work.press("ctrl+z")
        assert "läsning" in work.shown


async def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "can_be_written", lambda path: not path.is_relative_to(tmp_path))
    app = program(tmp_path, NACKA, mode="areas")
    async with at_work(app) as work:
        assert app.session.is_read_only
        assert say(app.session.read_only_error.message).startswith(WHY + ": det går inte att skriva i kvaltui.db")
        await work.press("f2")
        assert "det går inte att skriva i kvaltui.db" in work.shown


def test_every_screen_is_tried() -> None:
    assert CHANGING.keys() | {"settings"} == {mode.name for mode in MODES}
