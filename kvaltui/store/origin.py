"""Where a revision comes from: typed in, out of a file, a restored backup, or taking back or bringing back another."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from kvaltui.model.value import dataclass


class How(StrEnum):
    """How a change has come about. The values of those that name something are how the journal writes them."""

    TYPED = ""
    FILE = "file"
    UNDO = "undo"
    REDO = "redo"
    RESTORE = "restore"
    UNKNOWN = "unknown"
    """A later version's, or whatever else stands in the journal of another copy."""


_NAMING = {each.value: each for each in (How.FILE, How.UNDO, How.REDO, How.RESTORE)}


@dataclass(frozen=True, slots=True)
class Origin:
    """How a change has come about, and out of what: a file's name, or the id of what is taken back or brought back."""

    how: How = How.TYPED
    what: str = ""

    @property
    def text(self) -> str:
        """As it stands in the journal, in bundles and in JSON: "", "file enkät.csv", "undo 0196…"."""
        return f"{self.how.value} {self.what}" if self.how in _NAMING.values() else self.what

    @property
    def brings_back(self) -> bool:
        """Whether it takes another change back or brings one back, and has no values of its own."""
        return self.how in (How.UNDO, How.REDO)


TYPED = Origin()


@lru_cache(maxsize=4096)
def origin_of(text: str) -> Origin:
    """The origin that stands in the journal as a text; every text is one, and its `text` is the same again."""
    if not text:
        return TYPED
    how, space, what = text.partition(" ")
    return Origin(_NAMING[how], what) if space and how in _NAMING else Origin(How.UNKNOWN, text)


def beginning_of(how: How) -> str:
    """What the texts of such origins begin with, for a search in the journal."""
    return Origin(how).text
