"""Handling messages, and asking the store meanwhile, without standing still for a database that somebody else holds, or
ending for one that cannot be read.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from textual._callback import invoke
from textual.events import Compose, Mount
from textual.message import Message
from textual.message_pump import MessagePump

from kvaltui.model.message import KvaltuiError
from kvaltui.store.patience import DatabaseHeld, here

if TYPE_CHECKING:
    from kvaltui.tui.terminal.calm_app import CalmApp
    from kvaltui.tui.terminal.held import Held

Step: TypeAlias = Callable[[], Awaitable[object]]
"""The dealing with one message, or one callback: all that is done again when the database turns out to be held."""
_BUILDING = (Compose, Mount)
"""What fails in these leaves something that is not whole, and cannot be gone on with."""


class Patient(MessagePump):
    """Whoever handles messages and may ask the store meanwhile: what meets a held database is done again later, and
    what is refused for a reason that has words is told in the line for them.
    """

    async def _dispatch_message(self, message: Message) -> None:
        commits = here.commits
        try:
            await super()._dispatch_message(message)
        except DatabaseHeld:
            _held_of(self).keep(self, partial(super()._dispatch_message, message), commits)
        except KvaltuiError as error:
            if isinstance(message, _BUILDING):
                raise
            _held_of(self).complain(error)

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

    async def try_step(self, step: Step) -> None:
        """Take a step, now or as soon as the database is free."""
        commits = here.commits
        try:
            await step()
        except DatabaseHeld:
            _held_of(self).keep(self, step, commits)
        except KvaltuiError as error:
            _held_of(self).complain(error)


def _held_of(pump: MessagePump) -> Held:
    return cast("CalmApp[Any]", pump.app).held
