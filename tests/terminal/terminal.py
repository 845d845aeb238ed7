"""A terminal for tests: the program in a real pseudo-terminal, and the screen that a person would see."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import resource
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import pyte

PATIENCE = 20.0
"""Seconds after which what is waited for has not come: far more than it takes on a busy machine."""
PROGRAM = (sys.executable, "-m", "kvaltui")
FRAME = 0.01
"""Seconds within which the rest of a frame comes that is cut in pieces on its way: a test looks at whole frames."""
KEYS: Mapping[str, str] = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "space": " ",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "ctrl+c": "\x03",
    "ctrl+f": "\x06",
    "ctrl+l": "\x0c",
    "ctrl+n": "\x0e",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+y": "\x19",
    "ctrl+z": "\x1a",
}
_BEYOND_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""Commands that pyte would print as text."""
MODES_LEFT = {
    "\x1b[?1049l": "the alternate screen",
    "\x1b[?25h": "the hidden cursor",
    "\x1b[?1000l": "the mouse",
    "\x1b[?2004l": "bracketed paste",
    "\x1b[?1004l": "focus reports",
    "\x1b[<u": "the keyboard protocol",
    "\x1b[?7h": "no line wrap",
}
"""What switches off each mode that the program switches on."""


class Terminal:
    """The program in a pseudo-terminal. Use it in a `with`; it is ended if it has not ended by itself."""

    def __init__(
        self,
        *arguments: str,
        folder: Path,
        columns: int = 80,
        lines: int = 24,
        environment: Mapping[str, str] | None = None,
        program: Sequence[str] = PROGRAM,
        is_beginner: bool = False,
    ) -> None:
        if not is_beginner:
            # The page for beginners has been seen.
            seen = folder / ".local/state/kvaltui/seen-tour"
            seen.parent.mkdir(parents=True, exist_ok=True)
            seen.touch()
        self.raw = b""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self._code: int | None = None
        self._child, self._leader = pty.fork()
        if self._child == 0:
            _become([*program, *arguments], folder, {**surroundings(folder), **(environment or {})})
        self._set_size(columns, lines)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._code is None:
            os.kill(self._child, signal.SIGKILL)
            self._wait()
        with contextlib.suppress(OSError):
            os.close(self._leader)

    # What the person does

    def press(self, *keys: str) -> None:
        """Press keys by their names; a key of one character is that character."""
        for key in keys:
            self._write(KEYS.get(key, key).encode())

    def type(self, text: str) -> None:
        """Type a text, character by character."""
        self._write(text.encode())

    def paste(self, text: str) -> None:
        """Paste a text as terminals do that have been asked to tell pastes apart."""
        self._write(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def send(self, data: bytes) -> None:
        """Send bytes that no person types."""
        self._write(data)

    def click(self, column: int, line: int) -> None:
        """Click with the left button; the place counts from 0."""
        self._write(f"\x1b[<0;{column + 1};{line + 1}M\x1b[<0;{column + 1};{line + 1}m".encode())

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self._screen.resize(lines, columns)
        self._set_size(columns, lines)
        os.kill(self._child, signal.SIGWINCH)

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self._child, number)

    def limit_files(self, size: int | None) -> None:
        """Let the program write no file beyond so many bytes, as when the disk is full; None: there is room again."""
        resource.prlimit(self._child, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY if size is None else size, -1))

    def hang_up(self) -> None:
        """Close the window: the line to the program is cut."""
        os.close(self._leader)

    # What the person sees

    @property
    def lines(self) -> list[str]:
        """What the screen shows, line by line; a no-break space looks like any other."""
        return [line.replace("\N{NO-BREAK SPACE}", " ").rstrip() for line in self._screen.display]

    @property
    def shown(self) -> str:
        """What the screen shows, as one text."""
        return "\n".join(self.lines)

    @property
    def screen(self) -> pyte.Screen:
        """The screen with its colours."""
        return self._screen

    def line_with(self, text: str) -> str:
        """The first line of the screen with a text in it."""
        found = next((line for line in self.lines if text in line), None)
        assert found is not None, f"No line has “{text}”:\n{self.shown}"
        return found

    def is_reversed(self, column: int, line: int) -> bool:
        """Whether a cell is shown reversed; the place counts from 0."""
        return bool(self._screen.buffer[line][column].reverse)

    @property
    def selected_text(self) -> str:
        """The text that is selected in the cell that is typed in; "" where none is."""
        at = next((at for at, line in enumerate(self.lines) if line.lstrip().startswith("› ")), 0)
        cells = self._screen.buffer[at]
        return "".join(cells[x].data for x in range(self._screen.columns) if self.is_reversed(x, at)).strip()

    def wait_for_refusal(self, text: str) -> None:
        """Wait until what was typed has been refused: it stays in its cell, selected.

        The reason alone shows already while it is typed; keys that follow before the refusal are typed ahead of it.
        """
        self.wait_until(
            lambda: bool(self.selected_text) and text.rstrip().endswith(self.selected_text),
            f"“{text}” to stay, selected",
        )

    def wait_for(self, *texts: str) -> None:
        """Wait until the screen shows all the texts."""
        self.wait_until(lambda: all(text in self.shown for text in texts), " and ".join(f"“{text}”" for text in texts))

    def wait_for_line(self, text: str, *texts: str) -> None:
        """Wait until the first line with a text in it shows all the others too.

        A frame comes in pieces: what was waited for elsewhere on the screen says nothing of this line.
        """
        found = " and ".join(f"“{each}”" for each in texts)
        self.wait_until(
            lambda: all(each in next((line for line in self.lines if text in line), "") for each in texts),
            f"{found} on the line with “{text}”",
        )

    def wait_until(self, is_so: Callable[[], bool], what: str = "what was waited for") -> None:
        """Wait until something is so. Fails, with the screen, when it does not come."""
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            left = deadline - time.monotonic()
            assert left > 0, f"Never came: {what}. The screen:\n{self.shown}"
            if not self._read(left) and not is_so():
                raise AssertionError(f"The program ended before {what}. The screen:\n{self.shown}")
        self._take_in_the_frame()

    def wait_until_stopped(self) -> None:
        """Wait until the system has stopped the program, as a shell does before it lets it go on."""
        deadline = time.monotonic() + PATIENCE
        while os.waitid(os.P_PID, self._child, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None:
            assert time.monotonic() < deadline, f"The program does not stop. The screen:\n{self.shown}"
            self._read(0.01)

    def take_in(self, seconds: float) -> None:
        """Take in what comes within so many seconds."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and self._read(left):
            pass

    def _take_in_the_frame(self) -> None:
        """Take in what is on its way already: a frame may come in pieces, and a test looks at whole ones."""
        while select.select([self._leader], [], [], FRAME)[0] and self._read(0):
            pass

    def wait_for_end(self) -> int:
        """Wait until the program has ended, and return its exit code."""
        while self._read(PATIENCE):
            pass
        return self._wait()

    def wait_for_end_in_the_dark(self) -> int:
        """Wait for the end of a program that has no window any more."""
        return self._wait()

    def _wait(self) -> int:
        """Wait for the process itself and return its exit code, negative for the signal that killed it."""
        if self._code is None:
            handle = os.pidfd_open(self._child)
            ready, _, _ = select.select([handle], [], [], PATIENCE)
            os.close(handle)
            assert ready, f"The program does not end. The screen:\n{self.shown}"
            self._code = os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])
        return self._code

    @property
    def modes_left_on(self) -> list[str]:
        """What of the terminal the program has left as it needed it itself."""
        text = self.raw.decode(errors="replace")
        return [name for off, name in MODES_LEFT.items() if off not in text]

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._leader, data) :]

    def _read(self, seconds: float) -> bool:
        """Take in some output. Returns False when there is no more to come."""
        ready, _, _ = select.select([self._leader], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._leader, 65536)
        except OSError:
            data = b""
        if not data:
            return False
        self.raw += data
        # A command that is cut in two waits for its end.
        data = self._rest + data
        cut = data.rfind(b"\x1b")
        self._rest = b""
        if cut >= 0 and len(data) - cut < 40 and not re.match(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[^\[\]])", data[cut:]):
            data, self._rest = data[:cut], data[cut:]
        self._stream.feed(_BEYOND_PYTE.sub(b"", data))
        return True

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._leader, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _become(command: list[str], folder: Path, environment: Mapping[str, str]) -> NoReturn:
    """Turn this child process into the program."""
    try:
        os.chdir(folder)
        os.execve(command[0], command, environment)
    finally:
        os._exit(127)


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a person at a terminal, with a home of their own."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "COVERAGE_PROCESS_START") if name in os.environ}
    root = str(Path(__file__).parents[2])
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(filter(None, (root, kept.get("PYTHONPATH", "")))),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def take_the_tour_as_read(folder: Path) -> None:
    """Let the person whose home is `folder` have seen what is shown only once."""
    seen = folder / ".local/state/kvaltui/seen-tour"
    seen.parent.mkdir(parents=True, exist_ok=True)
    seen.touch()
