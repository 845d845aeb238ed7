"""An unforeseen error in the window keeps what was typed and says so; what is too long hangs nothing."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.sampled import sampled
from tests.terminal.test_terminal_left_clean import READING, ROW, entered, on_the_entry_table

BROKEN = """
import sys
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.terminal.driver import CalmDriver
from kvaltui.tui.terminal.input import TerminalInput

def fail(*_):
    raise ZeroDivisionError

feed = TerminalInput.feed
if {where!r} == "key":
    KvaltuiApp.action_palette = fail
elif {where!r} == "drawing":
    KvaltuiApp.action_palette = lambda app: app.call_after_refresh(fail)
elif {where!r} == "input":
    TerminalInput.feed = lambda meaning, data: fail() if data == b"\\x10" else feed(meaning, data)
from kvaltui import cli
sys.exit(cli.main())
"""
"""The program with something wrong in it that shows when Ctrl+P is pressed."""


@pytest.mark.thorough
@pytest.mark.parametrize("where", ["key", "drawing"])
def test_what_was_typed_is_told_when_an_error_ends_the_program(tmp_path: Path, where: str) -> None:
    program = (sys.executable, "-c", BROKEN.format(where=where))
    with on_the_entry_table(tmp_path, program=program) as terminal:
        terminal.type("9 av")
        terminal.wait_for("9 av")
        terminal.press("ctrl+p")
        assert terminal.wait_for_end() not in (0, -signal.SIGKILL)
        assert "Du hade skrivit: 9 av" in terminal.raw.decode()
        assert b"Traceback" not in terminal.raw
        assert terminal.modes_left_on == []
    assert entered(tmp_path) == "86 %"


@pytest.mark.thorough
def test_an_error_in_understanding_the_terminal_ends_nothing(tmp_path: Path) -> None:
    program = (sys.executable, "-c", BROKEN.format(where="input"))
    with on_the_entry_table(tmp_path, program=program) as terminal:
        terminal.type("9")
        terminal.wait_for(READING)
        terminal.press("ctrl+p")
        terminal.take_in(0.1)
        terminal.type("1\r")
        terminal.wait_for("Sparat")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert entered(tmp_path) == "91"


@pytest.mark.thorough
@pytest.mark.parametrize("opening", sampled(["/", "\x10", "f"], keep=1))
def test_a_line_of_a_megabyte_hangs_nothing(tmp_path: Path, opening: str) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.press(opening)
        terminal.take_in(0.5)
        terminal.paste("x" * 990_000)
        terminal.paste("x" * 1_100_000)
        terminal.press("escape")
        terminal.take_in(0.5)
        terminal.press("escape", "f5")
        terminal.wait_for("[Indikatorer]", ROW, "Mål")
        terminal.press("down", "up")
        terminal.type("90\r")
        terminal.wait_for("Sparat")
    assert entered(tmp_path) == "90"
