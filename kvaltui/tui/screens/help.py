"""F1: the keys that work where one stands, and what the symbols mean."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.i18n import N_, _
from kvaltui.model.status import Status
from kvaltui.tui.drawing import Piece, left, width_of
from kvaltui.tui.keys import key_name
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.words import capitalised, status_symbol, status_word

_KEY = 16
_TYPING = (
    (N_("digit < > - ~"), N_("begins to enter a figure on the row")),
    (N_("Enter"), N_("saves and goes to the next row that waits")),
    (N_("Tab, down"), N_("saves and goes to the next row")),
    (N_("Shift+Tab, up"), N_("saves and goes back")),
    (N_("Esc"), N_("drops what is typed")),
)
_WRITTEN = (
    ("86 %   25,06   −3 420", N_("a number")),
    ("72–100 %   >98 %   högst 14", N_("an interval")),
    ("271/705   271 av 705", N_("a ratio")),
    ("bedömd 98 %   ~98", N_("an estimate")),
    ("ja   delvis   nej", N_("an answer")),
    ("-   uppgift saknas   sekretess", N_("why there is no figure")),
)


class HelpView(LineView):
    """Lines of help; the cursor only scrolls."""

    def __init__(self, screen: PlanScreen) -> None:
        super().__init__()
        self._lines = list(_lines(screen, is_ascii=screen.program.is_ascii))

    def row_count(self) -> int:
        return len(self._lines)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        key, text = self._lines[row]
        paint = self.paint
        if not text:
            return self.line([(" ", None), (key, paint.heading)], width)
        pieces: list[Piece] = [(" ", None), (left(key, max(_KEY, width_of(key) + 2)), paint.accent), (text, paint.text)]
        return self.line(pieces, width)


def _lines(screen: PlanScreen, *, is_ascii: bool) -> list[tuple[str, str]]:
    """Keys and what they do; a line without the latter is a heading."""
    lines: list[tuple[str, str]] = [(_("Keys here"), "")]
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id and binding.description and binding.id not in seen:
            seen.add(binding.id)
            lines.append((key_name(binding.key), _(binding.description)))
    if screen.MODE == "indicators":
        lines += [("", ""), (_("Entering"), ""), *((_(key), _(text)) for key, text in _TYPING)]
        lines += [("", ""), (_("What can be written"), ""), *((left(key, 34), _(text)) for key, text in _WRITTEN)]
    lines += [("", ""), (_("Symbols"), "")]
    lines += [(status_symbol(status, ascii=is_ascii), capitalised(status_word(status))) for status in Status]
    return lines


class HelpScreen(ModalScreen[None]):
    """Help for the screen that it is opened over."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q,enter", "dismiss", N_("Back"), id="back")]

    def __init__(self, screen: PlanScreen) -> None:
        super().__init__()
        self._view = HelpView(screen)

    def compose(self) -> ComposeResult:
        yield self._view

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """No tooltips and no toasts."""
