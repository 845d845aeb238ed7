"""F1: what the place is for where one stands, its keys, what can be written there, and what the symbols mean.

F1 once more opens the user's guide, at the section that tells of the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.widget import Widget

from kvaltui.i18n import _, say, translated
from kvaltui.tui.screens.menu import leave_menu
from kvaltui.tui.screens.reading_screen import ReadingScreen
from kvaltui.tui.telling.guide import GUIDE_SECTIONS, PURPOSES, figures, legend, typing_keys
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.calm_app import CalmApp
from kvaltui.tui.terminal.keymap import MOVEMENT
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyHint
from kvaltui.tui.widgets.reading import Block
from kvaltui.work.reading_blocks import Heading, Pair, Prose
from kvaltui.work.user_guide import as_blocks, guide_sections


class HelpScreen(ReadingScreen):
    """Help for the screen or dialog that it is opened over."""

    BINDINGS = bindings.HELP_SCREEN

    def __init__(self, app: CalmApp[Any], about: Screen[object]) -> None:
        super().__init__(_("Help"), help_on(app, about))
        self._key = app.key_of("help")
        self._section = section_on(about)

    def more_hints(self) -> Sequence[KeyHint]:
        tour = KeyHint(key_name("tab"), _("The first five minutes"), "first_minutes")
        return KeyHint(self._key, _("The guide"), "open_guide"), tour

    def action_first_minutes(self) -> None:
        """Try what the program is like to work in."""
        from kvaltui.tui.screens.tour import TourScreen

        self.app.push_screen(TourScreen())

    def action_open_guide(self) -> None:
        """Open the user's guide where it tells of the place."""
        self.app.push_screen(GuideScreen(self._section))


class GuideScreen(ReadingScreen):
    """The user's guide, opened at a section; "" is its beginning."""

    def __init__(self, section: str = "") -> None:
        sections = guide_sections()
        at = next((at for at, each in enumerate(sections) if each.title == section), 0)
        blocks = tuple(as_blocks(sections))
        super().__init__(_("The user's guide"), blocks, start=len(tuple(as_blocks(sections[:at]))))


def open_help(app: CalmApp[Any]) -> None:
    """Help for where a person stands; from there on the guide, and from the guide back to where they stood."""
    leave_menu(app)
    screen = app.screen
    if isinstance(screen, HelpScreen):
        screen.action_open_guide()
    elif isinstance(screen, ReadingScreen):
        screen.action_leave()
        if isinstance(screen, GuideScreen) and isinstance(app.screen, HelpScreen):
            app.screen.action_leave()
    else:
        app.push_screen(HelpScreen(app, screen))


def section_on(screen: Screen[object]) -> str:
    """The heading of the guide that a screen or dialog is told of under; "" where it is told of nowhere by itself."""
    return next((GUIDE_SECTIONS[name] for name in class_names(screen) if name in GUIDE_SECTIONS), "")


def help_on(app: CalmApp[Any], screen: Screen[object]) -> list[Block]:
    """What there is to say about where a person stands: the screen, and the widget that has the focus."""
    focused = class_names(screen.focused) if screen.focused is not None else ()
    purpose = next((say(PURPOSES[name]) for name in class_names(screen) if name in PURPOSES), "")
    blocks: list[Block] = [Prose(purpose)] if purpose else []
    if section := section_on(screen):
        told = _("{key} once more opens the user's guide at “{section}”.", key=app.key_of("help"), section=section)
        blocks += [Prose(""), Prose(told, is_muted=True)]
    commands = _bound(screen)
    moving = [pair for each, pair in commands if each.binding.id in MOVEMENT]
    everywhere = [pair for each, pair in commands if isinstance(each.node, App)]
    blocks += _section(_("Keys here"), [pair for _each, pair in commands if pair not in (*moving, *everywhere)])
    blocks += typing_keys(focused)
    if not {"EntryTable", "TrialRow"}.isdisjoint(focused):
        blocks += figures()
    blocks += legend(app.paint, is_ascii=app.is_ascii)
    blocks += _section(_("Moving about"), moving)
    blocks += _section(_("Keys everywhere"), everywhere)
    if commands:
        blocks += [Prose(""), Prose(_("Every key can be another one: see Keys in Settings."), is_muted=True)]
    return blocks


def class_names(node: Widget) -> tuple[str, ...]:
    """The names of the class of a widget and of those that it is made from, the nearest first."""
    return tuple(each.__name__ for each in type(node).__mro__)


def _bound(screen: Screen[object]) -> list[tuple[ActiveBinding, Pair]]:
    """The commands that work on a screen, each with all its keys as they are now, those of the footer first."""
    commands: dict[str, list[ActiveBinding]] = {}
    for each in screen.active_bindings.values():
        if each.binding.id and each.binding.description:
            commands.setdefault(each.binding.id, []).append(each)
    found = []
    for bound in sorted(commands.values(), key=lambda each: not each[0].binding.show):
        names = ", ".join(dict.fromkeys(key_name(each.binding.key) for each in bound))
        found.append((bound[0], Pair(names, translated(bound[0].binding.description))))
    return found


def _section(heading: str, pairs: Sequence[Pair]) -> list[Block]:
    return [Heading(heading), *pairs] if pairs else []
