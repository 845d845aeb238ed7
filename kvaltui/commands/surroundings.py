"""What a command ends with and asks its surroundings for, as the manual page and docs/commands.md tell it."""

from __future__ import annotations

from kvaltui.model.message import Message

EXIT_CODES = (
    ("0", Message("done")),
    ("1", Message("what --fail-on asks for is so, or “check” found a fault")),
    ("2", Message("wrong usage, or a figure that cannot be read; nothing is stored")),
    ("3", Message("a file or database that cannot be used; it is left as it was")),
    ("130", Message("ended by Ctrl+C")),
)
"""What a command ends with (docs/commands.md, Exit codes)."""

SURROUNDINGS = (
    ("KVALTUI_CONFIG", Message("the config file, where --config names none")),
    ("NO_COLOR", Message("no colours, in commands and in the window, whatever it holds; empty counts as not set")),
    (
        "FORCE_COLOR, CLICOLOR_FORCE",
        Message("colours and bars although the output is no terminal; 0 is no, and NO_COLOR goes before"),
    ),
    ("CLICOLOR", Message("0: no colours")),
    (
        "FORCE_HYPERLINK",
        Message("0: no links in what is printed; anything else: links in every terminal, known to have them or not"),
    ),
    ("COLUMNS", Message("how wide to print")),
    ("PAGER", Message("what shows the guide in a terminal; otherwise less, where there is one")),
    ("TERM, COLORTERM", Message("what the terminal can show")),
    ("LC_ALL, LC_CTYPE, LANG", Message("the characters that the terminal has; the language is a setting")),
    (
        "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME",
        Message("where your own settings, data and log lie, on Linux; what is empty or no whole path is passed over"),
    ),
    ("APPDATA, LOCALAPPDATA", Message("where your own settings lie, and your own data and log, on Windows")),
    ("TEXTUAL_DRIVER", Message("another driver of the terminal than the program's own")),
)
"""What the program asks its surroundings for, and what it means."""
