"""Upgrades that are killed before each of their statements: python -m tests.upgrades.killed FILE FOLDER STEP.

The program is loaded once and forked for each; every STEP-th statement gets its own copy of FILE in FOLDER, called by
the number of the statement before which its process was killed. The last one is not killed. Prints how many there are.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import peewee

from kvaltui.store.opening import open_database
from tests.processes import exit_code


class Mortal:
    """Counts the statements of this process, which dies before the one with the number `statement`."""

    def __init__(self, statement: int) -> None:
        self.left = statement

    def watch(self, connection: sqlite3.Connection) -> None:
        """Count what a connection does from now on."""
        connection.set_trace_callback(self.count)

    def count(self, _statement: str) -> None:
        """Count a statement that is about to begin."""
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def watched(mortal: Mortal) -> Iterator[None]:
    """Let it count the statements of every connection that Peewee opens."""
    connects = peewee.SqliteDatabase.connect

    def connect(orm: peewee.SqliteDatabase, *arguments: bool) -> object:
        done: object = connects(orm, *arguments)
        mortal.watch(orm.connection())
        return done

    with patch.object(peewee.SqliteDatabase, "connect", connect):
        yield


def upgrade(path: Path, statement: int) -> bool:
    """Upgrade a database in a process of its own; whether it was killed before the statement with that number."""
    if not (child := os.fork()):
        code = 1
        try:
            with watched(Mortal(statement)):
                open_database(path).close()
            code = 0
        finally:
            os._exit(code)
    ended = exit_code(child)
    assert ended in (0, -signal.SIGKILL), ended
    return ended != 0


def main(source: str, folder: str, step: str) -> None:
    """Go on until an upgrade has come to its end."""
    statement, is_killed = 1, True
    while is_killed:
        path = Path(folder, str(statement), "kvaltui.db")
        path.parent.mkdir(mode=0o700)
        shutil.copyfile(source, path)
        path.chmod(0o600)
        is_killed = upgrade(path, statement)
        statement += int(step)
    sys.stdout.write(f"{statement}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
