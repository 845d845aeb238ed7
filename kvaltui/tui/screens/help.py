"""F1: what the place is for where one stands, its keys, what can be written there, and what the symbols mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.widget import Widget

from kvaltui.i18n import _, say, translated
from kvaltui.tui.guide import PURPOSES, figures, legend, typing_keys
from kvaltui.tui.keys import key_name
from kvaltui.tui.screens.reading_screen import ReadingScreen
from kvaltui.tui.widgets.reading import Block, Heading, Pair, Prose

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp


class HelpScreen(ReadingScreen):
    """Help for the screen or dialog that it is opened over."""

    def __init__(self, app: KvaltuiApp, about: Screen[object]) -> None:
        super().__init__(_("Help"), help_on(app, about))


def help_on(app: KvaltuiApp, screen: Screen[object]) -> list[Block]:
    """What there is to say about where a person stands: the screen, and the widget that has the focus."""
    names = class_names(screen)
    focused = class_names(screen.focused) if screen.focused is not None else ()
    purpose = next((say(PURPOSES[name]) for name in names if name in PURPOSES), "")
    blocks: list[Block] = [Prose(purpose)] if purpose else []
    active = screen.active_bindings.values()
    here = list(_keys(each for each in active if not isinstance(each.node, App)))
    if here:
        blocks += [Heading(_("Keys here")), *here]
    blocks += typing_keys(focused)
    if "EntryTable" in focused:
        blocks += figures()
    everywhere = list(_keys(each for each in active if isinstance(each.node, App)))
    if everywhere:
        blocks += [Heading(_("Keys everywhere")), *everywhere]
    if here or everywhere:
        told = _("To the right: what the commands are called under [keys] in config.toml. Settings changes their keys.")
        blocks += [Prose(""), Prose(told, is_muted=True)]
    return [*blocks, *legend(app.paint, is_ascii=app.is_ascii)]


def class_names(node: Widget) -> tuple[str, ...]:
    """The names of the class of a widget and of those that it is made from, the nearest first."""
    return tuple(each.__name__ for each in type(node).__mro__)


def _keys(active: Iterable[ActiveBinding]) -> Iterator[Pair]:
    """The commands with all their keys as they are now, those of the footer first."""
    commands: dict[str, list[ActiveBinding]] = {}
    for each in active:
        if each.binding.id and each.binding.description:
            commands.setdefault(each.binding.id, []).append(each)
    for id_, bound in sorted(commands.items(), key=lambda each: not each[1][0].binding.show):
        names = ", ".join(dict.fromkeys(key_name(each.binding.key) for each in bound))
        yield Pair(names, translated(bound[0].binding.description), aside=id_)
