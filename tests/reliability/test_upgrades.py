"""A laptop closed in the middle of an upgrade: the database is the old one or the new one, never between."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kvaltui.store import migrations
from tests.reliability.conftest import Size
from tests.reliability.migrating import STEPS
from tests.reliability.sample import make
from tests.sampled import sampled
from tests.store.first_version import make_first_version

pytestmark = pytest.mark.reliability
EARLIER = list(range(1, migrations.SCHEMA_VERSION + 1))


def upgrade(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.reliability.migrating", str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def database_of_version(path: Path, version: int) -> None:
    """A database as an earlier version of the program left it."""
    make(path, indicators=400)
    if version == 1:
        now = path.replace(path.with_name("now.db"))
        make_first_version(now, path)
    elif version == 2:
        with closing(sqlite3.connect(path)) as connection, connection:
            for table in ("indicator", "risk", "self_check"):
                connection.execute(f"ALTER TABLE {table} DROP COLUMN responsible")
            connection.execute("PRAGMA user_version = 2")


def state(path: Path) -> tuple[int, bool, str]:
    """Version, whether the further step's table is there, and the verdict of SQLite's own check."""
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'note_by_text'").fetchone()
        return version, found is not None, connection.execute("PRAGMA integrity_check").fetchone()[0]


@pytest.mark.parametrize("version", sampled(EARLIER))
def test_an_upgrade_that_is_killed_leaves_the_old_or_the_new(
    folder: Path, version: int, size: Size, tell: Callable[[str], None]
) -> None:
    chance = random.Random(version)
    original = folder / "original.db"
    database_of_version(original, version)
    old = new = 0
    for number in range(size.migration_kills):
        path = folder / f"copy-{number}.db"
        shutil.copyfile(original, path)  # nobody has it open: it is a file like any other here
        path.chmod(0o600)
        process = upgrade(path)
        try:
            process.wait(timeout=chance.uniform(0.05, 0.6))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate(timeout=120)
        now, is_new, integrity = state(path)
        assert integrity == "ok"
        assert (now, is_new) in ((version, False), (max(STEPS), True))
        old, new = old + (not is_new), new + is_new
        finished = upgrade(path)
        assert finished.communicate(timeout=120)[0] == "done\n"
        assert state(path) == (max(STEPS), True, "ok")
    tell(f"kill -9 while upgrading from version {version}: {old} old, {new} new, 0 between; all upgraded afterwards")


@pytest.mark.thorough
def test_four_programs_upgrading_at_once_all_succeed(folder: Path, size: Size, tell: Callable[[str], None]) -> None:
    original = folder / "original.db"
    make(original, indicators=400)
    succeeded = 0
    for number in range(size.upgrade_rounds):
        path = folder / f"copy-{number}.db"
        shutil.copyfile(original, path)
        path.chmod(0o600)
        together = [upgrade(path) for _ in range(4)]
        succeeded += [process.communicate(timeout=120)[0] for process in together].count("done\n")
        assert state(path) == (max(STEPS), True, "ok")
    tell(f"4 programs upgrading at once × {size.upgrade_rounds}: {succeeded} of {4 * size.upgrade_rounds}")
    assert succeeded == 4 * size.upgrade_rounds
