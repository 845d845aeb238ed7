"""The six things that a beginner needs, on one page over the first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from kvaltui.i18n import _
from kvaltui.tui.screens.reading_screen import ReadingScreen
from kvaltui.tui.telling.guide import beginning

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp


class TourScreen(ReadingScreen):
    """The six things. A key that it does not know itself closes it and does what it does on the screen below."""

    def __init__(self, app: KvaltuiApp) -> None:
        super().__init__(_("Welcome: six things to begin with"), beginning(app.key_of))

    def on_key(self, event: events.Key) -> None:
        if event.key in self.active_bindings:
            return
        event.stop()
        self.dismiss(None)
        self.app.post_message(events.Key(event.key, event.character))
