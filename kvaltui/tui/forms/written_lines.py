"""A text that is typed, broken into the lines that it is shown on, with the places of its characters kept."""

from __future__ import annotations

from bisect import bisect_right

from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import width_of


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """The characters of a text from `start` up to `end`, which stand on one line."""

    start: int
    end: int


def break_lines(text: str, width: int) -> list[WrittenLine]:
    """The lines of a text in `width` cells, broken at its line ends and between words; at least one.

    The space at which a line is broken belongs to it, so that every place in the text is on some line.
    """
    lines: list[WrittenLine] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        lines += _break_paragraph(text, start, end, max(1, width))
        start = end + 1
    return lines


def _break_paragraph(text: str, start: int, end: int, width: int) -> list[WrittenLine]:
    lines: list[WrittenLine] = []
    written = start + len(text[start:end].rstrip(" "))
    while (at := _end_of_room(text, start, end, width)) < written:
        space = text.rfind(" ", start, at + 1)
        at = space + 1 if space > start else at
        lines.append(WrittenLine(start, at))
        start = at
    lines.append(WrittenLine(start, end))
    return lines


def _end_of_room(text: str, start: int, end: int, width: int) -> int:
    """The place after the characters that fit in `width` cells, at least one. It costs as much as the width."""
    at = min(end, start + width)
    if width_of(text[start:at]) == at - start and (at == end or width_of(text[at]) > 0):
        return at
    at = start + 1
    cells = width_of(text[start:at])
    while at < end and cells + (taken := width_of(text[at])) <= width:
        cells += taken
        at += 1
    return min(at, end)


def line_at(lines: list[WrittenLine], place: int) -> int:
    """Which of the lines a place in the text is on."""
    return max(0, bisect_right(lines, place, key=lambda line: line.start) - 1)


def place_above_or_below(text: str, lines: list[WrittenLine], place: int, way: int) -> int | None:
    """The place on the line above (`way` −1) or below (1) that stands under the same cell; None where there is none."""
    at = line_at(lines, place)
    target = at + way
    if not 0 <= target < len(lines):
        return None
    cells = width_of(text[lines[at].start : place])
    found = lines[target].start
    last = lines[target].end if target == len(lines) - 1 else max(lines[target].start, lines[target].end - 1)
    while found < last and width_of(text[lines[target].start : found + 1]) <= cells:
        found += 1
    return found
