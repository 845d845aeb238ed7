"""A file that is to be taken in: what it would do is shown first, then all of it is stored, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.containers import Vertical
from textual.widget import Widget

from kvaltui.i18n import _
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyHint
from kvaltui.tui.widgets.reading import Reading
from kvaltui.tui.working import Job, WorkingDialog
from kvaltui.work.intake import Intake

_AROUND = 6
_LEAST = 8


class IntakeDialog(WorkingDialog[bool]):
    """Shows what a file would do. Returns True when that was done, None when the person leaves."""

    BINDINGS = bindings.INTAKE_DIALOG

    def __init__(self, intake: Intake, does: str = "") -> None:
        super().__init__(_("What {file} does", file=intake.file))
        self._intake = intake
        self._does = does or _("Take it in")

    def compose_body(self) -> Iterable[Widget]:
        yield Reading(self._intake.blocks)

    def on_mount(self) -> None:
        text = self.query_one(Reading)
        height = text.height_in(min(100, self.app.size.width) - 2)
        self.query_one(Vertical).styles.height = max(_LEAST, height + _AROUND)
        self.set_focus(text)
        if self._intake.obstacle:
            self.speak(self._intake.obstacle, is_problem=True)
        elif self._intake.is_empty:
            self.speak(_("Everything in the file is here already."))
        elif self._intake.is_unproved:
            self.speak(_("It cannot be proved who wrote what is new: read who it is said to be."), is_problem=True)
        elif self._intake.doubt:
            self.speak(self._intake.doubt, is_problem=True)

    @property
    def _can_store(self) -> bool:
        return not (self._intake.obstacle or self._intake.is_empty or self.is_working)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "take_in" or self._can_store

    def key_hints(self) -> Sequence[KeyHint]:
        hints = [KeyHint(key_name("enter"), self._does, "take_in")] if self._can_store else []
        return [*hints, KeyHint(key_name("escape"), _("Back"), "leave"), KeyHint(key_name("down"), _("Read on"), "")]

    def action_take_in(self) -> None:
        """Store what the file has; what cannot be proved only when the person says once more that it is wanted."""
        if not self._intake.is_unproved:
            self._store()
            return

        def go_on(chosen: str) -> None:
            if chosen:
                self._store()

        choices = [
            Choice("", _("Do not take it in")),
            Choice("take_in", _("Take it in all the same"), detail=_("the history tells that it cannot be proved")),
        ]
        pick(self.app, _("It cannot be proved who wrote this"), choices, go_on)

    def _store(self) -> None:
        """Store what the file has, in a thread."""

        def store(job: Job) -> None:
            self._intake.store(lambda: job.is_dropped)

        self.begin(_("Storing …"), store, self._done, changes_something=True)

    def _done(self, _nothing: None) -> None:
        self.dismiss(True)
