"""Saying how far a measure or an assignment has come, with two keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kvaltui.i18n import _
from kvaltui.model.quality_work import Assignment, Measure
from kvaltui.model.value import replace
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.words import capitalised, word

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp


def choose_status(app: KvaltuiApp, work: Measure | Assignment) -> None:
    """Ask how far it has come, and store the answer."""
    if app.session.is_read_only:
        editing.say_read_only(app)
        return
    seen = app.session.content.position
    choices = [Choice(status, capitalised(word(status))) for status in type(work.status)]

    def store(status: Any) -> None:
        if status != work.status:
            editing.store(app, [replace(work, status=status)], capitalised(word(status)), seen=seen)

    pick(app, _("Status"), choices, store, current=work.status)
