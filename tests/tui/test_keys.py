"""Keys as they are written and shown, and the user's own keys, checked against all commands of the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding

from kvaltui.config import Config
from kvaltui.i18n import say
from kvaltui.store.database import Database
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.first_start import FirstStart
from kvaltui.tui.terminal.keymap import bindings_of, commands, nodes, places, read_keymap, tell
from kvaltui.tui.terminal.keys import NoKey, key_name, read_key, read_keys
from kvaltui.work.plan_maker import Beginning
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
        for binding in Binding.make_bindings(vars(node).get("BINDINGS", ())):
            assert binding.id, f"{node.__name__}: {binding.key} has no id"
            assert binding.description, f"{node.__name__}: {binding.id} has no name"


def test_an_id_of_the_programs_own_commands_means_the_same_everywhere() -> None:
    own = {id_: [(each.key, each.description) for each in bound] for id_, bound in bindings_of(KvaltuiApp).items()}
    for node in nodes():
        for id_, bound in bindings_of(node).items():
            if id_ in own:
                assert [(each.key, each.description) for each in bound] == own[id_], (node, id_)


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
        await pilot.press("q", "ctrl+q")
        assert app.is_running
        await pilot.press("ctrl+g")
        assert app.return_value is None
        assert not app.is_running
