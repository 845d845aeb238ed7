"""Keys that come faster than they are dealt with, as over a slow line: each is for what those before it have opened.

Textual gives a key to what has the focus when it arrives: to a list that has just been chosen from, or to a dialog
that does not stand yet. Here the next key is given only when all that the one before has set going is done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

Typed = events.Key | events.Paste


class Typeahead:
    """What a person has typed and is still to be given to the app, in its order.

    `deliver` gives a key or a paste to what has the focus.
    """

    def __init__(self, app: App[Any], deliver: Callable[[Typed], Awaitable[None]]) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: deque[Typed] = deque()
        self._recipient: MessagePump | None = None

    async def take(self, event: Typed) -> None:
        """Deliver what was typed: now, or when its turn comes."""
        self._waiting.append(event)
        if len(self._waiting) == 1:
            await self._go_on()

    async def _go_on(self) -> None:
        while self._waiting:
            busy = self._busy()
            if busy is not None:
                if not busy.call_later(self._go_on):
                    self._app.call_later(self._go_on)
                return
            self._recipient = self._app.focused
            await self._deliver(self._waiting[0])
            self._waiting.popleft()

    def _busy(self) -> MessagePump | None:
        """Who still has something to do that may decide whom the next key is for."""
        screen = self._app.screen
        if not screen.is_mounted:
            return screen
        for each in (self._recipient, screen, screen.focused):
            if each is not None and each.is_running and each.message_queue_size:
                return each
        return None
