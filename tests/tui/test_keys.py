"""Keys as they are written and shown, and the user's own keys, checked against all commands of the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from kvaltui.config import Config
from kvaltui.i18n import say
from kvaltui.store.database import Database
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.first_start import FirstStart
from kvaltui.tui.screens.levels_screen import LevelsScreen
from kvaltui.tui.screens.picker import ListDialog
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.screens.work_screen import WorkScreen
from kvaltui.tui.terminal.bindings import EVERY_APP, PLACES, PROGRAM
from kvaltui.tui.terminal.keymap import bound, commands, places, read_keymap, tell
from kvaltui.tui.terminal.keys import NoKey, key_name, read_key, read_keys
from kvaltui.work.plan_maker import Beginning
from tests.tui.walking import nodes, own_bindings, place_of, stack_of, standing_on
from tests.tui.work import COORDINATOR, NARROW

PRINTED = "1234567890+qwertyuiopåasdfghjklöäzxcvbnm,.-§!\"#¤%&/()=?QWERTYÅÄÖ*>;:_½@£$€{[]}\\~^'¨´`<|µ−≥≤"
"""The characters of a Swedish keyboard, with Shift and AltGr, and some that pastes and dead keys bring."""


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("ctrl+t", "ctrl+t"),
        ("Ctrl+T", "ctrl+t"),
        (" ctrl + T ", "ctrl+t"),
        ("F6", "f6"),
        ("Mellanslag k", "space_k"),
        ("mellanslag K", "space_k"),
        ("Space å", "space_å"),
        ("Blanksteg a\N{COMBINING RING ABOVE}", "space_å"),
        ("space_n", "space_n"),
        ("Alt+å", "alt+å"),
        ("pil upp", "up"),
        ("Uppåtpil", "up"),
        ("Ctrl+Vänsterpil", "ctrl+left"),
        ("Page Down", "pagedown"),
        ("pgdn", "pagedown"),
        ("Esc", "escape"),
        ("Skift+Tabb", "shift+tab"),
        ("Alt+k", "alt+k"),
    ],
)
def test_a_key_is_read_as_it_stands_on_the_keyboard(written: str, key: str) -> None:
    assert read_key(written) == key


@pytest.mark.parametrize("written", ["", " ", "hej", "f0", "f13", "hyper+k", "ESC[A", "\x1b", "nul", "\x00", "🙂🙂"])
def test_what_is_no_key_is_refused(written: str) -> None:
    with pytest.raises(NoKey) as refused:
        read_key(written)
    assert "är ingen tangent" in say(refused.value.message)


@pytest.mark.parametrize(
    "written", ["Mellanslag 7", "Mellanslag F3", "Mellanslag  ", "Ctrl+Mellanslag k", "n Mellanslag"]
)
def test_the_menu_has_letters_only(written: str) -> None:
    with pytest.raises(NoKey):
        read_key(written)


@pytest.mark.parametrize("written", ["ctrl+j", "Ctrl+M", "ctrl+i", "ctrl+h"])
def test_a_key_that_is_another_one_to_the_terminal_is_refused(written: str) -> None:
    with pytest.raises(NoKey) as refused:
        read_key(written)
    assert "kan inte skilja" in say(refused.value.message)


@pytest.mark.parametrize(
    "written",
    [
        "ctrl+s",
        "ctrl+q",
        "ctrl+o",
        "ctrl+c",
        "ctrl+b",
        "ctrl+å",
        "ctrl+1",
        "f10",
        "F11",
        "f12",
        "shift+f3",
        "ctrl+alt+k",
    ],
)
def test_a_key_that_a_terminal_keeps_for_itself_is_refused(written: str) -> None:
    with pytest.raises(NoKey) as refused:
        read_key(written)
    assert "når inte fram" in say(refused.value.message)


@pytest.mark.parametrize("written", [*PRINTED.replace(",", ""), "Skift+k", "Mellanslag", "slash", "plus"])
def test_what_types_a_character_is_refused_with_the_reason_and_what_to_write_instead(written: str) -> None:
    with pytest.raises(NoKey) as refused:
        read_key(written)
    told = say(refused.value.message)
    assert "är ett tecken, och det man skriver är alltid text" in told
    assert "Ctrl+T eller Mellanslag x" in told


def test_several_keys_stand_with_commas_and_the_comma_itself_is_none() -> None:
    assert read_keys("F6, ctrl+t,F6, Mellanslag x") == ("f6", "ctrl+t", "space_x")
    with pytest.raises(NoKey):
        read_keys(",")


@given(st.text(max_size=20))
def test_any_text_is_a_key_or_refused_in_words(text: str) -> None:
    try:
        keys = read_keys(text)
    except NoKey:
        return
    assert read_keys(", ".join(map(key_name, keys))) == keys


@pytest.mark.parametrize("id_", sorted(commands()))
def test_every_key_of_the_program_is_written_as_it_is_shown(id_: str) -> None:
    command = commands()[id_]
    assert read_keys(command.key_names, command.keys) == command.keys


def test_every_binding_has_an_id_and_a_name() -> None:
    for node in nodes():
        for binding in own_bindings(node):
            assert binding.id, f"{node.__name__}: {binding.key} has no id"
            assert binding.description, f"{node.__name__}: {binding.id} has no name"


def test_an_id_of_the_programs_own_commands_means_the_same_everywhere() -> None:
    own = {id_: [(each.key, each.description) for each in found] for id_, found in bound(stack_of(KvaltuiApp)).items()}
    for node in nodes():
        for id_, found in bound(stack_of(node)).items():
            if id_ in own:
                assert [(each.key, each.description) for each in found] == own[id_], (node, id_)


SCREENS = [each for each in nodes() if issubclass(each, Screen) and place_of(each)]


def test_every_command_in_the_package_is_known_to_the_keymap() -> None:
    assert {binding.id for node in nodes() for binding in own_bindings(node)} == set(commands())


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_the_commands_of_a_screen_and_of_what_stands_on_it_are_those_of_its_place(screen: type[Screen[Any]]) -> None:
    place = PLACES[place_of(screen)]
    assert stack_of(screen) == place.own
    assert issubclass(screen, ModalScreen) == place.is_dialog
    for widget in standing_on(screen):
        keys = stack_of(widget)
        assert any(inside[-len(keys) :] == keys for inside in place.inside), widget.__name__


def test_every_screen_with_commands_of_its_own_has_its_place_and_every_place_its_screen() -> None:
    with_commands = {
        each for each in nodes() if issubclass(each, Screen) and stack_of(each) not in ((), stack_of(PlanScreen))
    }
    assert with_commands - {*SCREENS} == {WorkScreen, LevelsScreen, ListDialog}
    assert {place_of(each) for each in SCREENS} == set(PLACES)


def test_every_list_with_commands_stands_in_some_place() -> None:
    inside = [stack for place in PLACES.values() for stack in place.inside]
    for widget in (each for each in nodes() if issubclass(each, Widget) and not issubclass(each, Screen)):
        keys = stack_of(widget)
        assert not keys or any(stack[-len(keys) :] == keys for stack in inside), widget.__name__
    assert stack_of(KvaltuiApp) == (PROGRAM, EVERY_APP)


START = """
import asyncio, json, sys
from pathlib import Path
from tests.tui.work import at_work, program

async def start():
    app = program(Path(sys.argv[1]), keys=json.loads(sys.argv[2]))
    async with at_work(app):
        assert not app.key_problems

asyncio.run(start())
print(*(each for each in sys.modules if each.startswith("kvaltui.")))
"""


def loaded_at_start(folder: Path, keys: dict[str, str]) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", START, str(folder), json.dumps(keys)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        timeout=300,
    )
    return set(ran.stdout.split())


@pytest.mark.thorough
def test_a_key_of_ones_own_loads_no_screen_at_the_start(tmp_path: Path) -> None:
    without = loaded_at_start(tmp_path, {})
    assert "kvaltui.tui.screens.economy" not in without
    own_key = {"undo": "Ctrl+T", "column_left": "Alt+k"}
    assert loaded_at_start(tmp_path, own_key) - without <= {"kvaltui.tui.terminal.keymap"}


def test_no_two_commands_have_the_same_key_in_the_same_place_by_default() -> None:
    for place in places():
        keys = [key for bound in place.values() for key in bound]
        assert sorted(keys) == sorted(set(keys)), place


def test_the_users_keys_take_the_place_of_the_programs() -> None:
    keymap = read_keymap({"undo": "Ctrl+T", "period": "Ctrl+K, Mellanslag å"})
    assert keymap.problems == ()
    assert keymap.for_textual == {"undo": "ctrl+t,space_u", "period": "ctrl+k,space_å"}
    assert read_keymap({}).for_textual == {}


def test_two_commands_can_change_keys_with_each_other() -> None:
    keymap = read_keymap({"undo": "ctrl+y", "redo": "ctrl+z"})
    assert keymap.for_textual == {"undo": "ctrl+y,space_u", "redo": "ctrl+z"}
    assert keymap.problems == ()


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"udno": "ctrl+t"}, "[keys] udno: det finns inget sådant kommando; menade du ”undo”?"),
        ({"undo": "hopp"}, "[keys] undo: ”hopp” är ingen tangent; skriv till exempel F6, Ctrl+T eller Mellanslag x"),
        ({"undo": "ctrl+s"}, "[keys] undo: Ctrl+S når inte fram till programmet i alla terminaler"),
        ({"undo": "F6"}, "[keys] undo: F6 används redan till: Risker"),
        ({"undo": "Mellanslag q"}, "[keys] undo: Mellanslag q används redan till: Avsluta"),
        ({"undo": "Mellanslag ö", "quit": "Mellanslag ö"}, "[keys] quit: Mellanslag ö används redan till: Ångra"),
        (
            {"undo": "q"},
            "[keys] undo: q är ett tecken, och det man skriver är alltid text; "
            "skriv till exempel Ctrl+T eller Mellanslag x",
        ),
        (
            {"edit_indicator": "ctrl+t"},
            "[keys] edit_indicator: det finns inget sådant kommando längre; det heter nu ”edit_whole”",
        ),
        (
            {"quit_at_once": "ctrl+t"},
            "[keys] quit_at_once: det finns inget sådant kommando längre; det heter nu ”quit”",
        ),
        ({"fold": "å"}, "[keys] fold: det finns inget sådant kommando längre; det heter nu ”fold_up”"),
        ({"undo": "ctrl+t", "redo": "ctrl+t"}, "[keys] redo: Ctrl+T används redan till: Ångra"),
        ({"take_back": "Mellanslag g"}, "[keys] take_back: Mellanslag g används redan till: Gå till"),
        (
            {"help": "Enter"},
            "[keys] help: kommandot fungerar även medan man skriver: ge det en tangent som inte skriver något",
        ),
    ],
)
def test_what_is_wrong_with_a_key_is_told_and_its_command_keeps_its_own(keys: dict[str, str], told: str) -> None:
    keymap = read_keymap(keys)
    assert [say(tell(problem)) for problem in keymap.problems] == [told]
    wrong = keymap.problems[0].field
    assert wrong not in keymap.for_textual
    assert set(keymap.for_textual) == set(keys) - {wrong}


def test_a_key_can_serve_in_two_places_that_never_meet() -> None:
    # Taking back belongs to the history, assessing to the tree of areas.
    keymap = read_keymap({"take_back": "Mellanslag å", "assess": "Mellanslag å"})
    assert keymap.problems == ()


def test_a_refused_change_does_not_leave_its_key_to_another() -> None:
    # Redo keeps Ctrl+Y since its new key is refused; so undo cannot have Ctrl+Y either.
    keymap = read_keymap({"redo": "ctrl+s", "undo": "ctrl+y"})
    assert keymap.for_textual == {}
    assert len(keymap.problems) == 2


async def test_the_users_keys_are_in_force_at_the_first_start_too(tmp_path: Path) -> None:
    def never() -> Database:
        raise AssertionError("nothing is made before something is chosen")

    settings = Config(folder=tmp_path, keys={"quit": "Ctrl+G"})
    app = FirstStart(Beginning(never, COORDINATOR), "kvaltui.db", settings)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("ctrl+q")
        assert app.is_running
        await pilot.press("ctrl+g")
        assert app.return_value is None
        assert not app.is_running
