"""What the console of Windows tells of keys becomes what a terminal sends, and so the same keys and texts."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from kvaltui.system.console_keys import Beside, KeyRecord, TypedKeys
from kvaltui.tui.terminal.input import TerminalInput

ALT_GR = Beside.RIGHT_ALT | Beside.LEFT_CONTROL
NUM_LOCK = 0x20
ENHANCED = 0x100


def down(key: int, character: str = "\0", beside: int = 0, times: int = 1) -> KeyRecord:
    return KeyRecord(True, times, key, character, beside)


def up(key: int, character: str = "\0", beside: int = 0) -> KeyRecord:
    return KeyRecord(False, 1, key, character, beside)


def keys(records: Iterable[KeyRecord]) -> list[str]:
    """The keys that the program is told of."""
    meaning = TerminalInput(lambda key: key == "alt+x")
    found = [*meaning.feed(TypedKeys().feed(records)), *meaning.give_up()]
    return [each.key for each in found if isinstance(each, Key)]


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (down(0x41, "a"), "a"),
        (down(0x41, "A", Beside.SHIFT), "A"),
        (down(0xDD, "å"), "å"),
        (down(0x34, "$", ALT_GR), "dollar_sign"),
        (down(0x45, "€", ALT_GR), "euro_sign"),
        (down(0x0D, "\r"), "enter"),
        (down(0x0D, "\r", ENHANCED), "enter"),
        (down(0x09, "\t"), "tab"),
        (down(0x09, "\t", Beside.SHIFT), "shift+tab"),
        (down(0x08, "\x08"), "backspace"),
        (down(0x1B, "\x1b"), "escape"),
        (down(0x1B), "escape"),
        (down(0x20, " "), "space"),
        (down(0x20, " ", Beside.LEFT_CONTROL), "ctrl+space"),
        (down(0x43, "\x03", Beside.LEFT_CONTROL), "ctrl+c"),
        (down(0x5A, "\x1a", Beside.RIGHT_CONTROL | NUM_LOCK), "ctrl+z"),
        (down(0x58, "x", Beside.LEFT_ALT), "alt+x"),
        (down(0x26), "up"),
        (down(0x28, beside=ENHANCED | NUM_LOCK), "down"),
        (down(0x25, beside=Beside.LEFT_CONTROL), "ctrl+left"),
        (down(0x27, beside=Beside.LEFT_CONTROL | Beside.SHIFT), "ctrl+shift+right"),
        (down(0x24), "home"),
        (down(0x23, beside=Beside.LEFT_CONTROL), "ctrl+end"),
        (down(0x21), "pageup"),
        (down(0x22), "pagedown"),
        (down(0x2D), "insert"),
        (down(0x2E), "delete"),
        (down(0x2E, beside=Beside.SHIFT), "shift+delete"),
        *((down(0x70 + at), f"f{at + 1}") for at in range(12)),
        (down(0x74, beside=Beside.SHIFT), "shift+f5"),
    ],
)
def test_each_key_is_the_one_that_it_is(record: KeyRecord, key: str) -> None:
    assert keys([record]) == [key]


@pytest.mark.parametrize("held", [0x10, 0x11, 0x12, 0x14, 0x5B, 0x90, 0xA0, 0xA5, 0xAD])
def test_what_is_only_held_down_types_nothing(held: int) -> None:
    assert keys([down(held, beside=Beside.SHIFT), up(held)]) == []


def test_a_key_counts_as_it_goes_down() -> None:
    assert keys([down(0x41, "a"), up(0x41, "a"), down(0x26), up(0x26)]) == ["a", "up"]


def test_a_key_that_is_held_down_is_pressed_as_often_as_is_told() -> None:
    assert keys([down(0x28, times=3), down(0x41, "a", times=2)]) == ["down"] * 3 + ["a"] * 2


def test_what_is_typed_by_its_number_comes_as_alt_is_let_go() -> None:
    number_pad = [each for key in (0x60, 0x62, 0x62, 0x69) for each in (down(key, beside=2), up(key, beside=2))]
    assert keys([down(0x12, beside=2), *number_pad, up(0x12, "å")]) == ["å"]


def test_what_the_console_has_put_into_sequences_itself_is_taken_as_it_is() -> None:
    assert keys(down(0, each) for each in "\x1b[A\x1b[1;5D\x1bOP") == ["up", "ctrl+left", "f1"]


def test_an_input_method_types_with_shift_held_down() -> None:
    assert TypedKeys().feed([down(0, "\uff1f", Beside.SHIFT)]).decode() == "\uff1f"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.integers(1, 7))
def test_any_text_arrives_whole_in_whatever_pieces(text: str, size: int) -> None:
    data = text.encode("utf-16-le")
    units = [data[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(data), 2)]
    records = [each for unit in units for each in (down(0, unit), up(0, unit))]
    typed = TypedKeys()
    pieces = [typed.feed(records[at : at + size]) for at in range(0, len(records), size)]
    assert b"".join(pieces).decode() == text
    for piece in pieces:
        piece.decode()  # none ends within a character


@given(
    st.lists(st.builds(KeyRecord, *map(st.from_type, (bool, int)), st.integers(0, 255), st.characters(), st.integers()))
)
def test_whatever_a_console_tells_is_survived(records: list[KeyRecord]) -> None:
    bounded = [each._replace(times=min(each.times, 3)) for each in records]
    assert len(TypedKeys().feed(bounded).decode()) <= 3 * 8 * (len(bounded) + 1)


def test_half_a_character_whose_other_half_never_comes_is_left_out() -> None:
    typed = TypedKeys()
    assert typed.feed([down(0, "\ud83d")]) == b""
    assert typed.feed([down(0x41, "a")]) == b"a"
    assert typed.feed([down(0, "\ude00"), down(0x42, "b")]) == b"b"
