"""What a command may end in besides being done: exit codes and the errors that a person caused by a word."""

from __future__ import annotations

from kvaltui.model.message import KvaltuiError

DONE = 0
FOUND = 1
"""What `--fail-on` asks for holds, or `check` found a fault."""
WRONG_USAGE = 2
"""Wrong usage, or a figure that cannot be read: nothing is stored."""
UNUSABLE = 3
"""A file or database that cannot be used, and is left as it was."""
INTERRUPTED = 130
"""Ctrl+C, as shells count it."""

_done = False


def begin() -> None:
    """Nothing has been done in this run yet."""
    global _done  # noqa: PLW0603 - a process does one thing
    _done = False


def note_done() -> None:
    """Something is stored, or a file is in its place: from now on no exit code may say that nothing was done."""
    global _done  # noqa: PLW0603 - a process does one thing
    _done = True


def is_done() -> bool:
    """Whether what was asked for has been stored or written, whatever goes wrong afterwards."""
    return _done


class UsageError(KvaltuiError):
    """Something on the command line that cannot be used: a name that is not known, a choice that is missing."""


def exit_code(error: KvaltuiError) -> int:
    """The exit code of an error: what is wrong with a file or a database, or with what was asked."""
    from kvaltui.exchange.file_error import FileError
    from kvaltui.exchange.table_file import UnreadableFigures
    from kvaltui.setting import ConfigError
    from kvaltui.store.errors import DatabaseError
    from kvaltui.written_path import PathError

    if isinstance(error, UnreadableFigures):
        return WRONG_USAGE
    return UNUSABLE if isinstance(error, (FileError, ConfigError, DatabaseError, PathError)) else WRONG_USAGE
