"""The dialog that shows a pasted column of figures before it is stored: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.strip import Strip

from kvaltui.figure_words import figure_cell
from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError
from kvaltui.status_cells import status_cell
from kvaltui.tui.dialog import Dialog, DialogTitle
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, cut, left, right
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.words import word
from kvaltui.work.pasting import PastedFigure, store
from kvaltui.work.session import PlanSession

_FIGURE = 12
_STATUS = 14


class PastedView(LineView[PastedFigure]):
    """The pasted figures: name, what stands there now, the new figure, and what it would mean or why it is refused."""

    HEAD: ClassVar[int] = 1

    def __init__(self, session: PlanSession, figures: Sequence[PastedFigure]) -> None:
        super().__init__()
        self._session = session
        self._rows: Sequence[PastedFigure] = figures

    def half_typed(self) -> Iterator[str]:
        return (each.text for each in self._rows)

    def text_at(self, row: int) -> str:
        shown = self._rows[row].row
        indicator = self._session.indicator(shown.indicator)
        return clean(shown.part or indicator.shown_name)

    def headings(self, width: int) -> str:
        room = width - 2 * _FIGURE - _STATUS - 4
        return f" {left(_('Indicator'), room)}{right(_('Now'), _FIGURE)}{right(_('Pasted'), _FIGURE)}  {_('Status')}"

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown, paint = self._rows[row], self.paint
        indicator = self._session.indicator(shown.row.indicator)
        room = width - 2 * _FIGURE - _STATUS - 4
        name = self.text_at(row)
        now = figure_cell(shown.entry.text, indicator.scale)
        style = paint.selected if is_here else paint.text
        pieces: list[Piece] = [
            (self.marker(is_here=is_here)[:1], paint.accent),
            (left(self.short(name, room), room), style),
            (right(now, _FIGURE), paint.muted),
        ]
        if shown.problem is not None:
            told = cut(say(shown.problem), _FIGURE + _STATUS + 2)
            return self.line([*pieces, ("  ", None), (told, paint.error)], width)
        pieces.append((right(figure_cell(shown.text, indicator.scale), _FIGURE), paint.strong))
        return self.line([*pieces, (" !" if shown.doubts else "  ", paint.warning), self._meaning(shown)], width)

    def _meaning(self, shown: PastedFigure) -> Piece:
        if not shown.is_new:
            return f" {_('unchanged')}", self.paint.muted
        if shown.status is None:
            return "", None
        text = status_cell(shown.status, ascii=self.is_ascii)
        return f" {left(text, _STATUS - 1)}", self.paint.warning if shown.doubts else self.paint.status(shown.status)


class PasteDialog(Dialog[str]):
    """Enter stores all the figures; while one of them cannot be read nothing can be stored.

    Returns what there is to say of what was stored; None when the person drops it.
    """

    KEYS = ("choose", "back")
    DEFAULT_CSS = "PasteDialog > Vertical { height: auto; }"
    BINDINGS = bindings.PASTE_DIALOG

    def __init__(self, session: PlanSession, figures: Sequence[PastedFigure]) -> None:
        super().__init__(_("{count} pasted figures for {period}", count=len(figures), period=session.period))
        self._rows = figures
        self._view = PastedView(session, figures)
        self._view.styles.height = min(len(figures), 14) + PastedView.HEAD

    def compose_body(self) -> ComposeResult:
        yield self._view

    @property
    def is_half_written(self) -> bool:
        """Whether there are figures that are not stored."""
        return any(each.is_new or each.problem is not None for each in self._rows)

    def on_mount(self) -> None:
        self.query_one(DialogTitle).show_aside(self._summary())
        wrong = [at for at, each in enumerate(self._rows) if each.problem is not None]
        wrong += [at for at, each in enumerate(self._rows) if each.doubts]
        if wrong:
            self._view.move_to(wrong[0])
        self._moved()
        self.watch(self._view, "here", self._moved, init=False)

    def _summary(self) -> str:
        """How many cannot be read, look wrong, replace another figure, and say nothing new."""
        figures = self._rows
        unread = sum(each.problem is not None for each in figures)
        doubtful = sum(bool(each.doubts) for each in figures)
        replaced = sum(each.is_new and bool(each.entry.text) for each in figures)
        unchanged = sum(each.problem is None and not each.is_new for each in figures)
        told = (
            _("{count} cannot be read", count=unread) if unread else "",
            _("{count} to look at again", count=doubtful) if doubtful else "",
            _("{count} replaced", count=replaced) if replaced else "",
            _("{count} unchanged", count=unchanged) if unchanged else "",
        )
        return ", ".join(filter(None, told))

    def _moved(self) -> None:
        """Say of the cursor's figure why it cannot be read, or what looks wrong about it and what it replaces."""
        figure = self._view.row
        assert figure is not None
        if figure.problem is not None:
            self.speak(say(figure.problem), is_problem=True)
            return
        told = [f"! {', '.join(word(doubt) for doubt in figure.doubts)}"] if figure.doubts else []
        if figure.is_new and figure.entry.text:
            told.append(_("{before} becomes {after}", before=figure.entry.text, after=figure.text))
        paint = self.program.paint
        self.query_one(SpeechLine).say([(clean("  ".join(told)), paint.warning if figure.doubts else paint.text)])

    def action_store(self) -> None:
        refused = sum(1 for each in self._rows if each.problem is not None)
        if refused:
            self.speak(_("{count} of them cannot be read: nothing is stored", count=refused), is_problem=True)
            return
        try:
            store(self.session, self._rows)
        except KvaltuiError as error:
            self.complain(error)
        else:
            told = _("{count} figures", count=len(self._rows))
            summary = self._summary()
            is_new = any(each.is_new for each in self._rows)
            said = PlanScreen.saved_now() if is_new else _("Nothing has changed.")
            self.dismiss(f"{said}  {told}: {summary}" if summary else f"{said}  {told}")
