"""The question before an area with figures that look wrong is marked complete: it lists them, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.strip import Strip
from textual.widget import Widget

from kvaltui.doubt_words import MOST_SHOWN, DoubtfulRow, how_many_look_wrong
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.entity import Reference
from kvaltui.model.value import dataclass
from kvaltui.tui.dialog import Dialog
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, cut_middle, width_of
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_view import LineView

COMPLETE, LEAVE_OPEN = "complete", "leave_open"
_AROUND = 6


@dataclass(frozen=True, slots=True)
class ToDo:
    """A line of what can be done: what it says, and the thing or the answer that it leads to; a heading has none.

    `end` stands after the pieces and is kept whole where the line has no room for all.
    """

    pieces: tuple[Piece, ...] = ()
    leads_to: Reference | str | None = None
    end: str = ""

    def fitted(self, width: int) -> tuple[Piece, ...]:
        """The pieces in a width, the last of them shortened where the end would find no room."""
        if not self.end:
            return self.pieces
        *before, (text, style) = self.pieces
        room = width - sum(width_of(each) for each, _style in before) - width_of(self.end)
        return (*before, (f"{cut_middle(text, max(1, room))}{self.end}", style))


class ToDoView(LineView[ToDo]):
    """What can be done, and the figures that look wrong."""

    def __init__(self, rows: Sequence[ToDo]) -> None:
        super().__init__()
        self._rows = rows

    def can_stand(self, row: int) -> bool:
        return self._rows[row].leads_to is not None

    def text_at(self, row: int) -> str:
        return "".join(text for text, _style in self._rows[row].pieces)

    def thing_of(self, row: ToDo) -> Reference | str | None:
        return row.leads_to

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        return self.line([(" ", None), *self._rows[row].fitted(width - 2)], width)


def doubt_lines(doubtful: Sequence[DoubtfulRow], paint: Paint) -> Iterator[ToDo]:
    """The figures that look wrong: how many, each of them leading to its row, and why it looks wrong."""
    yield ToDo(((f"  {how_many_look_wrong(len(doubtful))}", paint.warning),))
    for each in doubtful[:MOST_SHOWN]:
        figure = f": {clean(each.figure)}" if each.figure else ""
        yield ToDo(((f"  ! {clean(each.name)}", paint.text),), each.reference, figure)
        yield from (ToDo(((f"      {reason}", paint.muted),)) for reason in each.reasons)
    if (more := len(doubtful) - MOST_SHOWN) > 0:
        yield ToDo(((_("  and {count} more", count=more), paint.muted),))


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
        paint = self.program.paint
        rows = [
            ToDo(((_("Leave it open, and look at them"), paint.text),), LEAVE_OPEN),
            ToDo(((_("Mark it complete all the same"), paint.text),), COMPLETE),
            ToDo(),
            *doubt_lines(self._doubtful, paint),
        ]
        self._view = ToDoView(rows)
        yield self._view

    def on_mount(self) -> None:
        self.query_one("Vertical").styles.height = self._view.row_count() + _AROUND
        self.set_focus(self._view)

    def on_line_view_chosen(self, event: LineView.Chosen) -> None:
        chosen = event.view.here
        if isinstance(chosen, Reference | str):
            self.dismiss(chosen)
