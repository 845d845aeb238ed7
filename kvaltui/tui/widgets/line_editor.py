"""A text that is being typed, with a cursor in it. No widget of its own, so that it can stand in a table."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final

from rich.style import Style
from textual import events

from kvaltui.model.limits import LONGEST_FIGURE
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.tui.terminal.drawing import Piece, width_of

MOST_CHARACTERS: Final = LONGEST_FIGURE
"""Longest text of a line, as of an outcome: what is longer has been pasted by mistake, and would be slow to draw."""


@dataclass(slots=True)
class LineEditor:
    """The text and where in it the cursor stands, counted in characters.

    `is_selected`: the whole text is marked, so that typing replaces it and an arrow key keeps it. `most` is how many
    characters there is room for; `problem` says so of what was last typed, where there was none for it.
    """

    text: str = ""
    cursor: int = 0
    is_selected: bool = False
    most: int = MOST_CHARACTERS
    holds_lines: bool = False
    problem: KvaltuiError | None = field(default=None, compare=False)

    @staticmethod
    def at_end_of(text: str) -> LineEditor:
        """An editor with the cursor after the text."""
        return LineEditor(text, len(text))

    @staticmethod
    def selecting(text: str) -> LineEditor:
        """An editor with the whole text selected: typing replaces it, an arrow key edits it."""
        return LineEditor(text, len(text), is_selected=bool(text))

    def select(self) -> None:
        """Mark the whole text."""
        self.cursor, self.is_selected = len(self.text), bool(self.text)

    def insert(self, typed: str) -> bool:
        """Put characters in at the cursor, in place of the text where that is selected.

        Characters that are no text (control characters) are left out. Returns whether there was room; where there is
        not, nothing is put in: half of what was typed would be another text.
        """
        kept_ends = "\n" if self.holds_lines else ""
        typed = "".join(
            each for each in typed if each in kept_ends or unicodedata.category(each) not in ("Cc", "Cs", "Zl", "Zp")
        )
        kept = "" if self.is_selected else self.text
        self.problem = None
        if typed and len(kept) + len(typed) > self.most:
            self.problem = KvaltuiError(Message("Too long: at most {most} characters", most=self.most))
            return False
        if self.is_selected and typed:
            self.text, self.cursor, self.is_selected = "", 0, False
        self.text = self.text[: self.cursor] + typed + self.text[self.cursor :]
        self.cursor += len(typed)
        return True

    def take(self, event: events.Key) -> bool:
        """Do what a key does in the text, whether it edits or types. Returns whether it is such a key."""
        if self.press(event.key):
            self.problem = None
            return True
        typed = text_of_key(event)
        if typed:
            self.insert(typed)
        return bool(typed)

    def press(self, key: str) -> bool:
        """Do what an editing key does. Returns whether `key` (a name as Textual gives it) is one."""
        if self.is_selected and key in _ON_ALL:
            self.is_selected = False
            match key:
                case "left" | "home" | "ctrl+a":
                    self.cursor = 0
                case "right" | "end" | "ctrl+e":
                    self.cursor = len(self.text)
                case _:
                    self._remove(0, len(self.text))
            return True
        match key:
            case "left":
                self.cursor = self._before()
            case "right":
                self.cursor = self._after()
            case "home" | "ctrl+a":
                self.cursor = 0
            case "end" | "ctrl+e":
                self.cursor = len(self.text)
            case "backspace":
                self._remove(self._before(), self.cursor)
            case "delete":
                self._remove(self.cursor, self._after())
            case "ctrl+u":
                self._remove(0, self.cursor)
            case "ctrl+k":
                self._remove(self.cursor, len(self.text))
            case "ctrl+w":
                self._remove(len(self.text[: self.cursor].rstrip().rpartition(" ")[0]), self.cursor)
            case _:
                return False
        return True

    def window(self, width: int) -> tuple[str, str, str]:
        """What of the line shows in `width` cells: the text before the cursor, the character at it, the text after.

        The character is a blank at the end of the text. The text scrolls so that the cursor always shows. What it costs
        depends on the width and not on the length of the text.
        """
        at = self.text[self.cursor : self._after()] or " "
        room = width - width_of(at)
        start = self.cursor
        while start > 0 and (taken := width_of(self.text[start - 1])) <= room:
            start -= 1
            room -= taken
        end = first = self._after()
        while end < len(self.text) and (taken := width_of(self.text[end])) <= room:
            end += 1
            room -= taken
        return self.text[start : self.cursor], at, self.text[first:end]

    def pieces(self, width: int, editing: Style, caret: Style) -> list[Piece]:
        """The window as it is drawn; all of it in the caret's style while the text is selected."""
        before, at, after = self.window(width)
        return [(before, caret if self.is_selected else editing), (at, caret), (after, editing)]

    def filled(self, width: int, editing: Style, caret: Style, *, is_right: bool = False) -> list[Piece]:
        """The pieces of the window, and blanks after them, or before them where the text stands to the right."""
        pieces = self.pieces(width, editing, caret)
        blank = (" " * (width - sum(width_of(text) for text, _style in pieces)), editing)
        return [blank, *pieces] if is_right else [*pieces, blank]

    def caret_column(self, width: int) -> int:
        """In which cell of the window the caret stands, from 0."""
        return width_of(self.window(width)[0])

    def _remove(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

    def _before(self) -> int:
        at = max(0, self.cursor - 1)
        while at > 0 and unicodedata.combining(self.text[at]):
            at -= 1
        return at

    def _after(self) -> int:
        at = min(len(self.text), self.cursor + 1)
        while at < len(self.text) and unicodedata.combining(self.text[at]):
            at += 1
        return at


def text_of_key(event: events.Key) -> str:
    """What a key types; "" for one that types nothing, as one that is held with Ctrl or Alt.

    A no-break space is text, though nobody sees it.
    """
    typed = "" if event.key.startswith(("ctrl+", "alt+")) else event.character or ""
    return typed if all(each.isprintable() or unicodedata.category(each) == "Zs" for each in typed) else ""


_ON_ALL: Final = frozenset(
    {*("left", "right", "home", "end", "backspace", "delete"), *("ctrl+a", "ctrl+e", "ctrl+u", "ctrl+k", "ctrl+w")}
)
"""The keys that do something else while the whole text is selected."""
