"""Finding a row of a list: the first in which a word begins with what is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from textual.message import Message

from kvaltui.i18n import _
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.theme import Paint

MOST_SOUGHT: Final = 60
"""The most characters of what is sought: no name is told apart from another by more, and each costs a search."""
MENU, SEARCH = " ", "/"
"""The two characters that are no text at the start of an entry."""


@dataclass
class Sought(Message):
    """A row is looked for by typing. `text` is what is typed so far; None when nothing is looked for any more."""

    text: str | None
    is_found: bool


def first_row(sought: str, rows: int, text_at: Callable[[int], str]) -> int | None:
    """The first of the rows in which a word begins with what is sought; None where no word does.

    Small and capital letters are the same; å, ä and ö are letters of their own.
    """
    wanted = _folded(sought)
    return next((at for at in range(rows) if _begins_a_word(wanted, _folded(text_at(at)))), None)


def told(sought: str, paint: Paint, *, is_found: bool) -> list[Piece]:
    """What is looked for, as it is shown; or that no row has it."""
    if not is_found:
        return [(_("Nothing begins with “{text}”", text=sought), paint.warning)]
    return [(f"{_('Find')}: ", paint.muted), (sought, paint.editing), (" ", paint.caret)]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _begins_a_word(wanted: str, text: str) -> bool:
    at = text.find(wanted)
    while at >= 0:
        if at == 0 or not text[at - 1].isalnum():
            return True
        at = text.find(wanted, at + 1)
    return False
