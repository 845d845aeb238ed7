"""The two threads between the program and its terminal: one reads what is sent, one writes what is drawn.

Neither lets the program wait for a terminal that is gone, and either one notices when it is.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Thread
from typing import Final

from textual.message import Message

from kvaltui.system.console import AnyConsoleInput, Happened
from kvaltui.tui.terminal.input import TerminalInput

_MOST_WAITING: Final = 30
"""So many pieces of output wait at the most: a line that is slower than the drawing has the drawing wait for it."""
_LOOK_AGAIN: Final = 0.05
"""Seconds between looks at whether there is room for more; it is looked only while there is none."""
_log = logging.getLogger(__name__)


class TerminalWriter:
    """Writes text to the terminal, in its order, by `write_some` (as `Console.write`).

    `on_gone` is called once, in the thread, when the terminal is gone.
    """

    def __init__(
        self, write_some: Callable[[memoryview], int], encode: Callable[[str], bytes], on_gone: Callable[[], None]
    ) -> None:
        self._write_some = write_some
        self._encode = encode
        self._on_gone = on_gone
        self._waiting: deque[str] = deque()
        self._changed = Condition()
        self._is_writing = False
        self._is_ending = False
        self._is_hurried = False
        self._is_gone = False
        self._thread = Thread(target=self._write_all, name="terminal-output", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        """Have a text written; waits while much is waiting already."""
        with self._changed:
            self._changed.wait_for(self._has_room)
            if not self._is_gone:
                self._waiting.append(text)
                self._changed.notify_all()

    def hurry(self) -> None:
        """Let nobody wait any more: the program ends."""
        with self._changed:
            self._is_hurried = True
            self._changed.notify_all()

    def finish(self, seconds: float) -> None:
        """Wait until all is written, for so many seconds at the most."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_gone or not (self._waiting or self._is_writing), seconds)

    def close(self, seconds: float) -> None:
        """Write what is left, for so many seconds at the most, and end."""
        self.finish(seconds)
        with self._changed:
            self._is_ending = True
            self._changed.notify_all()

    def _has_room(self) -> bool:
        return len(self._waiting) < _MOST_WAITING or self._is_hurried or self._is_gone

    def _write_all(self) -> None:
        while True:
            with self._changed:
                self._is_writing = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: bool(self._waiting) or self._is_ending)
                if not self._waiting:
                    return
                text = "".join(self._waiting)
                self._waiting.clear()
                self._is_writing = True
                self._changed.notify_all()
            try:
                data = memoryview(self._encode(text))
                while data:
                    data = data[self._write_some(data) :]
            except OSError:
                self._let_go()
                return

    def _let_go(self) -> None:
        with self._changed:
            self._is_gone = True
            self._waiting.clear()
            self._changed.notify_all()
        self._on_gone()


class TerminalReader:
    """Reads what the terminal sends and hands over what it means, until `stop`.

    `is_full` says that the program has more than enough to do: nothing is read meanwhile. `on_gone` is called in the
    thread when the terminal is gone.
    """

    def __init__(
        self,
        console: AnyConsoleInput,
        meaning: TerminalInput,
        deliver: Callable[[Sequence[Message]], None],
        is_full: Callable[[], bool],
        on_gone: Callable[[], None],
    ) -> None:
        self._console = console
        self._meaning = meaning
        self._deliver = deliver
        self._is_full = is_full
        self._on_gone = on_gone
        self._thread = Thread(target=self._read_all, name="terminal-input", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what has not been read stays where it is, for whoever reads next."""
        self._console.wake()
        self._thread.join()
        self._console.close()

    def _read_all(self) -> None:
        while True:
            is_full = self._is_full()
            patience = _LOOK_AGAIN if is_full else self._meaning.patience
            match self._console.wait(patience, wants_input=not is_full):
                case Happened.WOKEN:
                    return
                case Happened.INPUT:
                    data = self._console.read()
                    if data is None:
                        continue
                    if not data:
                        self._on_gone()
                        return
                    self._hand_over(lambda data=data: self._meaning.feed(data))  # type: ignore[misc]
                case Happened.GONE:
                    self._on_gone()
                    return
                case Happened.NOTHING if not is_full and patience is not None:
                    self._hand_over(self._meaning.give_up)

    def _hand_over(self, understand: Callable[[], Sequence[Message]]) -> None:
        try:
            messages = understand()
        except Exception as error:  # noqa: BLE001 - no bytes end the program; what it was is in the log
            self._meaning.forget()
            _log.error("input not understood: %s", type(error).__name__)
            return
        if messages:
            self._deliver(messages)
