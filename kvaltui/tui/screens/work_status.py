"""Saying how far a measure or an assignment has come, with two keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from kvaltui.i18n import _
from kvaltui.model.quality_work import Assignment, Measure
from kvaltui.model.value import replace
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.words import capitalised, word

if TYPE_CHECKING:
    from kvaltui.tui.program import Program


def choose_status(app: Program, work: Measure | Assignment) -> None:
    """Ask how far it has come, and store the answer."""
    if not editing.may_change(app):
        return
    seen = app.session.content.position
    choices = [Choice(status.value, capitalised(word(status))) for status in type(work.status)]

    def store(value: str) -> None:
        if value != work.status.value:
            changed = replace(cast(Any, work), status=type(work.status)(value))
            editing.store(app, [changed], capitalised(word(changed.status)), seen=seen)

    pick(app, _("Status"), choices, store, current=work.status.value)
