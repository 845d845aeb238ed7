"""What may well be meant by a text that is being typed: words that the plan has already, one of which can be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kvaltui.work.choosing import fitting, plain


@dataclass(slots=True)
class Suggestions:
    """The words that contain what is typed. None is marked until a person goes to it: what is typed is what is meant.

    `cursor` is the marked one, −1 for none.
    """

    words: Sequence[str]
    shown: list[str] = field(default_factory=list)
    cursor: int = -1

    def narrow(self, typed: str) -> None:
        """Show the words that contain what is typed; none where nothing is, or where it is one of them already."""
        self.cursor = -1
        self.shown = [self.words[at] for at in fitting([(each,) for each in self.words], typed)] if plain(typed) else []
        if self.shown == [typed.strip()]:
            self.shown = []

    def move(self, way: int) -> bool:
        """Mark the next word (1) or the one before (−1). Returns False, and marks none, beyond the ends."""
        at = self.cursor + way
        inside = 0 <= at < len(self.shown)
        self.cursor = at if inside else -1
        return inside

    @property
    def marked(self) -> str:
        """The word that Enter takes; "" for none."""
        return self.shown[self.cursor] if 0 <= self.cursor < len(self.shown) else ""
