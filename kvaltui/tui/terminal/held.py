"""What has to wait while another program holds the database: the window goes on drawing, and what was begun is begun
again until it succeeds, or until the person gives it up with Esc (docs/architecture.md, Waiting).

Nothing in the window waits in place. What asks the store for something in the window's own thread meets `DatabaseHeld`,
which passes by all handlers up to where Textual began with the message or the callback: that whole step is taken again
later. So each step asks the store before it changes anything else, and changes the database at most once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.message_pump import MessagePump

from kvaltui.i18n import _, say
from kvaltui.model.message import KvaltuiError
from kvaltui.model.message import Message as Told
from kvaltui.store.errors import DatabaseBusy
from kvaltui.store.patience import DatabaseHeld, here
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.terminal.patient import Step
from kvaltui.tui.widgets.chrome import SpeechLine

if TYPE_CHECKING:
    from kvaltui.tui.terminal.calm_app import CalmApp

BETWEEN = 0.1
"""Seconds between two attempts; the second failing one is told of."""
GIVING_UP = frozenset({"escape", "ctrl+c"})


@runtime_checkable
class Complaining(Protocol):
    """A screen that tells of what was refused in its own way."""

    def complain(self, error: KvaltuiError) -> None: ...


class Held:
    """The steps that wait for the database, in the order in which they were taken."""

    def __init__(self, app: CalmApp[Any]) -> None:
        self._app = app
        self._steps: deque[tuple[MessagePump, Step]] = deque()
        self._next_attempt: asyncio.TimerHandle | None = None
        self._is_trying = False
        self._is_given_up = False
        self._is_to_be_given_up = False
        self._covered: SpeechLine | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a person waits for something that waits for the database."""
        return bool(self._steps) or self._is_trying

    def way(self, _waited: float) -> bool:
        """How the window's thread waits (`kvaltui.store.patience`): not in place."""
        if self._is_given_up:
            return False
        raise DatabaseHeld

    def keep(self, pump: MessagePump, step: Step, commits: int) -> None:
        """Take a step again that has met DatabaseHeld. `commits` is how many there had been as it began.

        One that has stored something already is not taken again: that would be stored twice.
        """
        if here.commits != commits:
            self.complain(_busy())
            return
        self._steps.append((pump, step))
        if len(self._steps) == 1:
            self._app.typeahead.hold()
            self._plan()

    def give_up(self) -> None:
        """Take what waits once more, and let it be refused when the database is still held."""
        if self._next_attempt is not None:
            self._next_attempt.cancel()
            self._is_given_up = True
            self._attempt()
        else:
            self._is_to_be_given_up = self.is_waiting  # an attempt is under way: when it has failed

    def _plan(self) -> None:
        self._next_attempt = asyncio.get_running_loop().call_later(BETWEEN, self._attempt)

    def _attempt(self) -> None:
        """Have the first step taken again, within the messages of the one whose step it is."""
        self._next_attempt = None
        while self._steps and not self._steps[0][0].call_later(self._try):
            self._steps.popleft()  # whose step it was is gone
        if not self._steps:
            self._go_on()

    async def _try(self) -> None:
        pump, step = self._steps.popleft()
        commits = here.commits
        is_held = False
        self._is_trying = True
        try:
            await step()
        except DatabaseHeld:
            is_held = here.commits == commits
            if not is_held:
                self.complain(_busy())
        except KvaltuiError as error:
            self.complain(error)
        finally:
            self._is_trying = False
            self._is_given_up, self._is_to_be_given_up = is_held and self._is_to_be_given_up, False
            if is_held:
                self._steps.appendleft((pump, step))
            if self._is_given_up:
                self._attempt()
            elif is_held:
                self._tell()
                self._plan()
            elif self._steps:
                self._plan()
            else:
                self._go_on()

    def _go_on(self) -> None:
        """Nothing waits any more: what was said of it is taken away, and what was typed meanwhile has its turn."""
        if self._covered is not None:
            self._covered.put_over(None)
            self._covered = None
        self._app.typeahead.release()

    # Speaking

    def _tell(self) -> None:
        line = self._covered = self._line
        if line is not None:
            told = _("Waiting for the database … {key} gives up", key=key_name("escape"))
            line.put_over((told, self._app.paint.text))

    def complain(self, error: KvaltuiError) -> None:
        """Tell of what was refused, as the screen does it that shows or as the line for it can."""
        screen = self._app.screen
        if isinstance(screen, Complaining):
            screen.complain(error)
        elif (line := self._line) is not None:
            line.say([(say(error.message), self._app.paint.error)])

    @property
    def _line(self) -> SpeechLine | None:
        """The line for what is said of the topmost screen that has one."""
        found = (screen.query(SpeechLine) for screen in reversed(self._app.screen_stack))
        return next((lines.first() for lines in found if lines), None)


def _busy() -> DatabaseBusy:
    return DatabaseBusy(Told("Stored, but another program holds the database: what follows of it shows later"))
