"""What a system may ask of a running program, by whatever name it has for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum


class Heard(Enum):
    """What is asked, by the number that POSIX has for it; those that say `is_ending` ask the program to end."""

    CLOSED = 1
    """The terminal is gone, or its window was closed (SIGHUP, CTRL_CLOSE_EVENT)."""
    INTERRUPTED = 2
    """Somebody wants what the program does to end (SIGINT, CTRL_C_EVENT); no key of the open program does this."""
    TERMINATED = 15
    """The program, or the computer, is to end (SIGTERM, CTRL_BREAK_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT)."""
    CONTINUED = 18
    """It was stopped and goes on (SIGCONT)."""
    STOPPED = 20
    """It is to stop until it is continued (SIGTSTP)."""
    RESIZED = 28
    """The terminal has another size (SIGWINCH; the console of Windows says it in its input)."""

    @property
    def is_ending(self) -> bool:
        """Whether the program is asked to end."""
        return self in (Heard.CLOSED, Heard.INTERRUPTED, Heard.TERMINATED)

    @property
    def exit_code(self) -> int:
        """The exit code of a program that ends for it, as shells count it, on every system."""
        return 128 + self.value


class AnySignals(ABC):
    """Hears what the system asks from `start` to `stop`, both in the main thread; `heard` is called in another one."""

    def __init__(self, heard: Callable[[Heard], None]) -> None:
        self._heard = heard

    @abstractmethod
    def start(self) -> None:
        """Hear from now on."""

    @abstractmethod
    def stop(self) -> None:
        """Leave the signals to whoever had them before."""

    @abstractmethod
    def stand_still(self) -> None:
        """Stop this process until it is continued, where the system can do that."""
