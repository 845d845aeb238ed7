"""Putting a backup in the place of the database: proved first, and what it replaces is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import peewee

from kvaltui.half_made import beside
from kvaltui.model.message import Message
from kvaltui.store.author import Author
from kvaltui.store.backup import copy_into
from kvaltui.store.check import check
from kvaltui.store.database import BackupRule, open_database
from kvaltui.store.errors import BackupError, DamagedDatabase, DatabaseError, NotADatabase, explain
from kvaltui.store.journal import note
from kvaltui.store.sqlite_file import (
    connection,
    inspect,
    is_there,
    is_whole_database,
    make_folder,
    put_in_place,
    sync_folder,
)
from kvaltui.system_error import explain as explain_system_error


def restore(location: Path, source: Path, *, by: Author, backups: BackupRule | None = None) -> Path | None:
    """Put the backup `source` in the place of the database at `location`; return where what lay there is kept now.

    The backup is copied, upgraded when it is of an earlier version, and proved as `check` does, before anything else is
    touched; it stays where it is. What lay at `location` is kept beside the backups under the time of the restoring: a
    damaged file too (None: nothing lay there). Programs that have the old one open notice at their next change that it
    has been replaced. The history of each plan tells of the restoring.
    Raises BackupError and other DatabaseErrors; everything is then as it was.
    """
    location, source = location.absolute(), source.absolute()
    backups = backups or BackupRule(location.parent / "backups")
    inspect(source)
    if is_there(location):
        _refuse_what_is_not_ours(location)
    with _explained(location):
        make_folder(location.parent, shared=False)
        with beside(location) as new:
            with _reading(source) as orm:
                copy_into(orm, new, _mode(location))
            _prove(new, source, by)
            if is_there(location):
                return _swap(new, location, backups)
            put_in_place(new, location)
    return None


def _refuse_what_is_not_ours(location: Path) -> None:
    try:
        inspect(location)
    except (NotADatabase, DamagedDatabase):
        # A damaged database of ours cannot be told from garbage, and is what restoring is for; it is kept. Another
        # program's database, a folder or a device is not for us to move.
        if is_whole_database(location) or not location.is_file():
            raise


def _mode(location: Path) -> int:
    try:
        return location.stat().st_mode & 0o660
    except OSError:
        return 0o600


def _prove(new: Path, source: Path, by: Author) -> None:
    own_folder = BackupRule(new.parent, kept_daily=0)
    with open_database(new, backups=own_folder) as database:
        faults = [fault for fault in check(database, files=False) if fault.is_damage]
        if faults:
            raise BackupError(
                Message("The backup {file} is not whole: {problem}", file=str(source), problem=faults[0].what)
            )
        note(database, by=by, origin=f"restore {source.name}")


def _swap(new: Path, location: Path, backups: BackupRule) -> Path:
    when = f"{datetime.now():%Y-%m-%dT%H%M%S}"  # noqa: DTZ005 - the reader's time
    kept = backups.folder / f"{location.stem}-{when}-replaced{location.suffix}"
    make_folder(kept.parent, shared=bool(_mode(location) & 0o060))
    journal = location.with_name(f"{location.name}-journal")
    with _nobody_writing(location):
        _keep(location, kept)
        if is_there(journal):
            # Left by a crash, and only of use to the file that it belongs to.
            journal.replace(kept.with_name(f"{kept.name}-journal"))
        new.replace(location)
        sync_folder(location.parent)
    return kept


def _keep(location: Path, kept: Path) -> None:
    """Give the old file a second name, or where the file system has no such thing, another name."""
    try:
        os.link(location, kept)
    except OSError:
        if is_there(kept):
            raise
        location.replace(kept)


@contextmanager
def _nobody_writing(location: Path) -> Iterator[None]:
    """Hold the lock of a database while its file is exchanged, if it is whole enough to be locked.

    Who has the old file open cannot write to it afterwards: SQLite sees that it has been moved.
    """
    if location.stat().st_size == 0:
        yield  # nothing to lock, and SQLite would begin to make a database of it
        return
    live = connection(location, "rw")
    try:
        try:
            live.connect()
            live.begin("EXCLUSIVE")
        except (peewee.DatabaseError, UnicodeDecodeError) as error:
            explained = explain(error, str(location))
            if not isinstance(explained, NotADatabase | DamagedDatabase):
                raise explained or error from error
        yield
    finally:
        live.close()


@contextmanager
def _reading(source: Path) -> Iterator[peewee.SqliteDatabase]:
    orm = connection(source, "ro")
    try:
        yield orm
    except (peewee.PeeweeException, UnicodeDecodeError) as error:
        raise explain(error, str(source)) or error from error
    finally:
        orm.close()


@contextmanager
def _explained(location: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = explain_system_error(error)
        raise DatabaseError(
            Message("{file} cannot be restored: {problem}", file=str(location), problem=problem)
        ) from None
