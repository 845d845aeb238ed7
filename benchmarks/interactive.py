"""What a person at the terminal meets: start, keys, a held key, a figure entered, idling, leaving, a slow line."""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sample import environment
from tests.terminal.pseudo_terminal import Line
from tests.terminal.terminal import Screen

QUIET = 0.12
"""Seconds without output after which a key counts as answered."""

AT_ONCE, PAUSE = 0.06, 0.4
"""Seconds without output after which what a key costs at once is over, and after which nothing more comes of it.

The rest of a page beside a list waits until no key does.
"""

SLOW_LINE = Line(delay=0.075, rate=20_000)
Figures = dict[str, float]


@dataclass(frozen=True)
class Subject:
    """A program to measure. `ready` is a text that its first whole screen shows; `table` opens the table of rows."""

    name: str
    command: tuple[str, ...]
    ready: str
    enters_figures: bool = False
    has_rows: bool = True
    environment: dict[str, str] = field(default_factory=environment)


FLOORS = Path(__file__).parent / "floors"
HELLO = Subject("bare app", (sys.executable, str(FLOORS / "hello.py")), "Ready", has_rows=False)


def grid(rows: int) -> Subject:
    """The floor for keys, with so many rows."""
    return Subject(f"bare grid {rows}", (sys.executable, str(FLOORS / "grid.py"), str(rows)), "Ready")


def kvaltui(folder: Path, rows: int) -> Subject:
    """The program itself, on a working folder whose plan has so many indicators."""
    command = (sys.executable, "-m", "kvaltui", "--config", str(folder / "config.toml"))
    return Subject(f"kvaltui {rows}", command, "Indikator 1:", enters_figures=True)


def measure(subject: Subject, size: tuple[int, int]) -> Figures:
    """One run of a program from start to exit."""
    figures: Figures = {}
    with Screen(subject.command, environment=subject.environment, size=size, answers=True) as terminal:
        figures["start ms"] = (terminal.wait_for(subject.ready) - terminal.started) * 1000
        terminal.silence(0.4)
        figures["start bytes"] = terminal.bytes
        figures["memory MB"] = terminal.peak_memory()
        if subject.has_rows:
            _measure_keys(terminal, figures)
        if subject.enters_figures:
            _measure_entry(terminal, figures)
        figures |= _idle(terminal, "idle", 2.0)
        pressed = time.perf_counter()
        terminal.press("ctrl+q")
        terminal.wait_for_end()
        figures["exit ms"] = (time.perf_counter() - pressed) * 1000
    return figures


def _press(terminal: Screen, *keys: str, quiet: float = QUIET) -> tuple[float, float, float]:
    """Bytes, milliseconds until the last byte, and milliseconds of CPU that some keys cost."""
    bytes_before, cpu_before, pressed = terminal.bytes, terminal.cpu(), time.perf_counter()
    for key in keys:
        terminal.press(key)
    terminal.read(1.0)
    terminal.silence(quiet)
    took = max(0.0, terminal.last_output - pressed)
    return terminal.bytes - bytes_before, took * 1000, (terminal.cpu() - cpu_before) * 1000


def _note(figures: Figures, name: str, presses: list[tuple[float, float, float]]) -> None:
    for unit, values in zip(("bytes", "ms", "CPU ms"), zip(*presses, strict=True), strict=True):
        figures[f"{name} {unit}"] = statistics.median(values)


def _measure_keys(terminal: Screen, figures: Figures) -> None:
    presses, rests = [], []
    for key in ("down",) * 6 + ("up",) * 3:
        presses.append(_press(terminal, key, quiet=AT_ONCE))
        before = terminal.bytes
        terminal.silence(PAUSE)
        rests.append(terminal.bytes - before)
    _note(figures, "cursor key", presses)
    figures["cursor key, then bytes"] = statistics.median(rests)
    count = 40
    before = terminal.bytes
    for _ in range(count):
        terminal.press("down")
        terminal.read(0.033)
    terminal.silence(QUIET)
    figures["held key bytes"] = (terminal.bytes - before) / count


def _measure_entry(terminal: Screen, figures: Figures) -> None:
    digits = [_press(terminal, "7"), _press(terminal, "2")]
    figures |= _idle(terminal, "idle while typing", 1.0)
    _press(terminal, "escape")
    _note(figures, "digit", digits)
    menus = []
    for _turn in range(3):
        menus.append(_press(terminal, " "))
        _press(terminal, "escape")
    _note(figures, "menu", menus)
    _note(figures, "figure entered", [_press(terminal, "7", "2", digit, "enter") for digit in "%%%"])


def _idle(terminal: Screen, name: str, seconds: float) -> Figures:
    bytes_before, cpu_before = terminal.bytes, terminal.cpu()
    terminal.take_in(seconds)
    used = (terminal.cpu() - cpu_before) / seconds * 100
    return {f"{name} bytes": terminal.bytes - bytes_before, f"{name} CPU %": used}


def measure_slow_line(subject: Subject, size: tuple[int, int]) -> Figures:
    """A figure entered over 75 ms each way and 20 kB/s, each key pressed when the one before was answered."""
    with Screen(subject.command, environment=subject.environment, size=size, line=SLOW_LINE, answers=True) as terminal:
        terminal.wait_for(subject.ready)
        terminal.silence(0.6)
        keys = ("7", "2", "%", "enter")
        began, answered = time.perf_counter(), 0.0
        for key in keys:
            pressed = time.perf_counter()
            terminal.press(key)
            terminal.read(1.0)
            answered += time.perf_counter() - pressed
        terminal.silence(QUIET)
        took = terminal.last_output - began
        return {"slow line ms": took * 1000, "slow line x round trips": took / (len(keys) * 2 * SLOW_LINE.delay)}
