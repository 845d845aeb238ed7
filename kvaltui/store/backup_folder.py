"""The folder of the backups: how they are named, whose they are, and when the last good one was made.

Nothing here needs Peewee: `status` asks too.

A backup is called `<name>-<day>[T<time>][-<what for>]-<id>-<place>.db`, in the reader's local time: `<id>` begins the
database's id, `<place>` is a digest of where it lies, so that two databases, and two copies of one, may share a folder.
Whose a file is says its content, never its name alone (docs/files.md, Backups).
"""

from __future__ import annotations

import os
import sqlite3
import stat
import zlib
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store.errors import DatabaseError
from kvaltui.store.reading import Readable
from kvaltui.store.sqlite_file import APPLICATION_ID, connect
from kvaltui.system.accounts import computer_id
from kvaltui.system_error import explain

FIRST_WITH_ID = 2
"""The first version of the schema in which a database has an id."""
_TIME, _MARK = len("081402"), len("0f3c9a1b-7d2e41c5")
_HEXADECIMAL = frozenset("0123456789abcdef")
MOST_ENTRIES = 50_000
"""So many entries of a folder are looked at, whoever has filled it."""
MOST_LOOKS = 20
"""So many files are opened to find the last good backup: others' may bear names like ours."""


@dataclass(frozen=True, slots=True)
class BackupRule:
    """Where backups are put, and how many of the daily ones are kept (0 = none are made)."""

    folder: Path
    kept_daily: int = 14


@dataclass(frozen=True, slots=True)
class BackupName:
    """What the name of a backup says. `time` is "081400", "" for a daily one; `mark` is "" in the former naming."""

    name: str
    day: date
    time: str
    what: str
    mark: str

    @property
    def is_daily(self) -> bool:
        """Whether it is one of those that the rule counts, and removes in the end."""
        return not self.time and not self.what and bool(self.mark)


@dataclass(frozen=True, slots=True)
class HeldBackup:
    """What a backup holds: the database's id ("" before there were any), and the journal's last revision."""

    id: str
    position: int
    revision: str


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The last good backup of a database.

    `day` and `time` ("08:14", "" where it is not known) say when it was made; None: there is none. `is_off`: a person
    has chosen to have none. `wanted` is the last day with changes when there is none from it, and `problem` why the
    folder cannot be looked into.
    """

    day: date | None = None
    time: str = ""
    is_off: bool = False
    wanted: date | None = None
    problem: Message | None = None


def mark_of(id_: str, path: Path) -> str:
    """What tells the backups of one database at one place from all others in the folder."""
    place = f"{computer_id()}\n{os.path.realpath(path)}"
    # It tells a few places apart and guards nothing. `hashlib` would cost `status` more than all else here.
    return f"{id_[:8]}-{zlib.crc32(place.encode(errors='surrogatepass')):08x}"


def backup_name(path: Path, when: str, mark: str, what: str = "") -> str:
    """The name of a backup of the database at `path`; `when` is a day, or a day and a time."""
    return f"{'-'.join(part for part in (path.stem, when, what, mark) if part)}{path.suffix}"


def listed(folder: Path, path: Path) -> list[BackupName]:
    """The ordinary files that are called as backups of a database like this one are, the newest first.

    Links and whatever else lies there are passed by. Raises OSError; a folder that is not there holds none.
    """
    found = []
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return []
    with entries:
        for entry in islice(entries, MOST_ENTRIES):
            name = _read_name(entry.name, path)
            if name is not None and entry.is_file(follow_symlinks=False):
                found.append(name)
    return sorted(found, key=lambda each: (each.day, each.time, each.name), reverse=True)


def _read_name(name: str, path: Path) -> BackupName | None:
    """What the name of a file says, if it is called as backups of the database at `path` are.

    Read by hand: compiling a pattern would cost `status` more than looking into the folder.
    """
    if not name.startswith(f"{path.stem}-") or not name.endswith(path.suffix):
        return None
    text = name[len(path.stem) + 1 : len(name) - len(path.suffix)]
    day, rest = _day(text[:10]), text[10:]
    time = ""
    if rest.startswith("T"):
        time, rest = rest[1:7], rest[7:]
    if day is None or (rest and rest[0] != "-") or (time and not (len(time) == _TIME and time.isdecimal())):
        return None
    what, mark = rest[1:], ""
    if _is_mark(rest[-_MARK:]):
        what, mark = rest[1:-_MARK].rstrip("-"), rest[-_MARK:]
    return BackupName(name, day, time, what, mark)


def _is_mark(text: str) -> bool:
    id_, between, place = text[:8], text[8:9], text[9:]
    return between == "-" and len(text) == _MARK and set(id_ + place) <= _HEXADECIMAL


def held_by(file: Path, database: Path) -> HeldBackup | None:
    """What the backup at `file` holds; None for what is no whole backup of a database of ours, or is the live one."""
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode) or not status.st_size or _is_same(status, database):
            return None
        with closing(connect(file, "ro&immutable=1")) as looking:
            ((application_id,),) = looking.execute("PRAGMA application_id")
            ((version,),) = looking.execute("PRAGMA user_version")
            if application_id != APPLICATION_ID:
                return None
            id_ = ""
            if version >= FIRST_WITH_ID:
                ((id_,),) = looking.execute("SELECT value FROM about WHERE name = 'id'")
            ((position, revision),) = looking.execute(
                "SELECT sequence, id FROM revision ORDER BY sequence DESC LIMIT 1"
            )
            return HeldBackup(str(id_), int(position), str(revision))
    except (OSError, sqlite3.Error, ValueError, TypeError, DatabaseError):
        return None


@dataclass(frozen=True, slots=True)
class Restorable:
    """A file that `restore` takes: its name, when it was made, and what for ("" for one of the day or by hand)."""

    name: BackupName
    time: str
    is_of_another: bool


def restorable(rule: BackupRule, path: Path, id_: str, most: int) -> list[Restorable]:
    """What lies in the folder of the backups to be restored, of the former naming too, the newest first, at `most`.

    `id_` is the database's id, "" where it cannot be asked. Raises OSError.
    """
    found = []
    for each in listed(rule.folder, path):
        held = held_by(rule.folder / each.name, path)
        if held is not None:
            is_of_another = bool(id_ and held.id and held.id != id_)
            found.append(Restorable(each, _time_of(rule.folder / each.name, each), is_of_another))
            if len(found) == most:
                break
    return found


def last_backup(database: Readable, path: Path, rule: BackupRule, today: date) -> LastBackup:
    """When the last good backup of an open database was made, and whether that is late.

    It is late when there is none from the last day with changes, as there is when all goes well: it is made before the
    first change of a day. Only the very first change of a database has nothing before it to keep. Raises DatabaseError.
    """
    if rule.kept_daily <= 0:
        return LastBackup(is_off=True)
    with database.reading():
        journal = _Journal(database)
        try:
            found = _last_good(journal, path, rule.folder, today)
        except (OSError, ValueError) as error:
            problem = explain(error) if isinstance(error, OSError) else Message("the name is not a possible one")
            told = Message("{file} cannot be read: {problem}", file=str(rule.folder), problem=problem)
            return LastBackup(wanted=journal.last_day(today), problem=told)
        wanted = journal.last_day(today)
    if found is None:
        return LastBackup(wanted=wanted)
    is_late = wanted is not None and found.day < wanted
    return LastBackup(found.day, _time_of(rule.folder / found.name, found), wanted=wanted if is_late else None)


def _last_good(journal: _Journal, path: Path, folder: Path, today: date) -> BackupName | None:
    """Of those whose day has come (with a day's margin for one who has travelled): the newest that holds what is ours.

    This database's own by their marks go first: then none need be opened but one.
    """
    mark = mark_of(journal.id, path)
    latest = today + timedelta(days=1)
    names = [each for each in listed(folder, path) if each.day <= latest]
    own = [each for each in names if each.mark == mark]
    others = [each for each in names if each.mark != mark]
    for each in (*own[:MOST_LOOKS], *others[:MOST_LOOKS]):
        held = held_by(folder / each.name, path)
        if held is None or held.id not in ("", journal.id):
            continue
        if (each.mark == mark and held.id) or journal.is_kept_in(held):
            return each
    return None


class _Journal:
    """What the journal of an open database says of its days. Only within `reading`."""

    _WHEN = "CASE received_at WHEN '' THEN here_at ELSE received_at END"

    def __init__(self, database: Readable) -> None:
        self._database = database
        self.id = str(self._first("SELECT value FROM about WHERE name = 'id'") or "")

    def last_day(self, today: date) -> date | None:
        """The last day with changes, no later than today; None where there has been but one change."""
        first = self._first(f"SELECT {self._WHEN} FROM revision ORDER BY sequence LIMIT 1")
        last = self._first(f"SELECT {self._WHEN} FROM revision ORDER BY sequence DESC LIMIT 1")
        return None if first == last else min(_local_day(last) or today, today)

    def is_kept_in(self, held: HeldBackup) -> bool:
        """Whether a backup from before there were marks, or of this database at another place, holds all but today's.

        It ends with a revision of this journal, and what came after that is of the last day with changes.
        """
        mark = self._database.mark
        sql = f"SELECT id FROM revision WHERE sequence = {mark}"
        if self._first(sql, held.position) != held.revision:
            return False
        sql = f"SELECT {self._WHEN} FROM revision WHERE sequence > {mark} ORDER BY sequence LIMIT 1"
        after = self._first(sql, held.position)
        last = self._first(f"SELECT {self._WHEN} FROM revision ORDER BY sequence DESC LIMIT 1")
        return after is None or _local_day(after) == _local_day(last)

    def _first(self, sql: str, *values: object) -> object:
        rows = self._database.fetch_sql(sql, values)
        return rows[0][0] if rows else None


def _local_day(moment: object) -> date | None:
    """The day, as the reader counts days, of a time in the journal; None for one that is none."""
    try:
        return datetime.fromisoformat(str(moment)).astimezone().date()
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> date | None:
    if text[4:5] != "-" or text[7:8] != "-" or not text.isascii():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _time_of(file: Path, found: BackupName) -> str:
    """The time of the day when a backup was made: by its name, or for a daily one by the file's own time."""
    if found.time:
        return f"{found.time[:2]}:{found.time[2:4]}"
    try:
        made = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    except (OSError, ValueError, OverflowError):
        return ""
    return f"{made:%H:%M}" if made.date() == found.day else ""


def _is_same(status: os.stat_result, database: Path) -> bool:
    """Whether a file is the live database under another name, which nobody but SQLite may open."""
    try:
        return os.path.samestat(status, database.stat())
    except OSError:
        return False
