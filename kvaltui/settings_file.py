"""The file of the settings: read when it is one's own or trusted, and replaced when it is a text.

Raises ConfigError for what others may write, OSError for everything else that is wrong with a file.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from kvaltui import half_made
from kvaltui.half_made import MayReplace
from kvaltui.ordinary_file import read_ordinary
from kvaltui.setting import ConfigError
from kvaltui.system.folder import Folder
from kvaltui.system.links import followed
from kvaltui.trust import why_not

_BEGINNING = 1024
"""So many bytes tell a text from what is none."""


def read(path: Path, most: int, own: Callable[[], Path], *, is_named: bool) -> bytes:
    """The content of an ordinary file of at most `most` bytes.

    Unless it is named by a person, others may not write it, or it is trusted in the `own` folder of the settings.
    Raises Unfit too.
    """

    def look(status: os.stat_result) -> None:
        problem = why_not(path, status, own)
        if problem is not None:
            raise ConfigError(problem)

    return read_ordinary(path, most, None if is_named else look)


def write(path: Path, text: str, mode: int, database: str) -> None:
    """Write the file in one step, where a link leads that nobody else has made; `database` is never written over."""
    place = followed(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    half_made.write(place, text.encode(), mode, _may_be_replaced(database))


def _may_be_replaced(database: str) -> MayReplace:
    """What refuses to have anything but a text replaced; a database in use is not even opened for that."""

    def look(folder: Folder, name: str, found: os.stat_result) -> None:
        if not found.st_mode & 0o222:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)
        if _is_at(database, found):
            raise folder.no_file(name)
        with os.fdopen(folder.open(name), "rb") as file:
            if b"\0" in file.read(_BEGINNING):
                raise folder.no_file(name)

    return look


def _is_at(place: str, found: os.stat_result) -> bool:
    try:
        return os.path.samestat(found, Path(place).stat())
    except OSError:
        return False
