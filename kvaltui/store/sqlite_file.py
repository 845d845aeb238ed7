"""A database file: whether it is ours, connecting to it, and what is made beside it.

A live database file is never opened but by SQLite itself: closing any other handle on it would cancel SQLite's locks.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.model.message import Message
from kvaltui.store.errors import DatabaseError, NewerDatabase, NoPermission, NotADatabase, explained
from kvaltui.store.migrations import SCHEMA_VERSION
from kvaltui.store.patience import MOMENT, here
from kvaltui.store.patient_connection import PatientConnection
from kvaltui.system import folder as folders
from kvaltui.system.folder import Folder
from kvaltui.system.links import ForeignLink, is_foreign_link
from kvaltui.system.names import database_address
from kvaltui.system.rights import owner_of
from kvaltui.system_error import explain as explain_system_error

if TYPE_CHECKING:
    import peewee

APPLICATION_ID = 0x6B76616C
"""Marks a file as ours: "kval" in ASCII, in the header that SQLite keeps for it."""

HEADER = b"SQLite format 3\0"
"""What every file of SQLite begins with, whoever's it is."""

BUSY_TIMEOUT = 30.0
"""Seconds to wait for another program's lock, in SQLite or by a way of the thread's own (`patience`)."""


# No WAL: a copied file would lack what is in the -wal, and it corrupts on network drives.
_TO_WRITE = {
    "foreign_keys": 1,
    "recursive_triggers": 1,  # so that REPLACE meets the journal's trigger against deletion
    "journal_mode": "DELETE",
    "synchronous": "EXTRA",
}


def connection(path: Path, mode: str) -> peewee.SqliteDatabase:
    """Peewee's connection, not yet opened, to the file at `path`; `mode` is SQLite's: "ro", "rw", "ro&immutable=1"."""
    import peewee

    return peewee.SqliteDatabase(
        f"{database_address(path)}?mode={mode}",
        uri=True,
        pragmas=_TO_WRITE if mode == "rw" else {},
        timeout=_time_to_wait(),
        factory=PatientConnection,
        lock_type="IMMEDIATE",
        autoconnect=False,
    )


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """The driver's own connection to the file at `path`, opened, for reading. Raises DatabaseError."""
    with explained(str(path)):
        return sqlite3.connect(
            f"{database_address(path)}?mode={mode}",
            uri=True,
            timeout=_time_to_wait(),
            factory=PatientConnection,
            isolation_level=None,
        )


def _time_to_wait() -> float:
    """Seconds that SQLite itself is to wait for another program's lock."""
    return BUSY_TIMEOUT if here.way is None else MOMENT


def is_there(path: Path) -> bool:
    """Whether anything lies at the path, a broken link included. Raises DatabaseError where that may not be known."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _unreachable(path, error) from None
    return True


def _unreachable(path: Path, error: OSError) -> DatabaseError:
    """The error about a database that may be there; a member of a group is told what hinders, and whom to ask."""
    if not isinstance(error, PermissionError):
        problem = explain_system_error(error)
        return DatabaseError(Message("{file} cannot be opened: {problem}", file=str(path), problem=problem))
    closed, status = path, None
    for closed in (path, *path.parents):
        try:
            status = closed.stat()
            break
        except OSError:
            continue
    return NoPermission(
        Message(
            "{file} cannot be opened: you have no permission. "
            "{place} belongs to {owner}: ask to have it shared with you",
            file=str(path),
            place=str(closed),
            owner=owner_of(closed, status) if status is not None else "?",
        )
    )


def can_be_written(path: Path) -> bool:
    """Whether both the file and its folder, where SQLite puts its journal, can be written."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK | os.X_OK)


def inspect(path: Path) -> int:
    """The schema version of the database at `path`, which is left exactly as it is.

    Raises NotADatabase for what is empty or not ours, NewerDatabase. Whether it is whole shows when it is opened.
    """
    try:
        if is_foreign_link(path):
            raise ForeignLink(errno.EPERM, os.strerror(errno.EPERM), str(path))
        status = path.stat()
        if not os.access(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    except OSError as error:
        raise _unreachable(path, error) from None
    if not stat.S_ISREG(status.st_mode):
        raise NotADatabase(Message("{file} is not a file", file=str(path)))
    _refuse_odd_companions(path.resolve())
    if status.st_size == 0:
        raise NotADatabase(Message("{file} is empty, not a database; it was left as it is", file=str(path)))
    application_id, version = _header(path)
    if application_id != APPLICATION_ID:
        raise NotADatabase(Message("{file} is the database of another program; it was left as it is", file=str(path)))
    if version > SCHEMA_VERSION:
        raise newer(path)
    return version


def _refuse_odd_companions(path: Path) -> None:
    """Refuse a pipe or a device where SQLite looks for its own files: it would wait there for ever."""
    for companion in companions(path):
        try:
            mode = companion.stat().st_mode
        except OSError:
            continue  # none, or one that SQLite will tell of
        if not stat.S_ISREG(mode):
            raise DatabaseError(Message("{file} is no ordinary file: take it away from there", file=str(companion)))


def _header(path: Path) -> tuple[int, int]:
    """Application and version, looked up without locks, without a crashed program's journal, and writing nothing.

    With `writable_schema` SQLite answers for a file that is shorter than it should be too, as one is that somebody is
    writing to or was writing to when the power went; whether it is damaged is for the proper way in to find out.
    """
    with explained(str(path)), closing(connect(path, "ro&immutable=1")) as looking:
        looking.execute("PRAGMA writable_schema = 1")
        ((application_id,),) = looking.execute("PRAGMA application_id")
        ((version,),) = looking.execute("PRAGMA user_version")
        return application_id, version


def is_whole_database(path: Path) -> bool:
    """Whether SQLite can read what lies at the path, whoever's it is."""
    try:
        with closing(connect(path, "ro")) as reading:
            ((pages,),) = reading.execute("PRAGMA page_count")
            return bool(pages)
    except (DatabaseError, sqlite3.Error, UnicodeDecodeError):
        return False


def newer(path: Path) -> NewerDatabase:
    """The error about a database that a later version of the program has made or upgraded."""
    return NewerDatabase(
        Message("{file} was made by a later version of kvaltui; upgrade the program to open it", file=str(path))
    )


def companions(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a database, whether they are there or not."""
    return tuple(path.with_name(f"{path.name}-{kind}") for kind in ("journal", "wal", "shm"))


def make_file(path: Path, mode: int) -> None:
    """Make an empty file with these rights, whatever the user's mask. Raises OSError."""
    with Folder(path.parent) as folder:
        os.close(folder.make(path.name, mode))


def make_folder(folder: Path, *, shared: bool) -> None:
    """Make a folder that is its owner's alone, or with `shared` its group's, whose files then belong to the group.

    One that is there, or that another program makes at the same moment, is left as it is. Raises OSError.
    """
    if folder.is_dir():
        return
    try:
        folders.make_folder(folder, shared=shared)
    except FileExistsError:
        if folder.is_dir():
            return
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None


def put_in_place(new: Path, path: Path) -> None:
    """Give a finished, synced file its name for good. Raises FileExistsError when something has that name."""
    with Folder(path.parent) as folder:
        folder.give_name(new.name, path.name)


def sync_folder(folder: Path) -> None:
    """Make what was renamed in a folder survive a power loss, where the system can."""
    with Folder(folder) as opened:
        opened.sync()
