"""Something to read in a box over the screen: help, the symbols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from kvaltui.i18n import N_, _
from kvaltui.tui.dialog import DialogTitle
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.terminal.patient import Patient
from kvaltui.tui.widgets.chrome import KeyBar, KeyHint
from kvaltui.tui.widgets.reading import Block, Reading

WIDTH = 80
_AROUND = 5
"""The lines of the box that are not the text: its border, its title and its keys."""


class ReadingScreen(ModalScreen[None], Patient):
    """Shows a text under a title until the person goes back."""

    CSS_PATH = "reading_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "leave", N_("Back"), id="back")]

    def __init__(self, title: str, blocks: Sequence[Block]) -> None:
        super().__init__()
        self._title = title
        self._text = Reading(blocks)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield DialogTitle(self._title)
            yield self._text
            yield KeyBar()

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """No tooltips and no toasts."""

    def on_mount(self) -> None:
        width, height = min(WIDTH, self.app.size.width) - 2, self.app.size.height - _AROUND
        wanted = self._text.height_in(width)
        self.query_one(Vertical).styles.height = wanted + _AROUND
        self.set_focus(self._text)
        back = next(each.binding for each in self.active_bindings.values() if each.binding.id == "back")
        hints = [KeyHint(key_name(back.key), _("Back"), "leave")]
        if wanted > height:
            hints.append(KeyHint(key_name("pagedown"), _("Read on"), "read_on"))
        self.query_one(KeyBar).show(hints)

    def action_read_on(self) -> None:
        self._text.action_page(1)

    def action_leave(self) -> None:
        self.dismiss(None)
