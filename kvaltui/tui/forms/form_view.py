"""The body of a form: its fields as lines, one of which is written in. Draws its own lines, like every list here."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message as WidgetMessage
from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.form_lines import FormLine, FormLines, WritingField
from kvaltui.tui.forms.walk import MORE, Walk
from kvaltui.tui.forms.writing_view import WritingView
from kvaltui.tui.forms.written_form import WrittenForm
from kvaltui.tui.forms.written_lines import break_lines, place_above_or_below
from kvaltui.tui.terminal.drawing import Piece, line
from kvaltui.tui.terminal.theme import Surface


class FormView(WritingView):
    """The fields of a draft. Keys write in the current field, choose in its list or go to another field.

    The fields that matter show, and a line that stands for the others until it is opened (`Walk`).
    """

    DEFAULT_CSS = "FormView { height: 1fr; }"
    SURFACE: ClassVar[Surface] = Surface.RAISED

    @dataclass
    class Submitted(WidgetMessage):
        """Enter: what is written shall be stored."""

    @dataclass
    class Dropped(WidgetMessage):
        """Esc: what is written shall not be stored."""

    def __init__(self, draft: WrittenForm, at: str = "") -> None:
        super().__init__(draft)
        self._walk = Walk(draft)
        self._lines: list[FormLine] = []
        self._top = 0
        self._field = self._place_of(at)
        self._open_field()

    def half_typed(self) -> Iterator[str]:
        return (text.strip() for text in self.draft.changed.values())

    # Where a person is

    @property
    def field(self) -> FormField:
        return self._walk.field(self._field)

    @property
    def is_at_more(self) -> bool:
        """Whether the person is on the line that stands for the fields behind it."""
        return self._field == MORE

    @property
    def text(self) -> str:
        return "" if self.is_at_more else super().text

    @property
    def place(self) -> str:
        """Which field it is of all that show, where there is no room for them; "" where there is."""
        if len(self._lines) <= self.size.height or self.is_at_more:
            return ""
        return _("field {number} of {all}", number=self._field + 1, all=len(self._walk.shown))

    def _place_of(self, name: str) -> int:
        place = self._walk.place_of(name)
        return place if place is not None else self._walk.first

    def go_to(self, name: str) -> None:
        """Write in the field of that name; it shows from then on."""
        self._stand(self._place_of(name))

    def go_to_first(self, names: Container[str]) -> bool:
        """Write in the first field that has one of the names. Returns whether there is any."""
        first = next((each.name for each in self.draft.fields if each.name in names), "")
        if first:
            self.go_to(first)
        return bool(first)

    def _stand(self, at: int) -> None:
        if at != self._field and not self.is_at_more:
            self.draft.leave(self.field.name)
        self._field = at
        self._open_field()
        self.lay_out()

    def _go(self, at: int) -> None:
        self._stand(at)
        self.post_message(self.Written())

    def go_by(self, way: int) -> None:
        self._go(self._walk.beside(self._field, way))

    # Keys

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Characters are text here, or choose: no command of the screen has them as its key."""
        del key
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        self.take(event)

    def take(self, event: events.Key) -> None:
        """Do what a key does here. One that does nothing here goes on to the screen."""
        if self._press(event):
            event.stop()
            event.prevent_default()

    def _press(self, event: events.Key) -> bool:
        self._problem = None
        if self._chooser is not None:
            return self._press_in_list(event, self._chooser)
        if self._press_among_words(event.key):
            return True
        match event.key:
            case "enter" | "space" | "right" | "f2" if self.is_at_more:
                self._go(self._walk.open())
            case "left" if self.is_at_more:
                pass
            case "enter" if self._is_line_end(event):
                self._type_line_end(event)
            case "enter":
                self.post_message(self.Submitted())
            case "escape":
                self.post_message(self.Dropped())
            case "tab" | "shift+tab":
                self.go_by(1 if event.key == "tab" else -1)
            case "up" | "down":
                self._go_up_or_down(-1 if event.key == "up" else 1)
            case "pageup" | "pagedown":
                self._go(self._walk.first if event.key == "pageup" else self._walk.last)
            case _ if self.field.control.is_chosen:
                return self._press_in_choice(event)
            case _:
                return self._type(event)
        return True

    def _go_up_or_down(self, way: int) -> None:
        if self.field.control.holds_lines:
            text = self._editor.text
            lines = break_lines(text, self._drawn().room - 1)
            place = place_above_or_below(text, lines, self._editor.cursor, way)
            if place is not None:
                self._editor.cursor, self._editor.is_selected = place, False
                self._after_writing()
                return
        self.go_by(way)

    def _write(self, text: str) -> None:
        if not self.is_at_more:
            super()._write(text)
        elif text:  # a field behind the line has been found by its name
            self._go(self._place_of(text))
        else:
            self._after_writing()

    # Drawing

    def _drawn(self) -> FormLines:
        return FormLines(self.draft, self.calm_app.paint_on, self.size.width, is_ascii=self.is_ascii)

    def lay_out(self) -> None:
        if not self.size.height:
            return
        before, top = self._lines, self._top
        here = WritingField(self._field, self._editor, self._chooser, self._suggestions, self._problem)
        self._lines = self._drawn().draw(here, self._walk, self.size.height)
        self._show_field()
        changed = [
            y for y in range(self.size.height) if _pieces(before, top + y) != _pieces(self._lines, self._top + y)
        ]
        if changed:
            self.redraw(*changed)

    def _show_field(self) -> None:
        """Scroll so that all lines of the current field show, with a heading above it."""
        height = self.size.height
        own = [at for at, each in enumerate(self._lines) if each.field == self._field]
        first, last = own[0], own[-1]
        while first > 0 and self._lines[first - 1].field is None:
            first -= 1
        most = max(0, len(self._lines) - height)
        if first < self._top or last >= self._top + height:
            # Where there is no room for all of it, its end shows: what is written, or the option that is marked.
            middle = first - max(0, (height - (last - first + 1)) // 2)
            self._top = max(0, min(max(middle, last - height + 1), own[0], most))
        self._top = min(self._top, most)

    def draw(self, y: int, width: int) -> Strip:
        # The places to write in are of the other depth: their styles are as they are to be shown.
        return line(_pieces(self._lines, self._top + y), width, self.paint.text)

    def on_resize(self) -> None:
        self.lay_out()
        self.post_message(self.Written())

    def on_focus(self) -> None:
        self.lay_out()

    # The mouse

    def on_click(self, event: events.Click) -> None:
        at = self._top + event.y
        if at >= len(self._lines):
            return
        clicked = self._lines[at]
        if clicked.option is not None and self._chooser is not None:
            self._chooser.point_at(clicked.option)
            if self._chooser.takes_several:
                self._chooser.turn()
                self._after_writing()
            else:
                self._close_list(self._chooser)
        elif clicked.option is not None and self._suggestions is not None:
            self._suggestions.cursor = clicked.option
            self._press_among_words("enter")
        elif clicked.field == MORE:
            self._go(self._walk.open())
        elif clicked.field is not None and not self.draft.is_fixed(self.draft.fields[clicked.field]):
            if clicked.field != self._field:
                self._go(clicked.field)
            elif self.field.control.is_chosen and self._chooser is None:
                self._open_list("")

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.go_by(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.go_by(-1)


def _pieces(lines: list[FormLine], at: int) -> tuple[Piece, ...]:
    return lines[at].pieces if at < len(lines) else ()
