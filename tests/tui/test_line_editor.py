"""The line that is typed in a cell: characters in, out and around, and what of it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.tui.terminal.drawing import width_of
from kvaltui.tui.widgets.line_editor import MOST_CHARACTERS, LineEditor

KEYS = ("left", "right", "home", "end", "backspace", "delete", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+w")


@pytest.mark.parametrize(
    ("text", "keys", "left_over", "cursor"),
    [
        ("86", ("backspace",), "8", 1),
        ("86", ("left", "backspace"), "6", 0),
        ("86", ("home", "delete"), "6", 0),
        ("86", ("home", "left", "right", "right", "right"), "86", 2),
        ("72 till 100", ("ctrl+w",), "72 till", 7),
        ("72 till 100", ("home", "right", "right", "ctrl+k"), "72", 2),
        ("72 till 100", ("left", "left", "left", "ctrl+u"), "100", 0),
        ("e\N{COMBINING ACUTE ACCENT}", ("backspace",), "", 0),
        ("", ("backspace", "delete", "ctrl+w", "ctrl+k"), "", 0),
    ],
)
def test_keys_edit(text: str, keys: tuple[str, ...], left_over: str, cursor: int) -> None:
    editor = LineEditor.at_end_of(text)
    for key in keys:
        assert editor.press(key)
    assert (editor.text, editor.cursor) == (left_over, cursor)


@pytest.mark.parametrize("key", ["enter", "escape", "f1", "tab", "up", "a", "ctrl+z"])
def test_other_keys_are_not_its_own(key: str) -> None:
    editor = LineEditor.at_end_of("86")
    assert not editor.press(key)
    assert editor == LineEditor.at_end_of("86")


def test_what_is_typed_goes_in_at_the_cursor() -> None:
    editor = LineEditor("86", 1)
    editor.insert("9,")
    assert (editor.text, editor.cursor) == ("89,6", 3)


def test_control_characters_are_no_text() -> None:
    editor = LineEditor()
    editor.insert("8\x1b[31m\r\n\x00\x9b\u20286")
    assert editor.text == "8[31m6"


@given(st.text(), st.lists(st.sampled_from(KEYS)), st.integers(2, 30))
def test_the_cursor_stays_in_the_text_and_shows(text: str, keys: list[str], width: int) -> None:
    editor = LineEditor()
    editor.insert(text)
    for key in keys:
        editor.press(key)
        assert 0 <= editor.cursor <= len(editor.text)
        before, at, after = editor.window(width)
        assert width_of(before + at + after) <= max(width, width_of(at))
        assert f"{before}{at}{after}".rstrip() in f"{editor.text} ".rstrip() or not editor.text.strip()


def test_a_long_text_shows_around_the_cursor() -> None:
    editor = LineEditor.at_end_of("BOU 121; VUX 49; LSS 130")
    assert editor.window(8) == ("LSS 130"[-7:], " ", "")
    editor.press("home")
    assert editor.window(8) == ("", "B", "OU 121;")


def test_typing_replaces_what_is_selected() -> None:
    editor = LineEditor.selecting("2026")
    editor.insert("2")
    editor.insert("5")
    assert (editor.text, editor.is_selected) == ("25", False)


@pytest.mark.parametrize(
    ("key", "text", "cursor"),
    [
        ("left", "2026", 0),
        ("home", "2026", 0),
        ("right", "2026", 4),
        ("end", "2026", 4),
        ("backspace", "", 0),
        ("delete", "", 0),
        ("ctrl+u", "", 0),
        ("ctrl+k", "", 0),
        ("ctrl+w", "", 0),
    ],
)
def test_a_key_on_what_is_selected_keeps_it_or_takes_all_away(key: str, text: str, cursor: int) -> None:
    editor = LineEditor.selecting("2026")
    assert editor.press(key)
    assert (editor.text, editor.cursor, editor.is_selected) == (text, cursor, False)


def test_what_there_is_no_room_for_leaves_the_text_as_it_was() -> None:
    editor = LineEditor.selecting("86")
    assert not editor.insert("9" * (MOST_CHARACTERS + 1))
    assert editor == LineEditor.selecting("86")
    assert editor.insert("9" * MOST_CHARACTERS)
    assert not editor.insert("9")
    assert editor.text == "9" * MOST_CHARACTERS


@given(st.text(max_size=60), st.integers(2, 30))
def test_the_caret_stands_where_it_is_drawn(text: str, width: int) -> None:
    editor = LineEditor()
    editor.insert(text)
    before, _at, _after = editor.window(width)
    assert editor.caret_column(width) == width_of(before) < width
