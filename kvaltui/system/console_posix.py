"""The terminal of Linux and macOS: raw by termios, waited for by poll."""

from __future__ import annotations

import sys

assert sys.platform != "win32"

import contextlib
import os
import select
import termios
from collections.abc import Callable
from typing import Final, TextIO

from kvaltui.system.any_console import AnyConsole, AnyConsoleInput, Happened
from kvaltui.system.console_kind import BY_THE_ENVIRONMENT, Surroundings

_READ_SIZE: Final = 4096


class ConsoleInput(AnyConsoleInput):
    """What a terminal sends, by its descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._wakes, self._wake = os.pipe()
        self._poll = select.poll()
        self._poll.register(self._wakes, select.POLLIN)

    def wait(self, seconds: float | None, *, wants_input: bool = True) -> Happened:
        # A terminal that is gone is told of even when nothing else is asked for.
        self._poll.register(self._descriptor, select.POLLIN if wants_input else 0)
        ready = dict(self._poll.poll(None if seconds is None else seconds * 1000))
        if self._wakes in ready:
            return Happened.WOKEN
        happened = ready.get(self._descriptor, 0)
        if happened & select.POLLIN:
            return Happened.INPUT
        return Happened.GONE if happened else Happened.NOTHING

    def read(self) -> bytes | None:
        try:
            return os.read(self._descriptor, _READ_SIZE)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def wake(self) -> None:
        os.write(self._wake, b"\0")

    def close(self) -> None:
        os.close(self._wake)
        os.close(self._wakes)


class Console(AnyConsole):
    """A terminal as its line discipline knows it."""

    CAN_STAND_STILL = True

    def __init__(self, reads: TextIO, writes: TextIO) -> None:
        super().__init__(reads, writes)
        self._before: list[object] | None = None

    def note_modes(self) -> None:
        with contextlib.suppress(termios.error):
            self._before = termios.tcgetattr(self._in)

    def take(self, *, has_mouse: bool) -> None:
        with contextlib.suppress(termios.error):
            attributes = termios.tcgetattr(self._in)
            attributes[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
            attributes[0] &= ~termios.ISTRIP
            attributes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
            attributes[6][termios.VMIN], attributes[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self._in, termios.TCSANOW, attributes)

    def give_back(self) -> None:
        if self._before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._in, termios.TCSANOW, self._before)  # type: ignore[arg-type]

    def write(self, data: memoryview) -> int:
        try:
            return os.write(self._out, data)
        except BlockingIOError:
            select.select([], [self._out], [], 1)
            return 0

    def input(self, on_resized: Callable[[], None]) -> ConsoleInput:
        return ConsoleInput(self._in)


def is_console(stream: TextIO) -> bool:
    """Whether somebody sits at a stream. Raises ValueError when it is closed."""
    return stream.isatty()


def obeys_sequences(_stream: TextIO) -> bool:
    """Whether a terminal does what escape sequences say; those that do not say so by TERM."""
    return True


def surroundings() -> Surroundings:
    """What a program knows of its terminal here."""
    return BY_THE_ENVIRONMENT
