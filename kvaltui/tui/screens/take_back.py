"""Taking back a change of the history: one, or all of a step; with what later depends on it, shown first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.strip import Strip
from textual.widget import Widget

from kvaltui.i18n import _
from kvaltui.model.message import KvaltuiError
from kvaltui.store.criteria import Criteria
from kvaltui.store.history import Revision
from kvaltui.store.undo import LaterChanges
from kvaltui.tui.dialog import Dialog
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import MARKER
from kvaltui.tui.undoing import say_taken_back
from kvaltui.tui.widgets.history_list import revision_pieces
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.history_words import text_of
from kvaltui.work.session import PlanSession

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

_MANY = 100_000
_AROUND = 6
_MOST_ROWS = 14


def take_back(app: Program, revision: Revision, *, is_whole: bool = False) -> None:
    """Take a change back; of a step that changed several things, ask whether all of it or only this.

    `is_whole`: the person sees all of the step as one thing, and nothing is asked.
    """
    if not editing.may_change(app):
        return
    if is_whole:
        _try(app, revision.action)
        return
    together = app.session.history(limit=_MANY, only=Criteria(action=revision.action))
    if len(together) < 2:
        _try(app, revision.id)
        return
    choices = [
        Choice(revision.id, _("Only this change")),
        Choice(revision.action, _("All {count} changes made in the same step", count=len(together))),
    ]
    pick(app, _("Take back"), choices, partial(_try, app))


def _try(app: Program, what: str, known: frozenset[str] = frozenset()) -> None:
    """Take a change back; where later ones that are not `known` to the person build on it, these are shown first."""
    try:
        action = app.session.take_back(what, confirm=known)
    except LaterChanges as error:
        known = frozenset(each.id for each in error.depends)
        app.push_screen(LaterChangesDialog(error.depends), partial(_go_on, app, what, known))
    except KvaltuiError as error:
        app.complain(error)
    else:
        say_taken_back(app, action)


def _go_on(app: Program, what: str, known: frozenset[str], is_wanted: bool | None) -> None:
    if is_wanted:
        _try(app, what, known)


class LaterList(LineView[Revision]):
    """The changes that depend on one, in rows."""

    BINDINGS = bindings.LATER_LIST

    def __init__(self, session: PlanSession, revisions: Sequence[Revision]) -> None:
        super().__init__()
        self._session = session
        self._rows: Sequence[Revision] = revisions

    def text_at(self, row: int) -> str:
        return text_of(self._session.content, self._rows[row])

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        pieces = revision_pieces(self._session.content, self._rows[row], self.paint, width - MARKER, self.short)
        return self.line([(self.marker(is_here=is_here), self.paint.accent), *pieces], width)


class LaterChangesDialog(Dialog[bool]):
    """Shows the later changes that taking one back would undo too; returns True when the person wants that."""

    KEYS = ("choose", "back")
    BINDINGS = bindings.BACK

    def __init__(self, depends: Sequence[Revision]) -> None:
        count = len(depends)
        title = _(
            "{count} later change builds on this one and is undone with it"
            if count == 1
            else "{count} later changes build on this one and are undone with it",
            count=count,
        )
        super().__init__(title)
        self._depends = depends

    def compose_body(self) -> Iterable[Widget]:
        yield LaterList(self.session, self._depends)

    def on_mount(self) -> None:
        self.query_one("Vertical").styles.height = min(_MOST_ROWS, len(self._depends)) + _AROUND
        self.set_focus(self.query_one(LaterList))

    def on_line_view_chosen(self) -> None:
        self.dismiss(True)
