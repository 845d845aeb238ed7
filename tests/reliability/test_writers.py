"""Several writers at once: nobody is refused, no figure is lost (promise 2)."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.store.check import check
from tests.reliability.conftest import Size
from tests.reliability.sample import INDICATORS, make, open_copy
from tests.sampled import sampled

pytestmark = pytest.mark.reliability


def write_together(path: Path, size: Size, count: int, pause: float) -> list[float]:
    """Let the writers enter so many figures each at the same time; the seconds that each took but their first."""
    apart = INDICATORS // size.writers
    writers = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.reliability.writer",
                str(path),
                str(number * apart),
                str(count),
                str(pause),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(size.writers)
    ]
    took: list[float] = []
    for writer in writers:
        out, errors = writer.communicate(timeout=600)
        assert (writer.returncode, errors) == (0, "")
        assert len(out.splitlines()) == count
        took += [float(line.split()[2]) for line in out.splitlines()[1:]]
    return took


@pytest.mark.parametrize("pause", sampled([0.0, 0.5]))
def test_nobody_is_refused_and_nothing_is_lost(
    folder: Path, size: Size, pause: float, tell: Callable[[str], None]
) -> None:
    path = folder / "kvaltui.db"
    make(path)
    with open_copy(path) as database:
        before = database.position()
    count = max(3, size.writes_per_writer // 5) if pause else size.writes_per_writer
    took = write_together(path, size, count, pause)
    with open_copy(path) as database:
        written = database.position() - before
        faults = check(database)
    slow = statistics.quantiles(took, n=20)[-1] * 1000
    tell(
        f"{size.writers} writers × {count} read-then-write, {pause * 1000:.0f} ms between: "
        f"{written} stored, 0 refused, p95 {slow:.0f} ms"
    )
    assert written == size.writers * count
    assert faults == ()
