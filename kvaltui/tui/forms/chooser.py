"""Choosing in a form: the options that match what is typed, and which of them are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kvaltui.tui.forms.controls import CHOSEN_SEPARATOR, Option, matching


@dataclass(slots=True)
class Chooser:
    """An open list of options. `chosen` are values in the order of the options; `typed` narrows the list."""

    options: Sequence[Option]
    takes_several: bool
    chosen: list[str]
    typed: str = ""
    cursor: int = 0
    shown: list[Option] = field(default_factory=list)

    @staticmethod
    def open(options: Sequence[Option], text: str, *, takes_several: bool, typed: str = "") -> Chooser:
        """A list opened on what a field holds, with the cursor on the first chosen one."""
        chosen = (text.split(CHOSEN_SEPARATOR) if text else []) if takes_several else [text]
        chooser = Chooser(options, takes_several, chosen)
        chooser.narrow(typed)
        if not typed:
            chooser.cursor = next((at for at, each in enumerate(chooser.shown) if each.value in chosen), 0)
        return chooser

    def narrow(self, typed: str) -> None:
        """Show the options with these letters in their names."""
        self.typed = typed
        self.shown = matching(self.options, typed) if typed else list(self.options)
        self.cursor = 0

    def move(self, rows: int) -> None:
        """Move the cursor, and stay on the list."""
        self.cursor = max(0, min(self.cursor + rows, len(self.shown) - 1))

    def choose(self) -> None:
        """Choose the cursor's option; one among several that is chosen already is left out again."""
        if not self.shown:
            return
        value = self.shown[self.cursor].value
        if not self.takes_several:
            self.chosen = [value]
        elif value in self.chosen:
            self.chosen.remove(value)
        else:
            self.chosen.append(value)

    @property
    def text(self) -> str:
        """What is chosen, as the text of the field; values that are no option any more are kept."""
        if not self.takes_several:
            return self.chosen[0]
        order = {each.value: at for at, each in enumerate(self.options)}
        return CHOSEN_SEPARATOR.join(sorted(self.chosen, key=lambda value: order.get(value, len(order))))


def chosen_labels(options: Sequence[Option], text: str) -> list[str]:
    """The names of what a field holds; a value that is no option stands as it is."""
    labels = {each.value: each.label.strip() for each in options}
    return [labels.get(value, value) for value in text.split(CHOSEN_SEPARATOR)]
