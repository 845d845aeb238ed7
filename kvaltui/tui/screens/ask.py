"""A dialog that asks for a few lines of text: a path, a title, a note and its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.i18n import N_, _, say
from kvaltui.model.message import KvaltuiError
from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import width_of
from kvaltui.tui.terminal.patient import Patient
from kvaltui.tui.widgets.line_editor import LineEditor, text_of_key
from kvaltui.tui.widgets.lines import Lines
from kvaltui.work.pasted import as_one_line

Accept = Callable[[tuple[str, ...]], None]
"""Takes the answers and does what they are for; raises a KvaltuiError, which is shown, for those that will not do."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and what stands there already."""

    label: str
    text: str = ""


class Answers(Lines, can_focus=True):
    """The questions in rows, each with a line to be typed in."""

    def __init__(self, title: str, questions: Sequence[Question], accept: Accept) -> None:
        super().__init__()
        self._title = title
        self._labels = [question.label for question in questions]
        self._editors = [LineEditor.selecting(question.text) for question in questions]
        self._accept = accept
        self._at = 0
        self._problem = ""

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(editor.text.strip() for editor in self._editors)

    @property
    def wanted_height(self) -> int:
        return len(self._labels) + 4

    def draw(self, y: int, width: int) -> Strip:
        paint = self.paint
        at = y - 2
        if y == 0:
            return self.line([(" ", None), (self._title, paint.heading)], width)
        if 0 <= at < len(self._labels):
            label_width = max(width_of(label) for label in self._labels) + 2
            label = self._labels[at] + " " * (label_width - width_of(self._labels[at]))
            room = width - label_width - 2
            caret = paint.caret if at == self._at and self.has_focus else paint.editing
            typed = self._editors[at].pieces(room, paint.editing, caret)
            blank = " " * (room - sum(width_of(text) for text, _style in typed))
            return self.line([(f" {label}", paint.muted), *typed, (blank, paint.editing)], width)
        if at == len(self._labels) + 1:
            told = self._problem or _("Enter save  Esc drop")
            return self.line([(" ", None), (told, paint.error if self._problem else paint.muted)], width)
        return self.line((), width)

    def on_key(self, event: events.Key) -> None:
        match event.key:
            case "enter":
                self._store()
            case "down" | "tab":
                self._go(1)
            case "up" | "shift+tab":
                self._go(-1)
            case key if self._editors[self._at].press(key):
                self._changed()
            case _:
                typed = text_of_key(event)
                if not typed:
                    return
                self._insert(typed)
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._insert(as_one_line(event.text))

    def _insert(self, typed: str) -> None:
        editor = self._editors[self._at]
        has_room = editor.insert(typed)
        self._changed()
        if not has_room:
            self._problem = say(editor.no_room.message)

    def on_click(self, event: events.Click) -> None:
        if 0 <= event.y - 2 < len(self._labels):
            self._go(event.y - 2 - self._at)

    def on_focus(self) -> None:
        self._changed()

    def _go(self, rows: int) -> None:
        self._at = (self._at + rows) % len(self._editors)
        self._editors[self._at].select()
        self.redraw()

    def _changed(self) -> None:
        self._problem = ""
        self.redraw()

    def _store(self) -> None:
        try:
            self._accept(self.answers)
        except KvaltuiError as error:
            self._problem = say(error.message)
            self.redraw()
        else:
            self.screen.dismiss(self.answers)


class Ask(ModalScreen[tuple[str, ...] | None], Patient):
    """Asks the questions; returns the answers that were accepted, or None when the person leaves."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"), id="back")]

    def __init__(self, title: str, questions: Sequence[Question], accept: Accept) -> None:
        super().__init__()
        self._answers = Answers(title, questions, accept)
        self._answers.styles.height = self._answers.wanted_height + 2

    def compose(self) -> ComposeResult:
        yield self._answers

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """No tooltips and no toasts."""

    def action_leave(self) -> None:
        self.dismiss(None)
