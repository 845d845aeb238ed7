"""Everything private of Textual's that the program needs, under names of its own: no other module says any of it.

What Textual calls by a private name (how it gives a message to a widget, how it ends for an error) is called here by a
public one, which the program's own classes take over. A release of Textual that renames or drops one of these names is
to be mended in this module alone; `tests/tui/test_textual_private.py` proves that each is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._callback import invoke
from textual._compositor import LayoutUpdate
from textual._keyboard_protocol import FUNCTIONAL_KEYS, MODIFIER_FUNCTIONAL_KEYS
from textual._styles_cache import StylesCache
from textual._time import get_time
from textual.app import App
from textual.binding import BindingsMap
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import Event
from textual.filter import LineFilter
from textual.geometry import Region
from textual.keys import _character_to_key as character_to_key
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

__all__ = [
    "ANSI_SEQUENCES_KEYS",
    "FUNCTIONAL_KEYS",
    "MODIFIER_FUNCTIONAL_KEYS",
    "HookedApp",
    "HookedDriver",
    "HookedPump",
    "HookedScreen",
    "HookedWidget",
    "character_to_key",
    "forget_borders",
    "get_time",
    "has_turns_to_give",
    "invoke",
    "is_stopped",
    "strips_of",
]

Result = TypeVar("Result")


class HookedPump(MessagePump):
    """Whoever handles messages: each passes `take_message`."""

    async def _dispatch_message(self, message: Message) -> None:
        await self.take_message(message)

    async def take_message(self, message: Message) -> None:
        """Give a message to the methods that handle it, with all that follows at once."""
        await super()._dispatch_message(message)


class HookedWidget(Widget):
    """A widget that is told when it has to be drawn anew."""

    def _set_dirty(self, *regions: Region) -> None:
        self.note_dirty()
        super()._set_dirty(*regions)

    def note_dirty(self) -> None:
        """What was drawn before is not what shows now."""


class HookedScreen(Screen[Result]):
    """A screen without Textual's own tooltips and toasts: what there is to say stands in a line for it."""

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Textual would add its tooltips and toasts here."""

    def _clear_tooltip(self) -> None:
        """There is none; Textual looks for it through all widgets with each key."""

    @property
    def bindings_in_reach(self) -> Sequence[tuple[DOMNode, BindingsMap]]:
        """Where a key may be bound for what has the focus: the nearest first, up to a dialog or the app."""
        return self._modal_binding_chain


class HookedApp(App[Result]):
    """An app that says how it is, and in whose hands it is how it ends."""

    def _handle_exception(self, error: Exception) -> None:
        self.end_for(error)

    def end_for(self, error: Exception) -> None:
        """End because of an error that nobody has handled."""
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.end_at_once()

    def end_at_once(self) -> None:
        """End without waiting for what is under way, and without a traceback on the screen."""
        self._close_messages_no_wait()

    @property
    def failure(self) -> Exception | None:
        """What made the app end before its time."""
        return self._exception

    @property
    def is_leaving(self) -> bool:
        """Whether it is on its way out."""
        return self._exit

    @property
    def driver(self) -> Driver | None:
        """What draws and reads; None before it begins."""
        return self._driver

    @property
    def line_filters(self) -> Iterable[LineFilter]:
        """What Textual changes of each line that is drawn."""
        return self._filters

    def all_screens(self) -> list[tuple[str, Screen[Any]]]:
        """Every screen that there is now, with the mode that it stands in."""
        return [(mode, screen) for mode, stack in self._screen_stacks.items() for screen in stack]

    def can_do(self, action: str, node: DOMNode) -> bool:
        """Whether an action of a node can be done now."""
        return bool(self._check_action_state(action, node))

    async def press(self, key: str) -> bool:
        """Do what a key is bound to where the focus is. Returns whether it is bound."""
        return await self._check_bindings(key)


class HookedDriver(Driver):
    """A driver that knows its app, and the event loop that the app runs in."""

    @property
    def app(self) -> App[Any]:
        """Whose driver it is."""
        return self._app

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """What the app runs in."""
        return self._loop

    @property
    def has_mouse(self) -> bool:
        """Whether the mouse works in the program."""
        return self._mouse

    @has_mouse.setter
    def has_mouse(self, is_wanted: bool) -> None:
        self._mouse = is_wanted


def has_turns_to_give(screen: Screen[Any]) -> bool:
    """Whether the event loop has anybody to give a turn to, or a screen puts something off until it has been drawn."""
    loop: Any = asyncio.get_running_loop()  # asyncio says this by a private name too
    return bool(loop._ready) or bool(screen._callbacks)


def strips_of(app: App[Any]) -> Sequence[Strip]:
    """What shows now, line by line: the screen with whatever lies over it."""
    drawn = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    assert isinstance(drawn, LayoutUpdate)
    return [Strip.join(line) for line in drawn.strips]


def is_stopped(event: Event) -> bool:
    """Whether whoever had an event has said that nobody else is to have it."""
    return event._stop_propagation


def forget_borders() -> None:
    """Forget every widget's borders: Textual remembers them by the widget, with all that it has drawn."""
    StylesCache.get_inner_outer.cache_clear()
