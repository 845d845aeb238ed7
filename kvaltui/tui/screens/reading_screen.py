"""Something to read in a box over the screen: help, the symbols, everything about a row."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from kvaltui.i18n import _
from kvaltui.tui.dialog import DialogTitle, Overlay
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import width_of
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyBar, KeyHint
from kvaltui.tui.widgets.reading import Block, Reading, Styled
from kvaltui.work.reading_blocks import Prose

WIDTH = 80
_BESIDE = 4
"""The cells beside a title."""
_AROUND = 5
"""The lines of the box that are not the text: its border, its title and its keys."""


class _Whole(Reading):
    """A text that begins with its title where that is wider than the line for it: a name is told whole."""

    def __init__(self, title: str, blocks: Sequence[Block], start: int) -> None:
        super().__init__(blocks, start)
        self._title = title

    def on_mount(self) -> None:
        if width_of(self._title) > min(WIDTH, self.app.size.width) - _BESIDE:
            self._blocks = (Styled(self._title, self.paint.strong), Prose(""), *self._blocks)
            self._start += 2 if self._start else 0


class ReadingScreen(Overlay[None]):
    """Shows a text under a title until the person goes back.

    A key that it does not know does nothing; where it `is_passing`, the key closes it and does what it does below.
    """

    CSS_PATH = "reading_screen.tcss"
    BINDINGS = bindings.READING_SCREEN

    def __init__(self, title: str, blocks: Sequence[Block], *, is_passing: bool = False, start: int = 0) -> None:
        super().__init__()
        self._is_passing = is_passing
        self._title = title
        self._text = _Whole(title, blocks, start)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield DialogTitle(self._title)
            yield self._text
            yield KeyBar()

    def on_mount(self) -> None:
        width, height = min(WIDTH, self.app.size.width) - 2, self.app.size.height - _AROUND
        wanted = self._text.height_in(width)
        self.query_one(Vertical).styles.height = wanted + _AROUND
        self.set_focus(self._text)
        back = next(each.binding for each in self.active_bindings.values() if each.binding.id == "back")
        hints = [KeyHint(key_name(back.key), _("Back"), "leave")]
        if wanted > height:
            hints.append(KeyHint(key_name("pagedown"), _("Read on"), "read_on"))
        self.query_one(KeyBar).show([*hints, *self.more_hints()])

    def more_hints(self) -> Sequence[KeyHint]:
        """What else can be done from here, for the foot."""
        return ()

    def on_key(self, event: events.Key) -> None:
        if self._is_passing and event.key not in self.active_bindings:
            event.stop()
            self.dismiss(None)
            self.app.post_message(events.Key(event.key, event.character))

    def action_read_on(self) -> None:
        self._text.action_page(1)
