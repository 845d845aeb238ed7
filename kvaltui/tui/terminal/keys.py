"""Keys by the names that stand on a Swedish keyboard, both ways, and which of them never reach the program."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from textual.keys import key_to_character

from kvaltui.i18n import N_, translated
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.tui.terminal.textual_private import character_to_key

_NAMES = {
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "space": N_("Space"),
    "tab": N_("Tab"),
    "backspace": N_("Backspace"),
    "delete": N_("Delete"),
    "insert": N_("Insert"),
    "home": N_("Home"),
    "end": N_("End"),
    "pageup": N_("Page Up"),
    "pagedown": N_("Page Down"),
    "up": N_("Up arrow"),
    "down": N_("Down arrow"),
    "left": N_("Left arrow"),
    "right": N_("Right arrow"),
}
_MODIFIER_NAMES = {"ctrl": N_("Ctrl"), "shift": N_("Shift"), "alt": N_("Alt")}
_CHARACTERS = {"plus": "+", "minus": "-", "slash": "/", "at": "@", "backslash": "\\", "underscore": "_"}
"""Textual's names that are not those of Unicode."""
_ALSO_CALLED = {
    "escape": "esc",
    "enter": "return",
    "space": "mellanslag blanksteg",
    "backspace": "backsteg",
    "delete": "del",
    "insert": "ins",
    "pageup": "pgup",
    "pagedown": "pgdn pgdown",
    "up": "uppil uppåtpil pilupp arrowup",
    "down": "nedpil nedåtpil pilned arrowdown",
    "left": "vänsterpil pilvänster arrowleft",
    "right": "högerpil pilhöger arrowright",
}
"""What people write in the settings besides the names that the program shows; without spaces."""
_OTHER_NAMES = {name: key for key, names in _ALSO_CALLED.items() for name in names.split()}
_MODIFIERS = {"ctrl": "ctrl", "control": "ctrl", "shift": "shift", "skift": "shift", "alt": "alt"}
_ARROWS = frozenset({"up", "down", "left", "right"})
_EDITING = _ARROWS | {"enter", "escape", "space", "tab", "shift+tab", "backspace", "delete", "home", "end"}
MENU_KEY = "space_"
"""Begins the key of a command in the menu that Space opens: its letter follows. No terminal sends such a key."""

SAME_AS = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter"}
"""Keys that a terminal sends as another one."""
_EATEN = frozenset(
    {
        *("ctrl+b", "ctrl+c", "ctrl+o", "ctrl+q", "ctrl+s", "ctrl+v", "ctrl+space"),
        *("f10", "f11", "f12"),
        *("ctrl+pageup", "ctrl+pagedown", "ctrl+home", "ctrl+end", "ctrl+delete", "ctrl+backspace"),
        *("shift+pageup", "shift+pagedown", "shift+home", "shift+end", "shift+insert", "shift+delete"),
        *("shift+up", "shift+down", "shift+enter", "shift+space", "shift+backspace", "shift+escape"),
        *("ctrl+enter", "ctrl+tab", "ctrl+escape", "alt+f4", "alt+enter", "alt+space", "alt+tab", "alt+escape"),
    }
)
"""Keys that some terminal, tmux or the Linux console keeps for itself or cannot tell from others."""


class NoKey(KvaltuiError):
    """A text that is no key, or a key that does not reach the program everywhere."""


def key_name(key: str) -> str:
    """A key as a person knows it: "ctrl+z" is "Ctrl+Z", "slash" is "/", "f5" is "F5", "space_n" is "Space n"."""
    if key.startswith(MENU_KEY):
        return f"{translated(_NAMES['space'])} {key.removeprefix(MENU_KEY)}"
    *modifiers, last = key.split("+")
    if last in _NAMES:
        shown = translated(_NAMES[last])
    elif (character := _character_of(last)) is not None:
        shown = character.upper() if modifiers else character
    else:
        shown = last.capitalize()
    return "+".join([*(translated(_MODIFIER_NAMES[each]) for each in modifiers if each in _MODIFIER_NAMES), shown])


def _character_of(key: str) -> str | None:
    """The character that a key types; None for a key that types none."""
    character = key if len(key) == 1 else _CHARACTERS.get(key) or key_to_character(key)
    return character if character is not None and character.isprintable() else None


def read_keys(text: str, own: Collection[str] = ()) -> tuple[str, ...]:
    """The keys in a text with commas between them, by Textual's names. Raises NoKey for what `read_key` refuses."""
    return tuple(dict.fromkeys(read_key(each, own) for each in text.split(",")))


def read_key(text: str, own: Collection[str] = ()) -> str:
    """A key by Textual's name, from that name or as it stands on the keyboard: "Ctrl+T", "pil upp", "F6", "Space n".

    Raises NoKey for what is no key, for characters, which are always typed, and for keys that do not reach the program
    in every terminal; of none of them that the program has given the command itself (`own`).
    """
    written = unicodedata.normalize("NFC", text).strip()
    letter = _menu_letter(written)
    if letter is not None and (letter.isalpha() or f"{MENU_KEY}{letter}" in own):
        return f"{MENU_KEY}{letter}"
    modifiers, last = _parted(written)
    known = _plain_key(last)
    if known is None or not modifiers <= _MODIFIERS.keys():
        raise NoKey(
            Message("“{key}” is no key; write it as F6, Ctrl+T or {menu} x", key=written, menu=key_name("space"))
        )
    held = {_MODIFIERS[each] for each in modifiers}
    if len(known) == 1 and known.isalpha():
        if "shift" in held and held == {"shift"}:
            held, known = set(), known.upper()
        elif held:
            known = known.lower()
    key = "+".join([*(each for each in ("ctrl", "alt", "shift") if each in held), known])
    if key not in own:
        _check_that_it_arrives(key, known, held)
    return key


def _menu_letter(written: str) -> str | None:
    """The letter or digit of a key in the menu, such as n in "Mellanslag n"; None for any other key."""
    named, _gap, letter = written.replace("_", " ").rpartition(" ")
    letter = letter.casefold()
    is_letter = len(letter) == 1 and letter.isalnum()
    return letter if is_letter and _plain_key(named.strip()) == "space" else None


def _parted(written: str) -> tuple[set[str], str]:
    """The modifiers in small letters, and what is pressed with them."""
    if written.endswith("+"):
        head, last = written[:-1].rstrip().removesuffix("+"), "+"
    else:
        head, _plus, last = written.rpartition("+")
    modifiers = {each.strip().casefold() for each in head.split("+")} if head.strip() else set()
    return modifiers, last.strip()


def _plain_key(name: str) -> str | None:
    """Textual's name of a key without modifiers; None for no key."""
    if len(name) == 1 and name.isprintable():
        key = character_to_key(name)
        return key if _character_of(key) == name else name
    folded = name.casefold()
    if folded in _NAMES or _character_of(folded) is not None:
        return folded
    if folded[:1] == "f" and folded[1:].isdigit() and folded.isascii() and 1 <= int(folded[1:]) <= 12:
        return f"f{int(folded[1:])}"
    joined = folded.replace(" ", "").replace("_", "")
    said = {translated(shown).casefold().replace(" ", ""): known for known, shown in _NAMES.items()}
    return _OTHER_NAMES.get(joined) or said.get(joined) or (joined if joined in _NAMES else None)


def _check_that_it_arrives(key: str, known: str, held: set[str]) -> None:
    """Raises NoKey for a key that some terminal sends as another one, keeps for itself or cannot send."""
    if key in SAME_AS:
        told = Message("a terminal cannot tell {key} from {other}", key=key_name(key), other=key_name(SAME_AS[key]))
        raise NoKey(told)
    character = _character_of(known)
    is_character = known not in _NAMES and character is not None
    is_letter = len(known) == 1 and known.isascii() and known.isalpha()
    cannot_be_sent = (
        len(held) > 1
        or ("ctrl" in held and is_character and not is_letter)
        or (bool(held) and known.startswith("f") and known[1:].isdigit())
    )
    if key in _EATEN or cannot_be_sent:
        told = Message("{key} does not reach the program in every terminal", key=key_name(key))
        raise NoKey(told)
    if not held and character is not None:
        told = Message(
            "{key} is typed, and what is typed is always text; write for example Ctrl+T or {menu} x",
            key=key_name(key),
            menu=key_name("space"),
        )
        raise NoKey(told)


def is_typed(key: str) -> bool:
    """Whether the key types or moves in a text: it cannot belong to a command that works while one is being typed."""
    return key in _EDITING or _character_of(key) is not None
