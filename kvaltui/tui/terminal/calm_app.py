"""What every app of the program has in common: calm output, its own colours, no English, a terminal left clean."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Offset
from textual.message import Message
from textual.theme import Theme

from kvaltui.i18n import _
from kvaltui.model.message import KvaltuiError
from kvaltui.terminal import refuses_colours
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawn_once import DrawnOnce
from kvaltui.tui.terminal.driver import CalmDriver
from kvaltui.tui.terminal.held import GIVING_UP, Held
from kvaltui.tui.terminal.input import MOST_PASTED
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.terminal.other_driver import named_driver
from kvaltui.tui.terminal.patient import Patient
from kvaltui.tui.terminal.textual_private import HookedApp, forget_borders
from kvaltui.tui.terminal.theme import OWN_THEMES, Paint, Surface, Tint, readable_theme
from kvaltui.tui.terminal.typeahead import Typeahead, Typed

if TYPE_CHECKING:
    from kvaltui.config import Config

Result = TypeVar("Result")
_log = logging.getLogger(__name__)


class CalmApp(HookedApp[Result], Patient):
    """An app in one of our themes, which sends only what changes, animates nothing and says nothing in English.

    `key_problems` is what was wrong with the user's own keys as it started.
    """

    TITLE = "kvaltui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # there is a palette of our own, in the reader's language
    COMMANDS: ClassVar = set()
    ALLOW_SELECT = False
    BINDINGS = bindings.EVERY_APP

    def __init__(self, settings: Config, *, is_ascii: bool = False) -> None:
        self._readable_themes: dict[str, Theme] = {}
        # Textual chooses its colour filters as it is built, by the theme that it has then.
        self.set_reactive(App.theme, settings.theme)
        _tell_textual_of_colours()
        super().__init__()
        self.settings = settings
        self.is_ascii = is_ascii
        self.typeahead = Typeahead(self, self._give)
        self.held = Held(self, self.typeahead)
        self._paints: dict[Surface, Paint] = {}
        self._tints: dict[tuple[Surface, Surface], Tint] = {}
        self.animation_level = "none"
        self.set_class(settings.spacing == "compact", "-compact")
        self.half_typed: tuple[str, ...] = ()
        self.own_keys: Mapping[str, tuple[str, ...]] = {}
        self.key_problems = self.use_keys(settings.keys) if settings.keys else ()

    def use_keys(self, keys: Mapping[str, str]) -> Sequence[KvaltuiError]:
        """Let the user's own keys be in force, and return what is wrong with those that cannot be."""
        from kvaltui.tui.terminal.keymap import read_keymap

        keymap = read_keymap(keys)
        self.own_keys = keymap.keys
        self.set_keymap(keymap.for_textual)
        return keymap.problems

    def get_driver_class(self) -> type[Driver]:
        """Ours, unless a person names another one. Raises UnusableDriver for one that there is not."""
        return named_driver(self) or CalmDriver

    def get_line_filters(self) -> list[LineFilter]:
        """Only what NO_COLOR asks for: nothing here is drawn in ANSI colours that would have to be converted."""
        return [each for each in self.line_filters if each.enabled and not isinstance(each, ANSIToTruecolor)]

    def get_theme(self, theme_name: str) -> Theme | None:
        # Textual asks for the theme several times for each widget that it draws.
        if theme_name not in self._readable_themes:
            theme = OWN_THEMES.get(theme_name) or super().get_theme(theme_name)
            if theme is None:
                return None
            self._readable_themes[theme_name] = readable_theme(theme)
        return self._readable_themes[theme_name]

    @property
    def available_themes(self) -> dict[str, Theme]:
        return {**super().available_themes, **OWN_THEMES}

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor stands after each update: where the next key lands."""
        focused = self.screen.focused if self.screen_stack else None
        if not isinstance(focused, DrawnOnce):
            return Offset(0, 0)
        return focused.content_region.offset + focused.place_of_keys

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        """Textual sets it as it begins; it follows from what is drawn."""

    def watch_theme(self) -> None:
        self._paints, self._tints = {}, {}

    @property
    def paint(self) -> Paint:
        """The styles of the theme in force, on the ground."""
        return self.paint_on(Surface.GROUND)

    def paint_on(self, surface: Surface) -> Paint:
        """The styles of the theme in force on a surface."""
        paint = self._paints.get(surface)
        if paint is None:
            paint = self._paints[surface] = Paint.of(self.current_theme, surface)
        return paint

    def tint(self, drawn_on: Surface, shown_on: Surface) -> Tint:
        """What turns styles of one surface into those of another."""
        tint = self._tints.get((drawn_on, shown_on))
        if tint is None:
            tint = Tint(self.paint_on(drawn_on), self.paint_on(shown_on))
            self._tints[drawn_on, shown_on] = tint
        return tint

    # The end

    def exit(self, *arguments: Any, **named: Any) -> None:
        self.typeahead.end()
        super().exit(*arguments, **named)

    def told_to_end(self, code: int) -> None:
        """End because the system asks for it, or because the terminal is gone."""
        self._leave(code)
        self._note_what_is_half_typed()

    def _leave(self, code: int) -> None:
        """Leave because the system asks for it; Textual restores the terminal on the way out."""
        self.exit(return_code=code)

    def _note_what_is_half_typed(self) -> None:
        """Keep what stands in fields that are being typed in: the program ends before it is stored."""
        if not self.half_typed:
            shown = [widget for screen in self.screen_stack for widget in screen.walk_children(DrawnOnce)]
            texts = [*self.refused_texts(), *(text for widget in shown for text in widget.half_typed())]
            texts += self.typeahead.texts()
            self.half_typed = tuple(dict.fromkeys(each for each in texts if each))

    def refused_texts(self) -> Iterable[str]:
        """Texts that were typed and refused, and that no field shows any more."""
        return ()

    def last_words(self) -> str:
        """What was half typed as the program ended before its time, for the person to read; "" when nothing was."""
        return "".join(_("You had typed: {text}", text=text) + "\n" for text in self.half_typed)

    # The keyboard

    def has_enough_to_do(self) -> bool:
        """Whether so many keys wait that no more should be read."""
        return self.typeahead.is_full

    def key_of(self, binding: str) -> str:
        """The key that a command has now, by its id: the one that works here, or the one that it has elsewhere."""
        for screen in reversed(self.screen_stack):
            for active in screen.active_bindings.values():
                if active.binding.id == binding:
                    return key_name(active.binding.key)
        from kvaltui.tui.terminal.keymap import commands

        return key_name((self.own_keys.get(binding) or commands()[binding].keys)[0])

    def is_bound(self, key: str) -> bool:
        """Whether a person has given the key to a command."""
        return any(key in keys for keys in self.own_keys.values())

    def on_paste_too_long(self) -> None:
        speak = getattr(self.screen, "speak", None)
        if speak is not None:
            told = _("What was pasted is too long, {most} characters are taken at the most.", most=MOST_PASTED)
            speak(told, is_problem=True)

    def post_message(self, message: Message) -> bool:
        if self.is_leaving and isinstance(message, Typed):
            self.typeahead.take(message)
            return True
        return super().post_message(message)

    def on_ready(self) -> None:
        # What was typed before the app was there has its turn now.
        self.typeahead.begin()

    async def _give(self, event: Typed) -> None:
        """Give a key or a paste to what has the focus."""
        self.on_next_key()
        await self.try_step(partial(super().on_event, event))

    def on_next_key(self) -> None:
        """Take away what was said of the key before."""

    async def on_event(self, event: events.Event) -> None:
        if self.held.is_waiting and isinstance(event, events.InputEvent) and not event.is_forwarded:
            self._hear_while_waiting(event)
        elif isinstance(event, Typed) and not event.is_forwarded:
            await self.typeahead.give(event)
        else:
            await super().on_event(event)

    def _hear_while_waiting(self, event: events.InputEvent) -> None:
        """Keep what is typed while something waits for the database, unless it gives that up. The mouse does nothing:
        what it points at may be elsewhere when its turn comes.
        """
        if isinstance(event, events.Key) and event.key in GIVING_UP:
            self.held.give_up()
        elif isinstance(event, Typed):
            self.typeahead.take(event)

    def on_resize(self, event: events.Resize) -> None:
        if isinstance(self.driver, CalmDriver):
            self.driver.resized(*event.size)

    def action_repaint(self) -> None:
        if isinstance(self.driver, CalmDriver):
            self.driver.repaint()
        self.screen.refresh()

    def pop_screen(self) -> AwaitComplete:
        forget_borders()
        return super().pop_screen()

    def action_tell_how_to_quit(self) -> None:
        """Ctrl+C copies in most programs: it must not end this one."""

    def end_for(self, error: Exception) -> None:
        # A screen that was being built as the app was told to end misses what it is made of.
        if self.is_leaving:
            _log.debug("On the way out", exc_info=error)
        else:
            super().end_for(error)

    def end_at_once(self) -> None:
        """Leave without a traceback on the screen: whoever runs the app is given the exception and tells of it."""
        self._note_what_is_half_typed()
        super().end_at_once()


def _tell_textual_of_colours() -> None:
    """Textual asks for NO_COLOR alone, as it is built, and takes an empty one for a wish too."""
    if refuses_colours(os.environ):
        os.environ["NO_COLOR"] = "1"
    else:
        os.environ.pop("NO_COLOR", None)
