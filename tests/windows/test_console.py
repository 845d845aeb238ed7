"""The program at a console of Windows, which Wine draws in a terminal of this system: keys go all the way in and out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.terminal import terminal
from tests.terminal.terminal import Screen
from tests.windows.wine import KVALTUI
from tests.windows.working_folder import WorkingFolder

pytestmark = [pytest.mark.thorough, pytest.mark.windows]
ROW = "att maten smakar bra"
KEY = "sabo-mat-smakar"
INTERRUPTED = 130


@pytest.fixture(autouse=True)
def slow_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wine's console takes its time on a busy machine."""
    monkeypatch.setattr(terminal, "PATIENCE", 120.0)


@contextmanager
def console(folder: WorkingFolder, *arguments: str) -> Iterator[Screen]:
    """The program at a console of 100 × 30."""
    environment = {**folder.windows.environment, "TERM": "xterm-256color"}
    command = folder.windows.command(KVALTUI, *arguments)
    with Screen(command, environment=environment, size=(100, 30), folder=folder.path) as screen:
        yield screen


def test_figures_are_typed_stored_and_taken_back_at_a_console(folder: WorkingFolder) -> None:
    with console(folder) as screen:
        screen.wait_for("Översikt", "34 av 34")
        screen.press("escape", "f5")
        screen.wait_for("[Indikatorer]", ROW)
        screen.press("down")
        screen.send("95,5".encode())
        screen.wait_for("95,5 % → ✓ Uppnått")
        screen.press("enter")
        screen.wait_for("Sparat", "✓ 20")
        screen.press("ctrl+z")
        screen.wait_for("✓ 19")
        screen.press("ctrl+y")
        screen.wait_for("✓ 20")
        screen.press("ctrl+q")
        assert screen.wait_for_end() == 0
    assert "95,5 %" in folder("show", KEY).out


def test_ctrl_c_ends_a_command_that_waits_for_the_database(folder: WorkingFolder) -> None:
    locking = folder.python("locking.py", folder.named("db\\kvaltui.db"))
    with folder.windows.start(*locking, folder=folder.path) as holding:
        assert holding.stdin is not None
        assert holding.stdout is not None
        assert holding.stdout.readline().strip() == b"locked"
        with console(folder, "enter", KEY, "73 %") as screen:
            screen.wait_for("Väntar på databasen")
            screen.press("ctrl+c")
            assert screen.wait_for_end() == INTERRUPTED
            assert "Traceback" not in screen.shown
        holding.stdin.close()
        assert holding.wait(60) == 0
    assert "73 %" not in folder("show", KEY).out
