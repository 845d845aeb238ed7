"""Handling messages, and asking the store meanwhile, without standing still for a database that somebody else holds, or
ending for one that cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, cast

from textual.events import Compose, Mount
from textual.message import Message

from kvaltui.model.message import KvaltuiError
from kvaltui.store.patience import DatabaseHeld, here
from kvaltui.tui.terminal.held import Held, Step
from kvaltui.tui.terminal.textual_private import HookedPump, invoke

_BUILDING = (Compose, Mount)
"""What fails in these leaves something that is not whole, and cannot be gone on with."""


class HoldingApp(Protocol):
    """An app whose steps can wait for the database."""

    held: Held


class Patient(HookedPump):
    """Whoever handles messages and may ask the store meanwhile: what meets a held database is done again later, and
    what is refused for a reason that has words is told in the line for them.
    """

    async def take_message(self, message: Message) -> None:
        await self.try_step(partial(super().take_message, message), is_building=isinstance(message, _BUILDING))

    def call_next(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        super().call_next(self.try_step, partial(invoke, partial(callback, *args, **kwargs)))

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        return super().call_after_refresh(self.try_step, partial(invoke, partial(callback, *args, **kwargs)))

    def when_free(self, read: Callable[[], object]) -> None:
        """Do what only reads: now, or where the database is held as a step of its own, so that what has been done
        before it is not done again.
        """
        try:
            read()
        except DatabaseHeld:
            self.call_later(read)

    async def try_step(self, step: Step, *, is_building: bool = False) -> None:
        """Take a step, now or as soon as the database is free."""
        commits = here.commits
        try:
            await step()
        except DatabaseHeld:
            cast("HoldingApp", self.app).held.keep(self, step, commits)
        except KvaltuiError as error:
            if is_building:
                raise
            cast("HoldingApp", self.app).held.complain(error)
