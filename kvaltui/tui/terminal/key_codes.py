"""What the terminal sends for a key, as the key it is: in the ways of VT100, xterm, rxvt, the Linux console, kitty.

A sequence that is no key's gives none: a terminal's answer to a question is nobody's typing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from textual.events import Key
from textual.keys import KEY_NAME_REPLACEMENTS

from kvaltui.tui.terminal.keys import SAME_AS
from kvaltui.tui.terminal.textual_private import (
    ANSI_SEQUENCES_KEYS,
    FUNCTIONAL_KEYS,
    MODIFIER_FUNCTIONAL_KEYS,
    character_to_key,
)

_KEYPAD = {
    **{str(57399 + digit): str(digit) for digit in range(10)},
    "57409": ",",
    "57410": "/",
    "57411": "*",
    "57412": "-",
    "57413": "+",
    "57415": "=",
    "57416": ",",
}
"""What is printed on the keys of a Swedish number pad, by their numbers in kitty's protocol."""
_APPLICATION_KEYPAD = {"\x1bOl": ",", "\x1bOX": "=", "\x1bO ": " ", "\x1bOI": "\t"}
"""What Textual does not know of the number pad in application mode (VT100, PuTTY)."""
_SAME_AS = SAME_AS | {f"shift+{key}": key for key in ("enter", "backspace", "escape", "space")}
"""Keys that most terminals cannot tell from another one mean that one everywhere."""
_TYPES = {"enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b", "space": " "}
_SILENT = frozenset({*MODIFIER_FUNCTIONAL_KEYS, "caps_lock", "scroll_lock", "num_lock"})
"""Keys that are only held down, or that change how others are read."""

_CODED = re.compile(r"\x1b\[([0-9:]*)(?:;([0-9:]*))?(?:;([0-9:]*))?([u~A-FHPQRS])")
_CURSOR_REPORT = re.compile(r"\x1b\[(?!1;(?:[2-9]|1[0-6])R)[0-9]+;[0-9]+R")
_MOST_DIGITS = 7
_OTHER_KEYS = 27
"""The number that stands before the key's own in xterm's form for keys that it did not use to send."""
_RELEASED = 3
_SHIFT, _ALT, _CONTROL, _SUPER, _CAPS_LOCK = 1, 2, 4, 8, 64
_PRIVATE = range(0xE000, 0xF900)
"""Where kitty numbers the keys that type nothing."""


def keys_typing(text: str) -> Iterable[Key]:
    """The keys that type a text, control characters included; a line feed is Enter, as when a line was typed early."""
    for character in text:
        if character != "\0":
            yield _plain(character)


@lru_cache(maxsize=512)
def _name_of(character: str) -> str:
    known = ANSI_SEQUENCES_KEYS.get(character)
    if isinstance(known, tuple):
        return known[0].value
    name = character if character.isalnum() else character_to_key(character)
    return KEY_NAME_REPLACEMENTS.get(name, name)


def _plain(character: str) -> Key:
    name = _name_of(character)
    name = _SAME_AS.get(name, name)
    return Key(name, _TYPES.get(name, character))


def key_with_alt(character: str) -> Key:
    """The key that a terminal sends as Esc and a character at once."""
    name = _name_of(character)
    if len(name) == 1 and name.isupper():
        name = f"shift+{name.lower()}"
    return Key(f"alt+{name}", None)


def keys_of(sequence: str) -> list[Key]:
    """The keys that an escape sequence, whole and in 7-bit form, stands for; none where it is no key's."""
    if sequence in _APPLICATION_KEYPAD:
        return [_plain(_APPLICATION_KEYPAD[sequence])]
    if _CURSOR_REPORT.fullmatch(sequence):
        return []
    coded = _CODED.fullmatch(sequence)
    if coded is not None:
        found = _coded_keys(*(part or "" for part in coded.groups()))
        if found is not None:
            return found
    known = ANSI_SEQUENCES_KEYS.get(sequence)
    if isinstance(known, str):
        return [_plain(known)]
    if isinstance(known, tuple):
        names = [each.value for each in known]
        return [Key(_SAME_AS.get(each, each), _TYPES.get(each)) for each in names if each != "<ignore>"]
    return []


def _numbers(text: str) -> list[int | None]:
    """Numbers between colons; None for one that is left out or longer than any that means something."""
    return [int(each) if 0 < len(each) <= _MOST_DIGITS else None for each in text.split(":")]


def _coded_keys(code: str, modifiers: str, text: str, end: str) -> list[Key] | None:
    """The keys of `CSI code ; modifiers : event ; text end`; None where the code is none that is known."""
    if end == "~" and code == str(_OTHER_KEYS) and text:
        code, text, end = text, "", "u"
    number, shifted = (*_numbers(code or "1"), None)[:2]
    held, event = (*_numbers(modifiers or "1"), None)[:2]
    if number is None or held is None:
        return []
    if event == _RELEASED:
        return []
    typed = [chr(each) for each in _numbers(text) if each is not None and _is_character(each)]
    if typed:
        return [_plain(each) for each in typed]
    bits = max(0, held - 1)
    name = FUNCTIONAL_KEYS.get(f"{number}{end}")
    if name in _SILENT:
        return []
    if end == "u" and str(number) in _KEYPAD:
        name, character = None, _KEYPAD[str(number)]
    elif name is None and end == "u" and _is_character(number):
        character = _printed(number, shifted, bits)
    elif name is None:
        return None if end != "u" else []
    else:
        character = ""
    if character and not bits & (_ALT | _CONTROL | _SUPER):
        return [_plain(character)]
    return [_held(name or _name_of(character.lower()), bits)]


def _printed(number: int, shifted: int | None, bits: int) -> str:
    """What is printed on a key that the terminal has not said the text of."""
    if bits & _SHIFT and shifted is not None and _is_character(shifted):
        return chr(shifted)
    character = chr(number)
    is_capital = bool(bits & _SHIFT) != bool(bits & _CAPS_LOCK)
    return character.upper() if is_capital and len(character.upper()) == 1 else character


def _held(name: str, bits: int) -> Key:
    """A key with what is held down beside it."""
    modifiers = ("shift", "alt", "ctrl", "super", "hyper", "meta")
    held = sorted(each for bit, each in enumerate(modifiers) if bits & (1 << bit))
    key = "+".join([*held, name])
    key = _SAME_AS.get(key, key)
    return Key(key, _TYPES.get(key))


def _is_character(code: int) -> bool:
    """Whether a code point is a character that can be typed."""
    return code < 0x110000 and code not in _PRIVATE and chr(code).isprintable()
