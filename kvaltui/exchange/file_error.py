"""What is common to every file that cannot be used."""

from __future__ import annotations

from kvaltui.model.message import KvaltuiError, Message


class FileError(KvaltuiError):
    """A file that cannot be read or written, or whose content cannot be used. Nothing has been stored."""


def system_problem(error: OSError) -> str:
    """What the operating system says is wrong, in its own words."""
    return error.strerror or str(error)


def unreadable(file: str, error: OSError) -> FileError:
    """The error for a file that the operating system does not let us read."""
    return FileError(Message("{file} cannot be read: {problem}", file=file, problem=system_problem(error)))
