"""How long another program's lock is waited for, and what is done meanwhile: each thread has its own way.

Without one, a connection waits in SQLite for `sqlite_file.BUSY_TIMEOUT`, and nothing else happens in the thread. With
one, SQLite waits for a moment only, and then the way is asked whether to try again: it may say that something is waited
for, or give the thread to somebody else.
"""

from __future__ import annotations

from _thread import _local  # what threading.local is: importing threading would cost `status` more than this whole file
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MOMENT = 0.05
"""Seconds that SQLite waits by itself where there is a way: the writing of another program is over by then."""

Way = Callable[[float], bool]
"""Is told how many seconds have been waited for, and says whether to try again. It may raise something instead."""


class DatabaseHeld(Exception):
    """Another program holds the database, and this thread does not stand still for it: what was begun is to be begun
    again. Nothing has been changed.

    No KvaltuiError: it is no refusal, and passes by those who tell of refusals.
    """


class _Here(_local):
    way: Way | None = None
    commits: int = 0


here = _Here()
"""How this thread waits, and how many changes it has committed."""


@contextmanager
def waiting_by(way: Way) -> Iterator[None]:
    """Within it, this thread waits in a way of its own."""
    before = here.way
    here.way = way
    try:
        yield
    finally:
        here.way = before


def not_at_all(_waited: float) -> bool:
    """A way: what is held is told at once as a DatabaseBusy."""
    return False
