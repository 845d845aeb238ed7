"""Backups: made by hand and by themselves, proved, kept by a rule, and restored."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import peewee

from kvaltui.half_made import beside
from kvaltui.model.message import Message
from kvaltui.store.database import BackupRule, Database
from kvaltui.store.errors import BackupError, DatabaseError, explain
from kvaltui.store.sqlite_file import connection, make_file, make_folder, put_in_place
from kvaltui.system_error import explain as explain_system_error

_log = logging.getLogger(__name__)
_DAY = r"\d{4}-\d\d-\d\d"


def backup(database: Database, target: Path | None = None) -> Path:
    """Make a backup, proved and on the disk, and return where it is. Others go on reading and writing meanwhile.

    Without `target` it goes to the folder of the backups, named after the time. Raises BackupError, also when something
    lies at `target` already.
    """
    path, rule = _file_of(database)
    if target is None:
        target = _named(rule.folder, path, f"{datetime.now():%Y-%m-%dT%H%M%S}")  # noqa: DTZ005 - the reader's time
    return _copy(_sqlite(database), path, target.absolute())


def backup_of_the_day(database: Database) -> None:
    """Before the first change of a day: make the day's backup, and remove those that the rule no longer keeps.

    A backup that fails is logged; it never hinders the change.
    """
    if database.path is None or database.backups is None or database.is_read_only:
        return
    today = date.today().isoformat()  # noqa: DTZ011 - a day as the reader counts it
    if database.backed_up_on == today:
        return
    database.backed_up_on = today
    rule = database.backups
    target = _named(rule.folder, database.path, today)
    try:
        if rule.kept_daily > 0 and not target.exists() and database.position() > 0:
            _copy(_sqlite(database), database.path, target)
            _remove_old(rule, database.path)
    except (DatabaseError, OSError) as error:
        _log.warning("no backup of the day: %s", error)


def backup_before_migration(orm: peewee.SqliteDatabase, path: Path, rule: BackupRule, version: int) -> None:
    """Make the backup that an upgrade to `version` starts from. The rule for daily ones does not remove it."""
    when = f"{datetime.now():%Y-%m-%dT%H%M%S}"  # noqa: DTZ005 - the reader's time
    made = _copy(orm, path, _named(rule.folder, path, f"{when}-before-version-{version}-{os.getpid()}"))
    copy = connection(made, "ro&immutable=1")
    with copy.connection_context():
        is_upgraded = int(copy.pragma("user_version")) >= version
    if is_upgraded:
        made.unlink()  # another program was quicker, and has made the backup too


def _named(folder: Path, path: Path, what: str) -> Path:
    return folder / f"{path.stem}-{what}{path.suffix}"


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
    with _connected(orm):
        orm.execute_sql("VACUUM INTO ?", (new.as_uri(),))
    _sync(new)


@contextmanager
def _connected(orm: peewee.SqliteDatabase) -> Iterator[None]:
    if orm.is_closed():
        with orm.connection_context():
            yield
    else:
        yield


def _prove_readable(path: Path) -> None:
    copy = connection(path, "ro&immutable=1")
    with copy.connection_context():
        if copy.execute_sql("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise BackupError(Message("The backup turned out damaged; run “kvaltui check” on the database"))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise BackupError(Message("{file} is there already; it was left as it is", file=str(target))) from None
    except OSError as error:
        problem = explain_system_error(error)
        raise BackupError(Message("{file} cannot be made: {problem}", file=str(target), problem=problem)) from None
    except peewee.PeeweeException as error:
        raise explain(error, str(target)) or error from error


def _remove_old(rule: BackupRule, path: Path) -> None:
    name = re.compile(re.escape(path.stem) + "-" + _DAY + re.escape(path.suffix))
    daily = sorted(each for each in rule.folder.iterdir() if name.fullmatch(each.name))
    for old in daily[: -rule.kept_daily]:
        old.unlink(missing_ok=True)
