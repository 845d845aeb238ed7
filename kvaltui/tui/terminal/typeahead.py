"""Keys that come faster than they are dealt with, as over a slow line: each is for what those before it have opened.

Textual gives a key to what has the focus when it arrives: to a list that has just been chosen from, or to a dialog
that does not stand yet. Here the next key is given only when all that the one before has set going is done.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from textual import events
from textual.app import App

from kvaltui.tui.terminal.textual_private import get_time, has_turns_to_give

FASTER_THAN_FINGERS = 0.005
"""Seconds between keys that no person has pressed one after the other."""
_LINE_FEED = "ctrl+j"
LEAVING_A_CELL: Final[Mapping[str, str]] = MappingProxyType({"tab": "\t", "enter": "\n", _LINE_FEED: "\n"})
"""The keys that leave a cell, and what they are in a text of several cells."""
_PAUSE = 0.001
"""Seconds between looks at whether the next key's turn has come; it is looked only while keys wait."""

_LONG_PAUSE = 0.02
"""The same, while they wait for what may take long."""

_MANY = 500
"""So many keys that wait are enough for a while."""
_GLANCE = 0.05
"""Seconds in which nobody sees what has happened and answers it: what comes so soon was on its way already."""

Typed = events.Key | events.Paste


class Typeahead:
    """What a person has typed and is still to be given to the app, in its order.

    `deliver` gives a key or a paste to what has the focus.
    """

    def __init__(self, app: App[Any], deliver: Callable[[Typed], Awaitable[None]]) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: deque[Typed] = deque()
        self._is_handing_over = False
        self._is_over = False
        self._task: asyncio.Task[None] | None = None
        self._is_held = False
        self._answered_at = 0.0

    @property
    def is_empty(self) -> bool:
        """Whether all that was typed has been handed over, as far as this app is to have it."""
        return self._is_over or not (self._waiting or self._is_handing_over)

    def brings_text_with(self, event: events.Key) -> bool:
        """Whether a character came together with a key: what a terminal sends as keys that was pasted into it."""
        before = event.time
        for follows in self._waiting:
            if not isinstance(follows, events.Key) or follows.time - before >= FASTER_THAN_FINGERS:
                return False
            if follows.is_printable or follows.key == _LINE_FEED:
                return True
            if follows.key != "enter":
                return False
            before = follows.time
        return False

    def cells_with(self, event: events.Key) -> tuple[str, int]:
        """What came together with a key that leaves a cell: the text with tabs and line ends down to the last of these.

        That is what a terminal sends as keys where cells were pasted into it. And how many keys it is, none where no
        further cell is left; `skip` takes them away.
        """
        before, text, taken = event.time, "", ("", 0)
        for at, follows in enumerate(self._waiting, 1):
            if not isinstance(follows, events.Key) or follows.time - before >= FASTER_THAN_FINGERS:
                break
            left = LEAVING_A_CELL.get(follows.key)
            if left is None and not follows.is_printable:
                break
            text += left or follows.character or ""
            taken = (text, at) if left else taken
            before = follows.time
        return taken

    def skip(self, keys: int) -> None:
        """Take away the next keys: they have been dealt with together."""
        for _key in range(keys):
            self._waiting.popleft()

    @property
    def has_more(self) -> bool:
        """Whether more has been typed than what is being dealt with."""
        return bool(self._waiting)

    def texts(self) -> Iterator[str]:
        """What was typed or pasted and has not been delivered: the characters between other keys."""
        text = ""
        for each in self._waiting:
            if isinstance(each, events.Key) and each.is_printable:
                text += each.character or ""
                continue
            yield text.strip()
            text = each.text if isinstance(each, events.Paste) else ""
        yield text.strip()

    @property
    def is_full(self) -> bool:
        """Whether so much waits that no more should be read from the terminal."""
        return len(self._waiting) >= _MANY

    def is_followed(self, event: Typed) -> bool:
        """Whether more was typed after this, before anybody could have seen what comes of it."""
        if not self._waiting:
            return False
        return self._is_held or self._waiting[0].time - max(event.time, self._answered_at) < _GLANCE

    async def give(self, event: Typed) -> None:
        """Deliver what was typed: at once where nothing else is under way, and otherwise when its turn comes.

        To be called within the app's own messages, where an error ends the app as it should. What has come together
        with more is put in turn, so that it is known of each key whether more was typed after it.
        """
        if self._waiting or self._is_over or self._app.message_queue_size or self._is_busy():
            self.take(event)
        else:
            self._is_handing_over = True
            await self._hand_over(event)

    def take(self, event: Typed) -> None:
        """Deliver what was typed when its turn comes."""
        self._waiting.append(event)
        self.begin()

    def begin(self) -> None:
        """Begin to deliver what waits."""
        if self._waiting and not self._is_over and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._hand_over_in_turn())

    def hold(self) -> None:
        """Keep what is typed until `release`: what was typed before it has not been dealt with."""
        self._is_held = True

    def release(self) -> None:
        """Deliver what was kept: it was typed before anybody could have seen what came of what was typed before."""
        self._is_held = False
        self._answered_at = get_time()

    def end(self) -> None:
        """Deliver nothing more: the app is on its way out, and what is typed now is for the one that comes after it."""
        self._is_over = True

    def take_over(self, earlier: Typeahead) -> None:
        """Take what was typed to an app that has ended; it is delivered from `begin` on."""
        self._waiting.extend(earlier._waiting)
        earlier._waiting.clear()

    async def _hand_over_in_turn(self) -> None:
        while self._waiting and not self._is_over:
            if self._is_busy():
                await asyncio.sleep(_LONG_PAUSE if self._is_held else _PAUSE)
                continue
            self._is_handing_over = True
            # Within the app's own messages, where an error ends the app as it should.
            if not self._app.call_later(self._hand_over, self._waiting.popleft()):
                return

    async def _hand_over(self, event: Typed) -> None:
        try:
            await self._deliver(event)
        finally:
            self._is_handing_over = False

    def _is_busy(self) -> bool:
        """Whether anything is under way that may decide whom the next key is for.

        Nothing is when the event loop has nobody left to give a turn to, since then every widget waits for a message,
        and nothing is put off until the screen has been drawn.
        """
        return self._is_held or self._is_handing_over or has_turns_to_give(self._app.screen)
