"""Backups: made by hand and by themselves, proved, and kept by a rule. Where they lie: `backup_folder.py`."""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import peewee

from kvaltui.half_made import beside
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.store.backup_folder import BackupRule, LastBackup, backup_name, held_by, last_backup, listed, mark_of
from kvaltui.store.database import Database, connected
from kvaltui.store.errors import BackupError, DatabaseBusy, explained
from kvaltui.store.sqlite_file import connection, is_there, make_file, make_folder, put_in_place
from kvaltui.system.names import database_address
from kvaltui.system.opening import sync_written
from kvaltui.system_error import explain as explain_system_error

_log = logging.getLogger(__name__)
_LONG = 1.0
_RESTS = 20
"""A backup that failed is tried again at the next change. Where the attempt took long (in seconds), so that it would be
felt at every change, it rests for so many times as long."""


def backup(database: Database, target: Path | None = None) -> Path:
    """Make a backup, proved and on the disk, and return where it is. Others go on reading and writing meanwhile.

    Without `target` it goes to the folder of the backups, named after the time. Raises BackupError, also when something
    lies at `target` already.
    """
    path, rule = _file_of(database)
    target = target or rule.folder / backup_name(path, right_now(), mark_of(database.id, path))
    return _copy(_sqlite(database), path, target.absolute())


def right_now() -> str:
    """The time as it stands in the name of a backup."""
    return f"{datetime.now():%Y-%m-%dT%H%M%S}"  # noqa: DTZ005 - the reader's time


def backup_of_the_day(database: Database) -> None:
    """Before the first change of a day: make the day's backup, and remove those that the rule no longer keeps.

    A backup that fails never hinders the change. It is logged, told in `database.daily`, and tried again at the next
    change.
    """
    rule, daily = database.backups, database.daily
    if database.path is None or rule is None or database.is_read_only or rule.kept_daily <= 0:
        return
    today = date.today()  # noqa: DTZ011 - a day as the reader counts it
    began = time.monotonic()
    if daily.made_on == today or began < daily.rests_until:
        return
    try:
        if database.position() == 0:
            return  # there is nothing to keep yet
        _make_daily(database, database.path, rule, today)
    except DatabaseBusy:
        return  # the change that is to come has to wait as well, or is refused for it
    except (KvaltuiError, OSError, ValueError) as error:
        _log.warning("no backup of the day: %s", error)
        now = time.monotonic()
        daily.failed(_in_words(error, rule.folder), now + _RESTS * (now - began) if now - began > _LONG else now)
    else:
        daily.succeeded(today)


def how_recent(database: Database, today: date) -> LastBackup | None:
    """When the last good backup was made; None for a server, which has its own. Raises DatabaseError."""
    if database.path is None or database.backups is None:
        return None
    return last_backup(database, database.path, database.backups, today)


def _make_daily(database: Database, path: Path, rule: BackupRule, today: date) -> None:
    target = rule.folder / backup_name(path, today.isoformat(), mark_of(database.id, path))
    if not _is_made(database, path, target):
        try:
            _copy(_sqlite(database), path, target)
        except BackupError:
            # Another program may have made it in the meantime.
            if not _is_made(database, path, target):
                raise
        try:
            _remove_old(rule, path, database.id, today)
        except OSError as error:
            _log.warning("old backups are left: %s", error)


def _is_made(database: Database, path: Path, target: Path) -> bool:
    """Whether the day's backup is there already. Raises BackupError where something else has its name."""
    if not is_there(target):
        return False
    status = target.lstat()
    if stat.S_ISREG(status.st_mode) and not status.st_size:
        # Left by a program that was killed on a file system without links, where the name has to be taken first.
        target.unlink()
        return False
    if (held := held_by(target, path)) is not None and held.id == database.id:
        return True
    raise BackupError(Message("{file} is in the way: it is no backup of this database", file=str(target)))


def _in_words(error: Exception, folder: Path) -> Message:
    if isinstance(error, KvaltuiError):
        return error.message
    problem = explain_system_error(error) if isinstance(error, OSError) else Message("the name is not a possible one")
    return Message("{file} cannot be made: {problem}", file=str(folder), problem=problem)


def backup_before_migration(orm: peewee.SqliteDatabase, path: Path, rule: BackupRule, version: int) -> None:
    """Make the backup that an upgrade to `version` starts from. The rule for daily ones does not remove it."""
    with connected(orm):
        has_id = orm.table_exists("about")
        ids = orm.execute_sql("SELECT value FROM about WHERE name = 'id'").fetchall() if has_id else []
    mark = mark_of(ids[0][0], path) if ids else ""
    made = _copy(
        orm, path, rule.folder / backup_name(path, right_now(), mark, f"before-version-{version}-{os.getpid()}")
    )
    copy = connection(made, "ro&immutable=1")
    with copy.connection_context():
        is_upgraded = int(copy.pragma("user_version")) >= version
    if is_upgraded:
        made.unlink()  # another program was quicker, and has made the backup too


def _file_of(database: Database) -> tuple[Path, BackupRule]:
    if database.path is None or database.backups is None:
        raise BackupError(Message("A database server is backed up with its own tools"))
    return database.path, database.backups


def _sqlite(database: Database) -> peewee.SqliteDatabase:
    assert isinstance(database.orm, peewee.SqliteDatabase)
    return database.orm


def _copy(orm: peewee.SqliteDatabase, path: Path, target: Path) -> Path:
    """Copy through SQLite to a new file and give it its name when it is whole, proved and on the disk."""
    mode = path.stat().st_mode & 0o660
    with _explained(target):
        make_folder(target.parent, shared=bool(mode & 0o060))
        with beside(target) as new:
            copy_into(orm, new, mode)
            _prove_readable(new)
            put_in_place(new, target)
    return target


def copy_into(orm: peewee.SqliteDatabase, new: Path, mode: int) -> None:
    """Copy a database through SQLite to a file that is not there yet, onto the disk.

    Raises OSError and Peewee's errors.
    """
    make_file(new, mode)
    with connected(orm):
        orm.execute_sql("VACUUM INTO ?", (database_address(new),))
    sync_written(new)


def _prove_readable(path: Path) -> None:
    copy = connection(path, "ro&immutable=1")
    try:
        with copy.connection_context():
            found = copy.execute_sql("PRAGMA integrity_check").fetchall()
    except (peewee.DatabaseError, sqlite3.DatabaseError):  # Peewee hands on as it is what comes while rows are read
        found = []
    if found != [("ok",)]:
        raise BackupError(Message("The backup turned out damaged; run “kvaltui check” on the database"))


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        with explained(str(target)):
            yield
    except FileExistsError:
        raise BackupError(Message("{file} is there already; it was left as it is", file=str(target))) from None
    except (OSError, ValueError) as error:
        raise BackupError(_in_words(error, target)) from None


def _remove_old(rule: BackupRule, path: Path, id_: str, today: date) -> None:
    """Keep the newest daily backups of this database at this place, as many as the rule says, and nobody else's.

    What is called so and holds something else is neither counted nor removed; nor is one whose day has not come.
    """
    mark = mark_of(id_, path)
    kept = 0
    for each in listed(rule.folder, path):
        if not each.is_daily or each.mark != mark or each.day > today:
            continue
        old = rule.folder / each.name
        held = held_by(old, path)
        if held is None or held.id != id_:
            continue
        kept += 1
        if kept > rule.kept_daily:
            old.unlink(missing_ok=True)
