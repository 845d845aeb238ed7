"""Opening a file to read it, whoever may have put something else in its place meanwhile."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    _READING = os.O_RDONLY | os.O_BINARY | os.O_NOINHERIT
else:
    _READING = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def open_at_once(path: Path) -> int:
    """What lies at a path, links followed, opened to be read. It never waits. Raises OSError, ValueError."""
    return os.open(path, _READING)


def sync_written(path: Path) -> None:
    """Have a file that another has written on the disk. Raises OSError."""
    # Only what may be written can be synced on every system.
    with path.open("r+b") as file:
        os.fsync(file.fileno())
