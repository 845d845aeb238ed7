"""The system's signals, waited for by a thread: nothing is ever done in a signal handler.

A handler runs in the middle of whatever the program does, which may hold the very lock that the handler wants. Here the
signals are blocked in every thread, and one thread waits for them, also while the others are busy or stuck.
"""

from __future__ import annotations

import sys

assert sys.platform != "win32"

import os
import signal
from collections.abc import Callable
from threading import Thread
from typing import Final

from kvaltui.system.any_signals import AnySignals, Heard

_MEANINGS: Final = {
    signal.SIGHUP: Heard.CLOSED,
    signal.SIGINT: Heard.INTERRUPTED,
    signal.SIGTERM: Heard.TERMINATED,
    signal.SIGCONT: Heard.CONTINUED,
    signal.SIGTSTP: Heard.STOPPED,
    signal.SIGWINCH: Heard.RESIZED,
}


class SystemSignals(AnySignals):
    """The signals of POSIX."""

    def __init__(self, heard: Callable[[Heard], None]) -> None:
        super().__init__(heard)
        self._is_stopping = False
        self._thread = Thread(target=self._wait, name="signals", daemon=True)
        self._old_mask: set[int] = set()

    def start(self) -> None:
        # Those that the system would not even keep (SIGCONT, SIGWINCH) are kept where a handler is named.
        self._old_handlers = {each: signal.signal(each, _do_nothing) for each in _MEANINGS}
        self._old_mask = {int(each) for each in signal.pthread_sigmask(signal.SIG_BLOCK, _MEANINGS)}
        self._thread.start()

    def stop(self) -> None:
        self._is_stopping = True
        if self._thread.ident is not None:
            signal.pthread_kill(self._thread.ident, signal.SIGWINCH)
            self._thread.join()
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, self._old_mask)

    def stand_still(self) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)

    def _wait(self) -> None:
        while True:
            number = signal.Signals(signal.sigwait(_MEANINGS))
            if self._is_stopping:
                return
            self._heard(_MEANINGS[number])


def _do_nothing(_number: int, _frame: object) -> None:
    """Stands for a handler; the signals are blocked, so that it is never called."""
