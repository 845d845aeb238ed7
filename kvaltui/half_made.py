"""Files that are being made: beside their place, under a name that is nobody's, and never left behind."""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NAME = re.compile(r"\.kvaltui-[0-9a-f]{20}\.new(?:-journal|-wal|-shm)?", re.ASCII)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A name in the folder of `path` for a file that is to be made whole before it is put in its place.

    Whatever lies there in the end is removed. What a killed program has left in the folder is removed first: everybody
    who makes a file holds a lock on its folder meanwhile, which the system lets go of with the program. Where a file
    system has no such locks it is left, and in nobody's way. Raises OSError.
    """
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _sweep(path.parent, folder)
        new = path.with_name(f".kvaltui-{os.urandom(10).hex()}.new")
        try:
            yield new
        finally:
            _remove(new)
    finally:
        os.close(folder)


def _sweep(path: Path, folder: int) -> None:
    """Remove what nobody makes any more, and hold the folder's lock from now on."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN):
            return
    else:
        with suppress(OSError):  # one that cannot be looked through or written in: what is made there says so
            for left in path.iterdir():
                if _NAME.fullmatch(left.name):
                    left.unlink(missing_ok=True)
    with suppress(OSError):
        fcntl.flock(folder, fcntl.LOCK_SH)


def _remove(new: Path) -> None:
    for name in (new.name, *(f"{new.name}-{kind}" for kind in ("journal", "wal", "shm"))):
        with suppress(OSError):
            new.with_name(name).unlink(missing_ok=True)
