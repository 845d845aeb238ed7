"""A text to be read: headings, paragraphs, and terms with their meanings, in lines that scroll without a cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

from rich.style import Style
from textual import events
from textual.strip import Strip

from kvaltui.model.value import dataclass
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import DrawnLine, left, right, width_of, wrap
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_view import WHEEL_ROWS
from kvaltui.tui.widgets.lines import Lines
from kvaltui.work.reading_blocks import Heading, Pair, Prose, TextBlock

_TERM_LIMITS = (4, 40)
_MOST_LINES = 60
"""A paragraph of the guide in the narrowest window has fewer; a text from outside may have any number."""
_GAP = 2


@dataclass(frozen=True, slots=True)
class StyledPair(Pair):
    """A pair whose term has a style of its own."""

    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What draws its own lines in the width that there is: a chart, a table."""

    draw: Callable[[int], Sequence[DrawnLine]]


@dataclass(frozen=True, slots=True)
class Styled:
    """A paragraph in a style of its own."""

    text: str
    style: Style | None = None


Block = TextBlock | Styled | Drawn


class Reading(Lines, can_focus=True):
    """Shows blocks of text, and scrolls by line and by page. What it shows first is the block number `start`."""

    BINDINGS = bindings.READING
    DEFAULT_CSS = "Reading { height: 1fr; }"

    def __init__(self, blocks: Sequence[Block], start: int = 0) -> None:
        super().__init__()
        self._blocks = tuple(blocks)
        self._start = start
        self._lines: list[DrawnLine] = []
        self.top = 0

    def height_in(self, width: int) -> int:
        """How many lines the text takes in a width."""
        return len(lay_out(self._blocks, width, self.paint))

    def draw(self, y: int, width: int) -> Strip:
        at = self.top + y
        return self.line(self._lines[at] if at < len(self._lines) else (), width)

    def on_resize(self) -> None:
        self._lines = lay_out(self._blocks, self.size.width, self.paint)
        if self._start:
            above = lay_out(self._blocks[: self._start], self.size.width, self.paint)
            self.top, self._start = len(above) + 1, 0  # the blank line before a heading says nothing at the top
        self.action_to(self.top)
        self.redraw()

    @property
    def last_top(self) -> int:
        """The first line that shows at the end of the text."""
        return max(0, len(self._lines) - self.size.height)

    def action_to(self, top: int) -> None:
        """Scroll so that a line is the first that shows; −1: to the end."""
        top = self.last_top if top < 0 else min(top, self.last_top)
        if top != self.top:
            self.top = top
            self.redraw()

    def action_scroll_by(self, lines: int) -> None:
        self.action_to(max(0, self.top + lines))

    def action_page(self, way: int) -> None:
        self.action_scroll_by(way * max(1, self.size.height - 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_scroll_by(WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_scroll_by(-WHEEL_ROWS)


def lay_out(blocks: Sequence[Block], width: int, paint: Paint) -> list[DrawnLine]:
    """The lines of the blocks in a width. Pairs that follow each other have their meanings below each other."""
    lines: list[DrawnLine] = []
    for at, block in enumerate(blocks):
        match block:
            case Prose(text="") if lines:
                lines.append(())
            case Heading(text):
                if lines:
                    lines.append(())
                lines += _prose(text, width, paint.heading)
            case Prose(text, is_muted):
                lines += _prose(text, width, paint.muted if is_muted else paint.text)
            case Styled(text, style):
                lines += _prose(text, width, style or paint.text)
            case Drawn(draw):
                lines += draw(width - 2)
            case Pair():
                lines += _pair(block, _terms_width(blocks, at), width, paint)
    return lines


def _prose(text: str, width: int, style: Style) -> list[DrawnLine]:
    return [((" ", None), (each, style)) for each in wrap(text, width - 2, _MOST_LINES)]


def _terms_width(blocks: Sequence[Block], at: int) -> int:
    """The width of the terms of the pairs around a pair, up to the headings and the prose that part them."""
    around = [*takewhile(_keeps_terms, reversed(blocks[:at])), *takewhile(_keeps_terms, blocks[at:])]
    widest = max(width_of(each.term) for each in around if isinstance(each, Pair))
    least, most = _TERM_LIMITS
    return max(least, min(widest, most))


def _keeps_terms(block: Block) -> bool:
    return isinstance(block, Pair) or block == Prose("")


def _pair(pair: Pair, terms: int, width: int, paint: Paint) -> list[DrawnLine]:
    terms = min(terms, max(1, width // 2))
    aside = width_of(pair.aside) + _GAP if pair.aside else 0
    room = max(1, width - 2 - terms - _GAP - aside)
    said = wrap(pair.text, room, _MOST_LINES) or [""]
    term = (pair.style if isinstance(pair, StyledPair) else None) or paint.accent
    lines: list[DrawnLine] = []
    for at, text in enumerate(said):
        head: DrawnLine = (
            ((" ", None), (left(pair.term, terms), term), (" " * _GAP, None))
            if at == 0
            else ((" " * (1 + terms + _GAP), None),)
        )
        tail: DrawnLine = ((right(pair.aside, aside), paint.muted),) if aside and at == 0 else ()
        lines.append((*head, (left(text, room), paint.text), *tail))
    return lines
