"""What every app of the program has in common: calm output, its own colours, no English, a terminal left clean."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, LineFilter
from textual.theme import Theme

from kvaltui.i18n import N_
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.driver import CalmDriver
from kvaltui.tui.theme import OWN_THEMES, Paint
from kvaltui.tui.typeahead import Typeahead, Typed

if TYPE_CHECKING:
    from kvaltui.config import Config

Result = TypeVar("Result")


class CalmApp(App[Result]):
    """An app in one of our themes, which sends only what changes, animates nothing and says nothing in English.

    `key_problems` is what was wrong with the user's own keys as it started.
    """

    TITLE = "kvaltui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # there is a palette of our own, in the reader's language
    COMMANDS: ClassVar = set()
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "repaint", N_("Repaint the screen"), show=False, id="repaint"),
        Binding("ctrl+q,space_q", "quit", N_("Quit"), show=False, id="quit"),
        Binding("ctrl+c", "tell_how_to_quit", N_("How to quit"), show=False, id="interrupt", system=True),
    ]

    def __init__(self, settings: Config, *, is_ascii: bool = False) -> None:
        # Textual chooses its colour filters as it is built, by the theme that it has then (EXAMPLES.md).
        self.set_reactive(App.theme, settings.theme)
        super().__init__()
        self.settings = settings
        self.is_ascii = is_ascii
        self.typeahead = Typeahead(self, super().on_event)
        self.paint = Paint.of(self.current_theme)
        self.animation_level = "none"
        self.set_class(settings.spacing == "compact", "-compact")
        self.own_keys: Mapping[str, tuple[str, ...]] = {}
        self.key_problems = self.use_keys(settings.keys) if settings.keys else ()

    def use_keys(self, keys: Mapping[str, str]) -> Sequence[KvaltuiError]:
        """Let the user's own keys be in force, and return what is wrong with those that cannot be."""
        from kvaltui.tui.keymap import read_keymap

        keymap = read_keymap(keys)
        self.own_keys = keymap.keys
        self.set_keymap(keymap.for_textual)
        return keymap.problems

    def get_driver_class(self) -> type[Driver]:
        return CalmDriver

    def get_line_filters(self) -> list[LineFilter]:
        """Only what NO_COLOR asks for: nothing here is drawn in ANSI colours that would have to be converted."""
        return [each for each in self._filters if each.enabled and not isinstance(each, ANSIToTruecolor)]

    def get_theme(self, theme_name: str) -> Theme | None:
        return OWN_THEMES.get(theme_name) or super().get_theme(theme_name)

    @property
    def available_themes(self) -> dict[str, Theme]:
        return {**super().available_themes, **OWN_THEMES}

    @property
    def failure(self) -> Exception | None:
        """What made the app end before its time."""
        return self._exception

    def watch_theme(self) -> None:
        self.paint = Paint.of(self.current_theme)

    def on_mount(self) -> None:
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._leave, 128 + number)

    def _leave(self, code: int) -> None:
        """Leave because the system asks for it; Textual restores the terminal on the way out."""
        self.exit(return_code=code)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, Typed) and not event.is_forwarded:
            self.typeahead.take(event)
        else:
            await super().on_event(event)

    def on_resize(self, event: events.Resize) -> None:
        if isinstance(self._driver, CalmDriver):
            self._driver.resized(*event.size)

    def action_repaint(self) -> None:
        if isinstance(self._driver, CalmDriver):
            self._driver.repaint()
        self.screen.refresh()

    def copy_to_clipboard(self, text: str) -> None:
        """Hand a text to the clipboard of the person's own terminal (OSC 52), also from within tmux.

        Depending on its settings tmux takes the command itself (`set-clipboard on`) or hands it on when it is wrapped
        (`allow-passthrough on`), so it is given both.
        """
        super().copy_to_clipboard(text)
        if self._driver is not None and "TMUX" in os.environ:
            from base64 import b64encode

            command = f"\x1b]52;c;{b64encode(text.encode()).decode()}\a"
            self._driver.write("\x1bPtmux;" + command.replace("\x1b", "\x1b\x1b") + "\x1b\\")

    def action_tell_how_to_quit(self) -> None:
        """Ctrl+C copies in most programs: it must not end this one."""

    def _fatal_error(self) -> None:
        """Leave without a traceback on the screen: whoever runs the app is given the exception and tells of it."""
        self._close_messages_no_wait()
