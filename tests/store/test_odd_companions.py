"""A pipe or a device where SQLite keeps its journal: told in words, since SQLite would wait there for ever."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.store.database import Database
from kvaltui.store.errors import DatabaseError
from kvaltui.store.opening import open_database
from kvaltui.store.reading import open_to_read

ODD: tuple[Callable[[Path], None], ...] = (os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero"))


@pytest.mark.parametrize("make", ODD)
@pytest.mark.parametrize("kind", ["journal", "wal", "shm"])
def test_what_is_no_file_beside_the_database(
    database: Database, path: Path, make: Callable[[Path], None], kind: str
) -> None:
    database.close()
    make(path.with_name(f"{path.name}-{kind}"))
    with pytest.raises(DatabaseError, match=f"-{kind} is no ordinary file"):
        open_database(path)
    with pytest.raises(DatabaseError, match=f"-{kind} is no ordinary file"):
        open_to_read(str(path))
