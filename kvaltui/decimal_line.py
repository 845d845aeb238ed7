"""Figures of a column on one decimal line: their whole parts end in the same cell, and decimals hang out beyond it.

What is wider than its column grows to the left, into the gap before it, so that one figure does not widen the column
for all. Words end at the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kvaltui.i18n import language
from kvaltui.model.pattern import pattern
from kvaltui.model.value import dataclass
from kvaltui.text_width import width_of

_UNIT = r"(?:\s?(?:%|[^\W\d_]{1,4}))?"
_FIGURE = {
    mark: pattern(rf"([^\w%]*(?:\d[\d\s.,\N{{MINUS SIGN}}–-]*?)??\d)({mark}\d+)?({_UNIT})\s*") for mark in (",", r"\.")
}
"""Signs, digits in groups or between two ends, decimals after the last mark, and a short unit: by the decimal mark."""
_ALMOST_ALL = 0.9
_WIDEST = 8
"""Wider figures are not looked after: they have the gap, and are cut where that is not enough."""


@dataclass(frozen=True, slots=True)
class DecimalLine:
    """The room of a column of figures: the cells before its line, in which whole parts end, and those after it.

    `widest` are the cells before the line that the widest figure takes, where that is still within reason.
    """

    before: int = 0
    after: int = 0
    widest: int = 0

    @property
    def width(self) -> int:
        """The cells of the column."""
        return self.before + self.after

    def beside(self, gap: int) -> DecimalLine:
        """The room with a gap before it, into which the widest figure may grow up to its last cell."""
        return DecimalLine(max(self.before, self.widest - (gap - 1)), self.after, self.widest)


NO_ROOM, MUCH_ROOM = DecimalLine(), DecimalLine(10, 4)


def at_line(text: str) -> tuple[str, str]:
    """What of a text stands before the decimal line and what after it: decimals, and a unit."""
    found = _FIGURE[r"\." if language() == "en" else ","].fullmatch(text)
    if found is None:
        return text, ""
    return found[1], text[found.end(1) :].rstrip()


def line_for(
    texts: Iterable[str],
    least: DecimalLine = NO_ROOM,
    most: DecimalLine = MUCH_ROOM,
    measure: Callable[[str], int] = width_of,
) -> DecimalLine:
    """The room that some figures need, within limits: that of almost all before the line, and after it of all.

    Words do not count; they grow into what is free before them.
    """
    befores: list[int] = []
    after = 0
    for whole, rest in map(at_line, texts):
        if whole and whole[-1].isdigit():
            befores.append(measure(whole))
            after = max(after, measure(rest))
    befores.sort()
    before = befores[int((len(befores) - 1) * _ALMOST_ALL)] if befores else 0
    return DecimalLine(
        max(least.before, min(before, most.before)),
        max(least.after, min(after, most.after)),
        max(least.widest, *(each for each in befores if each <= _WIDEST), 0),
    )


def on_line(text: str, line: DecimalLine, room: int, measure: Callable[[str], int] = width_of) -> tuple[str, int]:
    """A text as it stands in its column: with blanks after it up to the column's end, and how many cells it takes.

    `room` are the cells up to the column's end that are free for it. More decimals than there are cells for reach the
    column's end, so that nothing that stands beside them is moved; the caller cuts what has more than `room`.
    """
    whole, rest = at_line(text)
    hanging = measure(rest)
    blank = max(0, line.after - hanging)
    taken = measure(whole) + hanging + blank
    if taken > room:
        blank = max(0, blank - (taken - room))
        taken = measure(whole) + hanging + blank
    return whole + rest + " " * blank, taken
