"""The menu that Space opens: what can be done here, each with its letter, in a slab over the foot of the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App, ComposeResult
from textual.binding import ActiveBinding
from textual.dom import DOMNode
from textual.geometry import Offset
from textual.screen import Screen
from textual.strip import Strip

from kvaltui.i18n import N_, _, say, translated
from kvaltui.model.value import dataclass
from kvaltui.tui.dialog import Overlay
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, left, width_of
from kvaltui.tui.terminal.keys import MENU_KEY, key_name
from kvaltui.tui.widgets.finding import MENU
from kvaltui.tui.widgets.line_editor import text_of_key
from kvaltui.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

_ROW, _LIST, _PLAN, _PROGRAM = N_("The row"), N_("The list"), N_("The plan"), N_("The program")
_ORDER: Mapping[str, tuple[str, ...]] = {
    _ROW: (
        *("explain", "note", "assess", "withdraw", "measures_of_row", "set_target", "edit_whole"),
        *("place", "take_back", "retire", "row_history", "conflicts"),
    ),
    _LIST: ("add", "build", "filter", "sort", "copy", "export", "bring_back"),
    _PLAN: ("period", "complete", "plan", "jobs"),
    _PROGRAM: ("go", "undo", "quit"),
}
"""The groups of the menu, and the commands in each, in their order. Others come last among those of their place."""
_MARGIN = 11
"""The cells that the names of the groups stand in."""
_LEAST_WITH_MARGIN = 60
_GAP = 2


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """What can be done: the letter that does it, its name, its other key if it has one, and the command itself."""

    letter: str
    label: str
    direct: str
    group: str
    command: str
    action: str
    node: DOMNode

    @property
    def text(self) -> str:
        """What stands after the letter."""
        return f" {self.label} ({self.direct})" if self.direct else f" {self.label}"

    @property
    def width(self) -> int:
        """The cells that it takes."""
        return len(self.letter) + width_of(self.text)


def menu_of(screen: Screen[Any]) -> list[MenuEntry]:
    """What can be done where a person stands, in the order of the menu."""
    active = list(screen.active_bindings.values())
    direct: dict[tuple[DOMNode, str], str] = {}
    for each in active:
        if not each.binding.key.startswith(MENU_KEY):
            direct.setdefault((each.node, each.binding.action), key_name(each.binding.key))
    found = [_entry(each, direct) for each in active if each.binding.key.startswith(MENU_KEY)]
    groups = list(_ORDER)
    return sorted(found, key=lambda each: (groups.index(each.group), _place(each.group, each.command)))


def _entry(each: ActiveBinding, direct: Mapping[tuple[DOMNode, str], str]) -> MenuEntry:
    command = each.binding.id or ""
    otherwise = _PROGRAM if isinstance(each.node, App) else _ROW
    return MenuEntry(
        letter=each.binding.key.removeprefix(MENU_KEY),
        label=translated(each.binding.description),
        direct=direct.get((each.node, each.binding.action), ""),
        group=next((group for group, commands in _ORDER.items() if command in commands), otherwise),
        command=command,
        action=each.binding.action,
        node=each.node,
    )


def _place(group: str, command: str) -> int:
    commands = _ORDER[group]
    return commands.index(command) if command in commands else len(commands)


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A line of the menu: the name of a group where one begins, and entries side by side."""

    heading: str
    entries: tuple[MenuEntry, ...]


def laid_out(entries: Sequence[MenuEntry], width: int) -> list[MenuLine]:
    """The menu in lines of a width, each group beginning a line; without their names where it is narrow."""
    room = width - 2 - _margin(width)
    lines: list[MenuLine] = []
    for heading, of_it in groupby(entries, key=lambda each: each.group):
        name, used = translated(heading), 0
        on_line: list[MenuEntry] = []
        for entry in of_it:
            if on_line and used + entry.width > room:
                lines.append(MenuLine(name, tuple(on_line)))
                name, on_line, used = "", [], 0
            on_line.append(entry)
            used += entry.width + _GAP
        lines.append(MenuLine(name, tuple(on_line)))
    return lines


def _margin(width: int) -> int:
    return _MARGIN if width >= _LEAST_WITH_MARGIN else 0


class MenuSlab(Lines, can_focus=True):
    """The entries in lines, and a line for what is said. A letter chooses, and so does a click."""

    def __init__(self, entries: Sequence[MenuEntry], why_not: Callable[[str], str]) -> None:
        super().__init__()
        self._entries = tuple(entries)
        self._why_not = why_not
        self._told = ""
        self._lines: list[MenuLine] = []

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        self._lines = laid_out(self._entries, width)
        return min(len(self._lines) + 1, self.app.size.height)

    @property
    def place_of_keys(self) -> Offset:
        """The first of the letters: none is marked."""
        return Offset(1 + _margin(self.size.width), 0)

    def draw(self, y: int, width: int) -> Strip:
        paint = self.paint
        if y == self.size.height - 1:
            close = f"{key_name('escape')} {_('closes')}"
            told = self._told or _("Type a letter. F1 tells what each does.")
            said = left(told, width - width_of(close) - 2)
            return self.line(
                [(" ", None), (said, paint.warning if self._told else paint.text), (close, paint.text)], width
            )
        shown = self._lines[y]
        pieces: list[Piece] = [(" ", None), (left(shown.heading, _margin(width)), paint.text)]
        for entry in shown.entries:
            pieces += [(entry.letter, paint.strong), (entry.text, paint.text), (" " * _GAP, None)]
        return self.line(pieces, width)

    def on_key(self, event: events.Key) -> None:
        typed = text_of_key(event)
        if typed in ("", MENU):
            return
        event.stop()
        letter = typed.casefold()
        entry = next((each for each in self._entries if each.letter == letter), None)
        if entry is not None:
            self._choose(entry)
            return
        self._told = self._why_not(letter) or _("{letter} does nothing here", letter=typed)
        self.redraw(self.size.height - 1)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        start = 1 + _margin(self.size.width)
        for entry in self._lines[event.y].entries if event.y < len(self._lines) else ():
            if start <= event.x < start + entry.width:
                self._choose(entry)
                return
            start += entry.width + _GAP

    def _choose(self, entry: MenuEntry) -> None:
        assert isinstance(self.screen, MenuScreen)
        self.screen.dismiss(entry)


class MenuScreen(Overlay[MenuEntry | None]):
    """Asks what to do here. Returns the entry whose letter is typed, or None when the person leaves."""

    DEFAULT_CSS = """
    MenuScreen { align: left bottom; background: transparent; }
    MenuSlab { height: auto; width: 100%; background: $background; }
    """
    IS_LEFT_BY_CLICK = True
    BINDINGS = bindings.MENU_SCREEN

    def __init__(self, app: Program) -> None:
        super().__init__()
        screen = app.screen

        def why_not(letter: str) -> str:
            is_refused = isinstance(screen, PlanScreen) and screen.is_refused(f"{MENU_KEY}{letter}")
            return say(app.session.read_only_error.message) if is_refused else ""

        self._slab = MenuSlab(menu_of(screen), why_not)

    def compose(self) -> ComposeResult:
        yield self._slab
