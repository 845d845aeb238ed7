"""The body of a form: its fields as lines, one of which is written in. Draws its own lines, like every list here."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.tui.drawing import Piece
from kvaltui.tui.forms.chooser import Chooser
from kvaltui.tui.forms.controls import next_by_letter
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.form_lines import FormLine, FormLines, Writing
from kvaltui.tui.forms.written_form import WrittenForm
from kvaltui.tui.forms.written_lines import break_lines, place_above_or_below
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.lines import Lines

NEW_LINE = "ctrl+n"


class FormView(Lines, can_focus=True):
    """The fields of a draft. Keys write in the current field, choose in its list or go to another field."""

    DEFAULT_CSS = "FormView { height: 1fr; }"

    @dataclass
    class Submitted(Message):
        """Enter: what is written shall be stored."""

    @dataclass
    class Dropped(Message):
        """Esc: what is written shall not be stored."""

    @dataclass
    class Written(Message):
        """Something has been typed or chosen, or another field is written in."""

    def __init__(self, draft: WrittenForm, at: str = "") -> None:
        super().__init__()
        self.draft = draft
        self._lines: list[FormLine] = []
        self._top = 0
        self._field = self._first(at)
        self._editor = LineEditor()
        self._chooser: Chooser | None = None
        self._open_field()

    # Where a person is

    @property
    def field(self) -> FormField:
        """The field that is written in."""
        return self.draft.form.fields[self._field]

    @property
    def is_choosing(self) -> bool:
        """Whether a list of options is open."""
        return self._chooser is not None

    @property
    def place(self) -> str:
        """Which field it is of all, where not all of them show; "" where they do."""
        if len(self._lines) <= self.size.height:
            return ""
        return _("field {number} of {all}", number=self._field + 1, all=len(self.draft.form.fields))

    def _first(self, name: str) -> int:
        names = [each.name for each in self.draft.form.fields]
        return names.index(name) if name in names else self._free_from(0, 1)

    def _free_from(self, at: int, way: int) -> int:
        """The nearest field from `at` on that can be changed; round at the ends."""
        fields = self.draft.form.fields
        for step in range(len(fields)):
            place = (at + way * step) % len(fields)
            if not self.draft.is_fixed(fields[place]):
                return place
        return at

    def _open_field(self) -> None:
        self._editor = LineEditor.at_end_of(self.draft.text(self.field.name))
        self._chooser = None

    def go_to(self, name: str) -> None:
        """Write in the field of that name."""
        self._stand(self._first(name))

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
        self._go(self._free_from((self._field + way) % len(self.draft.form.fields), way))

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
        if self._chooser is not None:
            return self._press_in_list(event, self._chooser)
        match event.key:
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
                self._go(self._free_from(len(self.draft.form.fields) - 1, -1))
            case _ if self.field.control.is_chosen:
                return self._press_in_choice(event)
            case _:
                return self._type(event)
        return True

    def _go_up_or_down(self, way: int) -> None:
        if self.field.control.lines > 1:
            text = self._editor.text
            lines = break_lines(text, self._drawn().room - 1)
            place = place_above_or_below(text, lines, self._editor.cursor, way)
            if place is not None:
                self._editor.cursor = place
                self._after_writing()
                return
        self.go_by(way)

    def _type(self, event: events.Key) -> bool:
        if event.key == NEW_LINE and self.field.control.lines > 1:
            self._insert("\n")
        elif self._editor.press(event.key):
            pass
        elif event.character is not None and event.is_printable:
            self._insert(event.character)
        else:
            return False
        self._write(self._editor.text)
        return True

    def _insert(self, text: str) -> None:
        """Put a text in at the cursor; the editor itself takes no line ends."""
        editor = self._editor
        for at, part in enumerate(text.split("\n")):
            if at:
                editor.text = f"{editor.text[: editor.cursor]}\n{editor.text[editor.cursor :]}"
                editor.cursor += 1
            editor.insert(part)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self.field.control.is_chosen:
            return
        self._insert(clean(event.text.strip("\r\n"), multiline=self.field.control.lines > 1))
        self._write(self._editor.text)

    def _press_in_choice(self, event: events.Key) -> bool:
        options = self.field.control.options(self.draft.content)
        text = self.draft.text(self.field.name)
        if event.key in ("space", "f2"):
            self._open_list("")
        elif event.key in ("left", "right") and not self.field.control.takes_several and options:
            values = [each.value for each in options]
            step = 1 if event.key == "right" else -1
            at = values.index(text) + step if text in values else 0
            self._write(values[max(0, min(at, len(values) - 1))])
        elif event.key in ("backspace", "delete"):
            if self.field.control.takes_several or any(not each.value for each in options):
                self._write("")
        elif event.character is not None and event.is_printable:
            if not self.field.control.is_by_letter:
                self._open_list(event.character)
            elif (found := next_by_letter(options, text, event.character)) is not None:
                self._write(found)
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
                chooser.move({"up": -1, "down": 1, "pageup": -6, "pagedown": 6}[event.key])
            case "space" if chooser.takes_several:
                chooser.choose()
                self.draft.write(self.field.name, chooser.text)
            case "enter" | "tab":
                self._close_list(chooser)
                if event.key == "tab":
                    self.go_by(1)
                return True
            case "escape":
                self._chooser = None
            case "backspace":
                chooser.narrow(chooser.typed[:-1])
            case _ if event.character is not None and event.is_printable:
                chooser.narrow(chooser.typed + event.character)
            case _:
                return False
        self._after_writing()
        return True

    def _close_list(self, chooser: Chooser) -> None:
        """Close the list; of several, one that was looked for and not yet chosen is chosen with it."""
        is_looked_for = chooser.typed and chooser.shown and chooser.shown[chooser.cursor].value not in chooser.chosen
        if chooser.shown and (not chooser.takes_several or is_looked_for):
            chooser.choose()
        self._chooser = None
        self._write(chooser.text)

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
        self._lines = drawn.draw(Writing(self._field, self._editor, self._chooser))
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
            self._chooser.cursor = clicked.option
            if self._chooser.takes_several:
                self._chooser.choose()
                self._write(self._chooser.text)
            else:
                self._close_list(self._chooser)
        elif clicked.field is not None and not self.draft.is_fixed(self.draft.form.fields[clicked.field]):
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
