"""What the console of Windows and the system say to its programs: Ctrl+C, Ctrl+Break, closed, logged off, shut down.

The system calls in a thread of its own, also while all others are busy. After it has been told that the console was
closed it ends the process as soon as that call returns, and some seconds later in any case.
"""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from threading import Event
from typing import Final

from kvaltui.system.any_signals import AnySignals, Heard

_MEANINGS: Final = {
    0: Heard.INTERRUPTED,  # CTRL_C_EVENT
    1: Heard.TERMINATED,  # CTRL_BREAK_EVENT
    2: Heard.CLOSED,  # CTRL_CLOSE_EVENT
    5: Heard.TERMINATED,  # CTRL_LOGOFF_EVENT
    6: Heard.TERMINATED,  # CTRL_SHUTDOWN_EVENT
}
_ENDED_AFTERWARDS: Final = frozenset({2, 5, 6})
_TIME_TO_END: Final = 5.0
"""Seconds that the system gives a program whose console was closed."""
_kernel = ctypes.WinDLL("kernel32", use_last_error=True)
_Handler = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
_kernel.SetConsoleCtrlHandler.argtypes = [_Handler, wintypes.BOOL]


class SystemSignals(AnySignals):
    """The control events of the console; Python's own handler, which was there first, hears none of them."""

    def __init__(self, heard: Callable[[Heard], None]) -> None:
        super().__init__(heard)
        self._handler = _Handler(self._hear)  # kept: the system calls it
        self._is_over = Event()

    def start(self) -> None:
        _kernel.SetConsoleCtrlHandler(self._handler, True)

    def stop(self) -> None:
        self._is_over.set()
        _kernel.SetConsoleCtrlHandler(self._handler, False)

    def stand_still(self) -> None:
        """No system stops a program here."""

    def _hear(self, number: int) -> bool:
        meaning = _MEANINGS.get(number)
        if meaning is None:
            return False
        self._heard(meaning)
        if number in _ENDED_AFTERWARDS:
            self._is_over.wait(_TIME_TO_END)
        return True
