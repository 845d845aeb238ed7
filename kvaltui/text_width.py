"""How many cells of a screen a text takes, and cutting it to them: in the window and in what commands print alike."""

from __future__ import annotations

from kvaltui.model.pattern import pattern

ELLIPSIS = "…"
_ONE_CELL_EACH = pattern(r"[ -~\u00a0-\u02ff\u2010-\u2027\u2190-\u2319\u2500-\u25fc\u270f-\u2727]*")
"""Letters, dashes, arrows and the symbols of the program: all that it writes by itself. The rest is looked up."""


def width_of(text: str) -> int:
    """How many cells a text takes."""
    if text.isascii() or _ONE_CELL_EACH.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """The text in at most `width` cells, ended by an ellipsis where it is cut."""
    if width_of(text) <= width:
        return text
    if width <= len(ellipsis):
        return ellipsis[: max(0, width)]
    if _ONE_CELL_EACH.fullmatch(text):
        return text[: width - len(ellipsis)].rstrip() + ellipsis
    from rich.cells import set_cell_size

    return set_cell_size(text, width - len(ellipsis)).rstrip() + ellipsis


def beginning(text: str, width: int) -> str:
    """As many of its first characters as take at most `width` cells."""
    return text[: _count(text, width)]


def end(text: str, width: int) -> str:
    """As many of its last characters as take at most `width` cells, and none that is drawn upon one before it."""
    text = text[len(text) - _count(text[::-1], width) :]
    while text and width_of(text[0]) == 0:
        text = text[1:]
    return text


def _count(text: str, width: int) -> int:
    """How many characters from the first fit a width."""
    if width <= 0:
        return 0
    if text.isascii() or _ONE_CELL_EACH.fullmatch(text):
        return min(len(text), width)
    taken = 0
    for at, character in enumerate(text):
        taken += width_of(character)
        if taken > width:
            return at
    return len(text)
