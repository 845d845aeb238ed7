"""A screen with one list, a panel about the row that its cursor stands on, and what is said of the cells typed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult

from kvaltui.i18n import N_, _, say, translated
from kvaltui.model.entity import Kind
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal.drawing import Piece, width_of
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.panel import Panel, Paragraph
from kvaltui.tui.widgets.typing_view import CellStored, Entering, Refused, Typing, TypingView

Told = tuple[Sequence[Piece], Sequence[str]]
"""What there is to say of a text in a cell, and the doubts about it one by one."""


class ListScreen(PlanScreen):
    """A list and a panel. Subclasses compose the list, and say what stands in the panel.

    Where the list is typed in they say how a text is read, and what there is to say when it is stored.
    """

    NOTHING_TYPED: ClassVar[str] = N_("Empty: nothing is entered")
    """How an empty cell is read."""
    WHOLE: ClassVar[int | None] = None
    """The place of the paragraph that the panel shows whole at the cost of the others."""

    _is_panel_lent = False

    # What subclasses say

    def compose_list(self) -> ComposeResult:
        """What stands above the line for what is said: the list, and what belongs to it."""
        raise NotImplementedError

    def paragraphs(self) -> Sequence[Paragraph]:
        """What there is to say about the row that the cursor stands on."""
        raise NotImplementedError

    def reading(self, opened: Any, text: str) -> Told:
        """How what is typed in a cell is read. Raises a KvaltuiError for what cannot be."""
        raise NotImplementedError

    def stored(self, stored: CellStored) -> Told:
        """What there is to say of what has been stored."""
        raise NotImplementedError

    # The panel

    def compose_body(self) -> ComposeResult:
        yield from self.compose_list()
        yield SpeechLine()
        yield Panel(whole=self.WHOLE)

    def on_mount(self) -> None:
        view = self.query_one(LineView)
        self.watch(view, "here", self.explain, init=False)
        if isinstance(view, TypingView):
            self.watch(view, "entering", self.tell_entering, init=False)
        self.explain()

    def explain(self) -> None:
        """Say in the panel what there is to say about the row."""
        self.query_one(Panel).show(self.paragraphs())

    def action_build(self) -> None:
        """Turn the list into the sheet in which what stands in it is built."""
        self.program.build(self.MODE, self.reference)

    # Typing

    def tell_entering(self, entering: Entering) -> None:
        """Say how what is typed is read, what has been stored, or why it is refused."""
        paint, keys = self.program.paint, _("Enter save  Esc drop")
        match entering:
            case None:
                self._say_entry([])
            case Typing(text=""):
                self._say_entry([(translated(self.NOTHING_TYPED), paint.muted)], aside=keys)
            case Typing(opened, text):
                try:
                    self._say_entry(*self.reading(opened, text), keys)
                except KvaltuiError as error:
                    self._say_entry([(say(error.message), paint.warning)])
            case CellStored():
                self._say_entry(*self.stored(entering), is_passing=True)
            case Refused(error):
                self.complain(error)

    def _say_entry(
        self, pieces: Sequence[Piece], doubts: Sequence[str] = (), aside: str = "", *, is_passing: bool = False
    ) -> None:
        """Say something in the line for it; doubts that it has no room for stand in the panel as long as it is said."""
        speech, warning = self.query_one(SpeechLine), self.program.paint.warning
        speech.say(pieces, aside, is_passing=is_passing)
        is_cut = len(doubts) > 1 and width_of(speech.text) > self.size.width - 2
        if is_cut:
            self.query_one(Panel).show([(_("Look again: {doubt}", doubt=each), warning) for each in doubts])
        elif self._is_panel_lent:
            self.explain()
        self._is_panel_lent = is_cut

    def unstored_of(self, kind: Kind) -> list[Piece]:
        """What to say first where a text typed for a thing of a kind is not stored."""
        left = [each.told for each in self.session.unstored.values() if each.cell.reference.kind is kind]
        return [(f"{left[0]}  ", self.program.paint.error)] if left else []

    def refuse_block(self, event: TypingView.BlockPasted, told: str) -> None:
        """Say that several cells were pasted where one is taken: `told` has how many and the first of them."""
        cells = [cell for row in event.cells for cell in row if cell]
        self.speak(translated(told, count=len(cells), first=cells[0]), is_problem=True)
