"""Keys by the names that stand on a Swedish keyboard."""

from __future__ import annotations

from kvaltui.i18n import N_, _

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
_CHARACTERS = {
    "slash": "/",
    "question_mark": "?",
    "minus": "-",
    "plus": "+",
    "comma": ",",
    "full_stop": ".",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}


def key_name(key: str) -> str:
    """A key as a person knows it: "ctrl+z" is "Ctrl+Z", "slash" is "/", "f5" is "F5"."""
    *modifiers, last = key.split("+")
    if last in _CHARACTERS:
        shown = _CHARACTERS[last]
    elif last in _NAMES:
        shown = _(_NAMES[last])
    elif len(last) == 1:
        shown = last.upper() if modifiers else last
    else:
        shown = last.capitalize()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])
