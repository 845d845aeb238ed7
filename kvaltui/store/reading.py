"""Reading: what a reader asks of an open database, and a file opened for a command that reads it and then ends.

Such a command, `status` above all, goes by SQLite's own driver: importing Peewee would be a third of what it may cost
(docs/decisions/reading-without-peewee.md).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kvaltui.model.message import Message
from kvaltui.server_address import is_address
from kvaltui.store import sqlite_file
from kvaltui.store.errors import NoDatabase, explained
from kvaltui.store.migrations import SCHEMA_VERSION


class Readable:
    """An open database as a reader sees it. Close it, or use it in a `with`.

    `place` names it in messages; `mark` stands where a value is to be put into an SQL text.
    """

    place: str
    mark: str

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        raise NotImplementedError

    def reading(self) -> AbstractContextManager[None]:
        """See one state of the database throughout. Raises DatabaseError."""
        raise NotImplementedError

    def execute_sql(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run an SQL text and return the driver's cursor: rows are plain tuples. Only within `reading`."""
        raise NotImplementedError

    def fetch_sql(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of an SQL text as plain tuples."""
        with self._explained():
            return list(self.execute_sql(sql, values).fetchall())

    def end(self) -> tuple[int, str]:
        """The number and the id of the journal's last revision; 0 and "" when it is empty."""
        rows = self.fetch_sql("SELECT sequence, id FROM revision ORDER BY sequence DESC LIMIT 1")
        return (int(rows[0][0]), str(rows[0][1])) if rows else (0, "")

    def position(self) -> int:
        """The sequence number of the journal's last revision, 0 when it is empty."""
        return int(self.fetch_sql("SELECT max(sequence) FROM revision")[0][0] or 0)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """The driver's errors in words."""
        with explained(self.place):
            yield


class FileToRead(Readable):
    """A database file of the current version, open for reading on the thread that opened it."""

    mark = "?"

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.place = str(path)
        # Where that is allowed, as a writer: only such a one can roll back what a crash has left.
        is_allowed = not read_only and sqlite_file.can_be_written(path)
        self._connection = sqlite_file.connect(path, "rw" if is_allowed else "ro")
        try:
            with self._explained():
                self._connection.execute("PRAGMA query_only = 1")
                # The first look at the file rolls back, and finds out whether the file is whole.
                self._connection.execute("SELECT count(*) FROM sqlite_master")
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def execute_sql(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run an SQL text and return the driver's cursor: rows are plain tuples. Only within `reading`."""
        return self._connection.execute(sql, values)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the database throughout. Raises DatabaseError."""
        with self._explained():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.rollback()


def open_to_read(location: str, *, read_only: bool = False) -> Readable | None:
    """Open the database file at a path for a command that only reads.

    With `read_only`, what a crash has left is refused and not rolled back, as by `open_database`. None for what must be
    opened as that does: a server, and a file of an earlier version, to be upgraded.
    Raises DatabaseError, of the kind that tells what is wrong; what lies at the path is left as it was.
    """
    if is_address(location):
        return None
    path = Path(location).absolute()
    if not sqlite_file.is_there(path):
        raise NoDatabase(Message("There is no database at {file}", file=str(path)))
    return FileToRead(path, read_only=read_only) if sqlite_file.inspect(path) == SCHEMA_VERSION else None
