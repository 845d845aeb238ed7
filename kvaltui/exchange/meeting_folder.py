"""The files of the folder where copies meet. Others write in it: no name in it is followed as a link, none is believed.

A copy replaces nothing there but an earlier bundle of its own, known by what it says of its device and plan.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.exchange.bundle_file import SUFFIX, Bundle, read_bundle, write_bundle
from kvaltui.exchange.file_error import FileError, unreadable
from kvaltui.exchange.reading import read_bundle_in
from kvaltui.exchange.writing import FileExists, write_there
from kvaltui.model.clean import clean
from kvaltui.model.message import Message
from kvaltui.system.folder import Folder, is_same

if TYPE_CHECKING:
    from kvaltui.store.database import Database

_MOST_ATTEMPTS = 3


def bundles_in(folder: Path, own: str) -> list[Path]:
    """What lies in a folder as bundles, and whatever lies under the name of this copy's `own`. Raises FileError."""
    try:
        with Folder(folder) as opened, opened.entries() as entries:
            names = sorted(entry.name for entry in entries if entry.name == own or _is_called_a_bundle(entry))
    except OSError as error:
        raise unreadable(str(folder), error) from None
    return [folder / name for name in names]


def check_own(path: Path, database: Database, plan: str) -> None:
    """Raise FileError when something lies where this copy's bundle is to be that is not an earlier one of it."""
    try:
        path.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise unreadable(str(path.parent), error) from None
    _own(path, database, plan)


def write_own(path: Path, database: Database, plan: str) -> None:
    """Write this copy's bundle over nothing but an earlier one of it; another of its windows may do so too.

    Those may read it who may read the folder: it is for them that it lies there. Raises FileError, DatabaseError.
    """

    def may_replace(_folder: Folder, _name: str, found: os.stat_result) -> None:
        if not is_same(found, _own(path, database, plan)):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))

    data = write_bundle(database, plan)
    for attempt in range(_MOST_ATTEMPTS):
        try:
            write_there(path, data, 0o600 | _readers(path.parent), may_replace)
            return
        except FileExists:
            _own(path, database, plan)
            if attempt == _MOST_ATTEMPTS - 1:
                raise _not_ours(path, Message("it has come there just now")) from None


def _is_called_a_bundle(entry: os.DirEntry[str]) -> bool:
    has_name = entry.name.casefold().endswith(SUFFIX) and not entry.name.startswith(".")
    return has_name and not entry.is_dir(follow_symlinks=False)


def read_there(path: Path, database: Database) -> tuple[Bundle, os.stat_result]:
    """A bundle, and what it is read from.

    Raises FileError for a link, for what is no ordinary file and for what is no bundle.
    """
    try:
        with Folder(path.parent) as folder:
            data, status = read_bundle_in(folder, path.name, database.path)
    except OSError as error:
        raise unreadable(str(path.parent), error) from None
    return read_bundle(data, path.name), status


def _own(path: Path, database: Database, plan: str) -> os.stat_result:
    """What lies where this copy's bundle is written, if it is one of this copy's. Raises FileError."""
    try:
        bundle, status = read_there(path, database)
    except FileError as error:
        raise _not_ours(path, error.message) from None
    if (bundle.device, bundle.plan) != (clean(database.device), plan):
        raise _not_ours(path, Message("it is a bundle of {device}", device=bundle.device))
    return status


def _not_ours(path: Path, problem: Message) -> FileError:
    return FileError(
        Message(
            "{file} lies where the bundle of this copy is to be, and was left as it is: {problem}. Move it away first",
            file=str(path),
            problem=problem,
        )
    )


def _readers(folder: Path) -> int:
    try:
        return folder.stat().st_mode & 0o044
    except OSError as error:
        raise unreadable(str(folder), error) from None
