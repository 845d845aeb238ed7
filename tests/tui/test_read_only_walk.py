"""Where a plan can only be read nothing is offered that cannot be done: no key, no letter, no row, no word."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.model.entity import Kind
from kvaltui.model.value import replace
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.modes import MODES
from kvaltui.tui.palette_entries import entries_of
from kvaltui.tui.screens.help import HelpScreen
from kvaltui.tui.screens.menu import menu_of
from kvaltui.tui.screens.picker import Picker
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal.keys import key_name
from tests.sampled import sampled
from tests.tui.work import EKERO, HUDDINGE, LINKOPING, NACKA, Work, at_work, program

PLANS = (HUDDINGE, LINKOPING, NACKA, EKERO)
LISTS = [mode.name for mode in MODES if mode.name != "settings"]
WHY = "Planen är öppnad bara för läsning"


def reading(folder: Path, plan: str, mode: str) -> KvaltuiApp:
    return program(folder, plan, mode=mode, read_only=True)


def refused_keys(work: Work) -> set[str]:
    """The keys of commands that are bound here and cannot be done, by their names."""
    app = work.app
    refused: dict[str, bool] = {}
    for node, bound in app.screen._modal_binding_chain:
        for key, bindings in bound.key_to_bindings.items():
            for binding in bindings:
                if binding.id == "switch":
                    continue  # it depends on the width, and not on who reads
                refused[key] = refused.get(key, True) and not app.can_do(binding.action, node)
    return {key_name(key) for key, is_refused in refused.items() if is_refused}


def assert_offers_nothing(work: Work, keys: set[str]) -> None:
    """No text on the screen names a key of what is refused, and nothing says that it is."""
    assert WHY not in work.shown
    words = f" {work.shown} ".replace(",", " ").replace(":", " ").replace(".", " ")
    offered = {key for key in keys if f" {key} " in words and not words.split(f" {key} ")[0].endswith("Mellanslag")}
    assert not offered, f"{offered} in:\n" + "\n".join(work.lines)


async def back_to(work: Work, mode: str) -> None:
    """Leave whatever lies over the screen."""
    for _ in range(6):
        if isinstance(work.app.screen, PlanScreen):
            break
        await work.press("escape")
    if work.app.current_mode != mode:
        work.app.go_to(mode)
    await work.pilot.pause()
    screen = work.app.screen
    assert isinstance(screen, PlanScreen)
    if (view := screen.list_here) is not None:
        screen.set_focus(view)
    await work.pilot.pause()


async def test_the_title_says_so_once_and_quietly(tmp_path: Path) -> None:
    async with at_work(reading(tmp_path, HUDDINGE, "overview")) as work:
        assert work.shown.count("läses") == 1
        assert "läses" in work.lines[1]
        assert WHY not in work.shown, "it was asked for"


@pytest.mark.thorough
@pytest.mark.parametrize("plan", sampled(PLANS))
@pytest.mark.parametrize("mode", LISTS)
async def test_no_row_and_no_page_offers_what_cannot_be_done(tmp_path: Path, mode: str, plan: str) -> None:
    async with at_work(reading(tmp_path, plan, mode)) as work:
        keys = refused_keys(work)
        for _row in range(12):
            assert_offers_nothing(work, keys)
            before = work.app.cursor_position
            await work.press("down")
            if work.app.cursor_position == before:
                break
        await work.press("space", "v")
        assert_offers_nothing(work, keys)
        await back_to(work, mode)
        await work.press("space")
        assert_offers_nothing(work, keys)


@pytest.mark.thorough
@pytest.mark.parametrize("mode", LISTS)
async def test_an_empty_screen_says_nothing_that_cannot_be_done(tmp_path: Path, mode: str) -> None:
    gone = [replace(each, retired=True) for each in reversed(list(read_starter(NACKA))) if each.kind is not Kind.PLAN]
    async with at_work(program(tmp_path, NACKA, mode=mode, also=gone, read_only=True)) as work:
        assert_offers_nothing(work, refused_keys(work))


@pytest.mark.thorough
@pytest.mark.parametrize("mode", LISTS)
async def test_whatever_the_menu_offers_can_be_done(tmp_path: Path, mode: str) -> None:
    async with at_work(reading(tmp_path, LINKOPING, mode)) as work:
        await work.press("down")
        for entry in menu_of(work.app.screen):
            if entry.command == "quit":
                continue
            await back_to(work, mode)
            await work.press("space", entry.letter)
            assert WHY not in work.shown, entry.label
            if not isinstance(work.app.screen, PlanScreen):
                assert_offers_nothing(work, refused_keys(work))
            picker = work.app.screen
            if isinstance(picker, Picker):
                letters = [choice.key for choice in picker._view._all if choice.key]
                for letter in letters:
                    await back_to(work, mode)
                    await work.press("space", entry.letter, letter)
                    assert WHY not in work.shown, (entry.label, letter)


@pytest.mark.thorough
@pytest.mark.parametrize("mode", ["indicators"])
async def test_whatever_the_palette_offers_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with at_work(reading(tmp_path, HUDDINGE, mode)) as work:
        names = [entry.name for entry in entries_of(work.app)]
        for name in names:
            await back_to(work, mode)
            entry = next((each for each in entries_of(work.app) if each.name == name), None)
            if entry is None or name in ("Avsluta", "Välj en annan"):
                continue
            result = entry.run()
            if hasattr(result, "__await__"):
                await result
            await work.pilot.pause()
            assert WHY not in work.shown, (entry.name, entry.group)


@pytest.mark.thorough
@pytest.mark.parametrize("mode", LISTS)
async def test_help_tells_of_no_key_that_does_nothing_here(tmp_path: Path, mode: str) -> None:
    async with at_work(reading(tmp_path, HUDDINGE, mode)) as work:
        keys = refused_keys(work)
        await work.press("f1")
        assert isinstance(work.app.screen, HelpScreen)
        for _page in range(12):
            assert_offers_nothing(work, keys)
            await work.press("pagedown")


@pytest.mark.thorough
@pytest.mark.parametrize("mode", [mode for mode in LISTS if mode not in ("overview", "history", "economy")])
async def test_who_reads_can_find_and_filter_and_copy_and_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with at_work(reading(tmp_path, HUDDINGE, mode)) as work:
        await work.press("space", "f")
        assert not isinstance(work.app.screen, PlanScreen)
        await back_to(work, mode)
        await work.press("space", "c", "t")
        assert "Skickat till urklipp" in work.shown
        await work.press("space", "c", "f", "enter")
        assert "Skrev" in work.shown
    assert len(list(tmp_path.glob("*.csv"))) == 1
