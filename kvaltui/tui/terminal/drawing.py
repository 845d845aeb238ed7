"""Lines drawn by hand: pieces of text with a style, laid side by side to a width (Textual's Line API)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kvaltui import text_width
from kvaltui.lookalike import fitting, fitting_cell_by_cell
from kvaltui.short_names import ShortNames

MARKER = 2
"""Cells before a row, for the mark of the one that the cursor stands on."""
Piece = tuple[str, Style | None]
DrawnLine = tuple[Piece, ...]
Short = Callable[[str, int], str]
"""A name of a list in so many cells."""
_ALL = "utf-8"
_encoding = _ALL


def show_in(encoding: str) -> None:
    """Let all that is drawn be what this encoding has; other characters are replaced before anything is measured."""
    global _encoding  # noqa: PLW0603 - a process has one terminal
    _encoding = _ALL if "utf" in encoding.lower() else encoding
    for each in (shown, cut, cut_middle):
        each.cache_clear()


@lru_cache(maxsize=8192)
def shown(text: str) -> str:
    """The text as the terminal can show it."""
    return fitting(text, _encoding)


def as_laid_out(drawn: str) -> str:
    """What is drawn as the terminal can show it, cell by cell: borders, which Textual lays out itself."""
    return fitting_cell_by_cell(drawn, _encoding) if _encoding != _ALL else drawn


def width_of(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if text.isascii() else text_width.width_of(shown(text))


def marker(*, is_here: bool, is_ascii: bool) -> str:
    """What stands before a row: the mark of the one that the cursor stands on, or nothing."""
    return ("> " if is_ascii else "› ") if is_here else " " * MARKER


@lru_cache(maxsize=4096)
def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, ended by an ellipsis where it is cut."""
    return text_width.cut(shown(text), width, _ellipsis())


def _ellipsis() -> str:
    """What ends a text that is cut."""
    return ".." if shown(text_width.ELLIPSIS).isascii() else text_width.ELLIPSIS


def left(text: str, width: int) -> str:
    """The text in exactly `width` cells, to the left."""
    text = cut(text, width)
    return text + " " * (width - width_of(text))


def right(text: str, width: int) -> str:
    """The text in exactly `width` cells, to the right."""
    text = cut(text, width)
    return " " * (width - width_of(text)) + text


def line(pieces: Iterable[Piece], width: int, fill: Style | None = None) -> Strip:
    """A line of exactly `width` cells: a piece that does not fit is cut, with an ellipsis; the rest is blank."""
    segments: list[Segment] = []
    used = 0
    for text, style in pieces:
        if not text:
            continue
        text = text if text.isascii() else shown(text)
        taken = width_of(text)
        if used + taken > width:
            taken = width - used
            text = left(text.rstrip(), taken)
        if text:
            segments.append(Segment(text, style if style is not None else fill))
            used += taken
        if used >= width:
            break
    if used < width:
        segments.append(Segment(" " * (width - used), fill))
    return Strip(segments, width)


def wrap(text: str, width: int, limit: int) -> list[str]:
    """The text on at most `limit` lines of `width` cells, broken between words; an ellipsis ends what is cut.

    A no-break space breaks no line: a figure stays with its unit.
    """
    lines: list[str] = []
    rest = [word for word in shown(text).replace("\n", " ").replace("\t", " ").split(" ") if word]
    if rest and limit > 0 and width_of(whole := " ".join(rest)) <= width:
        return [whole]
    while rest and width > 0:
        if len(lines) == limit - 1:
            lines.append(cut(" ".join(rest), width))
            break
        current = rest.pop(0)
        while rest and width_of(current) + 1 + width_of(rest[0]) <= width:
            current += " " + rest.pop(0)
        if width_of(current) > width:
            head = set_cell_size(current, width)
            rest.insert(0, current[len(head.rstrip()) :])
            current = head
        lines.append(current)
    return lines


@lru_cache(maxsize=4096)
def cut_middle(text: str, width: int) -> str:
    """The text in at most `width` cells, cut in the middle: names that begin alike are told apart by their ends."""
    text, ellipsis = shown(text), _ellipsis()
    if width_of(text) <= width or width < 12:
        return cut(text, width)
    head = set_cell_size(text, width * 2 // 5).rstrip(" -–,")
    room = width - width_of(head) - len(ellipsis)
    tail = text
    while width_of(tail) > room:
        tail = tail[1:]
    # Begin the end at a word where that costs little.
    at = tail.find(" ")
    if 0 <= at <= 6:
        tail = tail[at + 1 :]
    return f"{head}{ellipsis}{tail}"


class ListNames:
    """The names of a list as the terminal can show them; those that do not fit are told apart."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names
        self._known: ShortNames | None = None
        self._encoding = ""

    def short(self, name: str, width: int) -> str:
        """A name in at most `width` cells, which looks like no other of the list (`ShortNames`)."""
        name = shown(name)
        if width_of(name) <= width:
            return name
        if self._known is None or self._encoding != _encoding:
            self._names, self._encoding = tuple(self._names), _encoding
            names = self._names if _encoding == _ALL else map(shown, self._names)
            self._known = ShortNames(names, _ellipsis())
        return self._known.short(name, width)
