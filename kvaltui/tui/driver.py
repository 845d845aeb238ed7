"""The terminal, driven calmly: Textual's driver for Linux, with an output that sends only what changes."""

from __future__ import annotations

import os
import sys
from threading import Lock
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver

from kvaltui.tui.output import Output

if TYPE_CHECKING:
    from textual.app import App


class _Terminal:
    """Standard output, without complaint when its other end is gone: a closed window keeps no program alive."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        try:
            self._file.write(text)
        except OSError:
            self._let_go()

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._let_go()

    def _let_go(self) -> None:
        """Send what is still to come nowhere, so that Python has nothing to complain of at its end."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self._file.fileno())

    def fileno(self) -> int:
        return self._file.fileno()


class CalmDriver(LinuxDriver):
    """Draws on standard output, sends what differs from what is shown, and asks the mouse for clicks, not moves."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        # Textual draws on standard error: a person who sends that to a file would see nothing.
        if sys.__stdout__ is not None:
            self._file = cast("Any", _Terminal(sys.__stdout__))
        self._output = Output()
        self._is_drawing = False
        self._lock = Lock()  # the thread that reads the keyboard writes too

    def write(self, data: str) -> None:
        with self._lock:
            sent = self._output.thin(data) if self._is_drawing else data
            if sent:
                super().write(sent)

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._output.resize(*self._get_terminal_size())
        self._is_drawing = True

    def stop_application_mode(self) -> None:
        if self._is_drawing:
            self._is_drawing = False
            self.write(self._output.rest())
        super().stop_application_mode()

    def resized(self, width: int, height: int) -> None:
        """The terminal has another size, and may have moved what it shows."""
        with self._lock:
            self._output.resize(width, height)

    def use_mouse(self, is_wanted: bool) -> None:
        """Let the mouse work, or leave it to the terminal."""
        if is_wanted == self._mouse:
            return
        if is_wanted:
            self._mouse = True
            self._enable_mouse_support()
        else:
            self._disable_mouse_support()
            self._mouse = False
        self.flush()

    def repaint(self) -> None:
        """Send everything anew with the next update: somebody else may have written on the screen."""
        with self._lock:
            self._output.forget()

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            # Buttons and drags (1002) in place of every move (1003): nothing here changes as the mouse passes.
            self.write("\x1b[?1000h\x1b[?1002h\x1b[?1006h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000l\x1b[?1002l\x1b[?1006l")
