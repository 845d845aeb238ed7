"""Another program that holds the database: a process of its own, which lets go when it is told to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLDER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute(sys.argv[2])
if sys.argv[2] == "BEGIN":
    database.execute("SELECT count(*) FROM revision").fetchall()
print("held", flush=True)
sys.stdin.read()
database.rollback()
"""

_LONGEST = 30.0
"""Seconds that a process may take to end."""


class Holder:
    """Holds the lock from its beginning until `let_go`."""

    def __init__(self, path: Path, how: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _HOLDER, str(path), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "held\n"

    def let_go(self) -> None:
        """Give the lock back; it is free when this returns."""
        if self._process.poll() is None:
            self._process.communicate(timeout=_LONGEST)
        assert self._process.returncode == 0


@contextmanager
def held(path: Path, how: str = "BEGIN EXCLUSIVE") -> Iterator[Holder]:
    """The database is held within it, or until it is let go: with "BEGIN" as by a reader, who keeps commits waiting."""
    holder = Holder(path, how)
    try:
        yield holder
    finally:
        holder.let_go()
