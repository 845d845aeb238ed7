"""A terminal for tests: the program in a real pseudo-terminal, and the screen that a person would see."""

from __future__ import annotations

import os
import re
import resource
import select
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

from tests.processes import MEASURED
from tests.terminal.pseudo_terminal import AT_HAND, PATIENCE, Line, PseudoTerminal
from tests.terminal.starting import PROGRAM, forked

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
BEYOND_PYTE = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\??[0-9;]*\$[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\"
)
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


class Screen(PseudoTerminal):
    """A program in a pseudo-terminal with keys and a screen; only what the person waits for is looked at."""

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
        self.raw = b""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._unseen = b""
        self._lines: list[str] = []
        super().__init__(command, environment=environment, size=size, folder=folder, line=line, answers=answers)

    def taken_in(self, data: bytes) -> None:
        self.raw += data
        self._unseen += data

    def press(self, *keys: str) -> None:
        """Press keys by their names; a key of one character is that character."""
        for key in keys:
            self.send(KEYS.get(key, key).encode())

    @property
    def screen(self) -> pyte.Screen:
        """The screen with its colours."""
        data, self._unseen = self._unseen, b""
        # A command that is cut in two waits for its end.
        cut = data.rfind(b"\x1b")
        if cut >= 0 and len(data) - cut < 40 and not re.match(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[^\[\]])", data[cut:]):
            data, self._unseen = data[:cut], data[cut:]
        self._stream.feed(BEYOND_PYTE.sub(b"", data))
        return self._screen

    @property
    def lines(self) -> list[str]:
        """What the screen shows, line by line; a no-break space looks like any other."""
        screen = self.screen
        if screen.dirty or len(self._lines) != screen.lines:
            changed = screen.dirty if len(self._lines) == screen.lines else range(screen.lines)
            lines = dict(enumerate(self._lines))
            lines.update((at, _shown(screen.buffer[at], screen.columns)) for at in changed)
            self._lines = [lines[at] for at in range(screen.lines)]
            screen.dirty.clear()
        return self._lines

    @property
    def shown(self) -> str:
        """What the screen shows, as one text."""
        return "\n".join(self.lines)

    def wait_for(self, *texts: str) -> float:
        """Wait until the screen shows all the texts; when the bytes that showed them had come (`perf_counter`)."""
        what = " and ".join(f"“{text}”" for text in texts)
        return self.wait_until(lambda: all(text in self.shown for text in texts), what)

    def wait_until(self, is_so: Callable[[], bool], what: str = "what was waited for") -> float:
        """Wait until something is so, and return when it was. Fails, with the screen, when it does not come."""
        deadline = time.perf_counter() + PATIENCE
        while not is_so():
            left = deadline - time.perf_counter()
            assert left > 0, f"Never came: {what}. The screen:\n{self.shown}"
            if not self.read(left) and not is_so():
                raise AssertionError(f"The program ended before {what}. The screen:\n{self.shown}")
        came = self.last_output
        # A frame may come in pieces, and a test looks at whole ones.
        while select.select([self._leader], [], [], FRAME)[0] and self.read(0):
            pass
        return came

    def wait_for_end_in_the_dark(self) -> int:
        try:
            return super().wait_for_end_in_the_dark()
        except TimeoutError:
            raise AssertionError(f"The program does not end. The screen:\n{self.shown}") from None


class Terminal(Screen):
    """The program in a pseudo-terminal, with all that a person does at it and looks for."""

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
            take_the_tour_as_read(folder)
        super().__init__(
            [*program, *arguments],
            environment={**surroundings(folder), **(environment or {})},
            size=(columns, lines),
            folder=folder,
        )

    def start(self, command: list[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, int]:
        usual = surroundings(folder)
        return forked(command, folder, environment, usual, self.size) or super().start(command, folder, environment)

    # What the person does

    def type(self, text: str) -> None:
        """Type a text, character by character."""
        self.send(text.encode())

    def paste(self, text: str) -> None:
        """Paste a text as terminals do that have been asked to tell pastes apart."""
        self.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def click(self, column: int, line: int) -> None:
        """Click with the left button; the place counts from 0."""
        self.send(f"\x1b[<0;{column + 1};{line + 1}M\x1b[<0;{column + 1};{line + 1}m".encode())

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self.screen.resize(lines, columns)
        self._lines = []
        self._set_size(columns, lines)
        os.kill(self.process, signal.SIGWINCH)

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self.process, number)

    def limit_files(self, size: int | None) -> None:
        """Let the program write no file beyond so many bytes, as when the disk is full; None: there is room again."""
        resource.prlimit(self.process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY if size is None else size, -1))

    def hang_up(self) -> None:
        """Close the window: the line to the program is cut."""
        os.close(self._leader)

    # What the person sees

    def line_with(self, text: str) -> str:
        """The first line of the screen with a text in it."""
        found = next((line for line in self.lines if text in line), None)
        assert found is not None, f"No line has “{text}”:\n{self.shown}"
        return found

    def is_reversed(self, column: int, line: int) -> bool:
        """Whether a cell is shown reversed, or on the colour that text has; the place counts from 0."""
        cell, title = self.screen.buffer[line][column], self.screen.buffer[1][1]
        return bool(cell.reverse) or (cell.bg != "default" and cell.bg == title.fg)

    @property
    def selected_text(self) -> str:
        """The text that is selected in the cell that is typed in; "" where none is."""
        at = next((at for at, line in enumerate(self.lines) if line.startswith("›")), 0)
        cells = self.screen.buffer[at]
        return "".join(cells[x].data for x in range(self.screen.columns) if self.is_reversed(x, at)).strip()

    def wait_for_refusal(self, text: str) -> None:
        """Wait until what was typed has been refused: it stays in its cell, selected.

        The reason alone shows already while it is typed; keys that follow before the refusal are typed ahead of it.
        """
        self.wait_until(
            lambda: bool(self.selected_text) and text.rstrip().endswith(self.selected_text),
            f"“{text}” to stay, selected",
        )

    def wait_for_line(self, text: str, *texts: str) -> None:
        """Wait until the first line with a text in it shows all the others too.

        A frame comes in pieces: what was waited for elsewhere on the screen says nothing of this line.
        """
        found = " and ".join(f"“{each}”" for each in texts)
        self.wait_until(
            lambda: all(each in next((line for line in self.lines if text in line), "") for each in texts),
            f"{found} on the line with “{text}”",
        )

    def wait_until_stopped(self) -> None:
        """Wait until the system has stopped the program, as a shell does before it lets it go on."""
        deadline = time.perf_counter() + PATIENCE
        while os.waitid(os.P_PID, self.process, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None:
            assert time.perf_counter() < deadline, f"The program does not stop. The screen:\n{self.shown}"
            self.read(0.01)

    @property
    def modes_left_on(self) -> list[str]:
        """What of the terminal the program has left as it needed it itself."""
        text = self.raw.decode(errors="replace")
        return [name for off, name in MODES_LEFT.items() if off not in text]


def _shown(cells: Mapping[int, pyte.screens.Char], columns: int) -> str:
    """A line as it is read: what follows a wide character in its second cell is empty; a no-break space is a space."""
    return "".join(cells[at].data for at in range(columns)).replace("\N{NO-BREAK SPACE}", " ").rstrip()


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a person at a terminal, with a home of their own."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "TMPDIR") if name in os.environ} | MEASURED
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
