"""A backup made while others write is one moment of the database, and restores to it (promise 12)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.store.backup import backup
from kvaltui.store.bundle import digest, revisions
from kvaltui.store.check import check
from kvaltui.store.restore import restore
from tests.reliability.conftest import Size
from tests.reliability.sample import COORDINATOR, PLAN, make, open_copy

pytestmark = pytest.mark.reliability


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
