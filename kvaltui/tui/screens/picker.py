"""A dialog to choose one thing: a screen, a period, a plan, a command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from textual import events, on
from textual.app import App, ComposeResult
from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.tui.dialog import Overlay
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.calm_screen import Answer
from kvaltui.tui.terminal.drawing import MARKER, cut, left, width_of
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.narrowed_list import NarrowedList
from kvaltui.work.choosing import are_called, fitting
from kvaltui.work.name_search import has_words

MOST_ROWS = 14


Value = TypeVar("Value")


@dataclass(frozen=True)
class Choice(Generic[Value]):
    """Something to choose: what is returned, what is shown, and more about it.

    `mark` stands before it and is no part of its name. `key` is the letter of a command in a menu: where the choices
    have such letters they are not found by their names.
    """

    value: Value
    label: str
    detail: str = ""
    key: str = ""
    mark: str = ""

    @property
    def name(self) -> str:
        """What it is called, and more about it."""
        return f"{clean(self.label)} {clean(self.detail)}"


def _found(typed: str, choices: Sequence[Choice[Any]]) -> list[Choice[Any]]:
    """The choices that have what is typed in their names, or else each word of it."""
    names = [(clean(each.label), each.name) for each in choices]
    return [choices[at] for at in fitting(names, typed)] or [each for each in choices if has_words(typed, each.name)]


class ChoiceView(NarrowedList[Choice[Any]]):
    """The choices, under a title and what is typed to find one of them."""

    KEYS_OF_LIST = frozenset({"home", "end"})

    def __init__(self, title: str, choices: Sequence[Choice[Any]], current: object) -> None:
        super().__init__(choices, _found)
        self._title = title
        self._is_menu = any(each.key for each in choices)
        self._current = current
        self._is_pointed_at = False
        self.cursor = self.first_of("")

    def first_of(self, typed: str) -> int:
        """The place of the current choice; of those that are found, the likeliest is the first."""
        places = (at for at, choice in enumerate(self._rows) if choice.value == self._current)
        return 0 if typed.strip() else next(places, 0)

    @property
    def wanted_width(self) -> int:
        """The width in which nothing is cut."""
        longest = max((width_of(f"{each.mark}{each.label}{each.detail}") for each in self._all), default=0)
        return max(longest + MARKER + 7, width_of(self._title) + 4, 30)

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

    def names(self) -> Iterable[str]:
        return map(self._label, self._rows)

    @staticmethod
    def _label(choice: Choice[Any]) -> str:
        first = choice.key or choice.mark
        return f"{first}{'  ' if choice.key else ' '}{clean(choice.label)}" if first else clean(choice.label)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        choice, paint = self._rows[row], self.paint
        label = self._label(choice)
        # What is chosen is told whole; what there is to say of it gets the room that is left.
        detail = cut(clean(choice.detail), max(0, width - MARKER - 3 - width_of(label)))
        room = width - MARKER - 1 - width_of(detail)
        label = left(self.short(label, room), room)
        return self.line([(" " * MARKER, None), (label, paint.text), (f"{detail} ", paint.muted)], width)

    # Finding

    def take_key(self, event: events.Key) -> bool:
        if not self._is_menu:
            return super().take_key(event)
        at = next((at for at, each in enumerate(self._rows) if each.key and each.key == event.character), None)
        if at is not None:
            self.move_to(at)
            self.action_choose()
        return at is not None

    def _insert(self, typed: str) -> None:
        if not self._is_menu:
            super()._insert(typed)

    def _narrow(self) -> None:
        self._is_pointed_at = False
        super()._narrow()

    def move_to(self, row: int) -> None:
        self._is_pointed_at = True
        super().move_to(row)

    def action_choose(self) -> None:
        """Take the marked choice; of several that are called just what is typed, only one that has been gone to."""
        if not self._is_pointed_at and are_called((clean(each.label) for each in self._rows), self._typed.text):
            self._problem = _("Several are called so: go to one with the arrow keys")
            self.redraw()
        else:
            super().action_choose()


class ListDialog(Overlay[Answer | None], Generic[Answer]):
    """Asks for one of the things of a list; returns None when the person leaves without choosing."""

    IS_LEFT_BY_CLICK = True
    BINDINGS = bindings.BACK

    def __init__(self, view: NarrowedList[Any]) -> None:
        super().__init__()
        self._view = view

    def answer(self) -> Answer | None:
        """What is returned: the thing that is chosen."""
        chosen: Answer | None = self._view.row
        return chosen

    def compose(self) -> ComposeResult:
        yield self._view

    @on(LineView.Chosen)
    def _choose(self) -> None:
        self.dismiss(self.answer())


class Picker(ListDialog[Value], Generic[Value]):
    """Asks for one of the choices; returns its value."""

    CSS_PATH = "picker.tcss"

    def __init__(self, title: str, choices: Sequence[Choice[Value]], *, current: Value | None = None) -> None:
        view = ChoiceView(title, choices, current)
        super().__init__(view)
        view.styles.width = view.wanted_width + 2
        view.styles.height = min(len(choices), MOST_ROWS) + ChoiceView.HEAD + 2

    def answer(self) -> Value | None:
        choice = self._view.row
        return choice.value if choice else None


def pick(
    app: App[Any],
    title: str,
    choices: Sequence[Choice[Value]],
    take: Callable[[Value], object],
    *,
    current: Value | None = None,
) -> None:
    """Ask for one of the choices and have its value taken; nothing happens where the person leaves."""

    def take_chosen(value: Value | None) -> None:
        if value is not None:
            take(value)

    app.push_screen(Picker(title, choices, current=current), take_chosen)
