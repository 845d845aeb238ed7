"""What touches the database file: only SQLite, with the settings that the promises rest on (promises 9 and 10)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.sample import make

pytestmark = pytest.mark.reliability

_OPENED_BY_PYTHON = """
import os, sys
opened = []
def listen(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
        opened.append(os.path.realpath(os.fsdecode(arguments[0])))
sys.addaudithook(listen)
from kvaltui.cli import main
database = os.path.realpath(sys.argv[1])
for command in sys.argv[2].split(" ; "):
    code = main(command.split())
    assert code in (0, 1), (command, code)
assert any(database in each for each in map(str, opened)) is False, opened
libraries = {line.split()[-1] for line in open("/proc/self/maps") if "sqlite" in line.rpartition("/")[2]}
print("libraries", len({each for each in libraries if "libsqlite" in each}))
"""


def test_nothing_but_sqlite_opens_the_live_database(tmp_path: Path, tell: Callable[[str], None]) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    database = folder / "db" / "kvaltui.db"
    where = f"--config {folder / 'config.toml'}"
    commands = [
        f"init --plan nacka-2022 --folder {folder}",
        f"{where} enter sabo-trygghet 90",
        f"{where} status --plain",
        f"{where} status --json",
        f"{where} show sabo-trygghet",
        f"{where} history",
        f"{where} undo",
        f"{where} export {folder / 'plan.toml'}",
        f"{where} export {folder / 'plan.kvb'}",
        f"{where} import {folder / 'plan.kvb'}",
        f"{where} sync {folder / 'shared'}",
        f"{where} backup",
        f"{where} check",
        f"{where} locate",
    ]
    (folder / "shared").mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", _OPENED_BY_PYTHON, str(database), " ; ".join(commands)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    libraries = int(ran.stdout.split()[-1])
    assert libraries <= 1
    tell(f"{len(commands)} commands: the database file opened by SQLite alone; SQLite libraries loaded: 1")


@pytest.mark.full
def test_every_commit_is_synced_to_the_disk(folder: Path, tell: Callable[[str], None]) -> None:
    """Counted under strace, which the full run needs."""
    strace = shutil.which("strace")
    assert strace, "the full run needs strace"
    path = folder / "kvaltui.db"
    make(path)
    log = folder / "calls"
    commits = 50
    writer = [sys.executable, "-m", "tests.reliability.writer", str(path), "0", str(commits)]
    traced = [strace, "-f", "-e", "trace=fsync,fdatasync", "-o", str(log), *writer]
    subprocess.run(traced, check=True, stdout=subprocess.DEVNULL, timeout=300)
    syncs = len(re.findall(r"\b(?:fsync|fdatasync)\(", log.read_text()))
    tell(f"syncs per commit under strace: {syncs / commits:.1f}")
    # The journal, the database, and (synchronous=EXTRA) the folder after the journal is gone.
    assert syncs >= 3 * commits
