"""The question before an area with figures that look wrong is marked complete: it lists them, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from kvaltui.doubt_words import DoubtfulRow, how_many_look_wrong
from kvaltui.i18n import _
from kvaltui.model.entity import Reference
from kvaltui.tui.dialog import Dialog
from kvaltui.tui.screens.overview import ToDo, ToDoView, doubt_lines
from kvaltui.tui.terminal import bindings
from kvaltui.tui.widgets.line_view import LineView

COMPLETE, LEAVE_OPEN = "complete", "leave_open"
_AROUND = 6


class DoubtsBeforeComplete(Dialog[Reference | str]):
    """Asks whether an area is complete all the same.

    Returns `COMPLETE`, `LEAVE_OPEN`, the thing to go to, or None when the person leaves.
    The cursor stands on leaving it open at first.
    """

    KEYS = ("choose", "back")
    BINDINGS = bindings.BACK

    def __init__(self, area: str, doubtful: Sequence[DoubtfulRow]) -> None:
        title = _("{area}: {doubts}", area=area, doubts=how_many_look_wrong(len(doubtful)))
        super().__init__(title)
        self._doubtful = doubtful

    def compose_body(self) -> Iterable[Widget]:
        yield ToDoView()

    def on_mount(self) -> None:
        paint = self.program.paint
        rows = [
            ToDo(((_("Leave it open, and look at them"), paint.text),), LEAVE_OPEN),
            ToDo(((_("Mark it complete all the same"), paint.text),), COMPLETE),
            ToDo(()),
            *doubt_lines(self._doubtful, paint),
        ]
        view = self.query_one(ToDoView)
        view.show(rows)
        self.query_one("Vertical").styles.height = len(rows) + _AROUND
        self.set_focus(view)

    def on_line_view_chosen(self, event: LineView.Chosen) -> None:
        chosen = event.view.here
        if isinstance(chosen, Reference | str):
            self.dismiss(chosen)
