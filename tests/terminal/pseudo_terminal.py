"""A program in a pseudo-terminal and the line between them: what it writes, is sent and costs, and how it ends.

A slow line is played with `delay` seconds each way and `rate` bytes per second. What a person does at a terminal, and
sees, is in `terminal.py`.
"""

from __future__ import annotations

import contextlib
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
from types import TracebackType
from typing import NoReturn, Self

from tests.processes import exit_code

PATIENCE = 20.0
"""Seconds after which what is waited for has not come: far more than it takes on a busy machine."""
_QUERY = re.compile(rb"\x1b\[(\?[0-9;]*\$p|\??6n|0?c|>0?c|>0?q|\?u)")


@dataclass(frozen=True, slots=True)
class Line:
    """The line between program and terminal: seconds each way, bytes per second towards the terminal (0 = no limit)."""

    delay: float = 0.0
    rate: float = 0.0


AT_HAND = Line()
"""A terminal on the same computer."""


class PseudoTerminal:
    """One running program. Use it in a `with`: the program is ended on leaving, if it has not ended by itself.

    With `answers`, the program's queries are answered, as by a terminal that knows little.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        size: tuple[int, int],
        folder: Path | None = None,
        line: Line = AT_HAND,
        answers: bool = False,
    ) -> None:
        self.line = line
        self.bytes = 0
        """How many bytes have come from the program."""
        self.is_closed = False
        self._answers = answers
        self._code: int | None = None
        self._to_program: deque[tuple[float, bytes]] = deque()
        self._to_terminal: deque[tuple[float, bytes]] = deque()
        self._line_free_at = 0.0
        self.last_output = self.started = time.perf_counter()
        """When bytes came last, and when the program was started (`time.perf_counter`)."""
        self.size = size
        self.process, self._leader = self.start(list(command), folder or Path.cwd(), environment)
        self._set_size(*size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._code is None:
            os.kill(self.process, signal.SIGKILL)
            self._code = exit_code(self.process)
        with contextlib.suppress(OSError):
            os.close(self._leader)

    def start(self, command: list[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, int]:
        """Start the program at a terminal of its own; its process, and the leader of the terminal."""
        process, leader = pty.fork()
        if process == 0:
            _become(command, folder, environment)
        return process, leader

    def taken_in(self, data: bytes) -> None:
        """What is done with bytes when they have come over the line; a screen shows them."""

    def send(self, data: bytes) -> None:
        """Put bytes on the line to the program."""
        self._to_program.append((time.perf_counter() + self.line.delay, data))
        self._carry()

    def read(self, seconds: float) -> bool:
        """Take in some output, waiting at most so long for it. Returns False when there is no more to come."""
        until = time.perf_counter() + seconds
        while not self._carry():
            if self.is_closed and not self._to_terminal:
                return False
            now = time.perf_counter()
            due = [when for when, _ in (*list(self._to_program)[:1], *list(self._to_terminal)[:1])]
            patience = max(0.0, min([until, *due]) - now)
            if self.is_closed:
                time.sleep(patience)
            elif select.select([self._leader], [], [], patience)[0]:
                self._receive()
            elif time.perf_counter() >= until:
                return True
        return True

    def silence(self, seconds: float, limit: float = 10.0) -> None:
        """Wait until the program has written nothing for so long."""
        end = time.perf_counter() + limit
        while (now := time.perf_counter()) < end and (left := self.last_output + seconds - now) > 0 and self.read(left):
            pass

    def take_in(self, seconds: float) -> None:
        """Take in what comes within so many seconds."""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0 and self.read(left):
            pass

    def wait_for_end(self) -> int:
        """Wait until the program has ended, and return its exit code, negative for the signal that killed it."""
        deadline = time.perf_counter() + PATIENCE
        while (left := deadline - time.perf_counter()) > 0 and self.read(left):
            pass
        return self.wait_for_end_in_the_dark()

    def wait_for_end_in_the_dark(self) -> int:
        """Wait for the end of a program that has no window any more."""
        if self._code is None:
            self._code = exit_code(self.process, PATIENCE)
        return self._code

    def cpu(self) -> float:
        """Seconds of processor time that the program has used."""
        return time.clock_gettime(((~self.process) << 3) | 2)

    def peak_memory(self) -> float:
        """The largest resident size so far, in MB (Linux only)."""
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{self.process}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0

    def _receive(self) -> None:
        try:
            data = os.read(self._leader, max(64, int(self.line.rate / 50)) if self.line.rate else 65_536)
        except OSError:
            data = b""
        if not data:
            self.is_closed = True
            return
        sent = max(time.perf_counter(), self._line_free_at) + (len(data) / self.line.rate if self.line.rate else 0.0)
        self._line_free_at = sent
        self._to_terminal.append((sent + self.line.delay, data))

    def _carry(self) -> bool:
        """Let what is due arrive at both ends; whether something has come from the program."""
        now = time.perf_counter()
        while self._to_program and self._to_program[0][0] <= now:
            data = self._to_program.popleft()[1]
            while data:
                data = data[os.write(self._leader, data) :]
        arrived = False
        while self._to_terminal and self._to_terminal[0][0] <= now:
            self.last_output, data = self._to_terminal.popleft()
            self.bytes += len(data)
            self.taken_in(data)
            if self._answers:
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

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._leader, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _become(command: list[str], folder: Path, environment: Mapping[str, str]) -> NoReturn:
    """Turn this child process into the program."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.chdir(folder)
        os.execve(command[0], command, environment)
    finally:
        os._exit(127)
