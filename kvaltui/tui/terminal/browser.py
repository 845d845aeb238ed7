"""The program in a browser: packets to and from the server that shows it there, where else a terminal is.

Such a server (textual-serve, `textual serve`) starts the program with Textual's web driver named in the environment,
writes what a person does to its standard input and shows what it writes to its standard output. A packet is a letter
(D: what a terminal would be sent or send; M: JSON about it), the length of what follows as four bytes, and that.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from threading import Condition, Thread
from typing import Final, TextIO

from textual import constants

from kvaltui.system.console import AnyConsole, AnyConsoleInput, Happened
from kvaltui.tui.terminal.driver import CalmDriver

WEB_DRIVER: Final = "textual.drivers.web_driver:WebDriver"
"""What the servers name as the driver."""
ENCODING: Final = "utf-8"
"""What a browser shows, whatever the locale of the server is."""
_HELLO: Final = b"__GANGLION__\n"
"""What the servers wait for: packets follow."""
_DATA, _ABOUT = b"D", b"M"
_HEAD: Final = 5
_FOCUS: Final = {"focus": b"\x1b[I", "blur": b"\x1b[O"}
"""What a terminal sends for what these say of the window."""
_MOST_WAITING: Final = 1_000_000
"""So many bytes wait to be understood at the most; the server waits with the rest."""
_MOST_CELLS: Final = 1000
_READ_SIZE: Final = 65536


def is_in_browser() -> bool:
    """Whether a server shows the program in a browser."""
    return constants.DRIVER == WEB_DRIVER


class BrowserDriver(CalmDriver):
    """Draws in a browser as it does on a terminal: only what changes is sent."""

    _encoding = ENCODING

    def open_console(self, reads: TextIO, writes: TextIO) -> AnyConsole:
        return BrowserConsole(reads, writes)


class BrowserConsole(AnyConsole):
    """A terminal in a browser, at the other end of two pipes."""

    CAN_STAND_STILL = False

    def __init__(self, reads: TextIO, writes: TextIO) -> None:
        super().__init__(reads, writes)
        self._size = _first_size()

    def size(self) -> tuple[int, int]:
        return self._size

    def note_modes(self) -> None:
        self._write_whole(_HELLO)

    def take(self, *, has_mouse: bool) -> None:
        """There is nothing between the browser and the program that would have to be told."""

    def give_back(self) -> None:
        with contextlib.suppress(OSError):
            self._write_whole(_packet(_ABOUT, json.dumps({"type": "exit"}).encode()))

    def write(self, data: memoryview) -> int:
        self._write_whole(_packet(_DATA, bytes(data)))
        return len(data)

    def input(self, on_resized: Callable[[], None]) -> BrowserInput:
        def take_size(width: int, height: int) -> None:
            self._size = (width, height)
            on_resized()

        return BrowserInput(self._in, take_size)

    def _write_whole(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(self._out, left) :]


class BrowserInput(AnyConsoleInput):
    """What is typed in the browser. A thread reads it: no system waits for a pipe in the way of another one."""

    def __init__(self, descriptor: int, take_size: Callable[[int, int], None]) -> None:
        self._descriptor = descriptor
        self._take_size = take_size
        self._changed = Condition()
        self._came = bytearray()
        self._is_over = False
        self._is_woken = False
        Thread(target=self._read_all, name="browser-input", daemon=True).start()

    def wait(self, seconds: float | None, *, wants_input: bool = True) -> Happened:
        with self._changed:
            self._changed.wait_for(lambda: self._is_woken or self._is_over or (wants_input and self._came), seconds)
            if self._is_woken:
                return Happened.WOKEN
            if wants_input and self._came:
                return Happened.INPUT
            return Happened.GONE if self._is_over else Happened.NOTHING

    def read(self) -> bytes | None:
        with self._changed:
            came = bytes(self._came)
            self._came.clear()
            self._changed.notify_all()
            return came or (b"" if self._is_over else None)

    def wake(self) -> None:
        with self._changed:
            self._is_woken = True
            self._changed.notify_all()

    def close(self) -> None:
        """The thread ends with the process, or with what it reads."""

    def _read_all(self) -> None:
        packets = Packets()
        with contextlib.suppress(OSError):
            while not self._is_over and (data := os.read(self._descriptor, _READ_SIZE)):
                for kind, payload in packets.feed(data):
                    self._take(kind, payload)
        self._end()

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == _DATA:
            self._hand_on(payload)
        elif kind == _ABOUT:
            self._take_told(payload)

    def _take_told(self, payload: bytes) -> None:
        """Do what a packet says about the window; what cannot be read is passed over, as no bytes end the program."""
        try:
            told = json.loads(payload)
        except ValueError:
            return
        if not isinstance(told, dict):
            return
        match told.get("type"):
            case "resize":
                width, height = told.get("width"), told.get("height")
                if isinstance(width, int) and isinstance(height, int) and min(width, height) > 0:
                    self._take_size(min(width, _MOST_CELLS), min(height, _MOST_CELLS))
            case "focus" | "blur" as what:
                self._hand_on(_FOCUS[what])
            case "quit" | "exit":
                self._end()

    def _hand_on(self, data: bytes) -> None:
        with self._changed:
            self._came += data
            self._changed.notify_all()
            self._changed.wait_for(lambda: len(self._came) < _MOST_WAITING or self._is_woken)

    def _end(self) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify_all()


class Packets:
    """Takes a stream of bytes apart into packets: the letter of each and what it holds."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The packets that are whole now."""
        self._rest += data
        while len(self._rest) >= _HEAD:
            end = _HEAD + int.from_bytes(self._rest[1:_HEAD], "big")
            if len(self._rest) < end:
                return
            packet, self._rest = self._rest[:end], self._rest[end:]
            yield packet[:1], packet[_HEAD:]


def _packet(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(_HEAD - 1, "big") + payload


def _first_size() -> tuple[int, int]:
    """The size that the server has told in the environment as it started the program."""
    try:
        width, height = int(os.environ["COLUMNS"]), int(os.environ["ROWS"])
    except (KeyError, ValueError):
        return 80, 24
    return max(1, min(width, _MOST_CELLS)), max(1, min(height, _MOST_CELLS))
