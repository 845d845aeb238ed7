"""A list of rows with a cursor: draws what shows, moves by half pages at the edges, never animates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic

from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import MARKER, marker
from kvaltui.tui.terminal.textual_private import is_stopped
from kvaltui.tui.terminal.theme import Surface
from kvaltui.tui.widgets.finding import MENU, MOST_SOUGHT, SEARCH, Sought, first_row
from kvaltui.tui.widgets.line_editor import text_of_key
from kvaltui.tui.widgets.row_lines import Row, RowLines
from kvaltui.work.text_table import TextTable

if TYPE_CHECKING:
    from _typeshed import SupportsLenAndGetItem

WHEEL_ROWS = 3


class LineView(RowLines[Row], Generic[Row], can_focus=True):
    """Rows with a cursor on one of them. Subclasses say what they are made from (`_rows`), and draw them.

    `HEAD` lines at the top stay in place. Rows that say no in `can_stand` are passed by the cursor. `here` is what the
    cursor stands on; a screen that watches it (`self.watch(view, "here", …)`) is told within the same repaint.

    Typing is always typing: a character begins an entry where the row takes one (`begin_typing`), and otherwise finds
    the first row in which a word begins with what is typed (`text_at`); the screen is told by `Sought`.
    """

    BINDINGS = bindings.LINE_VIEW
    DEFAULT_CSS = "LineView { height: 1fr; }"

    here: reactive[object] = reactive(None, repaint=False, init=False)

    @dataclass
    class Chosen(Message):
        """A person has chosen the cursor's row, by Enter or a double click."""

        view: LineView[Any]

        @property
        def control(self) -> LineView[Any]:
            return self.view

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.sought: str | None = None
        """What is looked for by typing; None where nothing is."""

    # What subclasses say

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        """A row, `width` cells wide. That of the cursor (`is_here`) is tinted, and marked in its first cell, later."""
        raise NotImplementedError

    def headings(self, width: int) -> str:
        """What stands over the rows."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What an empty list says: what to do next."""
        return ""

    def thing_of(self, row: Row) -> object:
        """What a row is about, to be watched as `here`; None where it is about nothing."""
        return row

    def can_stand(self, row: int) -> bool:
        """Whether the cursor can stand on the row."""
        return True

    def table_headings(self) -> Sequence[str]:
        """The headings of the columns, each for itself, as `table_cells` has their texts."""
        return ()

    def table_cells(self, row: int) -> Sequence[str]:
        """What stands in the columns of a row, each text whole; a heading among the rows has one."""
        return (self.text_at(row),)

    def begin_typing(self, character: str) -> bool:
        """Begin the entry of the cursor's row with a character. Returns whether the row takes one."""
        return False

    # Taking out

    def as_table(self) -> TextTable:
        """All rows as they are seen, with their headings: for the clipboard, or a file."""
        return TextTable.of(self.table_headings(), map(self.table_cells, range(self.row_count())))

    def row_as_table(self) -> TextTable:
        """The cursor's row by itself, with its headings."""
        return TextTable.of(self.table_headings(), [self.table_cells(self.cursor)] if self.row is not None else [])

    # Where things are

    @property
    def row(self) -> Row | None:
        """The row that the cursor stands on; None in an empty list."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def thing_at(self, row: int) -> object:
        """What the row at a place is about; None where there is none."""
        return self.thing_of(self._rows[row]) if row < len(self._rows) else None

    def place_of(self, thing: object) -> int | None:
        """The place of the row that is about a thing."""
        if thing is None:
            return None
        return next((at for at in range(len(self._rows)) if self.thing_of(self._rows[at]) == thing), None)

    def go_to(self, thing: Any) -> bool:
        """Put the cursor on the row of a thing. Returns whether there is one."""
        place = self.place_of(thing)
        if place is not None:
            self.move_to(place)
        return place is not None

    def redraw_things(self, things: Collection[object]) -> None:
        """Repaint the rows that are about one of the things."""
        self.redraw_rows(*(at for at in range(len(self._rows)) if self.thing_at(at) in things))

    def draw_head(self, y: int, width: int) -> Strip:
        """One of the `HEAD` lines that stay at the top."""
        return self.line([(self.headings(width), self.paint.muted)], width)

    def draw_nothing(self, y: int, width: int) -> Strip:
        """A line below the last row, or of an empty list."""
        told = self.nothing() if y == 0 and not len(self._rows) else ""
        return self.line([(" " * MARKER, None), (told, self.paint.muted)], width)

    def draw(self, y: int, width: int) -> Strip:
        if y < self.HEAD:
            return self.draw_head(y, width)
        row = self.row_at(y)
        if row is None:
            is_between = self.air and y < self.line_of(self.row_count() - 1)
            return self.line((), width) if is_between else self.draw_nothing(y - self.HEAD, width)
        is_here = row == self.cursor
        strip = self.draw_row(row, width, is_here=is_here)
        return self._tinted(strip) if is_here and self.is_cursor_shown else strip

    @property
    def is_cursor_shown(self) -> bool:
        """Whether the cursor's row is marked: in one of the lists on a screen, the one that has the keys."""
        focused = self.screen.focused
        return focused is self or not isinstance(focused, LineView)

    def _tinted(self, strip: Strip) -> Strip:
        """The row of the cursor: all of it on the row's own colour, with the mark in its first cell if that is free."""
        tint, segments = self.calm_app.tint(self.surface, Surface.ROW), list(strip)
        if segments and segments[0].text.startswith(" "):
            first = segments[0]
            mark = Segment(marker(is_here=True, is_ascii=self.is_ascii)[:1], self.paint.accent)
            segments[:1] = [mark, Segment(first.text[1:], first.style)]
        return Strip([Segment(text, tint.of(style)) for text, style, _control in segments if text], strip.cell_length)

    # Other rows

    def take_rows(self, rows: SupportsLenAndGetItem[Row]) -> None:
        """Set the rows; the cursor stays on its thing. Of the same things only the rows that are others are redrawn."""
        before, here, offset = self._rows, self.row, self.cursor - self.top
        self._rows = rows
        self.forget_rows()
        count = len(rows)
        is_same = count == len(before) > 0 and all(
            self.thing_of(before[at]) == self.thing_of(rows[at]) for at in range(count)
        )
        if is_same:
            self.redraw_rows(*(at for at in range(count) if rows[at] != before[at]))
            return
        place = self.place_of(self.thing_of(here)) if here is not None else None
        # What stands above has grown or shrunk, or else the rows have changed places and nothing scrolls.
        self.stand_on(place, offset if count != len(before) else None)

    def stand_on(self, place: int | None, offset: int | None) -> None:
        """Put the cursor where its row is now (None: that is gone), of which `offset` others show above; redraw all."""
        self.forget_rows()
        self.cursor = place if place is not None else self.cursor
        if offset is not None:
            self.top = max(0, self.cursor - offset)
        self.clamp()
        self.redraw()

    # Moving

    def move_to(self, row: int) -> None:
        """Put the cursor on a row, or on the nearest that it can stand on, and show it."""
        row = self._standing(row, 1 if row >= self.cursor else -1)
        old, self.cursor = self.cursor, row
        if not self._show_cursor() and old != row:
            self.redraw_rows(old, row)
        self.here = self.thing_at(row)

    def clamp(self) -> None:
        """Keep cursor and top within the rows after their number has changed."""
        count, before = self.row_count(), self.top
        self.cursor = self._standing(min(self.cursor, max(0, count - 1)), -1)
        self.top = max(0, min(self.top, count - self.page_height))
        self._show_cursor()
        if self.top != before:
            self.redraw()
        self.here = self.thing_at(self.cursor)

    def _standing(self, row: int, way: int) -> int:
        """The nearest row that the cursor can stand on, looked for first the one way and then the other."""
        last = self.row_count() - 1
        start = max(0, min(row, last))
        for step in (way, -way):
            at = start
            while 0 <= at <= last:
                if self.can_stand(at):
                    return at
                at += step
        return 0

    def _show_cursor(self) -> bool:
        """Scroll so that the cursor's row shows, half a page beyond. Returns whether that moved anything."""
        height = self.page_height
        # What stands above the first row that the cursor can reach is shown with it.
        hides_a_heading = 0 < self.top == self.cursor == self._standing(0, 1)
        if self.top <= self.cursor < self.top + height and not hides_a_heading:
            return False
        last_top = max(0, self.row_count() - height)
        top = max(0, min(self.cursor - height // 2, last_top))
        if top == self.top:
            return False
        self.top = top
        self.redraw()
        return True

    @property
    def place_of_keys(self) -> Offset:
        place = super().place_of_keys
        return place if place != Offset(0, 0) else Offset(0, min(self.line_of(self.cursor), self.size.height - 1))

    def action_move(self, rows: int) -> None:
        self.move_to(self.cursor + rows)

    def action_page(self, way: int) -> None:
        self.move_to(self.cursor + way * max(1, self.page_height - 1))

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(self.row_count() - 1)

    def action_choose(self) -> None:
        if self.row_count():
            self.post_message(self.Chosen(self))

    # Typing

    def action_find(self) -> None:
        """Begin to look for a row, also where typing would begin an entry."""
        self._seek("")

    def end_finding(self) -> None:
        """Forget what is looked for; the cursor stays where it was found."""
        if self.sought is not None:
            self.sought = None
            self.post_message(Sought(None, is_found=True))

    def _seek(self, text: str) -> None:
        self.sought = text = text[:MOST_SOUGHT]
        found = first_row(text, self.row_count(), self._text_to_stand_on) if text else None
        if found is not None:
            self.move_to(found)
        self.post_message(Sought(text, is_found=found is not None or not text))

    def _text_to_stand_on(self, row: int) -> str:
        return self.text_at(row) if self.can_stand(row) else ""

    def _take_typed(self, event: events.Key) -> bool:
        """Do what a key does that types something or is about what is looked for. Returns whether it was one."""
        typed = text_of_key(event)
        if self.sought is not None and (taken := self._take_while_finding(event.key, typed)) is not None:
            return taken
        if not typed or typed in (MENU, SEARCH):
            return False
        if not self.begin_typing(typed):
            self._seek(typed)
        return True

    def _take_while_finding(self, key: str, typed: str) -> bool | None:
        """Go on looking, or end that: True when the key is done with, None when it begins something else."""
        sought = self.sought or ""
        if key == "escape" or (key == "backspace" and len(sought) <= 1):
            self.end_finding()
            return True
        if key == "backspace":
            self._seek(sought[:-1])
            return True
        if typed and (sought or typed != MENU):
            self._seek(sought + typed)
            return True
        self.end_finding()
        return None

    # The terminal

    async def _on_key(self, event: events.Key) -> None:
        """Do what the key is bound to here and now, before the next key is looked at.

        Left to bubble up, a key would be acted upon after keys that follow it closely, as they do over a slow line: a
        figure would then be typed on the row that the cursor was about to leave.
        """
        if is_stopped(event):
            return  # a subclass has used it
        if self._take_typed(event) or await self.calm_app.press(event.key):
            event.stop()

    def on_resize(self) -> None:
        self.clamp()

    def on_focus(self) -> None:
        self.redraw_rows(self.cursor)

    def on_blur(self) -> None:
        self.end_finding()
        self.redraw_rows(self.cursor)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-WHEEL_ROWS)

    def _scroll(self, rows: int) -> None:
        """Move what shows, and the cursor only as far as it must to stay on the screen."""
        top = max(0, min(self.top + rows, self.row_count() - self.page_height))
        if top == self.top:
            return
        self.top = top
        inside = max(top, min(self.cursor, top + self.page_height - 1))
        self.redraw()
        if inside != self.cursor:
            self.move_to(inside)

    def on_paste(self, event: events.Paste) -> None:
        self.end_finding()

    def on_click(self, event: events.Click) -> None:
        self.end_finding()
        row = self.row_at(event.y)
        if row is None or not self.can_stand(row):
            return
        self.move_to(row)
        if event.chain == 2:
            self.action_choose()
