"""Choosing in a form: the options that what is typed fits, which of them is marked, and which are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kvaltui.tui.widgets.line_editor import MOST_CHARACTERS
from kvaltui.work.choosing import are_called, fitting, plain
from kvaltui.work.controls import CHOSEN_SEPARATOR, Option


@dataclass(slots=True)
class Chooser:
    """An open list of options. `chosen` are values in the order of the options; `typed` narrows the list.

    `is_pointed_at`: the marked option has been gone to with a key or the mouse, not only found by what was typed.
    """

    options: Sequence[Option]
    takes_several: bool
    chosen: list[str]
    typed: str = ""
    cursor: int = 0
    is_pointed_at: bool = False
    shown: list[Option] = field(default_factory=list)
    _is_answered: bool = False

    @staticmethod
    def open(options: Sequence[Option], text: str, *, takes_several: bool, typed: str = "") -> Chooser:
        """A list opened on what a field holds, narrowed to what is typed."""
        chosen = (text.split(CHOSEN_SEPARATOR) if text else []) if takes_several else [text]
        chooser = Chooser(options, takes_several, chosen)
        chooser.narrow(typed)
        return chooser

    # What is shown

    def narrow(self, typed: str) -> None:
        """Show the options that have this in their names, with the likeliest marked; all of them where it is blank."""
        self.typed = typed
        self._is_answered = self.is_pointed_at = False
        if plain(typed):
            self.shown = [self.options[at] for at in self._fitting(typed)]
            self.cursor = 0
        else:
            self.shown = list(self.options)
            self.cursor = next((at for at, each in enumerate(self.shown) if each.value in self.chosen), 0)

    def _fitting(self, typed: str) -> list[int]:
        return fitting([(each.label, each.name) for each in self.options], typed)

    def type(self, text: str) -> bool:
        """Narrow the list by more text; after an answer it is a new one. Returns whether there was room for it."""
        typed = ("" if self._is_answered else self.typed) + text
        if len(typed) > MOST_CHARACTERS:
            return False
        self.narrow(typed)
        return True

    def erase(self) -> None:
        """Take back the last character typed."""
        self.narrow("" if self._is_answered else self.typed[:-1])

    def takes_space(self) -> bool:
        """Whether a space goes on with what is being typed, as in a name of several words."""
        if self._is_answered or not plain(self.typed) or (self.takes_several and self.is_pointed_at):
            return False
        return bool(self._fitting(f"{self.typed} ")) and not self.typed.endswith(" ")

    def move(self, rows: int) -> None:
        """Mark another option, and stay on the list."""
        self.point_at(self.cursor + rows)

    def point_at(self, row: int) -> None:
        """Mark an option that a person has gone to."""
        self.cursor = max(0, min(row, len(self.shown) - 1))
        self.is_pointed_at = True

    # What is chosen

    @property
    def marked(self) -> Option | None:
        """The option that Enter takes; None where nothing fits what is typed."""
        return self.shown[self.cursor] if self.shown else None

    @property
    def is_ambiguous(self) -> bool:
        """Whether several options are called just what is typed, and none of them has been gone to."""
        return not self.is_pointed_at and are_called((each.label for each in self.shown), self.typed)

    def turn(self) -> None:
        """Choose the marked option, or leave it out again where it is one of several that are chosen."""
        if self.marked is None:
            return
        value = self.marked.value
        if not self.takes_several:
            self.chosen = [value]
        elif value in self.chosen:
            self.chosen.remove(value)
        else:
            self.chosen.append(value)
        self._is_answered = True

    def finish(self) -> bool:
        """Take the marked option. Returns False, and changes nothing, where it is not certain which one is meant.

        Of several, one that was looked for and is not yet chosen is chosen with the others.
        """
        if not self.options:
            return True
        if self.marked is None or self.is_ambiguous:
            return False
        is_looked_for = plain(self.typed) and not self._is_answered and self.marked.value not in self.chosen
        if not self.takes_several or is_looked_for:
            self.turn()
        return True

    @property
    def text(self) -> str:
        """What is chosen, as the text of the field; values that are no option any more are kept."""
        if not self.takes_several:
            return self.chosen[0]
        order = {each.value: at for at, each in enumerate(self.options)}
        return CHOSEN_SEPARATOR.join(sorted(self.chosen, key=lambda value: order.get(value, len(order))))


def chosen_names(options: Sequence[Option], text: str) -> list[str]:
    """The names of what a field holds; a value that is no option stands as it is."""
    names = {each.value: each.name for each in options}
    return [names.get(value, value) for value in text.split(CHOSEN_SEPARATOR)]
