"""A program in a pseudo-terminal, with this module as its terminal: answers its queries, counts its bytes and CPU.

Linux only (it reads /proc). A slow line is played with `delay` seconds each way and `rate` bytes per second.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyte

KEYS = {
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "enter": b"\r",
    "escape": b"\x1b",
    "f5": b"\x1b[15~",
    "ctrl+q": b"\x11",
    "ctrl+z": b"\x1a",
}
_QUERY = re.compile(rb"\x1b\[(\?[0-9;]*\$p|\??6n|0?c|>0?c|>0?q|\?u)")
_PRIVATE_OR_ODD = re.compile(
    rb"\x1b\[[<>=?][0-9;]*[a-zA-Z]|\x1b\[[0-9;?]*\$[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\"
)
_CLOCK_TICK = os.sysconf("SC_CLK_TCK")


class NeverShown(Exception):
    """The screen did not come to show what was waited for."""


@dataclass(frozen=True)
class Line:
    """The line between program and terminal: seconds each way, bytes per second towards the terminal (0 = no limit)."""

    delay: float = 0.0
    rate: float = 0.0


class PseudoTerminal:
    """One running program and its screen. Use as a context manager: the program is ended on leaving."""

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], size: tuple[int, int], line: Line = Line()
    ) -> None:
        self.columns, self.rows = size
        self.line = line
        self.bytes = 0
        self.closed = False
        self._screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unseen: list[bytes] = []
        self._to_program: deque[tuple[float, bytes]] = deque()
        self._to_terminal: deque[tuple[float, bytes]] = deque()
        self._line_free_at = 0.0
        self.last_output = self.started = time.perf_counter()
        self.process, self._master = self._spawn(command, dict(environment))

    def _spawn(self, command: Sequence[str], environment: dict[str, str]) -> tuple[int, int]:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
        name = os.ttyname(slave)
        process = os.posix_spawn(
            command[0],
            list(command),
            environment,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0),
                (os.POSIX_SPAWN_DUP2, 0, 1),
                (os.POSIX_SPAWN_DUP2, 0, 2),
                (os.POSIX_SPAWN_CLOSE, slave),
                (os.POSIX_SPAWN_CLOSE, master),
            ],
            setsid=True,
            setsigdef=[signal.SIGINT, signal.SIGPIPE],
        )
        os.close(slave)
        os.set_blocking(master, False)
        return process, master

    def __enter__(self) -> PseudoTerminal:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.closed:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self._master)

    def send(self, data: bytes) -> None:
        """Put bytes on the line to the program."""
        self._to_program.append((time.perf_counter() + self.line.delay, data))
        self._carry()

    def press(self, key: str) -> None:
        """Press a key by name, or type a text as it stands."""
        self.send(KEYS.get(key) or key.encode())

    def pump(self, until: float) -> bool:
        """Carry bytes both ways until something reaches the screen (True) or the time comes (False)."""
        while not self.closed:
            if self._carry():
                return True
            now = time.perf_counter()
            if now >= until:
                return False
            due = [when for when, _ in (*list(self._to_program)[:1], *list(self._to_terminal)[:1])]
            ready, _, _ = select.select([self._master], [], [], max(0.0, min([until, *due]) - now))
            if ready:
                self._receive()
        return False

    def _receive(self) -> None:
        size = 65536 if not self.line.rate else max(64, int(self.line.rate / 50))
        try:
            data = os.read(self._master, size)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.closed = True
            os.waitpid(self.process, 0)
            return
        sent = max(time.perf_counter(), self._line_free_at) + (len(data) / self.line.rate if self.line.rate else 0.0)
        self._line_free_at = sent
        self._to_terminal.append((sent + self.line.delay, data))

    def _carry(self) -> bool:
        now = time.perf_counter()
        while self._to_program and self._to_program[0][0] <= now:
            os.write(self._master, self._to_program.popleft()[1])
        arrived = False
        while self._to_terminal and self._to_terminal[0][0] <= now:
            self.last_output, data = self._to_terminal.popleft()
            self.bytes += len(data)
            self._unseen.append(data)
            self._answer(data)
            arrived = True
        return arrived

    def _answer(self, data: bytes) -> None:
        for query in _QUERY.findall(data):
            if query.endswith(b"$p"):
                known = 2 if query[1:-2] == b"2026" else 0
                self.send(b"\x1b[%b;%d$y" % (query[:-2], known))
            elif query.endswith(b"6n"):
                self.send(b"\x1b[1;1R")
            elif query.endswith(b"c"):
                self.send(b"\x1b[?62;22c")
            elif query == b"?u":
                self.send(b"\x1b[?0u")

    def silence(self, seconds: float, limit: float = 10.0) -> None:
        """Wait until the program has written nothing for so long."""
        end = time.perf_counter() + limit
        while not self.closed and time.perf_counter() < end:
            if (
                not self.pump(min(end, self.last_output + seconds))
                and time.perf_counter() >= self.last_output + seconds
            ):
                return

    def shows(self, text: str) -> bool:
        """Whether the screen shows the text now."""
        for data in self._unseen:
            self._stream.feed(_PRIVATE_OR_ODD.sub(b"", data))
        self._unseen.clear()
        return any(text in row for row in self._screen.display)

    def wait_for(self, text: str, limit: float = 30.0) -> float:
        """Wait until the screen shows the text; the time (perf_counter) at which the bytes that showed it had come."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            if self._unseen and self.shows(text):
                return self.last_output
            if self.closed:
                break
            self.pump(end)
        raise NeverShown(f"{text!r} in\n" + "\n".join(self._screen.display))

    def cpu(self) -> float:
        """Seconds of CPU that the program has used."""
        return time.clock_gettime(((~self.process) << 3) | 2)

    def peak_memory(self) -> float:
        """The largest resident size so far, in MB."""
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{self.process}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0

    def wait_for_end(self, limit: float = 10.0) -> float:
        """Wait until the program has ended; the time at which it had."""
        end = time.perf_counter() + limit
        while not self.closed and time.perf_counter() < end:
            self.pump(end)
        if not self.closed:
            raise NeverShown("the end of the program")
        return time.perf_counter()
