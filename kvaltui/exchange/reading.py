"""Reading a file whole, if it is one and not too large."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kvaltui.exchange.file_error import FileError, unreadable
from kvaltui.half_made import Folder, NoOrdinaryFile
from kvaltui.model.message import Message

MOST_BYTES = 256 * 2**20
"""The largest file that is read. A plan of 100,000 indicators has a fifth of it."""


def read_file(path: Path) -> bytes:
    """The content of an ordinary file, links followed.

    Raises FileError for anything else, such as a pipe, which is not waited for, and for a too large one.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise _no_file(path)
        return _read(os.open(path, os.O_RDONLY | os.O_NONBLOCK), path)
    except OSError as error:
        raise unreadable(str(path), error) from None


def read_in(folder: Folder, name: str, keep: Path | None = None) -> tuple[bytes, os.stat_result]:
    """The content of an ordinary file in a folder that others write in, and what it is.

    What is a link, and the live database `keep` by a second name, is not opened. Raises FileError.
    """
    path = folder.path / name
    try:
        found = folder.look(name)
        if found is not None and stat.S_ISLNK(found.st_mode):
            raise FileError(Message("{file} is a link and is not followed here", file=name))
        if found is not None and keep is not None and os.path.samestat(found, keep.stat()):
            raise FileError(Message("{file} is the database itself", file=name))
        handle = folder.open(name)
        opened = os.fstat(handle)
        return _read(handle, path), opened
    except NoOrdinaryFile:
        raise FileError(Message("{file} is no ordinary file", file=name)) from None
    except OSError as error:
        raise unreadable(name, error) from None


def _read(handle: int, path: Path) -> bytes:
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise _no_file(path)
        if found.st_size > MOST_BYTES:
            raise FileError(Message("{file} is too large", file=path.name))
        data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise FileError(Message("{file} is too large", file=path.name))
        return data


def _no_file(path: Path) -> FileError:
    return FileError(Message("{file} is no ordinary file", file=str(path)))
