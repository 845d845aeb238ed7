"""Real databases on the disk, with a small plan that has every kind of thing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kvaltui.store.author import Author
from kvaltui.store.database import BackupRule, Database, open_database
from tests.store.plan import ANNA, fill


@pytest.fixture
def anna() -> Author:
    return ANNA


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "db" / "kvaltui.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """A database with the small plan in it; no backups by themselves."""
    with open_database(path, create=True, backups=BackupRule(path.parent / "backups", kept_daily=0)) as opened:
        fill(opened)
        yield opened
