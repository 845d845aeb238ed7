"""A text to be read: headings, paragraphs, and terms with their meanings, in lines that scroll without a cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, takewhile

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
WIDEST = 72
"""Text that is set wider than this is hard to read: the eye loses its line."""
LABELS = 12
"""The cells of the labels that hang beside texts, the gap after them among these."""


@dataclass(frozen=True, slots=True)
class StyledPair(Pair):
    """A pair whose term has a style of its own."""

    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What draws its own lines, with their margin, in the width that there is: a chart, a table."""

    draw: Callable[[int], Iterable[DrawnLine]]


@dataclass(frozen=True, slots=True)
class Styled:
    """A paragraph in a style of its own."""

    text: str
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to say of one matter, parted from the next by a blank line.

    Where shelves have places of their own, as beside a list, it takes `rows` lines at least, so that what follows
    stands where it stood, and says by its `label` what is missing; elsewhere it takes what it needs, perhaps nothing.
    """

    blocks: tuple[Block, ...]
    rows: int = 0
    label: str = ""


Block = TextBlock | Styled | Drawn | Shelf


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
    return list(laid_out(blocks, width, paint))


def laid_out(blocks: Sequence[Block], width: int, paint: Paint, *, is_fixed: bool = False) -> Iterator[DrawnLine]:
    """The same one after the other, for whoever needs but the first; with `is_fixed` shelves keep their places."""
    width = min(width, WIDEST + 2)
    is_first = True
    for at, block in enumerate(blocks):
        lines = iter(_lines_of(blocks, at, width, paint, is_fixed=is_fixed))
        first = next(lines, None)
        if first is None:
            continue
        if not is_first and isinstance(block, Heading | Shelf):
            yield ()
        if is_first and block == Prose(""):
            continue
        is_first = False
        yield first
        yield from lines


def _lines_of(blocks: Sequence[Block], at: int, width: int, paint: Paint, *, is_fixed: bool) -> Iterable[DrawnLine]:
    block = blocks[at]
    match block:
        case Prose(text=""):
            return [()]
        case Heading(text):
            return _prose(text, width, paint.heading)
        case Prose(text, is_muted):
            return _prose(text, width, paint.muted if is_muted else paint.text)
        case Styled(text, style):
            return _prose(text, width, style or paint.text)
        case Drawn(draw):
            return draw(width - 1)
        case Shelf():
            lines = laid_out(block.blocks, width, paint)
            return _on_its_rows(block, lines, paint) if is_fixed and block.rows else lines
        case Pair():
            return _pair(block, _terms_width(blocks, at), width, paint)


def _on_its_rows(shelf: Shelf, lines: Iterator[DrawnLine], paint: Paint) -> Iterator[DrawnLine]:
    """As many lines as a shelf has at least."""
    found = list(islice(lines, shelf.rows))
    if not found:
        found = [
            ((" ", None), (left(shelf.label, max(LABELS, width_of(shelf.label) + 1)), paint.muted), ("–", paint.muted))
        ]
    yield from found
    yield from [()] * (shelf.rows - len(found))
    yield from lines


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
