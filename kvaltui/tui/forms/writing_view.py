"""Writing in one field of a form: typing a text, pasting one, taking a word that is known, choosing in a list."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message as WidgetMessage

from kvaltui.model.message import Message
from kvaltui.tui.forms.chooser import Chooser
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.suggestions import Suggestions
from kvaltui.tui.forms.written_form import WrittenForm
from kvaltui.tui.terminal.typeahead import FASTER_THAN_FINGERS
from kvaltui.tui.widgets.line_editor import MOST_CHARACTERS, LineEditor
from kvaltui.tui.widgets.lines import Lines
from kvaltui.work.pasted import SEVERAL_FIGURES, as_text, joins_figures, lines_of

NEW_LINE = "ctrl+n"
_LINE_FEED = "ctrl+j"
"""What a line end is to a terminal that tells no pastes apart."""
_TAKE_BACK = "ctrl+z"
_ROWS = {"up": -1, "down": 1, "pageup": -6, "pagedown": 6}


class WritingView(Lines, can_focus=True):
    """The field that is written in. Subclasses say which it is, go to the others, and draw them all."""

    @dataclass
    class Written(WidgetMessage):
        """Something has been typed or chosen, or another field is written in."""

    def __init__(self, draft: WrittenForm) -> None:
        super().__init__()
        self.draft = draft
        self._editor = LineEditor()
        self._chooser: Chooser | None = None
        self._suggestions: Suggestions | None = None
        self._problem: Message | None = None
        self._before = ""
        self._last_of_paste: events.Key | None = None

    # What subclasses say

    @property
    def field(self) -> FormField:
        """The field that is written in."""
        raise NotImplementedError

    def go_by(self, way: int) -> None:
        """Go to the next field (1) or the one before (−1), round at the ends."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Draw the form anew and repaint the lines that are others than before."""
        raise NotImplementedError

    # Beginning and ending

    @property
    def is_choosing(self) -> bool:
        """Whether a list of options is open, or one of the words that are known is marked."""
        return self._chooser is not None or bool(self._suggestions and self._suggestions.marked)

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.draft.text(self.field.name)

    def _open_field(self) -> None:
        """Begin in the current field: what stands there is selected, so that typing replaces it."""
        control = self.field.control
        self._before = self.text
        self._editor = LineEditor.selecting(self._before)
        self._editor.most, self._editor.holds_lines = control.most, control.holds_lines
        self._chooser = self._problem = self._suggestions = None

    def _write(self, text: str) -> None:
        self.draft.write(self.field.name, text)
        self._after_writing()

    def _after_writing(self) -> None:
        self.lay_out()
        self.post_message(self.Written())

    # Typing

    def _is_line_end(self, event: events.Key) -> bool:
        """Whether Enter is a line end of a paste: some terminals send one as if it had been typed, all at once."""
        is_pasted = self._goes_on_from_paste(event) or self.calm_app.typeahead.brings_text_with(event)
        return is_pasted and self.field.control.is_prose

    def _goes_on_from_paste(self, event: events.Key) -> bool:
        last = self._last_of_paste
        return last is not None and event.time - last.time < FASTER_THAN_FINGERS

    def _type_line_end(self, event: events.Key) -> None:
        self._last_of_paste = event
        self._insert("\n")
        self._write(self._editor.text)

    def _type(self, event: events.Key) -> bool:
        holds_lines, before = self.field.control.holds_lines, self._editor.text
        if self._goes_on_from_paste(event):
            is_after_enter = self._last_of_paste is not None and self._last_of_paste.key == "enter"
            self._last_of_paste = event
            if event.key == _LINE_FEED and is_after_enter:
                return True  # the second character of one line end
        if event.key == _LINE_FEED or (event.key == NEW_LINE and holds_lines):
            self._insert("\n" if holds_lines else " ")
        elif event.key == _TAKE_BACK and before != self._before:
            self._editor.text = self._before
            self._editor.select()
        elif self._editor.press(event.key):
            pass
        elif event.character is not None and event.is_printable:
            self._insert(event.character)
        else:
            return False
        self._suggest(before)
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

    # Words that are known

    def _suggest(self, before: str) -> None:
        """Show the known words that contain what is typed, once something is."""
        if self._editor.text == before:
            return
        if self._suggestions is None:
            self._suggestions = Suggestions(self.field.control.suggestions(self.draft.content))
        self._suggestions.narrow("" if self._editor.is_selected else self._editor.text)

    def _press_among_words(self, key: str) -> bool:
        """Mark a known word or take the marked one. Returns whether the key did."""
        known = self._suggestions
        if known is None or not known.shown or (key != "down" and not known.marked):
            return False
        match key:
            case "down" | "up":
                known.move(1 if key == "down" else -1)
            case "enter" | "tab" | "shift+tab":
                self._editor = LineEditor.at_end_of(known.marked)
                self._suggestions = None
                self._write(self._editor.text)
                return key == "enter"
            case "escape":
                self._suggestions = None
            case _:
                return False
        self._after_writing()
        return True

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
            values, text = [each.value for each in options], self.text
            step = 1 if event.key == "right" else -1
            at = values.index(text) + step if text in values else 0
            self._write(values[max(0, min(at, len(values) - 1))])
        elif event.key in ("backspace", "delete"):
            if control.takes_several or any(not each.value for each in options):
                self._write("")
        elif event.key == _TAKE_BACK and self.text != self._before:
            self._write(self._before)
        elif event.character is not None and event.is_printable:
            self._open_list(event.character)
        else:
            return False
        return True

    def _open_list(self, typed: str) -> None:
        control = self.field.control
        self._chooser = Chooser.open(
            control.options(self.draft.content), self.text, takes_several=control.takes_several, typed=typed
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
