"""Changes that take so long that a person may think better of them: dropped before the commit, they never were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.store.backup import backup_of_the_day
from kvaltui.store.database import Database


class Dropped(KvaltuiError):
    """The person did not want the change any more. Nothing was stored."""


@contextmanager
def writing_unless(database: Database, is_dropped: Callable[[], bool]) -> Iterator[None]:
    """One transaction around what is written in it, asked for the last time just before its commit.

    Raises Dropped when `is_dropped` says so, after everything in it has been rolled back; DatabaseError.
    """
    backup_of_the_day(database)  # a copy cannot be made within a transaction
    with database.writing():
        yield
        if is_dropped():
            raise Dropped(Message("Stopped: nothing has been changed"))


class _OnlyTried(Exception):
    """Ends a transaction that was to change nothing."""


@contextmanager
def only_tried(database: Database) -> Iterator[None]:
    """One transaction around what is written in it, rolled back at its end: to see what it would do.

    Raises DatabaseError.
    """
    with suppress(_OnlyTried), database.writing():
        yield
        raise _OnlyTried
