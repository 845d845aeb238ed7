"""A dropped line, SIGTERM and Ctrl+C in the middle of work: what was called saved is there (promise 13)."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.store.check import check
from tests.reliability.conftest import Size
from tests.reliability.sample import make, open_copy, value_of
from tests.sampled import sampled

pytestmark = pytest.mark.reliability


@pytest.mark.parametrize("number", sampled([signal.SIGHUP, signal.SIGTERM, signal.SIGINT]))
def test_a_signal_in_the_middle_of_writing_tears_nothing(
    folder: Path, size: Size, number: signal.Signals, tell: Callable[[str], None]
) -> None:
    chance = random.Random(number)
    path = folder / "kvaltui.db"
    make(path)
    said = 0
    for _ in range(max(2, size.kill_rounds // 10)):
        command = [sys.executable, "-m", "tests.reliability.writer", str(path), "0", "200"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as writer:
            assert writer.stdout is not None
            lines = [writer.stdout.readline() for _ in range(chance.randint(1, 40))]
            writer.send_signal(number)
            lines += writer.stdout.readlines()
        figures = {line.split()[0]: line.split()[1] for line in lines if line.endswith("\n")}
        said += len(figures)
        with open_copy(path) as database:
            assert check(database) == ()
            assert all(int(value_of(database, indicator)) >= int(value) for indicator, value in figures.items())
    tell(f"{number.name} while writing: {said} figures acknowledged, 0 lost, 0 faults")
