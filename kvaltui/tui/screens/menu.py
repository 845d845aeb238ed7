"""The menu that Space opens: what can be done here, each with its letter, in columns on a slab."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

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
from kvaltui.tui.terminal.calm_app import CalmApp
from kvaltui.tui.terminal.drawing import Piece, width_of
from kvaltui.tui.terminal.keys import MENU_KEY, key_name
from kvaltui.tui.terminal.theme import Surface
from kvaltui.tui.widgets.finding import MENU
from kvaltui.tui.widgets.line_editor import text_of_key
from kvaltui.tui.widgets.lines import Lines

_ROW, _LIST, _PERIOD, _PLAN = N_("The row"), N_("The list"), N_("The period"), N_("The plan")
_ORDER: Mapping[str, tuple[str, ...]] = {
    _ROW: (
        *("explain", "note", "assess", "withdraw", "measures_of_row", "set_target", "edit_whole"),
        *("place", "take_back", "retire", "row_history", "conflicts"),
    ),
    _LIST: ("add", "build", "filter", "sort", "copy", "export", "bring_back"),
    _PERIOD: ("period", "complete"),
    _PLAN: ("go", "plan", "jobs", "undo", "quit"),
}
"""The groups of the menu, and the commands in each, in their order. Others come last among those of their place."""
_LEAST_IN_COLUMNS = 60
"""The narrowest menu in columns; below that the entries follow each other in lines."""
_WIDEST = 80
_FEWEST_ROWS = 5
_GAP = 2


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """What can be done: the letter that does it, its name, where it stands, and the command itself."""

    letter: str
    label: str
    group: str
    command: str
    action: str
    node: DOMNode

    @property
    def text(self) -> str:
        """What stands after the letter."""
        return f" {self.label}"

    @property
    def width(self) -> int:
        """The cells that it takes."""
        return len(self.letter) + width_of(self.text)


def menu_of(screen: Screen[Any]) -> list[MenuEntry]:
    """What can be done where a person stands, in the order of the menu."""
    found = [_entry(each) for each in screen.active_bindings.values() if each.binding.key.startswith(MENU_KEY)]
    groups = list(_ORDER)
    return sorted(found, key=lambda each: (groups.index(each.group), _place(each.group, each.command)))


def _entry(each: ActiveBinding) -> MenuEntry:
    command = each.binding.id or ""
    otherwise = _PLAN if isinstance(each.node, App) else _ROW
    return MenuEntry(
        letter=each.binding.key.removeprefix(MENU_KEY),
        label=translated(each.binding.description),
        group=next((group for group, commands in _ORDER.items() if command in commands), otherwise),
        command=command,
        action=each.binding.action,
        node=each.node,
    )


def _place(group: str, command: str) -> int:
    commands = _ORDER[group]
    return commands.index(command) if command in commands else len(commands)


@dataclass(frozen=True, slots=True)
class MenuCell:
    """What stands at a place of the menu: an entry, or the name of a group (`entry` is None), and where it begins."""

    start: int
    heading: str
    entry: MenuEntry | None = None


MenuLine = Sequence[MenuCell]


def laid_out(entries: Sequence[MenuEntry], width: int) -> list[MenuLine]:
    """The menu in lines of a width, of which it takes what a list has at the most, so that a page beside it stays.

    It stands in as few lines as its columns take where there is room for them; otherwise its entries follow each other.
    """
    width = min(width, _WIDEST)
    groups = [(translated(name), list(of_it)) for name, of_it in groupby(entries, key=lambda each: each.group)]
    if width >= _LEAST_IN_COLUMNS:
        for rows in range(_FEWEST_ROWS, 1 + max((len(of_it) for _name, of_it in groups), default=0) + 1):
            columns = _columns(groups, rows)
            if sum(_width_of(each) + _GAP for each in columns) + 1 - _GAP < width:
                return _side_by_side(columns, rows)
    return _flowing(entries, width)


def _columns(groups: Sequence[tuple[str, list[MenuEntry]]], rows: int) -> list[list[str | MenuEntry]]:
    """The groups under their names in columns of so many rows; a group goes where it has room first, or on in the next.

    In the column that a group goes on in, its name is left blank.
    """
    columns: list[list[str | MenuEntry]] = []
    for name, of_it in groups:
        place = next((each for each in columns if each and len(each) + 1 + len(of_it) <= rows), None)
        if place is not None:
            place += [name, *of_it]
            continue
        starts = range(0, len(of_it), rows - 1)
        columns += [["" if start else name, *of_it[start : start + rows - 1]] for start in starts]
    return columns


def _width_of(column: Sequence[str | MenuEntry]) -> int:
    return max(width_of(each) if isinstance(each, str) else each.width for each in column)


def _side_by_side(columns: Sequence[Sequence[str | MenuEntry]], rows: int) -> list[MenuLine]:
    lines: list[list[MenuCell]] = [[] for _ in range(min(rows, max(map(len, columns), default=0)))]
    start = 1
    for column in columns:
        for line, each in zip(lines, column, strict=False):
            line.append(MenuCell(start, each) if isinstance(each, str) else MenuCell(start, "", each))
        start += _width_of(column) + _GAP
    return list(lines)


def _flowing(entries: Sequence[MenuEntry], width: int) -> list[MenuLine]:
    """The entries one after the other, those of each group beginning a line."""
    lines: list[list[MenuCell]] = []
    for _group, of_it in groupby(entries, key=lambda each: each.group):
        used = width
        for entry in of_it:
            if used + entry.width > width - 1:
                lines.append([])
                used = 1
            lines[-1].append(MenuCell(used, "", entry))
            used += entry.width + _GAP
    return list(lines)


class MenuSlab(Lines, can_focus=True):
    """The entries, and a line for what is said. A letter chooses, and so does a click."""

    SURFACE = Surface.RAISED

    def __init__(self, entries: Sequence[MenuEntry], why_not: Callable[[str], str]) -> None:
        super().__init__()
        self._entries = tuple(entries)
        self._why_not = why_not
        self._told = ""
        self._lines: list[MenuLine] = []
        self._top = 0

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        self._lines = laid_out(self._entries, self.app.size.width)
        return min(len(self._lines) + 1, self.app.size.height)

    def get_content_width(self, container: object, viewport: object) -> int:
        """What the entries take, and what is said below them: the rest of the screen stays as it is."""
        self._lines = laid_out(self._entries, self.app.size.width)
        ends = [cell.start + cell.entry.width for line in self._lines for cell in line if cell.entry is not None]
        return min(max([*ends, width_of(self._foot) + 1]) + 1, self.app.size.width)

    @property
    def _has_more(self) -> bool:
        """Whether the window is too low for all of the entries."""
        return len(self._lines) + 1 > self.app.size.height

    @property
    def _foot(self) -> str:
        if self._has_more:
            return _("{down} and {up} show the rest", down=key_name("down"), up=key_name("up"))
        told = [f"{self.key_of('help')} {_('What do they do?')}"]
        if hasattr(self.app, "action_palette"):
            told.append(f"{self.key_of('palette')} {_('Find anything')}")
        return "  ".join([*told, f"{key_name('escape')} {_('Close')}"])

    @property
    def place_of_keys(self) -> Offset:
        """The first of the letters: none is marked."""
        return Offset(1, 0)

    def draw(self, y: int, width: int) -> Strip:
        paint = self.paint
        if y == self.size.height - 1:
            said = self._told or self._foot
            return self.line([(" ", None), (said, paint.warning if self._told else paint.text)], width)
        pieces: list[Piece] = []
        used = 0
        for cell in self._lines[self._top + y]:
            pieces.append((" " * (cell.start - used), None))
            if cell.entry is None:
                pieces.append((cell.heading, paint.strong))
                used = cell.start + width_of(cell.heading)
            else:
                pieces += [(cell.entry.letter, paint.strong), (cell.entry.text, paint.text)]
                used = cell.start + cell.entry.width
        return self.line(pieces, width)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("down", "up") and self._has_more:
            event.stop()
            last = len(self._lines) + 1 - self.size.height
            self._top = max(0, min(self._top + (1 if event.key == "down" else -1), last))
            self.redraw()
            return
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
        at = self._top + event.y
        for cell in self._lines[at] if event.y < self.size.height - 1 and at < len(self._lines) else ():
            if cell.entry is not None and cell.start <= event.x < cell.start + cell.entry.width:
                self._choose(cell.entry)
                return

    def _choose(self, entry: MenuEntry) -> None:
        assert isinstance(self.screen, MenuScreen)
        self.screen.dismiss(entry)


class MenuScreen(Overlay[MenuEntry | None]):
    """Asks what to do here. Returns the entry whose letter is typed, or None when the person leaves.

    It lies at the foot of the screen; where that would hide what the cursor stands on, at its head.
    """

    DEFAULT_CSS = """
    MenuScreen { align: left bottom; background: transparent; }
    MenuScreen.-above { align: left top; }
    MenuSlab { height: auto; width: auto; }
    """
    IS_LEFT_BY_CLICK = True
    BINDINGS = bindings.MENU_SCREEN

    def __init__(self, app: CalmApp[Any]) -> None:
        super().__init__()
        screen = app.screen

        def why_not(letter: str) -> str:
            if isinstance(screen, PlanScreen) and screen.is_refused(f"{MENU_KEY}{letter}"):
                return say(screen.session.read_only_error.message)
            return ""

        entries = menu_of(screen)
        self._slab = MenuSlab(entries, why_not)
        height = len(laid_out(entries, app.size.width)) + 1
        here = app.cursor_position.y
        self.set_class(height <= here and here >= app.size.height - height, "-above")

    def compose(self) -> ComposeResult:
        yield self._slab


def open_menu(app: CalmApp[Any]) -> None:
    """Show what can be done where a person stands, and do what they choose."""

    async def do_if_chosen(entry: MenuEntry | None) -> None:
        if entry is not None:
            await app.run_action(entry.action, entry.node)

    app.push_screen(MenuScreen(app), do_if_chosen)


def leave_menu(app: CalmApp[Any]) -> None:
    """Close the menu that is open, to do what its keys do not."""
    if isinstance(app.screen, MenuScreen):
        app.screen.dismiss(None)
