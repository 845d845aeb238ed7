"""What a stream of the program's output is: a terminal that somebody sits at or not, with the symbols or without."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import TextIO

from kvaltui.config import Config
from kvaltui.model.status import Status
from kvaltui.system.console import is_console, surroundings
from kvaltui.system.console_kind import Surroundings
from kvaltui.words import status_symbol

_SYMBOLS = "".join(map(status_symbol, Status))
_WITHOUT_SYMBOLS = ("linux", "vt100", "vt220", "ansi", "cons25")
"""Terminals whose own font has no symbols."""
_WITHOUT_NAME = "latin-1"
"""What such a terminal can show, and one whose locale ("C") does not say."""
_COERCED = "C.UTF-8"
"""What Python itself puts in the place of the locale "C" (PEP 538); it says nothing of the terminal."""


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sits at the stream. A closed stream has nobody."""
    try:
        return stream is not None and is_console(stream)
    except ValueError:
        return False


def wished_colours(environment: Mapping[str, str]) -> bool | None:
    """What a person's surroundings say of colours in every program; None where they say nothing.

    `NO_COLOR` with anything in it goes before all (no-color.org); `FORCE_COLOR` (force-color.org) and `CLICOLOR_FORCE`
    want them also where no terminal is, and `CLICOLOR=0` does not want them (bixense.com/clicolors).
    """
    if environment.get("NO_COLOR"):
        return False
    if forced := environment.get("FORCE_COLOR"):
        return forced not in ("0", "false")
    if environment.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return False if environment.get("CLICOLOR") == "0" else None


def refuses_colours(environment: Mapping[str, str]) -> bool:
    """Whether a person has said that there are to be no colours."""
    return wished_colours(environment) is False


def shown_encoding(
    settings: Config, stream: TextIO | None, environment: Mapping[str, str], here: Surroundings | None = None
) -> str:
    """The encoding of what the terminal can show, whatever bytes it is written with.

    That is the stream's, unless the locale that the person's environment asks for, or the terminal's font, is poorer.
    `here` is where the program runs, unless it is named.
    """
    encoding = getattr(stream, "encoding", None) or "ascii"
    if settings.symbols == "unicode" or "utf" not in encoding.lower():
        return encoding
    here = here or surroundings()
    if not here.says_by_environment:
        return here.shows if is_terminal(stream) else encoding
    locale = _locale(environment)
    if locale and "utf" not in locale.lower():
        try:
            return codecs.lookup(locale.partition(".")[2].partition("@")[0]).name
        except LookupError:
            return _WITHOUT_NAME
    if is_terminal(stream) and environment.get("TERM") in _WITHOUT_SYMBOLS:
        return _WITHOUT_NAME
    return encoding


def wants_ascii(
    settings: Config, stream: TextIO | None, environment: Mapping[str, str], here: Surroundings | None = None
) -> bool:
    """Whether the symbols have to be ASCII: by the settings, or because the terminal cannot show the others."""
    if settings.symbols != "auto":
        return settings.symbols == "ascii"
    try:
        _SYMBOLS.encode(shown_encoding(settings, stream, environment, here))
    except UnicodeEncodeError:
        return True
    return False


def _locale(environment: Mapping[str, str]) -> str:
    """The locale that the person's environment asks for, "" where it says nothing."""
    names = ["LC_ALL", "LC_CTYPE", "LANG"]
    if environment.get("LC_CTYPE") == _COERCED and environment.get("LANG") in ("C", "POSIX"):
        names.remove("LC_CTYPE")
    return next((value for name in names if (value := environment.get(name))), "")
