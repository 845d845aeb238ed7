"""The body of a form: its fields as lines, one of which is written in. Draws its own lines, like every list here."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from textual import events
from textual.message import Message as WidgetMessage
from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.message import Message
from kvaltui.tui.forms.chooser import Chooser
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.form_lines import FormLine, FormLines, WritingField
from kvaltui.tui.forms.written_form import WrittenForm
from kvaltui.tui.forms.written_lines import break_lines, place_above_or_below
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.typeahead import FASTER_THAN_FINGERS
from kvaltui.tui.widgets.line_editor import MOST_CHARACTERS, LineEditor
from kvaltui.tui.widgets.lines import Lines
from kvaltui.work.pasted import SEVERAL_FIGURES, as_text, joins_figures, lines_of

NEW_LINE = "ctrl+n"
_LINE_FEED = "ctrl+j"
"""What a line end is to a terminal that tells no pastes apart."""
_TAKE_BACK = "ctrl+z"
_ROWS = {"up": -1, "down": 1, "pageup": -6, "pagedown": 6}


class FormView(Lines, can_focus=True):
    """The fields of a draft. Keys write in the current field, choose in its list or go to another field."""

    DEFAULT_CSS = "FormView { height: 1fr; }"

    @dataclass
    class Submitted(WidgetMessage):
        """Enter: what is written shall be stored."""

    @dataclass
    class Dropped(WidgetMessage):
        """Esc: what is written shall not be stored."""

    @dataclass
    class Written(WidgetMessage):
        """Something has been typed or chosen, or another field is written in."""

    def __init__(self, draft: WrittenForm, at: str = "") -> None:
        super().__init__()
        self.draft = draft
        self._lines: list[FormLine] = []
        self._top = 0
        self._field = self._first(at)
        self._editor = LineEditor()
        self._chooser: Chooser | None = None
        self._problem: Message | None = None
        self._last_of_paste: events.Key | None = None
        self._open_field()

    def half_typed(self) -> Iterator[str]:
        return (text.strip() for text in self.draft.changed.values())

    # Where a person is

    @property
    def field(self) -> FormField:
        """The field that is written in."""
        return self.draft.fields[self._field]

    @property
    def is_choosing(self) -> bool:
        """Whether a list of options is open."""
        return self._chooser is not None

    @property
    def place(self) -> str:
        """Which field it is of all, where not all of them show; "" where they do."""
        if len(self._lines) <= self.size.height:
            return ""
        return _("field {number} of {all}", number=self._field + 1, all=len(self.draft.fields))

    def _first(self, name: str) -> int:
        names = [each.name for each in self.draft.fields]
        return names.index(name) if name in names else self._free_from(0, 1)

    def _free_from(self, at: int, way: int) -> int:
        """The nearest field from `at` on that can be changed; round at the ends."""
        fields = self.draft.fields
        for step in range(len(fields)):
            place = (at + way * step) % len(fields)
            if not self.draft.is_fixed(fields[place]):
                return place
        return at

    def _open_field(self) -> None:
        """Begin in the current field: what stands there is selected, so that typing replaces it."""
        control = self.field.control
        self._before = self.draft.text(self.field.name)
        self._editor = LineEditor.selecting(self._before)
        self._editor.most, self._editor.holds_lines = control.most, control.holds_lines
        self._chooser = self._problem = None

    def go_to(self, name: str) -> None:
        """Write in the field of that name."""
        self._stand(self._first(name))

    def go_to_first(self, names: Container[str]) -> bool:
        """Write in the first field that has one of the names. Returns whether there is any."""
        first = next((each.name for each in self.draft.fields if each.name in names), "")
        if first:
            self.go_to(first)
        return bool(first)

    def _stand(self, at: int) -> None:
        if at != self._field:
            self.draft.leave(self.field.name)
        self._field = at
        self._open_field()
        self.lay_out()

    def _go(self, at: int) -> None:
        self._stand(at)
        self.post_message(self.Written())

    def go_by(self, way: int) -> None:
        """Go to the next field (1) or the one before (−1), round at the ends."""
        self._go(self._free_from((self._field + way) % len(self.draft.fields), way))

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
        match event.key:
            case "enter" if self._is_line_end(event):
                self._last_of_paste = event
                self._insert("\n")
                self._write(self._editor.text)
            case "enter":
                self.post_message(self.Submitted())
            case "escape":
                self.post_message(self.Dropped())
            case "tab":
                self.go_by(1)
            case "shift+tab":
                self.go_by(-1)
            case "up" | "down":
                self._go_up_or_down(-1 if event.key == "up" else 1)
            case "pageup":
                self._go(self._free_from(0, 1))
            case "pagedown":
                self._go(self._free_from(len(self.draft.fields) - 1, -1))
            case _ if self.field.control.is_chosen:
                return self._press_in_choice(event)
            case _:
                return self._type(event)
        return True

    def _is_line_end(self, event: events.Key) -> bool:
        """Whether Enter is a line end of a paste: some terminals send one as if it had been typed, all at once."""
        is_pasted = self._goes_on_from_paste(event) or self.calm_app.typeahead.brings_text_with(event)
        return is_pasted and self.field.control.is_prose

    def _goes_on_from_paste(self, event: events.Key) -> bool:
        last = self._last_of_paste
        return last is not None and event.time - last.time < FASTER_THAN_FINGERS

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

    def _type(self, event: events.Key) -> bool:
        holds_lines = self.field.control.holds_lines
        if self._goes_on_from_paste(event):
            is_after_enter = self._last_of_paste is not None and self._last_of_paste.key == "enter"
            self._last_of_paste = event
            if event.key == _LINE_FEED and is_after_enter:
                return True  # the second character of one line end
        if event.key == _LINE_FEED or (event.key == NEW_LINE and holds_lines):
            self._insert("\n" if holds_lines else " ")
        elif event.key == _TAKE_BACK and self._editor.text != self._before:
            self._editor.text = self._before
            self._editor.select()
        elif self._editor.press(event.key):
            pass
        elif event.character is not None and event.is_printable:
            self._insert(event.character)
        else:
            return False
        self._write(self._editor.text)
        return True

    def _insert(self, text: str) -> None:
        if not self._editor.insert(text):
            self._say_too_long(self._editor.most)

    def _say_too_long(self, most: int) -> None:
        self._problem = Message("This is too long: there is room for {most} characters. Nothing was put in.", most=most)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._problem = None
        control = self.field.control
        if control.is_chosen:
            self._paste_in_choice(as_text(event.text).replace("\n", " ").strip())
            return
        if control.holds_lines:
            self._insert(as_text(event.text))
        elif control.joint == " " and joins_figures(event.text):
            self._problem = SEVERAL_FIGURES
        else:
            cells = (cell.strip() for each in lines_of(event.text) for cell in each.split("\t"))
            self._insert(control.joint.join(each for each in cells if each))
        self._write(self._editor.text)

    # Choosing

    def _paste_in_choice(self, text: str) -> None:
        if self._chooser is None and text:
            self._open_list("")
        if self._chooser is not None:
            self._narrow_by(self._chooser, text)
            self._after_writing()

    def _press_in_choice(self, event: events.Key) -> bool:
        control = self.field.control
        options = control.options(self.draft.content)
        if event.key in ("space", "f2"):
            self._open_list("")
        elif event.key in ("left", "right") and not control.takes_several and options:
            values, text = [each.value for each in options], self.draft.text(self.field.name)
            step = 1 if event.key == "right" else -1
            at = values.index(text) + step if text in values else 0
            self._write(values[max(0, min(at, len(values) - 1))])
        elif event.key in ("backspace", "delete"):
            if control.takes_several or any(not each.value for each in options):
                self._write("")
        elif event.key == _TAKE_BACK and self.draft.text(self.field.name) != self._before:
            self._write(self._before)
        elif event.character is not None and event.is_printable:
            self._open_list(event.character)
        else:
            return False
        return True

    def _open_list(self, typed: str) -> None:
        control = self.field.control
        self._chooser = Chooser.open(
            control.options(self.draft.content),
            self.draft.text(self.field.name),
            takes_several=control.takes_several,
            typed=typed,
        )
        self._after_writing()

    def _press_in_list(self, event: events.Key, chooser: Chooser) -> bool:
        match event.key:
            case "up" | "down" | "pageup" | "pagedown":
                chooser.move(_ROWS[event.key])
            case "home" | "end":
                chooser.point_at(0 if event.key == "home" else len(chooser.shown))
            case "space" if not chooser.takes_space():
                if chooser.takes_several:
                    chooser.turn()
            case "enter" | "tab" | "shift+tab":
                if self._close_list(chooser) and event.key != "enter":
                    self.go_by(1 if event.key == "tab" else -1)
                return True
            case "escape":
                self._chooser = None
            case "backspace":
                chooser.erase()
            case _ if event.character is not None and event.is_printable:
                self._narrow_by(chooser, event.character)
            case _:
                return False
        self._after_writing()
        return True

    def _narrow_by(self, chooser: Chooser, text: str) -> None:
        if not chooser.type(text):
            self._say_too_long(MOST_CHARACTERS)

    def _close_list(self, chooser: Chooser) -> bool:
        """Take what is marked and close the list. Returns False where it stays, as nothing certain is meant."""
        if not chooser.finish():
            if chooser.is_ambiguous:
                self._problem = Message("Several are called so: go to the one you mean with the arrow keys")
            self._after_writing()
            return False
        self._chooser = None
        self._write(chooser.text)
        return True

    def _write(self, text: str) -> None:
        self.draft.write(self.field.name, text)
        self._after_writing()

    def _after_writing(self) -> None:
        self.lay_out()
        self.post_message(self.Written())

    # Drawing

    def _drawn(self) -> FormLines:
        return FormLines(self.draft, self.paint, self.size.width, is_ascii=self.is_ascii)

    def lay_out(self) -> None:
        """Draw the form anew and repaint the lines that are others than before."""
        if not self.size.height:
            return
        drawn = self._drawn()
        before, top = self._lines, self._top
        self._lines = drawn.draw(WritingField(self._field, self._editor, self._chooser, self._problem))
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
        if self.field.heading or self._field == 0:
            first = max(0, first - 2)
        most = max(0, len(self._lines) - height)
        if first < self._top or last >= self._top + height:
            middle = first - max(0, (height - (last - first + 1)) // 2)
            self._top = max(0, min(middle, most))
        self._top = min(self._top, most)

    def draw(self, y: int, width: int) -> Strip:
        return self.line(_pieces(self._lines, self._top + y), width)

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
