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

from kvaltui.i18n import N_, _
from kvaltui.model.clean import clean
from kvaltui.tui.terminal.drawing import MARKER, cut, left, width_of
from kvaltui.tui.terminal.patient import Patient
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.choosing import fitting, is_called, plain
from kvaltui.work.pasted import as_one_line

MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what is returned, what is shown, and more about it.

    `mark` stands before it and is no part of its name. `key` is the letter of a command in a menu: where the choices
    have such letters they are not found by their names.
    """

    value: str
    label: str
    detail: str = ""
    key: str = ""
    mark: str = ""


class ChoiceView(LineView):
    """The choices, under a title and what is typed to find one of them."""

    HEAD: ClassVar[int] = 2

    def __init__(self, title: str, choices: Sequence[Choice], current: str) -> None:
        super().__init__()
        self._title = title
        self._all = tuple(choices)
        self._shown = list(self._all)
        self._is_menu = any(each.key for each in choices)
        self._current = current
        self._typed = LineEditor()
        self._is_pointed_at = False
        self._problem = ""
        self.cursor = self._place_of_current()

    def _place_of_current(self) -> int:
        return next((at for at, choice in enumerate(self._shown) if choice.value == self._current), 0)

    @property
    def chosen(self) -> Choice | None:
        return self._shown[self.cursor] if self._shown else None

    @property
    def wanted_width(self) -> int:
        """The width in which nothing is cut."""
        longest = max((width_of(f"{each.mark}{each.label}{each.detail}") for each in self._all), default=0)
        return max(longest + MARKER + 7, width_of(self._title) + 4, 30)

    def row_count(self) -> int:
        return len(self._shown)

    def draw_head(self, y: int, width: int) -> Strip:
        paint = self.paint
        if y == 0:
            return self.line([(" ", None), (self._title, paint.heading)], width)
        if self._is_menu:
            return self.line((), width)
        if self._problem:
            return self.line([(" ", None), (f"! {self._problem}", paint.error)], width)
        if not self._typed.text:
            return self.line([(" ", None), (_("Type to find"), paint.muted)], width)
        return self.line([(" ", None), *self._typed.pieces(width - 2, paint.editing, paint.caret)], width)

    def draw_nothing(self, y: int, width: int) -> Strip:
        told = _("Nothing matches.") if y == 0 and not self._shown else ""
        return self.line([(" ", None), (told, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        choice, paint = self._shown[row], self.paint
        first = choice.key or choice.mark
        label = f"{first}{'  ' if choice.key else ' '}{clean(choice.label)}" if first else clean(choice.label)
        # What is chosen is told whole; what there is to say of it gets the room that is left.
        detail = cut(clean(choice.detail), max(0, width - MARKER - 3 - width_of(label)))
        label = left(label, width - MARKER - 1 - width_of(detail))
        style, muted = (paint.selected, paint.selected) if is_here else (paint.text, paint.muted)
        return self.line([(self.marker(is_here=is_here), paint.heading), (label, style), (f"{detail} ", muted)], width)

    # Finding

    def on_key(self, event: events.Key) -> None:
        if self._is_menu:
            at = next((at for at, each in enumerate(self._shown) if each.key and each.key == event.character), None)
            if at is not None:
                event.stop()
                self.move_to(at)
                self.action_choose()
        elif self._types(event):
            event.stop()

    def _types(self, event: events.Key) -> bool:
        """Whether a key writes or edits what is typed to find a choice."""
        editor = self._typed
        if event.character is not None and event.is_printable:
            if editor.text or not event.character.isspace():
                self._find(event.character)
            return True
        if not editor.text or event.key in ("home", "end") or not editor.press(event.key):
            return False
        self._narrow()
        return True

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if not self._is_menu:
            self._find(as_one_line(event.text))

    def _find(self, text: str) -> None:
        has_room = self._typed.insert(text)
        self._narrow()
        if not has_room:
            self._problem = _("This is too long")

    def _narrow(self) -> None:
        """Keep the choices that have what is typed in them, or else each word of it."""
        typed = self._typed.text
        self._problem, self._is_pointed_at = "", False
        self._shown = list(self._all)
        self.cursor = self._place_of_current() if not plain(typed) else 0
        if plain(typed):
            names = [(clean(each.label), f"{clean(each.label)} {clean(each.detail)}") for each in self._all]
            words = plain(typed).split()
            self._shown = [self._all[at] for at in fitting(names, typed)] or [
                each for each, (_label, name) in zip(self._all, names, strict=True) if _has_all(name, words)
            ]
        self.top = 0
        self.clamp()
        self.redraw()

    def move_to(self, row: int) -> None:
        self._is_pointed_at = True
        super().move_to(row)

    def action_choose(self) -> None:
        """Take the marked choice; of several that are called just what is typed, only one that has been gone to."""
        same = [each for each in self._shown if is_called(clean(each.label), self._typed.text)]
        if len(same) > 1 and not self._is_pointed_at:
            self._problem = _("Several are called so: go to one with the arrow keys")
            self.redraw()
        else:
            super().action_choose()

    def on_click(self, event: events.Click) -> None:
        super().on_click(event)
        if event.y >= self.HEAD and self.top + event.y - self.HEAD < len(self._shown) and event.chain == 1:
            self.action_choose()


def _has_all(name: str, words: Sequence[str]) -> bool:
    name = plain(name)
    return all(word in name for word in words)


class Picker(ModalScreen[str | None], Patient):
    """Asks for one of the choices; returns its value, or None when the person leaves without choosing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"), id="back")]
    CSS_PATH = "picker.tcss"

    def __init__(self, title: str, choices: Sequence[Choice], *, current: str = "") -> None:
        super().__init__()
        self._view = ChoiceView(title, choices, current)
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
