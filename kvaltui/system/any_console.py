"""What a console is to the program on every system, and what each system has to bring along for it."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum, auto
from typing import ClassVar, Final, TextIO

NOT_KNOWN: Final = (80, 24)
"""The size that a console is taken to have which does not say."""


class Happened(Enum):
    """What came while something was waited for."""

    NOTHING = auto()
    INPUT = auto()
    WOKEN = auto()
    """`AnyConsoleInput.wake` was called."""
    GONE = auto()
    """There is no console any more."""


class AnyConsoleInput(ABC):
    """What is typed at a console, as bytes; one thread waits and reads, another one may wake it."""

    @abstractmethod
    def wait(self, seconds: float | None, *, wants_input: bool = True) -> Happened:
        """Wait for what comes next, for so many seconds at the most (None: for ever).

        Without `wants_input` what is typed is left where it is, and only the rest is waited for.
        """

    @abstractmethod
    def read(self) -> bytes | None:
        """What there is, b"" at the end of the console, None when there was nothing after all."""

    @abstractmethod
    def wake(self) -> None:
        """Let whoever waits go on."""

    @abstractmethod
    def close(self) -> None:
        """Nobody waits any more. What has not been read stays where it is, for whoever reads next."""


class AnyConsole(ABC):
    """The console that a person sits at: its size, its modes, and what is written to it."""

    CAN_STAND_STILL: ClassVar[bool]
    """Whether a program may be stopped here, by the system, and continued later."""

    def __init__(self, reads: TextIO, writes: TextIO) -> None:
        self._in = reads.fileno()
        self._out = writes.fileno()
        self._writes = writes

    def size(self) -> tuple[int, int]:
        """Columns and lines."""
        try:
            width, height = os.get_terminal_size(self._out)
        except OSError:
            width, height = 0, 0
        return width or NOT_KNOWN[0], height or NOT_KNOWN[1]

    @abstractmethod
    def note_modes(self) -> None:
        """Note the modes that the console has, for `give_back`."""

    @abstractmethod
    def take(self, *, has_mouse: bool) -> None:
        """Put the console in the modes that the program needs: each key comes as it is pressed, and means nothing else.

        What was typed before is kept. `has_mouse` says whether the mouse is the program's.
        """

    @abstractmethod
    def give_back(self) -> None:
        """Put the console in the modes again that it had."""

    @abstractmethod
    def write(self, data: memoryview) -> int:
        """Write what there is room for, and return how many bytes that was; where there is no room, wait for some.

        Raises OSError when the console is gone.
        """

    @abstractmethod
    def input(self, on_resized: Callable[[], None]) -> AnyConsoleInput:
        """What is typed; `on_resized` is called where the console says in its input that it has another size."""
