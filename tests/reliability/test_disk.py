"""A full disk, limits and I/O errors: the database stays whole and says what is wrong (promise 7)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.store.check import check
from tests.reliability.sample import enter, make, open_copy, value_of

pytestmark = pytest.mark.reliability

_UNTIL_THE_DISK_IS_FULL = """
import resource, signal, sys
from pathlib import Path
from kvaltui.model.message import KvaltuiError
from tests.reliability.sample import enter, open_copy

path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_copy(path) as database:
    enter(database, "i0", "1")
    most = path.stat().st_size + int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    stored = 1
    try:
        for number in range(2, 5000):
            enter(database, "i0", str(number))
            stored = number
    except KvaltuiError as problem:
        print(stored, problem.message)
"""


@pytest.mark.parametrize("room", [0, 8_192, 65_536])
def test_a_disk_that_fills_up_keeps_what_was_saved(folder: Path, room: int, tell: Callable[[str], None]) -> None:
    path = folder / "kvaltui.db"
    make(path)
    command = [sys.executable, "-c", _UNTIL_THE_DISK_IS_FULL, str(path), str(room)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    stored, _, problem = ran.stdout.partition(" ")
    assert problem.strip()
    with open_copy(path) as database:
        assert value_of(database, "i0") == stored
        assert check(database) == ()
        enter(database, "i1", "7")  # when there is room again the work goes on
        assert value_of(database, "i1") == "7"
    tell(f"no more than {room} bytes of room: stopped after figure {stored}, told why, whole")
