"""What the symbols mean, in a box of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvaltui.i18n import _
from kvaltui.tui.screens.reading_screen import ReadingScreen
from kvaltui.tui.telling.guide import legend

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp


class LegendScreen(ReadingScreen):
    """The symbols of the statuses and of what stands beside a figure."""

    def __init__(self, app: KvaltuiApp) -> None:
        super().__init__(_("Symbols"), legend(app.paint, is_ascii=app.is_ascii)[1:])
