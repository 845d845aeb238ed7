"""SQLite's connection for a thread that has a way of its own to wait for other programs' locks (`patience`)."""

from __future__ import annotations

import sqlite3
from _weakrefset import WeakSet  # as weakref has it, whose import costs `status` more
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any, TypeVar

from kvaltui.store.patience import MOMENT, here

Result = TypeVar("Result")
_BUSY = 5
"""SQLite's primary result code for a lock that somebody else holds (sqlite.org/rescode.html)."""


class PatientCursor(sqlite3.Cursor):
    """A cursor whose statements are tried again while the thread's way says so."""

    connection: PatientConnection

    def execute(self, sql: str, values: Any = ()) -> PatientCursor:
        """As the driver's; raises what the thread's way raises while it waits."""
        try:
            done = super().execute(sql, values)
        except sqlite3.OperationalError as error:
            done = _again(partial(super().execute, sql, values), error)
        if sql in ("COMMIT", "ROLLBACK"):  # as Peewee ends a transaction
            self.connection.note_end(is_stored=sql == "COMMIT")
        return done


class PatientConnection(sqlite3.Connection):
    """A connection that counts what it commits, and whose statements, commits among them, are tried again.

    A commit that meets a reader's lock leaves the transaction as it is, to be committed later.
    """

    _changes = 0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, factory: Any = PatientCursor) -> Any:
        """As the driver's."""
        made = super().cursor(factory)
        self._cursors.add(made)
        return made

    def close(self) -> None:
        """As the driver's, and at once: a cursor that an error still refers to would keep the connection's locks."""
        for cursor in list(self._cursors):
            cursor.close()
        super().close()

    def __del__(self) -> None:
        """Closed with the thread that it belonged to: each has one, and one that ends does not say so (Peewee).

        The driver would warn of it, from Python 3.13 on, though nothing is lost: what is not committed is not to be.
        """
        with suppress(sqlite3.Error):  # one that could not be opened, or was another thread's, is left to the driver
            super().close()

    def execute(self, sql: str, values: Any = ()) -> PatientCursor:
        """As the driver's, with a cursor of its own."""
        cursor: PatientCursor = self.cursor()
        return cursor.execute(sql, values)

    def note_end(self, *, is_stored: bool) -> None:
        """Count the end of a transaction that has changed something, where that is stored."""
        if is_stored and self.total_changes != self._changes:
            here.commits += 1
        self._changes = self.total_changes


def _again(attempt: Callable[[], Result], error: sqlite3.OperationalError) -> Result:
    """Attempt what has failed once more, as long as it fails for a lock and the thread's way says so."""
    began = monotonic() - MOMENT
    while error.sqlite_errorcode & 0xFF == _BUSY and here.way is not None and here.way(monotonic() - began):
        try:
            return attempt()
        except sqlite3.OperationalError as again:
            error = again
    raise error
