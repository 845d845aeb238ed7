"""Holds a database as a program does that writes in it: python locking.py DATABASE, until its input ends."""

from __future__ import annotations

import sqlite3
import sys


def main(place: str) -> None:
    """Print "locked" when it is held."""
    database = sqlite3.connect(place, isolation_level=None)
    database.execute("BEGIN EXCLUSIVE")
    print("locked", flush=True)
    sys.stdin.read()
    database.execute("ROLLBACK")
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
