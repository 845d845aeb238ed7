"""kill -9 at any moment: every figure that was called saved is there, none is half there (promise 1)."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.store.check import check
from kvaltui.store.plans import load_plan
from tests.reliability.conftest import Size
from tests.reliability.sample import INDICATORS, PLAN, YEAR, make, open_copy, value_of

pytestmark = pytest.mark.reliability


def killed_while_writing(path: Path, commits: int, after: float) -> dict[str, str]:
    """Start a writer, kill it after so many seconds; the figures that it had said to be stored."""
    command = [sys.executable, "-m", "tests.reliability.writer", str(path), "0", str(commits)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline()]
        deadline = time.monotonic() + after
        while time.monotonic() < deadline and writer.poll() is None:
            said.append(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.readlines()
    # Later figures of one indicator replace earlier ones; a line that was cut short was never read as said.
    return {indicator: value for indicator, value, _ in (line.split() for line in said if line.endswith("\n") and line)}


def test_a_killed_program_loses_nothing_that_it_called_saved(
    folder: Path, size: Size, tell: Callable[[str], None]
) -> None:
    chance = random.Random(1)
    path = folder / "kvaltui.db"
    make(path)
    acknowledged = lost = torn = 0
    for _ in range(size.kill_rounds):
        said = killed_while_writing(path, size.commits_per_round, chance.uniform(0, size.commits_per_round * 0.004))
        acknowledged += len(said)
        with open_copy(path) as database:
            torn += len(check(database))
            content = load_plan(database, PLAN)
        for indicator, value in said.items():
            outcome = content.outcome(indicator, YEAR)
            # The figure that was being written as the program was killed may have been committed without being told.
            possible = (value, str(int(value) + INDICATORS))
            lost += outcome is None or outcome.value not in possible
    tell(
        f"kill -9: {size.kill_rounds} rounds, {acknowledged} figures acknowledged last by their indicator, "
        f"{lost} lost, {torn} faults"
    )
    assert acknowledged
    assert (lost, torn) == (0, 0)


@pytest.mark.thorough
def test_what_was_killed_goes_on_where_it_was(folder: Path) -> None:
    path = folder / "kvaltui.db"
    make(path)
    said = killed_while_writing(path, 200, 0.2)
    with open_copy(path) as database:
        for indicator, value in said.items():
            assert int(value_of(database, indicator)) >= int(value)
