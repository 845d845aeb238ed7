"""A dialog to choose one thing: a screen, a period, a plan, a command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.i18n import N_, _, say
from kvaltui.model.clean import clean
from kvaltui.tui.drawing import Piece, cut, left, width_of
from kvaltui.tui.pasted import as_one_line
from kvaltui.tui.widgets.finding import told
from kvaltui.tui.widgets.line_editor import LineEditor, text_of_key
from kvaltui.tui.widgets.line_view import LineView

MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what is returned, what is shown, more about it, and a letter that chooses it."""

    value: str
    label: str
    detail: str = ""
    key: str = ""


class ChoiceView(LineView):
    """The choices, under a title and, where one can search, under what is searched for."""

    HEAD: ClassVar[int] = 2

    def __init__(self, title: str, choices: Sequence[Choice], current: str, *, is_searched: bool) -> None:
        super().__init__()
        self._title = title
        self._all = tuple(choices)
        self._shown = list(self._all)
        self._is_searched = is_searched
        self._search = LineEditor()
        self._problem = ""
        self._told: tuple[Piece, ...] = ()
        self.cursor = next((at for at, choice in enumerate(self._shown) if choice.value == current), 0)

    @property
    def chosen(self) -> Choice | None:
        return self._shown[self.cursor] if self._shown else None

    @property
    def wanted_width(self) -> int:
        """The width in which nothing is cut."""
        longest = max((width_of(each.label) + width_of(each.detail) for each in self._all), default=0)
        return max(longest + 8, width_of(self._title) + 4, 30)

    def row_count(self) -> int:
        return len(self._shown)

    def text_at(self, row: int) -> str:
        return clean(self._shown[row].label)

    def tell_sought(self, text: str | None, *, is_found: bool) -> None:
        """Under the title: a box over the screen has no other line for it."""
        self._told = ((" ", None), *told(text, self.paint, is_found=is_found)) if text is not None else ()
        self.redraw(1)

    def draw_head(self, y: int, width: int) -> Strip:
        paint = self.paint
        if y == 0:
            return self.line([(" ", None), (self._title, paint.heading)], width)
        if not self._is_searched:
            return self.line(self._told, width)
        if self._problem:
            return self.line([(" ", None), (self._problem, paint.warning)], width)
        typed = self._search.pieces(width - 4, paint.text, paint.caret)
        return self.line([(" ", None), ("> ", paint.muted), *typed], width)

    def draw_nothing(self, y: int, width: int) -> Strip:
        told = _("Nothing matches.") if y == 0 and not self._shown else ""
        return self.line([(" ", None), (told, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        choice, paint = self._shown[row], self.paint
        label = f"{choice.key}  {clean(choice.label)}" if choice.key else clean(choice.label)
        # What is chosen is told whole; what there is to say of it gets the room that is left.
        detail = cut(clean(choice.detail), max(0, width - 4 - width_of(label)))
        label = left(label, width - 2 - width_of(detail))
        style, muted = (paint.selected, paint.selected) if is_here else (paint.text, paint.muted)
        return self.line([(f" {label}", style), (f"{detail} ", muted)], width)

    def on_key(self, event: events.Key) -> None:
        if self._is_searched:
            if self._search.press(event.key):
                self._narrow()
            elif typed := text_of_key(event):
                self._insert(typed)
            else:
                return
            event.stop()
        elif event.character and not self.is_finding:
            at = next((at for at, each in enumerate(self._shown) if each.key == event.character), None)
            if at is not None:
                event.stop()
                self.move_to(at)
                self.action_choose()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self._is_searched:
            self._insert(as_one_line(event.text))

    def _insert(self, typed: str) -> None:
        has_room = self._search.insert(typed)
        self._narrow()
        if not has_room:
            self._problem = say(self._search.no_room.message)

    def on_click(self, event: events.Click) -> None:
        super().on_click(event)
        if event.y >= self.HEAD and self.top + event.y - self.HEAD < len(self._shown) and event.chain == 1:
            self.action_choose()

    def _narrow(self) -> None:
        """Keep the choices that have every word searched for, or the beginning of one, somewhere in them."""
        self._problem = ""
        words = self._search.text.casefold().split()
        self._shown = [
            each for each in self._all if all(word in f"{each.label} {each.detail}".casefold() for word in words)
        ]
        self.cursor = self.top = 0
        self.clamp()
        self.redraw()


class Picker(ModalScreen[str | None]):
    """Asks for one of the choices; returns its value, or None when the person leaves without choosing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"), id="back")]
    CSS_PATH = "picker.tcss"

    def __init__(self, title: str, choices: Sequence[Choice], *, current: str = "", is_searched: bool = False) -> None:
        super().__init__()
        self._view = ChoiceView(title, choices, current, is_searched=is_searched)
        self._view.styles.width = self._view.wanted_width + 2
        self._view.styles.height = min(len(choices), MOST_ROWS) + ChoiceView.HEAD + 2

    def compose(self) -> ComposeResult:
        yield self._view

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """No tooltips and no toasts."""

    @on(LineView.Chosen)
    def _choose(self) -> None:
        choice = self._view.chosen
        self.dismiss(choice.value if choice else None)

    def action_leave(self) -> None:
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self.dismiss(None)
