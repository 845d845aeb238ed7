"""What is typed is text and never a command; the commands have keys that type nothing and letters in one menu."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from kvaltui import tui
from kvaltui.model.reporting import Outcome
from kvaltui.tui.forms.form_screen import FormScreen
from kvaltui.tui.modes import MODES
from kvaltui.tui.palette import PaletteScreen
from kvaltui.tui.screens.help import HelpScreen
from kvaltui.tui.screens.measures_dialog import MeasuresDialog
from kvaltui.tui.screens.menu import MenuScreen, laid_out, menu_of
from kvaltui.tui.screens.picker import Picker
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal.keymap import commands, places
from kvaltui.tui.terminal.keys import MENU_KEY, key_name
from kvaltui.tui.widgets.line_view import LineView
from tests.sampled import sampled
from tests.tui.test_keys import PRINTED
from tests.tui.walking import nodes, own_bindings
from tests.tui.work import HUDDINGE, LINKOPING, NACKA, NARROW, WIDE, Work, at_work, program

PLANS = {"risks": HUDDINGE, "self_checks": HUDDINGE, "measures": HUDDINGE, "economy": LINKOPING}
LISTS = [mode.name for mode in MODES if mode.name != "settings"]
SPACE_AND_SLASH = {("space", "menu"), ("space", "turn"), ("space", "page_down"), ("space", "back"), ("slash", "search")}
"""The two characters that are no text at the start: the menu (which Space also closes), on and off in a list of boxes,
a page of a text that is read; and the search."""


# The table of keys


def test_no_key_of_any_screen_dialog_or_list_types_a_character() -> None:
    typed = {
        (node.__name__, binding.key, binding.id)
        for node in nodes()
        for binding in own_bindings(node)
        if (binding.key == "space" or len(key_name(binding.key)) == 1)
        and (binding.key, binding.id) not in SPACE_AND_SLASH
    }
    assert typed == set()


def test_a_letter_of_the_menu_means_one_thing_everywhere() -> None:
    by_letter: dict[str, set[str]] = defaultdict(set)
    by_command: dict[str, set[str]] = defaultdict(set)
    for node in nodes():
        for binding in own_bindings(node):
            if binding.key.startswith(MENU_KEY):
                assert len(binding.key) == len(MENU_KEY) + 1, binding
                by_letter[binding.key].add(str(binding.id))
                by_command[str(binding.id)].add(binding.key)
    assert {letter: ids for letter, ids in by_letter.items() if len(ids) > 1} == {}
    assert {id_: letters for id_, letters in by_command.items() if len(letters) > 1} == {}


def test_wherever_a_command_has_a_letter_there_is_the_menu() -> None:
    for place in places():
        if any(key.startswith(MENU_KEY) for keys in place.values() for key in keys):
            assert place.get("menu") == ("space",), place


def test_every_command_has_a_key_or_a_letter() -> None:
    assert [command.id for command in commands().values() if not command.keys] == []


# What typing does


@pytest.mark.thorough
@pytest.mark.parametrize("mode", sampled(LISTS, keep=2))
async def test_no_character_of_the_keyboard_runs_a_command(
    tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = program(tmp_path, PLANS.get(mode, NACKA), mode=mode)
    ran: list[object] = []
    async with at_work(app) as work:
        run = app.run_action

        async def note(action: object, *arguments: object, **named: object) -> bool:
            ran.append(action)
            return await run(action, *arguments, **named)  # type: ignore[arg-type]

        position = work.content.position
        monkeypatch.setattr(app, "run_action", note)
        screen = app.screen
        for character in PRINTED.replace("/", ""):
            await work.press(character)
            assert (app.screen, ran) == (screen, []), character
            if isinstance(app.focused, LineView) and app.focused.sought is not None:
                app.focused.end_finding()
            else:
                monkeypatch.setattr(app, "run_action", run)
                await work.press("escape")
                monkeypatch.setattr(app, "run_action", note)
        assert work.content.position == position


# The menu


@pytest.mark.parametrize("mode", sampled(LISTS, keep=4))
async def test_the_menu_lists_every_letter_of_the_screen_and_the_footer_begins_with_it(
    tmp_path: Path, mode: str
) -> None:
    async with at_work(program(tmp_path, PLANS.get(mode, NACKA), mode=mode)) as work:
        screen = work.app.screen
        assert isinstance(screen, PlanScreen)
        assert work.footer.startswith(" Mellanslag Meny  F1 Hjälp")
        assert not re.search(r"\+\d+$", work.footer), "all of it has room at 80 columns"
        letters = {key.removeprefix(MENU_KEY) for key in screen.active_bindings if key.startswith(MENU_KEY)}
        entries = menu_of(screen)
        assert sorted(each.letter for each in entries) == sorted(letters)
        assert {"g", "a", "p", "o", "u", "q"} <= letters
        await work.press("space")
        assert isinstance(work.app.screen, MenuScreen)
        for each in entries:
            assert f"{each.letter} {each.label}" in work.shown, each
        await work.press("space")
        assert type(work.app.screen).__name__ == type(screen).__name__


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
async def test_every_entry_of_the_menu_fits_in_the_window(tmp_path: Path, width: int) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators"), (width, 24)) as work:
        entries = menu_of(work.app.screen)
        laid = [cell.entry for line in laid_out(entries, width) for cell in line if cell.entry is not None]
        assert sorted(each.letter for each in laid) == sorted(each.letter for each in entries)
        await work.press("space")
        for entry in entries:
            assert f"{entry.letter}{entry.text}" in "\n".join(work.lines)
        assert all(len(line) <= width for line in work.lines)


@pytest.mark.thorough
async def test_in_the_lowest_window_the_rest_of_the_menu_is_scrolled_to(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators"), (40, 10)) as work:
        await work.press("space")
        assert "Nedåtpil och Uppåtpil visar" in work.footer
        told = work.shown
        await work.press(*["down"] * 10)
        told += work.shown
        for entry in menu_of(work.app.screen_stack[-2]):
            assert f"{entry.letter}{entry.text}" in told
        await work.press("q")
        assert not work.app.is_running


@pytest.mark.parametrize("mode", sampled(LISTS, keep=4))
async def test_the_menu_stands_in_columns_under_headings_and_leaves_what_lies_beside(tmp_path: Path, mode: str) -> None:
    async with at_work(program(tmp_path, PLANS.get(mode, NACKA), mode=mode), WIDE) as work:
        before = work.lines
        await work.press("space")
        told = work.line_with("Planen")
        assert "Planen" in told
        row, column = work.lines.index(told), told.index("Planen")
        assert [line[column : column + 2] for line in work.lines[row + 1 : row + 4]] == ["g ", "o ", "a "]
        assert [line[80:] for line in work.lines] == [line[80:] for line in before]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_menu_never_lies_over_the_row_of_the_cursor(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators"), size) as work:
        for keys in (("home",), ("end",), ("pageup", "up"), ("pagedown", "down", "down")):
            await work.press(*keys)
            here = work.line_with("›")
            await work.press("space")
            assert here in work.lines
            await work.press("escape")
            assert work.line_with("›") == here


@pytest.mark.thorough
async def test_what_a_letter_does_not_do_is_said_and_the_menu_stays(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await work.press("space", "ö")
        assert isinstance(work.app.screen, MenuScreen)
        assert "ö gör ingenting här" in work.footer
        await work.press("7")
        assert "7 gör ingenting här" in work.footer
        await work.press("N")
        assert isinstance(work.app.screen, FormScreen), "a capital letter is no other command"


@pytest.mark.thorough
async def test_the_help_and_the_palette_are_opened_over_the_screen_from_the_menu_too(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await work.press("space", "f1")
        assert isinstance(work.app.screen, HelpScreen)
        assert "Mellanslag n" in work.shown
        await work.press("escape", "space", "ctrl+p")
        assert isinstance(work.app.screen, PaletteScreen)
        await work.press("escape")
        assert isinstance(work.app.screen, PlanScreen)


async def test_a_click_chooses_in_the_menu_and_one_beside_it_closes_it(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        await work.press("space")
        line = work.line_with("Byt plan")
        await work.pilot.click(offset=(line.index("Byt plan"), work.lines.index(line)))
        assert isinstance(work.app.screen, Picker)
        await work.press("escape", "space")
        await work.pilot.click(offset=(5, 2))
        assert isinstance(work.app.screen, PlanScreen)


@pytest.mark.thorough
async def test_in_the_measures_of_a_row_the_menu_is_that_of_the_measures(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="risks")) as work:
        await work.press("space", "m")
        assert isinstance(work.app.screen, MeasuresDialog)
        assert "Mellanslag Meny" in work.shown
        await work.press("space")
        assert "l Koppla" in work.shown
        assert "q Avsluta" not in work.shown
        await work.press("l")
        assert isinstance(work.app.screen, Picker)


async def test_while_something_is_typed_space_is_text(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        key = work.app.screen.query_one("EntryTable").row.indicator  # type: ignore[attr-defined]
        await work.type("86 %")
        assert isinstance(work.app.screen, PlanScreen)
        await work.press("enter")
        found = work.content.outcome(key, work.app.session.period)
        assert isinstance(found, Outcome)
        assert found.value == "86 %"


async def test_a_command_that_is_given_another_key_keeps_its_letter_and_the_other_way_round(tmp_path: Path) -> None:
    keys = {"undo": "Ctrl+T", "note": "Mellanslag ö", "add": "Mellanslag ä"}
    async with at_work(program(tmp_path, NACKA, mode="indicators", keys=keys)) as work:
        await work.press("space")
        for told in ("u Ångra", "ö Anteckning", "ä Ny indikator"):
            assert told in work.shown
        assert "n Anteckning" not in work.shown
        await work.press("ö")
        assert isinstance(work.app.screen, FormScreen)


# Keys in sentences


def keys_asked_for() -> set[str]:
    """The commands whose keys the program tells of somewhere in a sentence."""
    asked = set()
    for path in Path(tui.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "key_of":
                (argument,) = node.args
                if isinstance(argument, ast.Constant):
                    asked.add(str(argument.value))
    return asked


@pytest.mark.thorough
def test_the_keys_that_are_told_of_in_sentences_are_those_of_commands() -> None:
    assert keys_asked_for() >= {"add", "redo", "conflicts", "measures_of_row"}
    assert keys_asked_for() <= set(commands())


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("mode", sampled([mode.name for mode in MODES], keep=3))
async def test_every_command_has_a_key_to_tell_of_wherever_one_stands(
    tmp_path: Path, mode: str, read_only: bool
) -> None:
    async with at_work(program(tmp_path, PLANS.get(mode, NACKA), mode=mode, read_only=read_only)) as work:
        for over in ("", "f1"):
            await work.press(*filter(None, [over]))
            assert [id_ for id_ in commands() if not work.app.key_of(id_).strip()] == []


@pytest.mark.thorough
async def test_what_has_no_measures_says_which_key_adds_one_from_the_beginning(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="risks")) as work:
        await without_measures(work)
        assert "Inga åtgärder. Mellanslag m lägger till en." in work.shown


async def without_measures(work: Work) -> None:
    """A new risk, which the cursor then stands on."""
    await work.press("ctrl+n")
    await work.type("Ny risk")
    await work.press("enter")
