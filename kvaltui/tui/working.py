"""Long work behind a dialog: in a thread, with a connection of its own, telling how far it is, and stopped with Esc."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event
from typing import TypeVar

from kvaltui.i18n import _
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.store.dropping import Dropped
from kvaltui.store.errors import DatabaseBusy
from kvaltui.store.patience import DatabaseHeld, waiting_by
from kvaltui.tui.dialog import Dialog

Answer = TypeVar("Answer")
Result = TypeVar("Result")


class Job:
    """Work that is under way. It asks now and then whether it is still wanted, and tells how far it is."""

    def __init__(self, tell: Callable[[str], None], *, changes_something: bool) -> None:
        self.changes_something = changes_something
        self._tell = tell
        self._is_dropped = Event()

    @property
    def is_dropped(self) -> bool:
        """Whether the person does not want it any more."""
        return self._is_dropped.is_set()

    def drop(self) -> None:
        """Ask it to end without having changed anything."""
        self._is_dropped.set()

    def go_on(self, told: str) -> None:
        """Tell what is done next. Raises Dropped when the work is not wanted any more."""
        if self.is_dropped:
            raise Dropped(Message("Stopped: nothing has been changed"))
        self._tell(told)

    def wait(self, waited: float) -> bool:
        """The way in which its thread waits while another program holds the database (`kvaltui.store.patience`)."""
        if waited >= _SILENT or self.is_dropped:
            self.go_on(_("Waiting for the database …"))
        return True


_SILENT = 0.3
"""Seconds in which most that others write is written."""


class WorkingDialog(Dialog[Answer]):
    """A dialog that has long work done. While it is, nothing else can be asked for, and Esc stops it."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._job: Job | None = None

    @property
    def is_working(self) -> bool:
        """Whether work is under way."""
        return self._job is not None

    def begin(
        self,
        told: str,
        work: Callable[[Job], Result],
        done: Callable[[Result], None],
        *,
        changes_something: bool = False,
    ) -> None:
        """Have `work` done in a thread, and call `done` here with what it returns. What it raises is told.

        Work that `changes_something` is waited for when it is stopped, since it may have been quicker; what only reads
        is left to end by itself.
        """
        if self.is_working:
            return
        job = self._job = Job(
            lambda text: self.app.call_from_thread(self._tell, job, text), changes_something=changes_something
        )
        self.session.is_paused = True
        self._tell(job, told)

        def run() -> None:
            try:
                with waiting_by(job.wait):
                    result = work(job)
            except KvaltuiError as error:
                self.app.call_from_thread(self._end, job, partial(self.complain, error))
            else:
                self.app.call_from_thread(self._end, job, partial(done, result))

        self.run_worker(run, thread=True)

    def _tell(self, job: Job, told: str) -> None:
        if job is self._job:
            self.speak(f"{told}  {_('Esc stops it')}")

    def _end(self, job: Job, after: Callable[[], None]) -> None:
        if job is self._job:
            self._let_go()
            after()

    def _let_go(self) -> None:
        self._job = None
        self.session.is_paused = False
        with suppress(DatabaseHeld, DatabaseBusy):  # then it is asked again, as always
            self.session.refresh_if_changed()

    def action_leave(self) -> None:
        if self.leave():
            super().action_leave()

    def leave(self) -> bool:
        """Stop the work that is under way. Returns whether there was none, so that the dialog can close."""
        if self._job is None:
            return True
        self._job.drop()
        if self._job.changes_something:
            self.speak(_("Stopping …"))
        else:
            self._let_go()
            self.speak(_("Stopped"))
        return False
