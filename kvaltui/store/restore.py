"""Putting a backup in the place of the database: proved first, and what it replaces is kept.

What lies there decides how:

- **A database** that can be locked is written into, page by page, by SQLite's own backup under one exclusive lock: all
  or nothing by SQLite's journal, also when the program is killed. The file stays the same one, so that links and second
  names lead to it as before, nobody's figure goes into a file that nobody reads, and every open window sees it.
- **Garbage** cannot be locked, and nobody can write to it: what is damaged is copied aside, with what SQLite had
  beside it, and the restored file is put in its place by a rename.
- **Nothing**: the restored file is put there.
- **Anything else** (another program's database, a folder, a device) is refused and left as it is.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import Enum, auto
from pathlib import Path

from kvaltui.half_made import beside
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store import device
from kvaltui.store.author import Author
from kvaltui.store.backup import copy_into, right_now
from kvaltui.store.backup_folder import FIRST_WITH_ID, BackupRule, backup_name, mark_of
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.errors import (
    BackupError,
    DamagedDatabase,
    DatabaseError,
    ForeignBackup,
    NotADatabase,
    explain,
    explained,
)
from kvaltui.store.journal import note
from kvaltui.store.opening import open_database
from kvaltui.store.origin import How, Origin
from kvaltui.store.plans import list_plans
from kvaltui.store.sqlite_file import (
    companions,
    connect,
    connection,
    inspect,
    is_there,
    is_whole_database,
    make_file,
    make_folder,
    put_in_place,
    sync_folder,
)
from kvaltui.store.statements import sign_own
from kvaltui.system_error import explain as explain_system_error

_FIRST_REVISION = "SELECT id FROM revision ORDER BY sequence LIMIT 1"


class _Found(Enum):
    DATABASE = auto()
    GARBAGE = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class _Target:
    """What is restored: the database as it is called, the file that its name leads to, and where backups go."""

    place: Path
    file: Path
    backups: BackupRule


def restore(
    location: Path, source: Path, *, by: Author, backups: BackupRule | None = None, accept_other: bool = False
) -> Path | None:
    """Put the backup `source` in the place of the database at `location`; return where what lay there is kept now.

    The backup is copied, upgraded when it is of an earlier version, and proved as `check` does, before anything else is
    touched; it stays where it is. What lay at `location` is kept among the backups, made first (None: nothing lay
    there). Programs that have it open see the change. The history of each plan tells of the restoring, and this
    account on this computer is a new device from then on: its former one may have written what is gone now.
    Raises ForeignBackup for a backup of another database, unless `accept_other`; BackupError and other DatabaseErrors;
    everything is then as it was.
    """
    place, source = location.absolute(), source.absolute()
    target = _Target(place, Path(os.path.realpath(place)), backups or BackupRule(place.parent / "backups"))
    has_id = inspect(source) >= FIRST_WITH_ID
    found = _what_lies_at(place)
    if found is not _Found.NOTHING and source.samefile(target.file):
        raise BackupError(Message("{file} is the database itself, not a backup of it", file=str(source)))
    with _explained(place):
        make_folder(target.file.parent, shared=False)
        with beside(target.file) as new:
            _copy_proved(source, new, _mode(target.file))
            if found is _Found.DATABASE and not _is_of(new, target.file, has_id=has_id) and not accept_other:
                raise _foreign(new, source)
            _tell(new, place, by, source)
            return _put(new, target, found)


def _what_lies_at(location: Path) -> _Found:
    """Raises NotADatabase for what is not ours to replace, NewerDatabase, DatabaseBusy."""
    if not is_there(location):
        return _Found.NOTHING
    try:
        inspect(location)
        with closing(connect(location, "rw")) as live:
            live.execute("BEGIN IMMEDIATE")
            live.execute("SELECT count(*) FROM sqlite_master")
            live.execute("ROLLBACK")
    except sqlite3.Error as error:
        explained = explain(error, str(location))
        if not isinstance(explained, NotADatabase | DamagedDatabase):
            raise explained or error from error
        return _Found.GARBAGE
    except (NotADatabase, DamagedDatabase):
        # A damaged database of ours cannot be told from garbage, and is what restoring is for. Another program's
        # database, a folder or a device is not for us to move.
        if is_whole_database(location) or not location.is_file():
            raise
        return _Found.GARBAGE
    return _Found.DATABASE


def _mode(location: Path) -> int:
    try:
        return location.stat().st_mode & 0o660
    except OSError:
        return 0o600


def _copy_proved(source: Path, new: Path, mode: int) -> None:
    """Copy the backup to a file that only we know of, bring it to the current version, and prove it."""
    with explained(str(source)):
        copy_into(connection(source, "ro"), new, mode)
    with _private(new) as copy:
        faults = [fault for fault in check(copy, files=False) if fault.is_damage]
        if faults:
            raise BackupError(
                Message("The backup {file} is not whole: {problem}", file=str(source), problem=faults[0].what)
            )


def _is_of(new: Path, location: Path, *, has_id: bool) -> bool:
    """Whether a backup, copied to `new`, is of the database at `location`.

    One from before databases had ids is when its journal begins with the same revision; it gets the id. A database in
    which nothing has been written yet gives way to any.
    """
    with closing(connect(location, "ro")) as live:
        try:
            first = live.execute(_FIRST_REVISION).fetchall()
            has_about = live.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchall()
            ids = live.execute("SELECT value FROM about WHERE name = 'id'").fetchall() if has_about else []
        except sqlite3.Error:
            return True  # damaged, though it can be locked: it says no more of whose it is than garbage does
    with _private(new) as copy:
        if not first or (has_id and ids):
            return not first or ids[0][0] == copy.id
        is_same = copy.fetch_sql(_FIRST_REVISION) == first
        if is_same and ids:
            with copy.writing():
                copy.execute_sql("UPDATE about SET value = ? WHERE name = 'id'", ids[0])
        return is_same


def _foreign(new: Path, source: Path) -> ForeignBackup:
    with _private(new) as copy:
        plans = ", ".join(plan.title for plan in list_plans(copy)) or "–"
    return ForeignBackup(
        Message(
            "{file} is a backup of another database, with {plans}; {option} puts it here all the same",
            file=str(source),
            plans=plans,
            option="--force",
        )
    )


def _tell(new: Path, place: Path, by: Author, source: Path) -> None:
    """Let the history tell of the restoring, as written where the copy is going: by a new device, as all are from now.

    What a device there has written and counted may be gone, and must not be counted so again. What this account has
    written in the backup is signed first: its device, the only one that can, writes no more after this, and nobody else
    could otherwise be shown who wrote what has not gone out in a bundle.
    """
    with _private(new) as copy:
        going = _going(copy, place)
        if going.known_identity.secret is not None:
            for plan in list_plans(going):
                sign_own(going, plan.key)
        with copy.writing():
            copy.execute_sql("INSERT OR REPLACE INTO about VALUES ('restored', ?)", [os.urandom(16).hex()])
        note(_going(copy, place), by=by, origin=Origin(How.RESTORE, source.name))


def _going(copy: Database, place: Path) -> Database:
    """The copy as whoever writes where it is going has it open."""
    return Database(copy.orm, str(place), path=None, is_read_only=False, backups=None)


def _put(new: Path, target: _Target, found: _Found) -> Path | None:
    if found is _Found.DATABASE:
        return _write_into(target, new)
    kept = _keep_garbage(target) if found is _Found.GARBAGE else None
    for left in companions(target.file):
        # What a crash has left, and of use only to the file that it belongs to: SQLite would take it for the new one's.
        left.unlink(missing_ok=True)
    if kept is None:
        put_in_place(new, target.file)
    else:
        new.replace(target.file)
        sync_folder(target.file.parent)
    return kept


def _write_into(target: _Target, new: Path) -> Path:
    """Keep what stands in the database, then write the copy into it, both under one lock that lets nobody between."""
    with explained(str(target.file)), closing(connect(target.file, "rw")) as live:
        for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "locking_mode = EXCLUSIVE"):
            live.execute(f"PRAGMA {pragma}").fetchall()
        # From here on the file is locked until this connection says otherwise, also between transactions.
        live.execute("BEGIN EXCLUSIVE")
        live.execute("COMMIT")
        kept = _keep_database(live, target)
        with closing(connect(new, "ro")) as copy:
            copy.backup(live)
        live.execute("PRAGMA locking_mode = NORMAL").fetchall()
        live.execute("PRAGMA journal_mode = DELETE").fetchall()
        live.execute("SELECT count(*) FROM sqlite_master").fetchall()
    return kept


def _keep_database(live: sqlite3.Connection, target: _Target) -> Path:
    """Copy what stands in a database that is locked, page by page, whatever is on them."""
    with _kept_beside(target) as new:
        make_file(new, _mode(target.file))
        with closing(connect(new, "rw")) as copy:
            live.backup(copy)
            is_whole = _asked(copy, "PRAGMA integrity_check") == "ok"
            id_ = _asked(copy, "SELECT value FROM about WHERE name = 'id'")
        mark = mark_of(id_, target.place) if id_ else ""
        return _named(new, target, "replaced" if is_whole else "replaced-damaged", mark)


def _asked(database: sqlite3.Connection, sql: str) -> str:
    """The first answer to a question, "" where there is none or it cannot be answered."""
    try:
        found = database.execute(sql).fetchone()
    except sqlite3.Error:
        return ""
    return str(found[0]) if found else ""


def _keep_garbage(target: _Target) -> Path:
    """Copy what is no database any more, and what SQLite had beside it, byte for byte: nobody can have it open."""
    with _kept_beside(target) as new:
        _copy_bytes(target.file, new)
        kept = _named(new, target, "replaced-damaged", "")
    for left in companions(target.file):
        if left.is_file():
            with beside(kept) as new:
                _copy_bytes(left, new)
                put_in_place(new, kept.with_name(f"{kept.name}{left.name.removeprefix(target.file.name)}"))
    return kept


@contextmanager
def _kept_beside(target: _Target) -> Iterator[Path]:
    """Where what is kept is made, in the folder of the backups."""
    make_folder(target.backups.folder, shared=bool(_mode(target.file) & 0o060))
    with beside(target.backups.folder / target.place.name) as new:
        yield new


def _copy_bytes(old: Path, new: Path) -> None:
    make_file(new, _mode(old))
    with old.open("rb") as read, new.open("wb") as write:
        shutil.copyfileobj(read, write)
        write.flush()
        os.fsync(write.fileno())


def _named(new: Path, target: _Target, what: str, mark: str) -> Path:
    """Give what is kept a name that nothing has: several may be made within a second."""
    when, number = right_now(), 1
    while True:
        told = what if number == 1 else f"{what}-{number}"
        kept = target.backups.folder / backup_name(target.place, when, mark, told)
        try:
            put_in_place(new, kept)
        except FileExistsError:
            number += 1
        else:
            return kept


@contextmanager
def _private(path: Path) -> Iterator[Database]:
    """The copy that only we know of, brought to the current version where it is of an earlier one; no backups of it."""
    from kvaltui.store.migrate import migrate

    migrate(path, None)
    with open_database(path, backups=BackupRule(path.parent, kept_daily=0)) as copy:
        yield copy
    device.forget(str(path))  # nobody will ever write there


@contextmanager
def _explained(location: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = explain_system_error(error)
        raise DatabaseError(
            Message("{file} cannot be restored: {problem}", file=str(location), problem=problem)
        ) from None
