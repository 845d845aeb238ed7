"""The dialog that shows a pasted column of figures before it is stored: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from kvaltui.i18n import N_, _, say
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.dialog import Dialog
from kvaltui.tui.drawing import Piece, cut, cut_middle, left, right
from kvaltui.tui.figures import figure_cell, status_cell
from kvaltui.tui.pasting import PastedFigure, store
from kvaltui.tui.session import PlanSession
from kvaltui.tui.widgets.line_view import LineView

_FIGURE = 12
_STATUS = 14


class PastedView(LineView):
    """The pasted figures: name, what stands there now, the new figure, and what it would mean or why it is refused."""

    HEAD: ClassVar[int] = 1

    def __init__(self, session: PlanSession, figures: Sequence[PastedFigure]) -> None:
        super().__init__()
        self._session = session
        self._figures = figures

    def row_count(self) -> int:
        return len(self._figures)

    def draw_head(self, y: int, width: int) -> Strip:
        room = width - 2 * _FIGURE - _STATUS - 4
        text = f" {left(_('Indicator'), room)}{right(_('Now'), _FIGURE)}{right(_('Pasted'), _FIGURE)}  {_('Status')}"
        return self.line([(text, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown, paint = self._figures[row], self.paint
        indicator = self._session.indicator(shown.row.indicator)
        room = width - 2 * _FIGURE - _STATUS - 4
        name = clean(shown.row.part or indicator.display_name or indicator.name)
        now = figure_cell(shown.entry.text, indicator.scale)
        style = paint.selected if is_here else paint.text
        pieces: list[Piece] = [
            (self.marker(is_here=is_here)[:1], paint.accent),
            (left(cut_middle(name, room), room), style),
            (right(now, _FIGURE), paint.muted),
        ]
        if shown.problem is not None:
            told = cut(say(shown.problem), _FIGURE + _STATUS + 2)
            return self.line([*pieces, ("  ", None), (told, paint.error)], width)
        pieces.append((right(figure_cell(shown.text, indicator.scale), _FIGURE), paint.strong))
        return self.line([*pieces, ("  ", None), *self._meaning(shown)], width)

    def _meaning(self, shown: PastedFigure) -> list[Piece]:
        if shown.judged is None:
            return []
        verdicts = dict(shown.judged.verdict.parts)
        status = verdicts[shown.row.part].status if shown.row.part in verdicts else shown.judged.status
        text = status_cell(status, ascii=self.is_ascii)
        return [(left(text, _STATUS), self.paint.status(status))]

    @property
    def figure(self) -> PastedFigure:
        """The figure on the cursor's row."""
        return self._figures[self.cursor]


class PasteDialog(Dialog[bool]):
    """Enter stores all the figures; while one of them cannot be read nothing can be stored."""

    KEYS = ("choose", "back")
    DEFAULT_CSS = "PasteDialog > Vertical { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "store", N_("Store all"), id="choose", priority=True),
        Binding("escape", "leave", N_("Drop"), id="back"),
    ]

    def __init__(self, session: PlanSession, figures: Sequence[PastedFigure]) -> None:
        super().__init__(session, _("{count} pasted figures for {period}", count=len(figures), period=session.period))
        self._figures = figures
        self._view = PastedView(session, figures)
        self._view.styles.height = min(len(figures), 14) + PastedView.HEAD

    def compose_body(self) -> ComposeResult:
        yield self._view

    def on_mount(self) -> None:
        super().on_mount()
        first = next((at for at, each in enumerate(self._figures) if each.problem is not None), None)
        if first is not None:
            self._view.move_to(first)
            self._tell_of(self._figures[first])
        self.watch(self._view, "here", self._moved, init=False)

    def _moved(self) -> None:
        self._tell_of(self._view.figure)

    def _tell_of(self, figure: PastedFigure) -> None:
        self.speak(say(figure.problem) if figure.problem is not None else "", is_problem=True)

    def action_store(self) -> None:
        refused = sum(1 for each in self._figures if each.problem is not None)
        if refused:
            self.speak(_("{count} of them cannot be read: nothing is stored", count=refused), is_problem=True)
            return
        try:
            store(self.session, self._figures)
        except KvaltuiError as error:
            self.complain(error)
        else:
            self.dismiss(True)

    def action_leave(self) -> None:
        self.dismiss(False)
