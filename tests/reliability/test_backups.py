"""A backup made while others write is one moment of the database, and restores to it (promise 12)."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from kvaltui.store.backup import backup
from kvaltui.store.backup_folder import held_by, listed
from kvaltui.store.bundle import digest, revisions
from kvaltui.store.check import check
from kvaltui.store.restore import restore
from tests.reliability.conftest import Size
from tests.reliability.sample import COORDINATOR, PLAN, enter, make, open_copy

pytestmark = pytest.mark.reliability


@pytest.mark.thorough
def test_a_backup_under_load_is_whole_and_restores(folder: Path, size: Size, tell: Callable[[str], None]) -> None:
    path = folder / "kvaltui.db"
    make(path, indicators=400)
    command = [sys.executable, "-m", "tests.reliability.writer", str(path), "0", str(150 * size.backups)]
    made: list[Path] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline()]
        with open_copy(path) as database:
            for number in range(size.backups):
                made.append(backup(database, folder / "copies" / f"{number}.db"))
                said += [writer.stdout.readline() for _ in range(20)]
        said += writer.stdout.readlines()
    with open_copy(path) as database:
        all_lines = revisions(database, PLAN)
    for number, copy in enumerate(made):
        target = folder / f"restored-{number}" / "kvaltui.db"
        restore(target, copy, by=COORDINATOR)
        with open_copy(copy) as saved, open_copy(target) as restored:
            lines = revisions(saved, PLAN)
            assert set(lines) <= set(all_lines)
            *same, trace = revisions(restored, PLAN)
            assert digest(same) == digest(lines)
            assert "restore" in trace  # the history tells of the restoring
            assert check(restored) == ()
    stall = max(float(line.split()[2]) for line in said[1:] if line) * 1000
    tell(f"{size.backups} backups under load, restored with the same digest; a writer waited {stall:.0f} ms at most")


def killed_at_random(what: str, path: Path, source: Path, after: float) -> None:
    command = [sys.executable, "-m", "tests.reliability.restoring", what, str(path), str(source)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as working:
        assert working.stdout is not None
        assert working.stdout.readline() == "begins\n"
        with suppress(subprocess.TimeoutExpired):
            working.wait(after)
        working.send_signal(signal.SIGKILL)
        working.stdout.read()


@pytest.mark.thorough
@pytest.mark.parametrize("what", ["restore", "backup"])
def test_a_killed_backup_or_restore_leaves_nothing_that_misleads(
    folder: Path, size: Size, tell: Callable[[str], None], what: str
) -> None:
    """The database is the old one or the restored one, and whatever is called a backup is a whole one."""
    chance = random.Random(7)
    path, backups = folder / "kvaltui.db", folder / "backups"
    source, start = folder.parent / "kopia.db", folder.parent / "start.db"
    make(path, indicators=200)
    with open_copy(path) as database:
        backup(database, source)
        before = digest(revisions(database, PLAN))
        enter(database, "i0", "17")
        backup(database, start)
        entered = digest(revisions(database, PLAN))
    began = time.monotonic()
    restore(path, source, by=COORDINATOR)
    shutil.rmtree(backups)
    # Long enough that some are killed in the middle and some when it is done, however busy the machine is.
    longest = 1.5 * (time.monotonic() - began)
    counts = {"old": 0, "restored": 0}
    for _ in range(size.migration_kills):
        shutil.copy(start, path)
        killed_at_random(what, path, source, chance.uniform(0, longest))
        with open_copy(path) as database:
            assert check(database) == ()
            lines = revisions(database, PLAN)
        is_restored = "restore kopia.db" in lines[-1]
        assert digest(lines[:-1] if is_restored else lines) == (before if is_restored else entered)
        counts["restored" if is_restored else "old"] += 1
        for each in listed(backups, path):
            assert held_by(backups / each.name, path) is not None, each
        restore(path, source, by=COORDINATOR)
        assert {each.name for each in folder.iterdir()} == {"kvaltui.db", "backups"}
        assert {each.name for each in backups.iterdir()} == {each.name for each in listed(backups, path)}
        shutil.rmtree(backups)
    told = f"{counts['old']} old, {counts['restored']} restored, 0 between"
    tell(f"kill -9 of a {what}, {size.migration_kills} times: {told}")
