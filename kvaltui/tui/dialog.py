"""The ground of dialogs on the open plan: a box over the screen, with a line for what is said and the keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.tui.program import Answer, ProgramScreen
from kvaltui.tui.terminal.calm_screen import CalmModal
from kvaltui.tui.terminal.drawing import left, width_of
from kvaltui.tui.terminal.theme import Surface
from kvaltui.tui.widgets.chrome import KeyBar, SpeechLine
from kvaltui.tui.widgets.lines import Lines


class DialogTitle(Lines):
    """What the dialog is about, in one line."""

    DEFAULT_CSS = "DialogTitle { height: 2; }"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._aside = ""

    def show(self, title: str) -> None:
        """Set the title."""
        if title != self._title:
            self._title = title
            self.redraw(0)

    def show_aside(self, aside: str) -> None:
        """Set the muted text to the right."""
        if aside != self._aside:
            self._aside = aside
            self.redraw(0)

    def draw(self, y: int, width: int) -> Strip:
        if y:
            return self.line((), width)
        room = max(0, width - 2 - width_of(self._aside) - (2 if self._aside else 0))
        aside = f"  {self._aside}" if self._aside else ""
        return self.line([(" ", None), (left(self._title, room), self.paint.heading), (aside, self.paint.muted)], width)


class Overlay(CalmModal[Answer]):
    """What lies over the screen until a person has answered or gone back."""

    SURFACE: ClassVar[Surface] = Surface.RAISED
    IS_LEFT_BY_CLICK = False
    """Whether a click beside it goes back."""

    def on_click(self, event: events.Click) -> None:
        if self.IS_LEFT_BY_CLICK and event.widget is self:
            self.action_leave()


class Dialog(Overlay[Answer], ProgramScreen[Answer]):
    """A box over the screen. Subclasses compose what stands in it, and name the keys that matter."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: transparent; }
    Dialog > Vertical { border: round $primary; background: $surface; }
    Dialog > Vertical { width: 100; max-width: 100%; max-height: 100%; }
    """
    TITLE_LINE: type[DialogTitle] = DialogTitle

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        with Vertical():
            yield self.TITLE_LINE(self._title)
            yield from self.compose_body()
            yield SpeechLine()
            yield KeyBar()

    def compose_body(self) -> Iterable[Widget]:
        """What stands between the title and the line for what is said."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.show_keys()

    def bound_for_hints(self) -> Mapping[str, Binding]:
        """The last of those that a command has: its letter, where the dialog has the menu."""
        return {each.binding.id: each.binding for each in self.active_bindings.values() if each.binding.id}
