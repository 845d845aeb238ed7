"""A full disk, limits and I/O errors: the database stays whole and says what is wrong (promise 7)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kvaltui.model.message import KvaltuiError
from kvaltui.store.check import check
from tests.reliability.sample import enter, make, open_copy, value_of
from tests.sampled import sampled

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
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    stored = 1
    try:
        for number in range(2, 5000):
            enter(database, "i0", str(number))
            stored = number
    except KvaltuiError as problem:
        print(stored, problem.message)
resource.setrlimit(resource.RLIMIT_FSIZE, before)  # what measures the program writes as it ends
"""


@pytest.mark.thorough
@pytest.mark.parametrize("room", sampled([8_192, 0, 65_536]))
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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB of its own."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    assert mount, "the full run needs the right to mount"
    assert umount
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], timeout=120, check=True)
    try:
        yield place
    finally:
        subprocess.run([umount, str(place)], timeout=120, check=True)


@pytest.mark.full
def test_a_real_disk_without_room(small_disk: Path, tell: Callable[[str], None]) -> None:
    path = small_disk / "kvaltui.db"
    make(path)
    ballast = small_disk / "ballast"
    stored, refused = "", ""
    with open_copy(path) as database:
        enter(database, "i0", "0")
        ballast.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 65_536))
        for number in range(1, 500):
            try:
                enter(database, "i0", str(number))
            except KvaltuiError as problem:
                refused = str(problem)
                break
            stored = str(number)
        assert "full" in refused
        assert value_of(database, "i0") == (stored or "0")
        assert check(database) == ()
        ballast.unlink()
        enter(database, "i0", "500")
        assert value_of(database, "i0") == "500"
    tell(f"a real disk of 1 MB filled up after {stored or 0} figures: told, whole, and it went on when there was room")


@pytest.mark.full
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "pread64", "unlink"])
def test_io_errors_of_the_disk(folder: Path, call: str, tell: Callable[[str], None]) -> None:
    """The disk answers EIO, once, at any call of a kind, which strace brings about."""
    strace = shutil.which("strace")
    assert strace, "the full run needs strace"
    path = folder / "kvaltui.db"
    make(path)
    told = acknowledged = 0
    for at in range(1, 41):
        writer = [sys.executable, "-m", "tests.reliability.writer", str(path), str(3 * at), "3"]
        inject = [strace, "-f", "-qq", "-P", str(path), "-P", f"{path}-journal", "-e", f"trace={call}"]
        inject += ["-e", f"inject={call}:error=EIO:when={at}", "-o", "/dev/null"]
        ran = subprocess.run([*inject, *writer], capture_output=True, text=True, timeout=300, check=False)
        said = re.findall(r"^(i\d+) (\d+) [\d.]+$", ran.stdout, re.MULTILINE)
        if ran.returncode:
            assert re.search(r"^kvaltui\.\S*: .", ran.stderr, re.MULTILINE), ran.stderr
            told += 1
        acknowledged += len(said)
        with open_copy(path) as database:
            assert check(database) == ()
            for indicator, value in said:
                assert value_of(database, indicator) == value
    tell(
        f"an I/O error at each of the first 40 calls of {call}: {told} told, {acknowledged} acknowledged, 0 lost, whole"
    )
