"""An open database: what it is, who writes there, and the transactions in which it is read and written.

How it is opened: `opening.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peewee

from kvaltui.half_made import sweep
from kvaltui.model.message import Message
from kvaltui.store import sqlite_file
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.errors import ReadOnlyDatabase
from kvaltui.store.migrations import SCHEMA_VERSION
from kvaltui.store.reading import Readable

if TYPE_CHECKING:
    from kvaltui.store.device import Device


class DailyBackup:
    """How it went with the backup of the day in this process.

    `problem`: why there is none, None when all is well. `attempts` grows with each answer to that.
    """

    def __init__(self) -> None:
        self.made_on: date | None = None
        self.problem: Message | None = None
        self.attempts = 0
        self.rests_until = 0.0

    def succeeded(self, day: date) -> None:
        """The backup of a day is there."""
        self.made_on, self.problem, self.rests_until = day, None, 0.0
        self.attempts += 1

    def failed(self, problem: Message, rests_until: float) -> None:
        """There is none, and none is tried for before a time of `time.monotonic`."""
        self.problem, self.rests_until = problem, rests_until
        self.attempts += 1


class Database(Readable):
    """An open database, to read and to write. Every thread that uses it gets a connection of its own."""

    def __init__(
        self, orm: peewee.Database, place: str, *, path: Path | None, is_read_only: bool, backups: BackupRule | None
    ) -> None:
        self.orm = orm
        self.place = place
        self.mark = orm.param
        self.path = path
        self.is_read_only = is_read_only
        self.backups = backups
        self.daily = DailyBackup()
        self._is_cleaned_up = False
        self._file = _identity_of(path)
        self._written: tuple[object, int] | None = None

    def close(self) -> None:
        """Close this thread's connection."""
        self.orm.close()

    @cached_property
    def identity(self) -> Device:
        """The device that writes here: this account on this computer with this database, since it was last restored."""
        from kvaltui.store.device import device_at

        return device_at(self.device_place, is_made=not self.is_read_only)

    @property
    def known_identity(self) -> Device:
        """The same, for looking alone: where nothing has been written here yet, none is made."""
        from kvaltui.store.device import device_at

        found: Device | None = vars(self).get("identity")
        return found or device_at(self.device_place, is_made=False)

    @property
    def device_place(self) -> str:
        """What the device is kept by: the database's place, and the restoring that it has come from, if any.

        Every account that writes to a restored database is a new device: what its former one has written there, and
        counted, may be gone.
        """
        restored = self.fetch_sql("SELECT value FROM about WHERE name = 'restored'")
        return "\n".join((self.place, *(str(value) for (value,) in restored)))

    @cached_property
    def device(self) -> str:
        """The name of this copy: the computer's, and a few digits that tell copies on like-named computers apart."""
        return self.identity.name

    @cached_property
    def id(self) -> str:
        """The database's own id, 32 hexadecimal digits: a copy of its file has the same. Raises DatabaseError."""
        found = self.fetch_sql("SELECT value FROM about WHERE name = 'id'")
        return str(found[0][0]) if found else ""

    def data_version(self) -> int:
        """A number that changes when another connection has written. Cheap: to be asked often."""
        return int(self.fetch_sql("PRAGMA data_version")[0][0])

    def execute(self, query: peewee.Node) -> Any:
        """Run a query and return the driver's cursor: rows are plain tuples. Only within `reading` or `writing`."""
        return self.orm.execute(query)

    def execute_sql(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run an SQL text and return the driver's cursor. Only within `reading` or `writing`."""
        return self.orm.execute_sql(sql, values)

    def compile(self, query: peewee.Node) -> tuple[str, list[Any]]:
        """The SQL text of a query and its values in their order."""
        sql, values = self.orm.get_sql_context().sql(query).query()
        return sql, values

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one SQL text with many rows of values. Only within `writing`."""
        self.orm.cursor().executemany(sql, rows)

    def insert(self, sql: str, rows: Sequence[Sequence[Any]]) -> int:
        """Run the SQL text of an insertion with rows of values, and return the last one's number.

        Only within `writing`.
        """
        self.execute_many(sql, rows[:-1])
        return int(self.execute_sql(sql, rows[-1]).lastrowid)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the database throughout. Raises DatabaseError."""
        with self._explained():
            if self.orm.in_transaction():
                yield
                return
            with self._snapshot():
                yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that locks at its start: committed at the end, or rolled back when anything is raised.

        Raises DatabaseError; ReadOnlyDatabase when nothing can be written.
        """
        if self.is_read_only:
            raise ReadOnlyDatabase(Message("{file} is open for reading only", file=self.place))
        self._clean_up()
        with self._explained(), self._lock():
            yield

    def _clean_up(self) -> None:
        """Before the first change: remove what a killed program has left half made beside the database."""
        if self.path is not None and not self._is_cleaned_up:
            self._is_cleaned_up = True
            sweep(self.path.parent)

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        with self.orm.atomic("DEFERRED"):
            yield

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with self.orm.atomic("IMMEDIATE"):
            if self.path is not None:
                self._look_who_writes(self.path)
            yield

    def _look_who_writes(self, path: Path) -> None:
        """Where others have written, see what may be another now: after a backup has been restored, this device is.

        A later version of the program may have upgraded the file while this one had it open.
        """
        written = (self.orm.connection(), self.data_version())  # each connection counts for itself
        if written != self._written:
            if self.fetch_sql("PRAGMA user_version") != [(SCHEMA_VERSION,)]:
                raise sqlite_file.newer(path, sqlite_file.made_by(self.fetch_sql))
            self._written = written
            self._forget_who_it_is()

    def _forget_who_it_is(self) -> None:
        for name in ("identity", "device", "id"):
            self.__dict__.pop(name, None)

    def is_replaced(self) -> bool:
        """Whether another file has been put in this one's place since it was opened: who reads here reads the old."""
        return self.path is not None and _identity_of(self.path) not in (self._file, None)

    def open_again(self) -> None:
        """Open, on this thread, the file that lies in its place now. Raises DatabaseError, once for each such file."""
        assert self.path is not None
        self._file = _identity_of(self.path)
        sqlite_file.inspect(self.path)
        self._forget_who_it_is()
        with self._explained():
            self.orm.close()
            self.orm.connect()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """A connection of this thread, and the driver's errors in words."""
        with super()._explained(), connected(self.orm):
            yield


@contextmanager
def connected(orm: peewee.Database) -> Iterator[None]:
    """A connection of this thread, the one that it has or one for the moment."""
    if orm.is_closed():
        with orm.connection_context():
            yield
    else:
        yield


def _identity_of(path: Path | None) -> tuple[int, int] | None:
    """What tells a file from another that is put in its place; None where there is none."""
    try:
        status = path.stat() if path is not None else None
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status is not None else None
