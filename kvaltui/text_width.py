"""How many cells of a screen a text takes, and cutting it to them: in the window and in what commands print alike."""

from __future__ import annotations

ELLIPSIS = "…"
# Letters below the first mark that combines take one cell, and so do dashes and the ellipsis; the rest is looked up.
_FIRST_UNUSUAL = "\u0300"
_FIRST_PUNCTUATION = "\u2010"
_AFTER_PUNCTUATION = "\u2028"


def width_of(text: str) -> int:
    """How many cells a text takes."""
    if text.isascii() or max(text) < _FIRST_UNUSUAL or not any(map(_is_unusual, text)):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _is_unusual(character: str) -> bool:
    return character >= _FIRST_UNUSUAL and not _FIRST_PUNCTUATION <= character < _AFTER_PUNCTUATION


def cut(text: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """The text in at most `width` cells, ended by an ellipsis where it is cut."""
    if width_of(text) <= width:
        return text
    if width <= len(ellipsis):
        return ellipsis[: max(0, width)]
    from rich.cells import set_cell_size

    return set_cell_size(text, width - len(ellipsis)).rstrip() + ellipsis
