"""How every file is written: in a folder that is opened once, under a name that is nobody's, and then put in its place.

Nothing is written through a link, and nothing is replaced that has not been looked at in that folder. What a killed
program leaves behind is removed by the next that makes a file there (docs/files.md, How files are written).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kvaltui.system.folder import Folder
from kvaltui.system.rights import is_for_me_alone

_COMPANIONS = ("", "-journal", "-wal", "-shm")


MayReplace = Callable[[Folder, str, os.stat_result], None]
"""Raises where an ordinary file, in its folder by its name and as it was found there, may not be replaced."""


def whatever_lies_there(_folder: Folder, _name: str, _found: os.stat_result) -> None:
    """Any ordinary file may be replaced: those of the program's own, in a folder that is the person's."""


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A name in the folder of `path` for a file that is to be made whole before it is put in its place.

    For what SQLite makes, which knows files by their names; other files are written by `write`. Whatever lies there in
    the end is removed. What a killed program has left in the folder is removed first: everybody who makes a file holds
    a lock on its folder meanwhile, which the system lets go of with the program. Where a file system has no such locks
    it is left, and in nobody's way. Raises OSError.
    """
    with _making(path) as (folder, new):
        yield folder.path / new


def write(path: Path, data: bytes, mode: int, may_replace: MayReplace | None = None) -> None:
    """Write a file whole, to the disk, and then by its name: a reader sees the old one or the new one.

    What lies there is replaced only where it is an ordinary file and `may_replace` lets it; it keeps its access rights
    and its group, and a new file gets `mode`. A link is never followed: `links.followed` says where one leads.
    Raises FileExistsError for what is not to be replaced, or is another than was looked at; NoOrdinaryFile; OSError;
    and what `may_replace` raises. What was there is then as it was.
    """
    with _making(path) as (folder, new):
        found = _looked_at(folder, path, may_replace)
        if found is not None:
            mode = stat.S_IMODE(found.st_mode) & 0o777
        with os.fdopen(folder.make(new, mode), "wb") as file:
            if found is not None:
                folder.keep_group(file.fileno(), found, mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if found is None:
            folder.give_name(new, path.name)
        else:
            folder.replace(new, path.name, found)


def read(path: Path, most: int) -> bytes:
    """The first `most` bytes of an ordinary file that is no link. Raises NoOrdinaryFile, OSError; it never waits."""
    with Folder(path.parent) as folder, os.fdopen(folder.open(path.name), "rb") as file:
        return file.read(most)


def read_own(path: Path, most: int) -> bytes:
    """As `read`, of a file of the person's own that nobody else can have read or put there.

    Raises PermissionError for another, NoOrdinaryFile, OSError.
    """
    with Folder(path.parent) as folder, os.fdopen(folder.open(path.name), "rb") as file:
        if not is_for_me_alone(path, os.fstat(file.fileno())):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))
        return file.read(most)


def left_over(path: Path) -> list[Path]:
    """What a killed program has left half made in a folder; nothing where the folder is not there or cannot be read."""
    try:
        with Folder(path) as folder:
            return [path / name for name in folder.left_over()]
    except OSError:
        return []


def sweep(path: Path) -> None:
    """Remove what a killed program has left half made in a folder."""
    with suppress(OSError), Folder(path) as folder:
        folder.sweep()


def _looked_at(folder: Folder, path: Path, may_replace: MayReplace | None) -> os.stat_result | None:
    found = folder.look(path.name)
    if found is None:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise folder.no_file(path.name)
    if may_replace is None:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    may_replace(folder, path.name, found)
    return found


@contextmanager
def _making(path: Path) -> Iterator[tuple[Folder, str]]:
    with Folder(path.parent) as folder:
        folder.sweep()
        new = f".kvaltui-{os.urandom(10).hex()}.new"
        with folder.making(new):
            try:
                yield folder, new
            finally:
                for ending in _COMPANIONS:
                    with suppress(OSError):
                        folder.remove(new + ending)
