"""Keys that come faster than they are dealt with, as over a slow line: each is for what those before it have opened.

Textual gives a key to what has the focus when it arrives: to a list that has just been chosen from, or to a dialog
that does not stand yet. Here the next key is given only when all that the one before has set going is done.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

_PAUSE = 0.001
"""Seconds between looks at whether the next key's turn has come; it is looked only while keys wait."""

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
        self._is_handing_over = False
        self._task: asyncio.Task[None] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether all that was typed has been handed over."""
        return not self._waiting and not self._is_handing_over

    async def take(self, event: Typed) -> None:
        """Deliver what was typed: now, or when its turn comes."""
        if not self._waiting and not self._is_busy():
            await self._hand_over(event)
            return
        self._waiting.append(event)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._hand_over_in_turn())

    async def _hand_over_in_turn(self) -> None:
        while self._waiting:
            if self._is_busy():
                await asyncio.sleep(_PAUSE)
                continue
            self._is_handing_over = True
            # Within the app's own messages, where an error ends the app as it should.
            if not self._app.call_later(self._hand_over, self._waiting.popleft()):
                return

    async def _hand_over(self, event: Typed) -> None:
        self._recipient = self._app.focused
        try:
            await self._deliver(event)
        finally:
            self._is_handing_over = False

    def _is_busy(self) -> bool:
        """Whether somebody still has something to do that may decide whom the next key is for."""
        screen = self._app.screen
        return (
            self._is_handing_over
            or not screen.is_mounted
            or any(
                each.is_running and (each.message_queue_size or each._next_callbacks)
                for each in (self._recipient, screen, screen.focused)
                if each is not None
            )
        )
