"""Taking back a change of the history: one, or all of a step; with what later depends on it, shown first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.i18n import N_, _
from kvaltui.model.message import KvaltuiError
from kvaltui.store.criteria import Criteria
from kvaltui.store.errors import LaterChanges
from kvaltui.store.history import Revision
from kvaltui.tui.dialog import Dialog
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.picker import Choice, Picker
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal.drawing import MARKER
from kvaltui.tui.undoing import say_taken_back
from kvaltui.tui.widgets.history_list import revision_pieces, text_of
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.session import PlanSession

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp

_ONE, _ALL = "one", "all"
_MANY = 100_000
_AROUND = 6
_MOST_ROWS = 14


def take_back(app: KvaltuiApp, revision: Revision) -> None:
    """Take a change back; of a step that changed several things, ask whether all of it or only this."""
    if app.session.is_read_only:
        editing.say_read_only(app)
        return
    together = app.session.history(limit=_MANY, only=Criteria(action=revision.action))
    if len(together) < 2:
        _try(app, revision.id)
        return
    choices = [
        Choice(_ONE, _("Only this change")),
        Choice(_ALL, _("All {count} changes made in the same step", count=len(together))),
    ]

    def go_on(chosen: str | None) -> None:
        if chosen is not None:
            _try(app, revision.id if chosen == _ONE else revision.action)

    app.push_screen(Picker(_("Take back"), choices), go_on)


def _try(app: KvaltuiApp, what: str, known: frozenset[str] = frozenset()) -> None:
    """Take a change back; where later ones that are not `known` to the person build on it, these are shown first."""
    try:
        action = app.session.take_back(what, confirm=known)
    except LaterChanges as error:
        known = frozenset(each.id for each in error.depends)
        app.push_screen(LaterChangesDialog(app.session, error.depends), partial(_go_on, app, what, known))
    except KvaltuiError as error:
        _complain(app, error)
    else:
        say_taken_back(app, action)


def _go_on(app: KvaltuiApp, what: str, known: frozenset[str], is_wanted: bool | None) -> None:
    if is_wanted:
        _try(app, what, known)


def _complain(app: KvaltuiApp, error: KvaltuiError) -> None:
    if isinstance(app.screen, PlanScreen):
        app.screen.complain(error)


class LaterList(LineView):
    """The changes that depend on one, in rows."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", N_("Take these back too"), id="choose")]

    def __init__(self, session: PlanSession, revisions: Sequence[Revision]) -> None:
        super().__init__()
        self._session = session
        self._revisions = tuple(revisions)

    def row_count(self) -> int:
        return len(self._revisions)

    def text_at(self, row: int) -> str:
        return text_of(self._session.content, self._revisions[row])

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        pieces = revision_pieces(self._session.content, self._revisions[row], self.paint, width - MARKER)
        return self.line([(self.marker(is_here=is_here), self.paint.accent), *pieces], width)


class LaterChangesDialog(Dialog[bool]):
    """Shows the later changes that taking one back would undo too; returns whether the person wants that."""

    KEYS = ("choose", "back")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"), id="back")]

    def __init__(self, session: PlanSession, depends: Sequence[Revision]) -> None:
        count = len(depends)
        title = _(
            "{count} later change builds on this one and is undone with it"
            if count == 1
            else "{count} later changes build on this one and are undone with it",
            count=count,
        )
        super().__init__(session, title)
        self._depends = depends

    def compose_body(self) -> Iterable[Widget]:
        yield LaterList(self.session, self._depends)

    def on_mount(self) -> None:
        self.query_one("Vertical").styles.height = min(_MOST_ROWS, len(self._depends)) + _AROUND
        self.set_focus(self.query_one(LaterList))
        super().on_mount()

    def on_line_view_chosen(self) -> None:
        self.dismiss(True)

    def action_leave(self) -> None:
        self.dismiss(False)
