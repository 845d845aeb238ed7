"""The program at a console of Windows, which Wine draws in a terminal of this system: keys go all the way in and out.

The symbols are those that the console's own fonts have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.terminal import terminal
from tests.terminal.terminal import Screen
from tests.windows.wine import KVALTUI
from tests.windows.working_folder import WorkingFolder

pytestmark = [pytest.mark.thorough, pytest.mark.windows]
ROW = "att maten smakar"
KEY = "sabo-mat-smakar"
INTERRUPTED = 130
TOUR = "varje siffra sparas genast"


@pytest.fixture(autouse=True)
def slow_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wine's console takes its time on a busy machine."""
    monkeypatch.setattr(terminal, "PATIENCE", 120.0)


class Console(Screen):
    """Wine's console: it hands on what it is sent, but breaks it where it counts a line as full, also in a command, and
    keeps the end of a command that asks for a pointer (BEL).
    """

    BROKEN = re.compile(rb"\r\r?\n|\x1b\]22;[a-z]*")

    def __init__(self, *given: Any, **named: Any) -> None:
        self._waits = b""
        super().__init__(*given, **named)

    def taken_in(self, data: bytes) -> None:
        data = self._waits + data
        whole = data.rstrip(b"\r")
        self._waits = data[len(whole) :]
        super().taken_in(self.BROKEN.sub(b"", whole))


@contextmanager
def console(folder: WorkingFolder, *arguments: str) -> Iterator[Console]:
    """The program at a console of 100 × 30."""
    environment = {**folder.windows.environment, "TERM": "xterm-256color"}
    command = folder.windows.command(KVALTUI, *arguments)
    with Console(command, environment=environment, size=(100, 30), folder=folder.path) as screen:
        yield screen


def test_figures_are_typed_stored_and_taken_back_at_a_console(folder: WorkingFolder) -> None:
    with console(folder) as screen:
        # What is shown only once may be in the way, by what this person has done before.
        screen.wait_until(lambda: TOUR in screen.shown or "34 av 34" in screen.shown)
        if TOUR in screen.shown:
            screen.press("escape")
            screen.wait_until(lambda: TOUR not in screen.shown and "34 av 34" in screen.shown)
        screen.press("f5")
        screen.wait_for("[Indikatorer]", ROW)
        screen.press("down")
        screen.send(b"95,5")
        screen.wait_for("95,5 % -> + Uppnått")
        screen.press("enter")
        screen.wait_for("+ 20")
        screen.press("space", "u")  # Wine's console keeps Ctrl+Z
        screen.wait_for("+ 19")
        screen.press("ctrl+q")
        assert screen.wait_for_end() == 0
    shown = folder("history", KEY, "--limit", "2").out
    assert "66 % → 95,5" in shown
    assert "→ 66 %" in shown


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
