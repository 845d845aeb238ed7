"""A line that is being typed: a text and a cursor in it. No widget of its own, so that it can stand in a table."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from kvaltui.tui.drawing import width_of


@dataclass(slots=True)
class LineEditor:
    """The text and where in it the cursor stands, counted in characters."""

    text: str = ""
    cursor: int = 0

    @staticmethod
    def at_end_of(text: str) -> LineEditor:
        """An editor with the cursor after the text."""
        return LineEditor(text, len(text))

    def insert(self, typed: str) -> None:
        """Put characters in at the cursor; those that are no text (control characters) are left out."""
        typed = "".join(each for each in typed if unicodedata.category(each) not in ("Cc", "Cs", "Zl", "Zp"))
        self.text = self.text[: self.cursor] + typed + self.text[self.cursor :]
        self.cursor += len(typed)

    def press(self, key: str) -> bool:
        """Do what an editing key does. Returns whether `key` (a name as Textual gives it) is one."""
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

        The character is a blank at the end of the text. The text scrolls so that the cursor always shows.
        """
        at = self.text[self.cursor : self._after()] or " "
        before, after = self.text[: self.cursor], self.text[self._after() :]
        room = width - width_of(at)
        while before and width_of(before) > room:
            before = before[1:]
        room -= width_of(before)
        while after and width_of(after) > room:
            after = after[:-1]
        return before, at, after

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
