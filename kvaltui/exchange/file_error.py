"""What is common to every file that cannot be used."""

from __future__ import annotations

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.system_error import explain


class FileError(KvaltuiError):
    """A file that cannot be read or written, or whose content cannot be used. Nothing has been stored."""


def unreadable(file: str, error: OSError) -> FileError:
    """The error for a file that the operating system does not let us read."""
    return FileError(Message("{file} cannot be read: {problem}", file=file, problem=explain(error)))


def unwritable(file: str, error: OSError) -> FileError:
    """The error for a file that the operating system does not let us write."""
    return FileError(Message("{file} cannot be written: {problem}", file=file, problem=explain(error)))
