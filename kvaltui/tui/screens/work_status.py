"""Saying how far a measure or an assignment has come, with two keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvaltui.i18n import _
from kvaltui.model.quality_work import Assignment, AssignmentStatus, Measure, MeasureStatus
from kvaltui.model.value import replace
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.picker import Choice, Picker
from kvaltui.words import capitalised, word

if TYPE_CHECKING:
    from kvaltui.tui.program import Program


def choose_status(app: Program, work: Measure | Assignment) -> None:
    """Ask how far it has come, and store the answer."""
    if app.session.is_read_only:
        editing.say_read_only(app)
        return
    seen = app.session.content.position
    statuses: list[MeasureStatus | AssignmentStatus] = list(
        MeasureStatus if isinstance(work, Measure) else AssignmentStatus
    )
    choices = [Choice(status.value, capitalised(word(status))) for status in statuses]

    def store(value: str | None) -> None:
        if value is None or value == work.status.value:
            return
        if isinstance(work, Measure):
            changed: Measure | Assignment = replace(work, status=MeasureStatus(value))
        else:
            changed = replace(work, status=AssignmentStatus(value))
        editing.store(app, [changed], capitalised(word(changed.status)), seen=seen)

    app.push_screen(Picker(_("Status"), choices, current=work.status.value), store)
