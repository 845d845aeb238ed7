"""However the program ends, the terminal is as it was, and what was called saved is there."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kvaltui.model.period import Period
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.terminal.starters import starter_database
from tests.terminal.terminal import Terminal, take_the_tour_as_read

ROW = "känner sig trygga"
READING = "9 % → ✗ Ej"


@contextmanager
def on_the_entry_table(folder: Path, **how: object) -> Iterator[Terminal]:
    """The program on the entry table of the starter plan."""
    take_the_tour_as_read(folder)
    starter_database(folder / "kvaltui.db", "nacka-2022")
    with Terminal("--db", str(folder / "kvaltui.db"), folder=folder, **how) as terminal:  # type: ignore[arg-type]
        terminal.wait_for("[Översikt]", "Ej uppnått")
        terminal.press("f5")
        terminal.wait_for("[Indikatorer]", ROW)
        yield terminal


def entered(folder: Path) -> str:
    with open_database(folder / "kvaltui.db", read_only=True) as database:
        outcome = load_plan(database, "nacka-2022").outcome("sabo-trygghet", Period(2022))
    return outcome.value if outcome else ""


@pytest.mark.thorough
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_the_middle_of_an_entry(tmp_path: Path, number: signal.Signals) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.type("9")
        terminal.wait_for(READING)
        terminal.send_signal(number)
        assert terminal.wait_for_end() == 128 + number
        assert terminal.modes_left_on == []
    assert entered(tmp_path) == "9", "what can be read is stored"


@pytest.mark.thorough
def test_a_window_that_is_closed(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.type("90\r")
        terminal.wait_for("Sparat")
        terminal.type("9")
        terminal.wait_for("9 % →")
        terminal.hang_up()
        assert terminal.wait_for_end_in_the_dark() == 128 + signal.SIGHUP
    assert entered(tmp_path) == "90"


def test_control_c_ends_nothing(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.press("ctrl+c")
        terminal.wait_for("Ctrl+Q avslutar")
        terminal.type("9")
        terminal.press("ctrl+c")
        terminal.type("0\r")
        terminal.wait_for("Sparat", "90 %")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert terminal.modes_left_on == []
    assert entered(tmp_path) == "90"


@pytest.mark.thorough
def test_a_window_too_small_says_so_and_comes_back(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        for columns, lines in ((20, 5), (1, 1), (39, 24), (80, 9)):
            terminal.resize(columns, lines)
            terminal.press("down", "pagedown", "up", "home")
        terminal.resize(20, 5)
        terminal.wait_for("Fönstret är för")
        terminal.resize(80, 24)
        terminal.wait_for("[Indikatorer]", "F1 Hjälp")
        # Which of the keys found a window large enough is not said; they may have moved the cursor.
        terminal.press("home")
        terminal.wait_for(ROW)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


@pytest.mark.thorough
@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LANG": "sv_SE.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
        {"TERM": "linux", "COLORTERM": ""},
    ],
)
def test_symbols_that_the_terminal_cannot_show_are_ascii(tmp_path: Path, environment: dict[str, str]) -> None:
    take_the_tour_as_read(tmp_path)
    starter_database(tmp_path / "kvaltui.db", "nacka-2022")
    with Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path, environment=environment) as terminal:
        terminal.wait_for("~ Delvis", "+ 19")
        assert not set("✓▲✗›…→").intersection(terminal.shown)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


@pytest.mark.thorough
def test_no_colour_is_still_readable(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path, environment={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for_line(ROW, "86   %")
        line = next(at for at, each in enumerate(terminal.lines) if ROW in each)
        column = terminal.lines[line].index("86   %")
        terminal.wait_until(lambda: terminal.is_reversed(column, line), "the cursor's cell to show without colour")
        assert b"38;2;" not in terminal.raw
        assert b"38;5;" not in terminal.raw


@pytest.mark.thorough
def test_a_window_that_was_too_small_shows_the_same_as_before_when_it_is_large_again(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.resize(40, 12)
        terminal.wait_until(lambda: all(len(line) <= 40 for line in terminal.lines) and "+" in terminal.lines[-1])
        terminal.resize(30, 8)
        terminal.wait_for("för litet")
        terminal.resize(80, 24)
        terminal.wait_for("Särskilt boende…att maten smakar bra")
