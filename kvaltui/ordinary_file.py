"""Reading a file whole, if it is one: no pipe, no device and nothing without end keeps anybody waiting."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.system.opening import open_at_once

MEGABYTE = 2**20


class Unfit(KvaltuiError):
    """What lies at a path is no file that can be read whole."""


Look = Callable[[os.stat_result], None]
"""Raises what there is to say against reading the file that is open by now."""


def read_ordinary(path: Path, most: int, look: Look | None = None) -> bytes:
    """The content of an ordinary file of at most `most` bytes; `look` may refuse the very file that is read.

    Raises Unfit for a pipe, a device or a socket, none of which is even opened, and for a file that is too large;
    OSError for what the system refuses, a folder among it.
    """
    try:
        _look(path.stat(), path, most)
        # Should a pipe stand there by now, it is opened without waiting for anybody, and refused by what it is.
        handle = open_at_once(path)
    except ValueError:  # what no name can hold
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from None
    try:
        found = os.fstat(handle)
        _look(found, path, most)
        if look is not None:
            look(found)
        data = os.read(handle, found.st_size)
        # A file that grows meanwhile, and those of the system that say that they are empty.
        while more := os.read(handle, MEGABYTE):
            data += more
            if len(data) > most:
                raise _too_large(path, most)
        return data
    finally:
        os.close(handle)


def _look(found: os.stat_result, path: Path, most: int) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise Unfit(Message("{file} is no ordinary file", file=str(path)))
    if found.st_size > most:
        raise _too_large(path, most)


def _too_large(path: Path, most: int) -> Unfit:
    amount = f"{most // MEGABYTE} MiB" if most >= MEGABYTE else f"{most // 1024} KiB"
    return Unfit(Message("{file} is too large: at most {amount} are read", file=path.name, amount=amount))
