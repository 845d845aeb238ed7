"""A screen with one list, the page of the row that its cursor stands on, and what is said of the cells typed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from kvaltui.i18n import N_, _, say, translated
from kvaltui.model.entity import Kind
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.screens.plan_screen import TWO_PANES_WIDTH, PlanScreen
from kvaltui.tui.terminal.drawing import Piece, width_of
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.page import Page, Paragraph
from kvaltui.tui.widgets.page_view import PagePane, PageView, Panel, Panes, Stack
from kvaltui.tui.widgets.reading import lay_out
from kvaltui.tui.widgets.typing_view import CellStored, Entering, Refused, Typing, TypingView
from kvaltui.work.unstored import Cell

if TYPE_CHECKING:
    from kvaltui.tui.telling.teller import Teller

Told = tuple[Sequence[Piece], Sequence[str]]
"""What there is to say of a text in a cell, and the doubts about it one by one."""


_TEXT_WIDTH = 80
"""A page that is copied has lines of so many characters, whatever the window is."""


class ListScreen(PlanScreen):
    """A list, and the page of the row that its cursor stands on. Subclasses compose the list.

    Where the list is typed in they say how a text is read, and what there is to say when it is stored.
    """

    NOTHING_TYPED: ClassVar[str] = N_("Empty: nothing is entered")
    """How an empty cell is read."""

    _is_page_lent = False

    # What subclasses say

    def compose_list(self) -> ComposeResult:
        """What stands above the line for what is said: the list, and what belongs to it."""
        raise NotImplementedError

    def page(self) -> Page | None:
        """What there is to say about the row that the cursor stands on: of its thing; None for nothing."""
        from kvaltui.tui.telling.pages import page_of

        return page_of(self.teller, self.reference) if self.reference is not None else None

    @property
    def teller(self) -> Teller:
        """What tells of the plan as it stands now."""
        from kvaltui.tui.telling.teller import Teller

        program = self.program
        return Teller(self.session, program.paint, is_ascii=program.is_ascii, key_of=program.key_of)

    def reading(self, opened: Any, text: str) -> Told:
        """How what is typed in a cell is read. Raises a KvaltuiError for what cannot be."""
        raise NotImplementedError

    def stored(self, stored: CellStored) -> Told:
        """What there is to say of what has been stored."""
        raise NotImplementedError

    # The page of the row

    def compose_body(self) -> ComposeResult:
        with Panes(classes="panes"):
            with Stack(classes="list"):
                yield from self.compose_list()
            yield PagePane()
        yield SpeechLine()
        yield Panel(id="beneath")

    def on_mount(self) -> None:
        view = self.query_one(LineView)
        self.watch(view, "here", self.explain, init=False)
        if isinstance(view, TypingView):
            self.watch(view, "entering", self.tell_entering, init=False)
        self.explain()

    @property
    def has_two_panes(self) -> bool:
        """Whether the page stands beside the list, and not in a panel beneath it."""
        return self.app.size.width >= TWO_PANES_WIDTH

    @property
    def page_view(self) -> PageView:
        """What shows the page of the row."""
        return self.query_one(PagePane if self.has_two_panes else Panel)

    def explain(self) -> None:
        """Show the page of the row."""
        self.page_view.show(self.page())

    def tell_in_page(self, paragraphs: Sequence[Paragraph]) -> None:
        self.page_view.lend(paragraphs)

    def action_explain(self) -> None:
        """Show the whole page over the screen, to be read."""
        from kvaltui.tui.screens.reading_screen import ReadingScreen

        page = self.page()
        if page is not None:
            self.app.push_screen(ReadingScreen(page.title, page.blocks))

    def on_resize(self) -> None:
        self.explain()

    def page_as_text(self) -> str:
        page = self.page()
        if page is None:
            return ""
        lines = lay_out(page.blocks, _TEXT_WIDTH, self.program.paint)
        texts = ("".join(text for text, _style in line).rstrip().removeprefix(" ") for line in lines)
        return "\n".join((page.title, *texts)) + "\n"

    def action_build(self) -> None:
        """Turn the list into the sheet in which what stands in it is built."""
        self.program.build(self.MODE, self.reference)

    def open_cell(self, cell: Cell) -> None:
        super().open_cell(cell)
        if not self.is_typing:
            self.program.build(self.MODE, cell.reference, cell)  # it is no cell of the list

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
        """Say something in the line for it; doubts that it has no room for stand in the page as long as it is said."""
        speech, warning = self.query_one(SpeechLine), self.program.paint.warning
        speech.say(pieces, aside, is_passing=is_passing)
        is_cut = len(doubts) > 1 and width_of(speech.text) > self.size.width - 2
        if is_cut:
            self.tell_in_page([(_("Look again: {doubt}", doubt=each), warning) for each in doubts])
        elif self._is_page_lent:
            self.explain()
        self._is_page_lent = is_cut

    def unstored_of(self, kind: Kind) -> list[Piece]:
        """What to say first where a text typed for a thing of a kind is not stored."""
        left = [each.told for each in self.session.unstored.values() if each.cell.reference.kind is kind]
        return [(f"{left[0]}  ", self.program.paint.error)] if left else []

    def refuse_block(self, event: TypingView.BlockPasted, told: str) -> None:
        """Say that several cells were pasted where one is taken: `told` has how many and the first of them."""
        cells = [cell for row in event.cells for cell in row if cell]
        self.speak(translated(told, count=len(cells), first=cells[0]), is_problem=True)
