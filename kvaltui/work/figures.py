"""Figures and statuses as they stand in a narrow cell."""

from __future__ import annotations

from kvaltui.figure_words import NO_FIGURE, as_written, figure_cell, outcome_cell, room_for, total_cell
from kvaltui.i18n import _
from kvaltui.model.status import Status
from kvaltui.words import capitalised, status_symbol, status_word

__all__ = [
    "NO_FIGURE",
    "achieved_of",
    "as_written",
    "decimals_width",
    "figure_cell",
    "outcome_cell",
    "room_for",
    "status_cell",
    "total_cell",
]


def decimals_width(text: str) -> int:
    """The cells that the decimals of a cell take, with their mark, and 0 for whole numbers and words."""
    for at, character in enumerate(text):
        if character in ",." and at and text[at - 1].isdigit():
            end = at + 1
            while end < len(text) and text[end].isdigit():
                end += 1
            return end - at
    return 0


def status_cell(status: Status, *, ascii: bool, expected: bool = False, is_short: bool = True) -> str:
    """The symbol and the word of a status: "▲ Delvis"."""
    words = status_word(status, expected=expected and not is_short, short=is_short)
    return f"{status_symbol(status, ascii=ascii)} {capitalised(words)}"


def achieved_of(achieved: int, of: int) -> str:
    """How many are achieved: "3 av 5"."""
    return _("{achieved} of {of}", achieved=achieved, of=of)
