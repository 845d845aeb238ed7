"""Real databases on the disk, with a small plan that has every kind of thing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kvaltui.store.author import Author
from kvaltui.store.database import Database
from tests.store.plan import COORDINATOR, new_copy


@pytest.fixture
def coordinator() -> Author:
    return COORDINATOR


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "db" / "kvaltui.db"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database with the small plan in it, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "kvaltui.db"
    new_copy(path, with_plan=True).close()
    return path


@pytest.fixture
def database(path: Path, filled: Path) -> Iterator[Database]:
    """A database with the small plan in it; no backups by themselves."""
    path.parent.mkdir(mode=0o700)
    shutil.copy(filled, path)
    with new_copy(path) as opened:
        yield opened
