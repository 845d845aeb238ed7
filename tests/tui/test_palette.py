"""The palette: everything can be found by some letters, and is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding

from kvaltui.model.period import Period
from kvaltui.tui.forms.form_screen import FormScreen
from kvaltui.tui.modes import MODES
from kvaltui.tui.palette import PaletteScreen, PaletteView
from kvaltui.tui.palette_entries import entries_of
from kvaltui.tui.screens.help import HelpScreen
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal.bindings import PROGRAM
from kvaltui.tui.terminal.keymap import MOVEMENT, commands_on
from tests.sampled import sampled
from tests.tui.work import LINKOPING, NARROW, WIDE, Work, at_work, program


async def find(work: Work, text: str) -> list[str]:
    """Open the palette and type a text; returns the names that are found."""
    await work.press("ctrl+p")
    await work.type(text)
    return [entry.name for entry in work.app.screen.query_one(PaletteView)._rows]


def row(work: Work, text: str) -> str:
    """The first line of the palette with a text."""
    inside = (line.split("│")[1].strip(" ›") for line in work.lines if line.count("│") > 1)
    return next(line for line in inside if text in line)


@pytest.mark.parametrize("size", [NARROW, WIDE, (40, 10)])
async def test_it_shows_what_can_be_done_with_its_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path), size) as work:
        await work.press("ctrl+p")
        assert "Skriv det du söker" in work.shown
        assert row(work, "Ändra").startswith("Ändra")
        assert row(work, "Ändra").endswith("F2")


@pytest.mark.parametrize("mode", sampled([mode.name for mode in MODES], keep=3))
async def test_it_has_every_command_screen_period_and_plan(tmp_path: Path, mode: str) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode=mode)) as work:
        app = work.app
        entries = entries_of(app)
        names = [entry.name for entry in entries]
        here = {each.binding.id for each in app.screen.active_bindings.values()}
        for each in MODES:
            assert each.label in names
            for command in commands_on(each.name):
                is_not_now = each.name == mode and command.id not in here
                assert command.label in names or command.id in MOVEMENT or is_not_now, f"{each.name}: {command.id}"
        for plan in app.session.plans():
            assert plan.title in names
        assert len([entry for entry in entries if entry.group == "Period"]) >= len(app.session.content.plan.periods)


@pytest.mark.thorough
async def test_a_command_is_found_by_its_beginning_by_parts_of_words_and_without_rings(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        assert (await find(work, "ång"))[0] == "Ångra"
        await work.press("escape")
        assert (await find(work, "oversikt"))[0] == "Översikt"
        await work.press("escape")
        assert (await find(work, "kontroller egen"))[0] == "Egenkontroller"
        await work.press("escape")
        assert await find(work, "[/qqq]") == []
        assert "Inget matchar" in work.shown or "Inget stämmer" in work.shown


@pytest.mark.thorough
async def test_a_screen_is_gone_to(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await find(work, "historik")
        await work.press("enter")
        assert work.app.current_mode == "history"


async def test_a_period_is_chosen(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators")) as work:
        earlier = sorted(work.app.session.content.plan.periods)[0]
        assert work.app.session.period != earlier
        await find(work, str(earlier))
        await work.press("enter")
        assert work.app.session.period == earlier == Period.parse(str(earlier))


@pytest.mark.thorough
async def test_a_command_of_another_screen_goes_there_and_does_it(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="overview")) as work:
        await work.press("ctrl+p")
        await work.type("ny risker")
        assert row(work, "Risker").startswith("Ny")
        await work.press("enter")
        assert work.app.current_mode == "risks"
        assert isinstance(work.app.screen, FormScreen)


@pytest.mark.thorough
async def test_a_command_of_the_program_is_done_where_one_stands(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await find(work, "hjälp")
        await work.press("enter")
        assert isinstance(work.app.screen, HelpScreen)


@pytest.mark.thorough
async def test_in_a_dialog_it_has_what_the_dialog_can_do(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("space", "m")
        names = await find(work, "")
        assert "Tillbaka" in names
        assert "Historik" not in names


async def test_where_a_form_is_written_in_it_is_told_how_to_come_to_it(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("ctrl+n", "ctrl+p")
        assert isinstance(work.app.screen, FormScreen)
        assert "Stäng det här först, med Esc" in work.shown


@pytest.mark.thorough
async def test_it_names_the_users_own_keys(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, keys={"undo": "Ctrl+T"})) as work:
        await find(work, "ångra")
        assert row(work, "Ångra").endswith("Ctrl+T")


@pytest.mark.thorough
async def test_leaving_it_changes_nothing(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        before = work.lines
        await find(work, "ångra")
        await work.press("escape")
        assert work.lines == before
        assert isinstance(work.app.screen, PlanScreen)
        await work.press("ctrl+p", "ctrl+p")
        assert isinstance(work.app.screen, PaletteScreen)
        await work.press("escape")
        assert isinstance(work.app.screen, PlanScreen)


@pytest.mark.thorough
async def test_the_mouse_chooses(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await find(work, "historik")
        await work.pilot.click(PaletteView, offset=(5, PaletteView.HEAD + 1))
        await work.pilot.pause()
        assert work.app.current_mode == "history"


def test_every_key_that_goes_to_a_screen_has_its_screen() -> None:
    assert {mode.name for mode in MODES} >= {
        each.action.removeprefix("go('").removesuffix("')")
        for each in Binding.make_bindings(PROGRAM)
        if each.action.startswith("go(")
    }
