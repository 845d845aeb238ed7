"""What is common to every file that cannot be used."""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.system_error import explain

MOST_PROBLEMS = 20
"""So many problems of a file are told at once."""


class FileError(KvaltuiError):
    """A file that cannot be read or written, or whose content cannot be used. Nothing has been stored."""


def together(problems: Sequence[Message]) -> Message:
    """Several problems as one message: how many they are, and a line for each; of a great many the first."""
    if len(problems) == 1:
        return problems[0]
    shown = [Message("{count} rows cannot be taken in:", count=len(problems)), *problems[:MOST_PROBLEMS]]
    told = Message("and {count} more", count=len(problems) - MOST_PROBLEMS) if len(problems) > MOST_PROBLEMS else None
    for problem in reversed(shown):
        told = problem if told is None else Message("{first}\n{rest}", first=problem, rest=told)
    assert told is not None
    return told


def unreadable(file: str, error: OSError) -> FileError:
    """The error for a file that the operating system does not let us read."""
    return FileError(Message("{file} cannot be read: {problem}", file=file, problem=explain(error)))


def unwritable(file: str, error: OSError) -> FileError:
    """The error for a file that the operating system does not let us write."""
    return FileError(Message("{file} cannot be written: {problem}", file=file, problem=explain(error)))
