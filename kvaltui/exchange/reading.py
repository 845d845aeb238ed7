"""Reading a file whole, if it is one and not too large."""

from __future__ import annotations

import stat
from pathlib import Path

from kvaltui.exchange.file_error import FileError, unreadable
from kvaltui.model.message import Message

MOST_BYTES = 256 * 2**20
"""The largest file that is read. A plan of 100,000 indicators has a fifth of it."""


def read_file(path: Path) -> bytes:
    """The content of an ordinary file. Raises FileError for anything else, such as a pipe, and for a too large one."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise FileError(Message("{file} is no ordinary file", file=str(path)))
        if found.st_size > MOST_BYTES:
            raise FileError(Message("{file} is too large", file=path.name))
        return path.read_bytes()
    except OSError as error:
        raise unreadable(str(path), error) from None
