"""What the console of Windows tells of a key, as the bytes that a terminal sends for it.

A console that is asked for it (ENABLE_VIRTUAL_TERMINAL_INPUT) does most of this itself: it tells of each character of
`ESC [ A` as of a key that has no number. What it leaves as it is, and all keys of a console that cannot, are translated
here. Textual's own reader passes over characters without a number while a key is held beside them, which is how an
input method sends what is typed with Shift.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag
from typing import Final, NamedTuple


class Beside(IntFlag):
    """What is held down or switched on beside a key (dwControlKeyState)."""

    RIGHT_ALT = 0x01
    LEFT_ALT = 0x02
    RIGHT_CONTROL = 0x04
    LEFT_CONTROL = 0x08
    SHIFT = 0x10


class KeyRecord(NamedTuple):
    """A KEY_EVENT_RECORD: a key went down or up, so many times; `character` is half of one where it needs two."""

    is_down: bool
    times: int
    key: int
    """Its number (a virtual-key code); 0 where what was typed is no key's."""
    character: str
    beside: int


_BACKSPACE, _TAB, _ENTER, _ALT, _ESCAPE, _SPACE = 0x08, 0x09, 0x0D, 0x12, 0x1B, 0x20
_LETTERS: Final = {0x23: "F", 0x24: "H", 0x25: "D", 0x26: "A", 0x27: "C", 0x28: "B"}
"""End, Home and the arrows, by the letter that ends what a terminal sends for them."""
_FIRST_FUNCTIONS: Final = {0x70: "P", 0x71: "Q", 0x72: "R", 0x73: "S"}
_NUMBERS: Final = {
    0x21: 5, 0x22: 6, 0x2D: 2, 0x2E: 3,
    0x74: 15, 0x75: 17, 0x76: 18, 0x77: 19, 0x78: 20, 0x79: 21, 0x7A: 23, 0x7B: 24,
}  # fmt: skip
"""Page up and down, Insert, Delete and F5 to F12, by the number before the tilde."""
_CODES: Final = {_BACKSPACE: 127, _TAB: 9, _ENTER: 13, _ESCAPE: 27, _SPACE: 32}
"""Keys that type a character, by its code in kitty's form, for what is held beside them."""
_MOST_TIMES: Final = 1000


class TypedKeys:
    """Makes bytes of records as they come: half a character waits for its other half."""

    def __init__(self) -> None:
        self._half = ""

    def feed(self, records: Iterable[KeyRecord]) -> bytes:
        """What was typed, as UTF-8; what is no character is left out."""
        text = self._half + "".join(map(typed, records))
        self._half = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        whole = text[: len(text) - len(self._half)]
        return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore").encode()


def typed(record: KeyRecord) -> str:
    """What a terminal sends for a key, "" for one that types nothing by itself."""
    character = "" if record.character == "\0" else record.character
    if not record.is_down:
        # What was typed by its number, with Alt held down, comes as Alt is let go.
        return character if record.key == _ALT else ""
    if record.key == _ALT:
        return ""
    return _pressed(record.key, character, record.beside) * min(max(record.times, 1), _MOST_TIMES)


def _pressed(key: int, character: str, beside: int) -> str:
    if not key:
        return character
    is_graph = bool(beside & Beside.RIGHT_ALT and beside & Beside.LEFT_CONTROL)
    has_alt = not is_graph and bool(beside & (Beside.LEFT_ALT | Beside.RIGHT_ALT))
    has_control = not is_graph and bool(beside & (Beside.LEFT_CONTROL | Beside.RIGHT_CONTROL))
    has_shift = bool(beside & Beside.SHIFT)
    held = 1 + has_shift + 2 * has_alt + 4 * has_control
    if key in _CODES:
        return _typing(key, character, held)
    if not character:
        return _sequence(key, held)
    return f"\x1b{character}" if has_alt else character


def _typing(key: int, character: str, held: int) -> str:
    """A key that types a character, which is another one, or the same, with something held beside it."""
    if key == _TAB and held == 2:
        return "\x1b[Z"
    if held > 2:
        return f"\x1b[{_CODES[key]};{held}u"
    return chr(_CODES[key]) if key == _BACKSPACE or not character else character


def _sequence(key: int, held: int) -> str:
    """A key that types nothing."""
    if key in _NUMBERS:
        return f"\x1b[{_NUMBERS[key]};{held}~" if held > 1 else f"\x1b[{_NUMBERS[key]}~"
    letter = _LETTERS.get(key) or _FIRST_FUNCTIONS.get(key)
    if letter is None:
        return ""
    if held > 1:
        return f"\x1b[1;{held}{letter}"
    return f"\x1bO{letter}" if key in _FIRST_FUNCTIONS else f"\x1b[{letter}"
