"""Figures through the periods, each with its place on a row of dots, drawn in lines of text at any width.

A row has the period, its figure and the dots, on which stand the outcome, the line of the target, what others have and
what is expected. Each mark has a shape of its own, in ASCII too, and whatever has a place has its figure in words
beside it: the chart is read without colour. Dots may begin anywhere, where bars would have to begin at nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import Enum
from typing import TypeAlias

from rich.style import Style

from kvaltui.decimal_line import at_line
from kvaltui.model.reason import EXACT
from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import DrawnLine, Piece, left, right, width_of, wrap
from kvaltui.tui.terminal.theme import Paint

Ends: TypeAlias = tuple[Decimal | None, Decimal | None]
"""From where to where a figure reaches: equal for a plain number, None where that end is open."""
_LEAST_DOTS, _MOST_DOTS = 10, 48
_GAP = 2
_TWO, _FIVE = Decimal(2), Decimal(5)
_ZERO, _WHOLE = Decimal(0), Decimal(100)
_MOST_LINES = 40


class Mark(Enum):
    """What stands on the dots, in the order in which the one lies over the other: the sign, and in ASCII."""

    TARGET = "┊", ":"
    OTHER = "◇", "+"
    EXPECTED = "○", "*"
    OUTCOME = "●", "o"

    def sign(self, *, is_ascii: bool) -> str:
        """How it looks."""
        return self.value[is_ascii]


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A period: its name, its figure as shown, and what stands on its dots.

    `words` stand in place of the dots where the figure is no number. `style` is that of the outcome's mark, `aside`
    what there is to say beside it where there is room.
    """

    label: str
    figure: str = ""
    marks: tuple[tuple[Mark, Ends], ...] = ()
    words: str = ""
    style: Style | None = None
    aside: tuple[Piece, ...] = ()

    @property
    def numbers(self) -> Iterator[Decimal]:
        """Every number that has its place on the dots."""
        return (end for _mark, ends in self.marks for end in ends if end is not None)


@dataclass(frozen=True, slots=True)
class DotChart:
    """A chart of `rows` under a `heading`, which names the ends of the dots and, at its place, the `target` in words.

    `axis` writes the ends, which are round numbers around all that has its place unless they are given. `legend` says
    what the marks are that are no outcomes. Without numbers the figures stand there alone; without rows there is
    nothing.
    """

    heading: str
    rows: Sequence[ChartRow]
    paint: Paint
    axis: Callable[[Decimal], str]
    is_ascii: bool = False
    target: str = ""
    legend: Sequence[tuple[Mark, str]] = ()
    is_share: bool = False
    ends: tuple[Decimal, Decimal] | None = None

    def lines(self, width: int) -> Iterator[DrawnLine]:
        """The lines, each with a margin of one cell, in at most `width` cells."""
        if not self.rows:
            return
        labels = max(width_of(row.label) for row in self.rows)
        parted = [at_line(row.figure) for row in self.rows]
        hanging = max(width_of(rest) for _whole, rest in parted)
        figures = [whole + left(rest, hanging) if whole[-1:].isdigit() else whole + rest for whole, rest in parted]
        column = max(map(width_of, figures))
        asides = self._asides(width - labels - column)
        before = 1 + labels + _GAP + (column + _GAP if column else 0)
        dots = min(_MOST_DOTS, width - before - sum(each + _GAP for each in asides))
        numbers = [number for row in self.rows for number in row.numbers]
        ends = (self.ends or axis_ends(numbers, is_share=self.is_share)) if numbers else None
        # Both ends are named above them, or else nobody knows what the dots are.
        named = sum(width_of(self.axis(end)) + 1 for end in ends) if ends is not None else 0
        has_dots = ends is not None and dots >= max(_LEAST_DOTS, named)
        yield from self._head(before, dots if has_dots else 0, ends)
        for row, figure in zip(self.rows, figures, strict=True):
            begins: list[Piece] = [(" ", None), (left(row.label, labels + _GAP), self.paint.muted)]
            if column:
                begins.append((right(figure, column) + " " * _GAP, self.paint.text))
            if row.words or not has_dots or ends is None:
                yield from self._in_words(begins, row.words, before, width)
                continue
            pieces = [*begins, *self._dots(row, dots, ends)]
            for (text, style), size in zip(row.aside, asides, strict=False):
                pieces += [(" " * _GAP, None), (left(text, size), style)]
            yield tuple(pieces)
        is_named = has_dots and ends is not None and self._label_place(dots, ends) is not None
        yield from self._foot(before if has_dots else 1, width, is_target_named=is_named)

    def _asides(self, room: int) -> list[int]:
        """The widths of what stands beside the dots; nothing where those would have too little room."""
        widths = [
            max((width_of(row.aside[at][0]) for row in self.rows if len(row.aside) > at), default=0)
            for at in range(max(len(row.aside) for row in self.rows))
        ]
        return widths if room - sum(widths) - _GAP * (len(widths) + 2) >= 2 * _LEAST_DOTS else []

    # Heading and foot

    def _head(self, before: int, dots: int, ends: tuple[Decimal, Decimal] | None) -> Iterator[DrawnLine]:
        paint = self.paint
        heading: DrawnLine = ((" ", None), (self.heading, paint.strong))
        if not dots or ends is None:
            for text in wrap(self.heading, before + _MOST_DOTS, _MOST_LINES):
                yield (" ", None), (text, paint.strong)
            return
        if 1 + width_of(self.heading) + _GAP > before:
            yield heading
            heading = ()
        written = sum(width_of(text) for text, _style in heading)
        yield *heading, (" " * (before - written), None), *self._axis(dots, ends)

    def _axis(self, dots: int, ends: tuple[Decimal, Decimal]) -> list[Piece]:
        """The ends of the dots by their numbers, and the target where it stands."""
        low, high = map(self.axis, ends)
        at = self._label_place(dots, ends)
        if at is None:
            return [(low, self.paint.muted), (right(high, dots - width_of(low)), self.paint.muted)]
        after = dots - at - width_of(self.target)
        has_high = after > width_of(high)
        return [
            (left(low, at) if at else "", self.paint.muted),
            (self.target, self.paint.accent),
            (right(high, after) if has_high else "", self.paint.muted),
        ]

    def _label_place(self, dots: int, ends: tuple[Decimal, Decimal]) -> int | None:
        """Where in the heading the target's words begin; None where they would hide an end that they do not name."""
        targets = {end for row in self.rows[-1:] for mark, pair in row.marks if mark is Mark.TARGET for end in pair}
        if len(targets) != 1 or not self.target:
            return None
        (target,) = targets
        if target is None:
            return None
        low, high = ends
        size = width_of(self.target)
        at = max(0, min(place_of(target, ends, dots) - size // 2, dots - size))
        hides_low = at <= width_of(self.axis(low)) and target != low
        hides_high = at + size >= dots - width_of(self.axis(high)) and target != high
        if target == low:
            at = 0
        return None if size > dots or hides_low or hides_high else at

    def _foot(self, before: int, width: int, *, is_target_named: bool) -> Iterator[DrawnLine]:
        """What the marks mean, beneath the dots or, where that is too narrow, from the margin."""
        legend = [*self.legend]
        if self.target and not is_target_named:
            legend.insert(0, (Mark.TARGET, self.target))
        told = [f"{mark.sign(is_ascii=self.is_ascii)}\N{NO-BREAK SPACE}{text}" for mark, text in legend]
        if not told:
            return
        text = "\N{NO-BREAK SPACE} ".join(told)
        begins = before if all(width_of(each) <= width - before for each in text.split(" ")) else 1
        for line in wrap(text, width - begins, _MOST_LINES):
            yield (" " * begins, None), (line, self.paint.muted)

    def _in_words(self, begins: list[Piece], words: str, before: int, width: int) -> Iterator[DrawnLine]:
        """A period whose figure is no number: its words beside it, or beneath it where one of them is too long."""
        paint = self.paint
        if not words:
            yield tuple(begins)
            return
        is_beside = all(width_of(each) <= width - before for each in words.split())
        if not is_beside:
            yield tuple(begins)
        indent = before if is_beside else 3
        for at, line in enumerate(wrap(words, width - indent, _MOST_LINES)):
            head = begins if at == 0 and is_beside else [(" " * indent, None)]
            yield *head, (line, paint.text)

    # Dots

    def _dots(self, row: ChartRow, dots: int, ends: tuple[Decimal, Decimal]) -> Iterator[Piece]:
        """The dots with the marks on them, joined where neighbours have one style."""
        dot = "." if self.is_ascii else "·"
        cells: list[Piece] = [(dot, self.paint.faint)] * dots
        for mark in Mark:
            for each, (low, high) in row.marks:
                if each is mark:
                    self._put(cells, mark, (low, high), ends, row.style)
        text, style = cells[0]
        for sign, its_style in cells[1:]:
            if its_style == style:
                text += sign
            else:
                yield text, style
                text, style = sign, its_style
        yield text, style

    def _put(
        self, cells: list[Piece], mark: Mark, figure: Ends, ends: tuple[Decimal, Decimal], style: Style | None
    ) -> None:
        paint, (low, high) = self.paint, figure
        styles = {Mark.TARGET: paint.accent, Mark.OUTCOME: style or paint.text}
        drawn = styles.get(mark, paint.text)
        first = 0 if low is None else place_of(low, ends, len(cells))
        last = len(cells) - 1 if high is None else place_of(high, ends, len(cells))
        if mark is not Mark.TARGET:
            for at in range(first, last + 1):
                cells[at] = ("=" if self.is_ascii else "━", drawn)
            if high is None:
                cells[last] = (">" if self.is_ascii else "▸", drawn)
            if low is None:
                cells[first] = ("<" if self.is_ascii else "◂", drawn)
        for end, at in ((low, first), (high, last)):
            if end is not None:
                cells[at] = (mark.sign(is_ascii=self.is_ascii), drawn)


def place_of(number: Decimal, ends: tuple[Decimal, Decimal], dots: int) -> int:
    """Which of the dots between two ends a number is nearest to."""
    low, high = ends
    share = EXACT.divide(EXACT.subtract(number, low), EXACT.subtract(high, low))
    return max(0, min(dots - 1, int(EXACT.multiply(share, Decimal(dots - 1)).to_integral_value(ROUND_HALF_UP))))


def axis_ends(numbers: Iterable[Decimal], *, is_share: bool = False) -> tuple[Decimal, Decimal] | None:
    """Two round numbers between which all the others lie; None where there are none.

    Those of a share (`is_share`) lie within 0–100 where all figures do.
    """
    known = list(numbers)
    if not known:
        return None
    low, high = min(known), max(known)
    step = _step(EXACT.subtract(high, low) or max(abs(high), Decimal(1)))
    if all(each == each.to_integral_value() for each in known):
        step = max(step, Decimal(1))  # what is counted has no halves
    ends = _rounded(low, step, ROUND_FLOOR), _rounded(high, step, ROUND_CEILING)
    if ends[0] == ends[1]:
        ends = EXACT.subtract(low, step), EXACT.add(high, step)
    if low >= 0:
        ends = max(ends[0], _ZERO), ends[1]
    if is_share and low >= 0 and high <= _WHOLE:
        ends = ends[0], min(ends[1], _WHOLE)
    return ends


def _step(span: Decimal) -> Decimal:
    """The round number of which some five to ten go into a span."""
    step = Decimal(1).scaleb(span.adjusted())
    times = EXACT.divide(span, step)
    if times < _TWO:
        return EXACT.divide(step, _FIVE)
    return EXACT.divide(step, _TWO) if times < _FIVE else step


def _rounded(number: Decimal, step: Decimal, way: str) -> Decimal:
    return EXACT.multiply(EXACT.divide(number, step).to_integral_value(way), step)
