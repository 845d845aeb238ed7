"""The console that the program runs in: its modes, what is typed, what is written, and what it can show."""

from __future__ import annotations

import sys

from kvaltui.system.any_console import AnyConsole, AnyConsoleInput, Happened

if sys.platform == "win32":
    from kvaltui.system.console_windows import Console, ConsoleInput, is_console, obeys_sequences, surroundings
else:
    from kvaltui.system.console_posix import Console, ConsoleInput, is_console, obeys_sequences, surroundings

__all__ = [
    "AnyConsole",
    "AnyConsoleInput",
    "Console",
    "ConsoleInput",
    "Happened",
    "is_console",
    "obeys_sequences",
    "surroundings",
]
