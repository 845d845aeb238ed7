"""The frame around every screen: tabs, title, a line for what is said, and the keys. Each draws one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from kvaltui.i18n import _, say
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.terminal.drawing import Piece, cut, cut_middle, line, width_of
from kvaltui.tui.terminal.held import Speech
from kvaltui.tui.terminal.theme import Surface
from kvaltui.tui.widgets.finding import told
from kvaltui.tui.widgets.lines import Lines


@dataclass(frozen=True, slots=True)
class Tab:
    """A screen in the row of tabs: its mode in the app and its name in the reader's language."""

    mode: str
    label: str


class TabBar(Lines):
    """The screens, side by side; the current one is marked. A click goes there."""

    SURFACE = Surface.RAISED
    DEFAULT_CSS = "TabBar { height: 1; }"

    @dataclass
    class Selected(Message):
        mode: str

    def __init__(self, tabs: Sequence[Tab], current: str) -> None:
        super().__init__()
        self._tabs = tuple(tabs)
        self._current = current

    def _laid_out(self, width: int) -> list[tuple[Tab | None, str]]:
        """The tabs with their texts. Where they do not fit the last ones give way to one that leads to them."""
        shown: list[tuple[Tab | None, str]] = [
            (tab, f"[{tab.label}]" if tab.mode == self._current else f" {tab.label} ") for tab in self._tabs
        ]
        if sum(width_of(text) for _tab, text in shown) <= width:
            return shown
        more = f" {_('More')} "
        while sum(width_of(text) for _tab, text in shown) > width - width_of(more) and len(shown) > 1:
            last = shown[-1][0]
            shown.pop(-2 if last is not None and last.mode == self._current else -1)
        return [*shown, (None, more)] if len(shown) > 1 else shown

    def draw(self, y: int, width: int) -> Strip:
        """The tab where one is is cut down to the ground."""
        here = self.calm_app.paint.heading
        pieces: list[Piece] = [
            (text, here if tab is not None and tab.mode == self._current else self.paint.muted)
            for tab, text in self._laid_out(width)
        ]
        return line(pieces, width, self.paint.text)

    async def on_click(self, event: events.Click) -> None:
        start = 0
        for tab, text in self._laid_out(self.size.width):
            start += width_of(text)
            if event.x < start:
                if tab is None:
                    await self.app.run_action("choose_screen")
                else:
                    self.post_message(self.Selected(tab.mode))
                return


_LEAST_TITLE, _LEAST_FACT = 26, 14
"""The cells that the title keeps beside a long fact, and those that such a fact takes at the least."""


class TitleLine(Lines):
    """The plan and period to the left, what is counted to the right. `show` says what. A click explains the symbols."""

    DEFAULT_CSS = "TitleLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._title = self._aside = ""
        self._facts: tuple[Piece, ...] = ()

    def show(self, title: str, facts: Sequence[Piece] = (), aside: str = "") -> None:
        """Set the text to the left and the pieces to the right. The title is cut where there is no room for both.

        `aside` is what stands quietly after the title, whole.
        """
        if (title, tuple(facts), aside) != (self._title, self._facts, self._aside):
            self._title, self._facts, self._aside = title, tuple(facts), aside
            self.redraw()

    def draw(self, y: int, width: int) -> Strip:
        facts = _with_longest_fitted(self._facts, width)
        while facts and sum(width_of(text) for text, _style in facts) > width - 12:
            facts.pop()
        aside = f" · {self._aside}" if self._aside else ""
        room = width - sum(width_of(text) for text, _style in facts) - width_of(aside) - 3
        # The end of the title, the period, matters as much as its beginning.
        title = cut_middle(self._title, max(0, room))
        used = width_of(title) + width_of(aside) + sum(width_of(text) for text, _style in facts)
        gap = " " * max(1, width - 2 - used)
        pieces: list[Piece] = [(" ", None), (title, self.paint.strong), (aside, self.paint.muted), (gap, None), *facts]
        return self.line(pieces, width)

    async def on_click(self) -> None:
        await self.app.run_action("legend")


def _with_longest_fitted(facts: Sequence[Piece], width: int) -> list[Piece]:
    """The pieces, the longest of them shortened where it would leave the title no room, as what a list is narrowed to.

    Such a piece is never left out: a list that is narrowed says so.
    """
    fitted = list(facts)
    if sum(width_of(text) for text, _style in fitted) <= width - 12:
        return fitted
    at = max(range(len(fitted)), key=lambda each: width_of(fitted[each][0]))
    text, style = fitted[at]
    others = sum(width_of(each) for each, _style in fitted) - width_of(text)
    room = width - _LEAST_TITLE - others
    if room >= _LEAST_FACT:
        fitted[at] = (f"{cut_middle(text.rstrip(), room - 2)}  ", style)
    return fitted


class SpeechLine(Lines, Speech):
    """One line that says what has just happened, or how what is being typed is read."""

    DEFAULT_CSS = "SpeechLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._pieces: tuple[Piece, ...] = ()
        self._aside = ""
        self._is_about_finding = False
        self._is_passing = False
        self._put_over = ""

    def say(self, pieces: Sequence[Piece], aside: str = "", *, is_passing: bool = False) -> None:
        """Show pieces to the left and a muted text to the right, which gives way where there is no room.

        What `is_passing` tells of something that has happened, and is taken away with the next key.
        """
        self._is_about_finding = False
        self._is_passing = is_passing
        if (tuple(pieces), aside) != (self._pieces, self._aside) or self._put_over:
            self._pieces, self._aside, self._put_over = tuple(pieces), aside, ""
            self.redraw()

    def put_over(self, told: str) -> None:
        if told != self._put_over:
            self._put_over = told
            self.redraw()

    def complain(self, error: KvaltuiError) -> None:
        self.say([(say(error.message), self.paint.error)])

    def on_next_key(self) -> None:
        """Take away what has been said of something that has happened."""
        if self._is_passing:
            self.say([])

    def say_sought(self, text: str | None, *, is_found: bool) -> None:
        """Show what is looked for in a list, or that no row has it; None takes that away, and nothing else."""
        if text is None:
            if self._is_about_finding:
                self.say([])
            return
        self.say(told(text, self.paint, is_found=is_found))
        self._is_about_finding = True

    @property
    def text(self) -> str:
        """What is said now."""
        return "".join(text for text, _style in self._pieces)

    def draw(self, y: int, width: int) -> Strip:
        if self._put_over:
            return self.line([(" ", None), (cut(self._put_over, width - 1), None)], width)
        used = 1 + sum(width_of(text) for text, _style in self._pieces)
        pieces: list[Piece] = [(" ", None), *self._pieces]
        if used > width:
            return self.line([(" ", None), *_fitted(self._pieces, width - 1)], width)
        if self._aside and used + width_of(self._aside) + 3 <= width:
            pieces += [(" " * (width - used - width_of(self._aside) - 1), None), (self._aside, self.paint.muted)]
        return self.line(pieces, width)


def _fitted(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """The pieces in `width` cells, the one at the edge cut with an ellipsis."""
    fitted: list[Piece] = []
    room = width
    for text, style in pieces:
        fitted.append((cut(text, room), style))
        room -= width_of(text)
        if room <= 0:
            break
    return fitted


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key as it is shown in the footer, what it does, and the action that a click on it runs."""

    key: str
    label: str
    action: str


class KeyBar(Lines):
    """The keys that matter here; a click on one runs it.

    What there is no room for is never dropped silently: the end says how many more, and a click there tells them all.
    """

    DEFAULT_CSS = "KeyBar { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[KeyHint, ...] = ()

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Set the keys. The first is never left out."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.redraw()

    def _laid_out(self, width: int) -> tuple[list[KeyHint], int]:
        """The keys that fit and how many do not."""
        shown = list(self._hints)
        while len(shown) > 1:
            left_out = len(self._hints) - len(shown)
            more = 4 if left_out else 0
            if sum(_width_of_hint(hint) for hint in shown) + 1 + more <= width:
                break
            shown.pop()
        return shown, len(self._hints) - len(shown)

    def draw(self, y: int, width: int) -> Strip:
        paint = self.paint
        shown, left_out = self._laid_out(width)
        pieces: list[Piece] = [(" ", None)]
        for hint in shown:
            pieces += [(hint.key, paint.accent), (f" {hint.label}  ", paint.muted)]
        if left_out:
            pieces.append((f"+{left_out}", paint.muted))
        return self.line(pieces, width)

    async def on_click(self, event: events.Click) -> None:
        start = 1
        for hint in self._laid_out(self.size.width)[0]:
            start += _width_of_hint(hint)
            if event.x < start:
                await self.app.run_action(hint.action, self.screen)
                return
        if self._laid_out(self.size.width)[1]:
            await self.app.run_action("help")


def _width_of_hint(hint: KeyHint) -> int:
    return width_of(hint.key) + width_of(hint.label) + 3
