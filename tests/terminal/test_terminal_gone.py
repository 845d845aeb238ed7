"""A terminal that is gone, a system that asks the program to end, and signals in showers."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sampled import sampled
from tests.terminal.starting import PROGRAM
from tests.terminal.terminal import Terminal
from tests.terminal.test_terminal_left_clean import READING, ROW, entered, on_the_entry_table

WITHOUT_SIGHUP = """
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
program = os.fork()
if not program:
    os.setsid()
    os.execv(sys.argv[1], sys.argv[1:])
code = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
os._exit(code if code >= 0 else 100 - code)
"""
"""Starts the program in a session that has no terminal of its own: the system never says that the terminal is gone."""


def idle(terminal: Terminal) -> None:
    terminal.wait_for(ROW)


def while_it_paints(terminal: Terminal) -> None:
    for _ in range(200):
        terminal.press("pagedown", "pageup")


def in_the_middle_of_a_paste(terminal: Terminal) -> None:
    terminal.send(b"\x1b[200~" + b"12\r" * 1000)


def while_a_long_line_is_sought(terminal: Terminal) -> None:
    terminal.press("/")
    terminal.paste("und " * 1000)


def with_a_dialog_open(terminal: Terminal) -> None:
    terminal.press("f1")
    terminal.wait_for("Hjälp")


MIDST = (idle, while_it_paints, in_the_middle_of_a_paste, while_a_long_line_is_sought, with_a_dialog_open)


@pytest.mark.parametrize("begin", sampled(MIDST, keep=2))
def test_a_terminal_that_is_gone_ends_the_program_at_once(tmp_path: Path, begin: Callable[[Terminal], None]) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        begin(terminal)
        terminal.hang_up()
        assert terminal.wait_for_end_in_the_dark() == 128 + signal.SIGHUP
    assert entered(tmp_path) == "86 %"


@pytest.mark.thorough
@pytest.mark.parametrize("begin", sampled(MIDST, keep=2))
def test_also_when_the_system_does_not_say_so(tmp_path: Path, begin: Callable[[Terminal], None]) -> None:
    program = (sys.executable, "-c", WITHOUT_SIGHUP, *PROGRAM)
    with on_the_entry_table(tmp_path, program=program) as terminal:
        begin(terminal)
        terminal.hang_up()
        assert terminal.wait_for_end_in_the_dark() == 128 + signal.SIGHUP


@pytest.mark.thorough
@pytest.mark.parametrize("number", sampled([signal.SIGTERM, signal.SIGHUP, signal.SIGINT], keep=1))
def test_the_system_is_obeyed_also_when_the_terminal_takes_nothing_in(tmp_path: Path, number: signal.Signals) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        # Nobody reads what it draws: the line is full before long.
        for _ in range(60):
            terminal.press(*["pagedown"] * 5, *["pageup"] * 5)
        terminal.send_signal(number)
        assert terminal.wait_for_end_in_the_dark() == 128 + number


@pytest.mark.thorough
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_was_half_typed_is_told_when_the_program_is_ended(tmp_path: Path, number: signal.Signals) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.type("9 av")
        terminal.wait_for("9 av")
        terminal.send_signal(number)
        assert terminal.wait_for_end() == 128 + number
        assert "Du hade skrivit: 9 av" in terminal.raw.decode()
        assert terminal.modes_left_on == []


@pytest.mark.thorough
@pytest.mark.parametrize(("number", "times"), sampled([(signal.SIGCONT, 300), (signal.SIGWINCH, 200)], keep=1))
def test_signals_in_showers_while_figures_are_typed(tmp_path: Path, number: signal.Signals, times: int) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        for at in range(times):
            terminal.send_signal(number)
            if at % 10 == 0:
                terminal.press("down", "up")
            terminal.take_in(0)
        terminal.press("home", "down")
        terminal.type("9")
        for _ in range(30):
            terminal.send_signal(number)
        terminal.wait_for(READING)
        terminal.type("0\r")
        terminal.wait_for("Sparat")
        terminal.press("f5")
    assert entered(tmp_path) == "90"


@pytest.mark.thorough
def test_a_program_that_was_stopped_draws_itself_again(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        for _ in range(3):
            terminal.type("9")
            terminal.wait_for(READING)
            terminal.send_signal(signal.SIGTSTP)
            terminal.wait_until(lambda: terminal.modes_left_on == [])
            terminal.wait_until_stopped()
            terminal.raw = b""
            # What the shell would have written in the meantime.
            terminal.screen.reset()
            terminal.send_signal(signal.SIGCONT)
            terminal.wait_for(ROW, READING)
            terminal.press("escape")
            terminal.wait_until(lambda: READING not in terminal.shown)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


@pytest.mark.thorough
def test_no_half_done_exit(tmp_path: Path) -> None:
    """Several signals at once are one reason to end."""
    with on_the_entry_table(tmp_path) as terminal:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM, signal.SIGCONT, signal.SIGINT):
            terminal.send_signal(number)
        assert terminal.wait_for_end() in {128 + each for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
        assert terminal.modes_left_on == []
    assert entered(tmp_path) == "86 %"
