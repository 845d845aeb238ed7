"""What shows the page of the row that the cursor stands on: a panel beneath the list, or a page beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import chain, islice

from textual.containers import Horizontal, Vertical
from textual.strip import Strip

from kvaltui.tui.terminal.drawing import DrawnLine, left, width_of, wrap
from kvaltui.tui.terminal.drawn_once import DrawnOnce
from kvaltui.tui.terminal.theme import Surface
from kvaltui.tui.widgets.lines import Lines
from kvaltui.tui.widgets.page import Page, Paragraph
from kvaltui.tui.widgets.reading import WIDEST, laid_out


class Panes(Horizontal, DrawnOnce):
    """What stands side by side, and draws nothing itself."""

    # Textual takes the styles of the first base alone.
    DEFAULT_CSS = "Panes { layout: horizontal; overflow: hidden hidden; }"


class Stack(Vertical, DrawnOnce):
    """What stands one below the other, and draws nothing itself."""


QUIET = 0.12
"""Seconds without a key after which the rest of a page is drawn: more than between two of a key that is held down."""
_TITLE = 2
"""The lines of a title, unless it needs more: a name is told whole."""
_SHELVES_FROM = 9
"""The line of a page that its shelves begin at, where its head is no longer: what stands still is not sent again."""


class PageView(Lines):
    """Shows a page in the lines that there are, or for a while something else in its place (`lend`)."""

    SURFACE = Surface.RAISED

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page: Page | None = None
        self._lent: tuple[Paragraph, ...] = ()
        self._laid_out: list[DrawnLine] = []

    def show(self, page: Page | None) -> None:
        """Show a page; None for nothing."""
        self._page, self._lent = page, ()
        self._lay_out()

    def lend(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show other paragraphs until the next page: what is to be said now, and has no room elsewhere."""
        self._lent = tuple(paragraphs)
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        raise NotImplementedError

    def _set(self, lines: Sequence[DrawnLine], start: int = 0) -> None:
        """Let what stands from a line on be other lines, and redraw those that differ."""
        before, self._laid_out = self._laid_out, [*self._laid_out[:start], *lines]
        changed = [y for y in range(start, self.size.height) if _at(before, y) != _at(self._laid_out, y)]
        if changed:
            self.redraw(*changed)

    def draw(self, y: int, width: int) -> Strip:
        return self.line(_at(self._laid_out, y), width)


class Panel(PageView):
    """The page in a few lines: its title, its head as whole as there is room for, and what is told in brief."""

    DEFAULT_CSS = "Panel { height: 2; }"

    def _lay_out(self) -> None:
        width, height = self.size
        lines: list[DrawnLine] = []
        page, lent = self._page, self._lent
        if page is not None and not lent and height > _TITLE:
            # A name is told whole, but the verdict, the reason and something more have their lines.
            *above, last = wrap(page.title, width - 2, max(1, height - 3)) or [""]
            lines += [((" ", None), (each, self.paint.strong)) for each in above]
            lines.append(self._heading(last, width))
        paragraphs = lent or (chain(page.head, page.brief) if page is not None else ())
        whole = len(lent) or (len(page.head) if page is not None else 0)
        for at, (text, style) in enumerate(paragraphs):
            later = max(0, whole - at - 1)
            room = max(1, height - len(lines) - later) if at < whole else 1
            lines += [((" ", None), (each, style)) for each in wrap(text, width - 2, room)]
        self._set(lines[:height])

    def _heading(self, title: str, width: int) -> DrawnLine:
        """The title; where the panel has no colour of its own, a line drawn out from it tells where it begins."""
        paint = self.paint
        shown = left(title, min(width - 2, width_of(title)))
        if paint.has_surfaces:
            return (" ", None), (shown, paint.strong)
        rule = ("-" if self.is_ascii else "─") * max(0, width - width_of(shown) - 2)
        return (" ", None), (shown, paint.strong), (" ", None), (rule, paint.muted)


class PagePane(PageView):
    """The whole page beside a list. Its head follows the cursor; the rest is drawn when no key waits to be read.

    Below its edge, where it has no colour of its own, a line parts it from the list.
    """

    DEFAULT_CSS = "PagePane { width: 1fr; height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._last = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_behind(self) -> bool:
        """Whether the rest of the page is still to be drawn."""
        return self._timer is not None

    def on_unmount(self) -> None:
        self._stop_waiting()

    def on_resize(self) -> None:
        self._lay_out()
        self.draw_rest()

    def _lay_out(self) -> None:
        width = min(self.size.width, WIDEST + 2)
        if not width or not self.display:
            return
        head = self._head(width)
        self._set([*head, *self._laid_out[len(head) :]])
        loop = asyncio.get_running_loop()
        self._last = loop.time()
        if self._timer is None:
            self._timer = loop.call_later(QUIET, self._when_quiet)

    def _head(self, width: int) -> list[DrawnLine]:
        """What is said at once, down to where the shelves begin."""
        page, lent = self._page, self._lent
        titles = wrap(page.title, width - 3, self.size.height) if page is not None else []
        lines: list[DrawnLine] = [(), *(((each, self.paint.strong),) for each in titles)]
        lines += [()] * (_TITLE + 1 - len(lines))
        for text, style in lent or (page.head if page is not None else ()):
            lines += [((each, style),) for each in wrap(text, width - 3, self.size.height)]
        lines += [()] * (_SHELVES_FROM - len(lines))
        if lines[-1]:
            lines.append(())
        return [self._beside_edge(each) for each in lines]

    def _beside_edge(self, line: DrawnLine) -> DrawnLine:
        if self.paint.has_surfaces:
            return (" ", None), *line
        return ("|" if self.is_ascii else "│", self.paint.muted), (" ", None), *line

    def draw_rest(self) -> None:
        """Lay out and draw the shelves of the page now."""
        self._stop_waiting()
        width = min(self.size.width, WIDEST + 2)
        if not width or not self.display:
            return
        start = len(self._head(width))
        blocks = self._page.shelves() if self._page is not None else ()
        shelves = islice(laid_out(blocks, width - 1, self.paint, is_fixed=True), max(0, self.size.height - start))
        # What is laid out keeps a cell free before it, which the edge takes.
        lines = [self._beside_edge(_without_margin(each)) for each in shelves]
        lines += [self._beside_edge(())] * (self.size.height - start - len(lines))
        self._set(lines, start)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _when_quiet(self) -> None:
        loop = asyncio.get_running_loop()
        left_to_wait = self._last + QUIET - loop.time()
        if left_to_wait > 0 or self.calm_app.typeahead.has_more:
            self._timer = loop.call_later(max(left_to_wait, QUIET / 4), self._when_quiet)
        else:
            self.call_later(self.draw_rest)


def _without_margin(line: DrawnLine) -> DrawnLine:
    if not line or line[0][0][:1] != " ":
        return line
    (text, style), *rest = line
    return (text[1:], style), *rest


def _at(lines: Sequence[DrawnLine], y: int) -> DrawnLine:
    return lines[y] if y < len(lines) else ()
