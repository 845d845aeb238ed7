"""The terminal, driven calmly: only what changes is sent, any bytes are survived, and it is left as it was."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from threading import Lock, Thread
from time import sleep
from typing import TYPE_CHECKING, Final, Protocol, TextIO, cast

from textual import events
from textual.geometry import Size
from textual.message import Message

from kvaltui.system.console import AnyConsole, Console
from kvaltui.system.signals import Heard, SystemSignals
from kvaltui.system.streams import let_go_of
from kvaltui.tui.terminal.drawing import as_laid_out
from kvaltui.tui.terminal.input import TerminalInput
from kvaltui.tui.terminal.output import Output
from kvaltui.tui.terminal.textual_private import HookedDriver
from kvaltui.tui.terminal.threads import TerminalReader, TerminalWriter

if TYPE_CHECKING:
    from textual.app import App

_KEYBOARD: Final = "\x1b[>1u"
"""Kitty's keyboard protocol with Esc told from what begins with it, and no more: were all keys asked for as codes, dead
keys and input methods would make no characters (sw.kovidgoyal.net/kitty/keyboard-protocol)."""
_ENTER: Final = f"\x1b[?1049h\x1b[?25h\x1b[?1004h{_KEYBOARD}\x1b[?2004h\x1b[?7l"
"""Another screen, word of the focus, the keyboard, pastes told apart, no line wrap."""
_LEAVE: Final = "\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
_MOUSE_ON: Final = "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
"""Buttons and drags (1002) in place of every move (1003): nothing here changes as the mouse passes."""
_MOUSE_OFF: Final = "\x1b[?1000l\x1b[?1002l\x1b[?1006l"
_ASK_ABOUT_SYNCHRONISING: Final = "\x1b[?2026$p"
_HIDE_CURSOR: Final = "\x1b[?25l"
_SHOW_CURSOR: Final = "\x1b[?25h"
_LONG: Final = 400
"""Characters of an update that is seen as it is drawn: meanwhile the cursor is hidden."""
_TIME_TO_END: Final = 0.8
"""Seconds that the program has to end by itself when it is told to; then it is ended."""
_TIME_TO_WRITE: Final = 0.3


class EndingApp(Protocol):
    """An app that can be told from outside to end, and says what of what was typed is nowhere else."""

    def told_to_end(self, code: int) -> None:
        """End as soon as possible with an exit code."""

    def last_words(self) -> str:
        """What there is to say to the person when the program ends before its time."""

    def has_enough_to_do(self) -> bool:
        """Whether so many keys wait that no more should be read."""

    def is_bound(self, key: str) -> bool:
        """Whether a key has a command."""


class CalmDriver(HookedDriver):
    """Draws on standard output, reads standard input, and hears the system's signals."""

    _encoding = "utf-8"

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert sys.__stdin__ is not None
        assert sys.__stdout__ is not None
        self._ending = cast("EndingApp", app)
        self._console = self.open_console(sys.__stdin__, sys.__stdout__)
        self._errors = sys.__stdout__.errors or "replace"
        self._output = Output()
        self._held = ""  # of an update that is not whole yet
        self._is_drawing = False
        self._lock = Lock()  # the thread that waits for signals writes too
        self._writer: TerminalWriter | None = None
        self._reader: TerminalReader | None = None
        self._signals = SystemSignals(self._hear)
        self._told: set[Heard] = set()
        self._code: int | None = None

    def open_console(self, reads: TextIO, writes: TextIO) -> AnyConsole:
        """What is drawn on and typed at."""
        self._encoding = writes.encoding or self._encoding
        return Console(reads, writes)

    @property
    def can_suspend(self) -> bool:
        return self._console.CAN_STAND_STILL

    # Output

    def write(self, data: str) -> None:
        if self._is_drawing:
            data = as_laid_out(data)
        with self._lock:
            sent = self._output.thin(data) if self._is_drawing else data
            if self._is_drawing and len(sent) > _LONG:
                sent = _HIDE_CURSOR + sent + _SHOW_CURSOR
            self._held += sent
            if self._is_drawing and self._output.is_updating:
                return
            sent, self._held = self._held, ""
            if sent and self._writer is not None:
                self._writer.write(sent)

    def _encode(self, text: str) -> bytes:
        return text.encode(self._encoding, self._errors)

    def repaint(self) -> None:
        """Send everything anew with the next update: somebody else may have written on the screen."""
        with self._lock:
            self._output.forget()

    def resized(self, width: int, height: int) -> None:
        """The terminal has another size, and may have moved what it shows."""
        with self._lock:
            self._output.resize(width, height)

    def use_mouse(self, is_wanted: bool) -> None:
        """Let the mouse work, or leave it to the terminal."""
        if is_wanted != self.has_mouse:
            self.has_mouse = is_wanted
            self._console.take(has_mouse=is_wanted)
            self.write(_MOUSE_ON if is_wanted else _MOUSE_OFF)

    # From beginning to end

    def start_application_mode(self) -> None:
        self._signals.start()
        self._writer = TerminalWriter(self._console.write, self._encode, self._on_gone)
        self._console.note_modes()
        self._take_terminal()
        self._reader = TerminalReader(
            self._console.input(lambda: self._hear(Heard.RESIZED)),
            TerminalInput(self._ending.is_bound),
            self._deliver,
            self._ending.has_enough_to_do,
            self._on_gone,
        )
        if os.environ.get("TERM_PROGRAM", "") != "Apple_Terminal":  # which shows a part of the question
            self.write(_ASK_ABOUT_SYNCHRONISING)
        self._output.resize(*self._console.size())
        self._is_drawing = True
        self._tell_size()

    def _take_terminal(self) -> None:
        """Put the terminal in the modes that the program needs. What was typed before is kept."""
        self._console.take(has_mouse=self.has_mouse)
        self._send(_ENTER + (_MOUSE_ON if self.has_mouse else ""))

    def _give_back_terminal(self) -> None:
        self._send(self._output.rest() + (_MOUSE_OFF if self.has_mouse else "") + _LEAVE)
        if self._writer is not None:
            self._writer.finish(_TIME_TO_WRITE)
        self._console.give_back()

    def _send(self, commands: str) -> None:
        """Write what is no drawing."""
        if self._writer is not None:
            self._writer.write(commands)

    def disable_input(self) -> None:
        if self._reader is not None:
            self._reader.stop()
            self._reader = None

    def stop_application_mode(self) -> None:
        self.disable_input()
        with self._lock:
            self._is_drawing = False
        self._give_back_terminal()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close(_TIME_TO_WRITE)
            self._writer = None
            if self._code is None:
                self._signals.stop()

    # Input

    def _deliver(self, messages: Sequence[Message]) -> None:
        """Hand messages to the app; called in the thread that reads.

        What has come together is handed over together: whether more was typed after a key must not hang on a thread.
        """

        def hand_over() -> None:
            for message in messages:
                if not isinstance(message, events.MouseEvent) or self._is_on_screen(message):
                    self.process_message(message)

        self._in_the_loop(hand_over)

    def _is_on_screen(self, event: events.MouseEvent) -> bool:
        width, height = self.app.size
        return self.has_mouse and event.x < width and event.y < height

    def send_message(self, message: Message) -> None:
        self.app.post_message(message)

    def _in_the_loop(self, call: Callable[[], object]) -> None:
        """Have something done by the app's own thread; after its end there is nobody left to do it."""
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(call)

    # Signals

    def _hear(self, heard: Heard) -> None:
        """Note what the system asks and have it dealt with between other things; called in a thread of its own."""
        if heard.is_ending:
            self._end(heard.exit_code)
        elif heard not in self._told:
            self._told.add(heard)
            self._in_the_loop(lambda: self._act_on(heard))

    def _act_on(self, heard: Heard) -> None:
        self._told.discard(heard)
        if self._code is not None or not self._is_drawing:
            return
        if heard is Heard.RESIZED:
            self._tell_size()
        elif heard is Heard.STOPPED:
            with self._lock:
                self._give_back_terminal()
            self._signals.stand_still()
        else:
            with self._lock:
                self._send("\x1b[<u")
                self._take_terminal()
                self._output.forget()
            self._tell_size()
            self.app.screen.refresh()
            self.app.post_message(self.SignalResume())

    def _tell_size(self) -> None:
        size = Size(*self._console.size())
        self.app.post_message(events.Resize(size, size))

    def _on_gone(self) -> None:
        """The terminal is gone, whether the system says so or not: what is still written goes nowhere."""
        if sys.__stdout__ is not None:
            let_go_of(sys.__stdout__)
        self._end(Heard.CLOSED.exit_code)

    def _end(self, code: int) -> None:
        """Have the app end. Whatever it is in the middle of, the process ends soon after."""
        if self._code is not None:
            return
        self._code = code
        if self._writer is not None:
            self._writer.hurry()
        Thread(target=self._see_to_the_end, args=(code,), name="end", daemon=True).start()
        self._in_the_loop(lambda: self._ending.told_to_end(code))

    def _see_to_the_end(self, code: int) -> None:
        """End the process when it has not ended by itself. What is stored is safe: a commit is whole or not at all."""
        sleep(_TIME_TO_END)
        try:
            self._is_drawing = False
            words = self._ending.last_words()
            self._give_back_terminal()
            if words and self._writer is not None:
                self._writer.write(words.replace("\n", "\r\n"))
                self._writer.finish(_TIME_TO_WRITE)
        finally:
            os._exit(code)
