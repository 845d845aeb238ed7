"""Taking the latest change back and putting it again: it says what that was, and goes where it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kvaltui.i18n import _
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal.drawing import cut_middle, width_of
from kvaltui.tui.widgets.history_list import change_in_words
from kvaltui.words import word
from kvaltui.work.naming import name_of, shown_at

if TYPE_CHECKING:
    from kvaltui.store.journal import Action
    from kvaltui.tui.app import KvaltuiApp

_STAYING = frozenset({"overview", "history"})
"""The screens that show everything that happens as it is."""
_LEAST_NAME = 16


async def take_back(app: KvaltuiApp) -> None:
    """Take the latest change back. Raises a KvaltuiError when there is none."""
    action = app.session.undo()
    await _go_there(app, action)
    say_taken_back(app, action)


async def put_back(app: KvaltuiApp) -> None:
    """Put back what was last taken back. Raises a KvaltuiError when there is nothing."""
    action = app.session.redo()
    await _go_there(app, action)
    app.when_free(lambda: app.speak(_told(app, action, lambda what: _("Put back again: {what}.", what=what))))


def say_taken_back(app: KvaltuiApp, action: Action) -> None:
    """Say what has been taken back, and how to put it again."""
    key = app.key_of("redo")

    def sentence(what: str) -> str:
        return _("Taken back: {what}. {key} puts it back again.", what=what, key=key)

    app.when_free(lambda: app.speak(_told(app, action, sentence)))


async def _go_there(app: KvaltuiApp, action: Action) -> None:
    """Put the cursor on what has changed, unless a dialog or a list of everything shows."""
    screen = app.screen
    if action.changed and isinstance(screen, PlanScreen) and screen.MODE not in _STAYING:
        await app.show(shown_at(app.session.content, action.changed[0]))


def _told(app: KvaltuiApp, action: Action, sentence: Callable[[str], str]) -> str:
    """A sentence about what an action has changed: the first thing by name, from what to what, and how many more.

    The name gives way where the line has no room for all of it.
    """
    if not action.changed:
        return sentence(_("nothing"))
    session, first = app.session, action.changed[0]
    known = session.history(limit=len(action.revisions), about=first)
    revision = next((each for each in known if each.id in action.revisions and each.reference == first), None)
    change = f", {change_in_words(session.content, revision)}" if revision is not None else ""
    more = len(action.changed) - 1

    def naming(name: str) -> str:
        what = f"{name}{change}"
        return sentence(_("{some} and {count} more", some=what, count=more) if more else what)

    room = app.size.width - 2 - width_of(naming(""))
    return naming(cut_middle(f"{word(first.kind)} {name_of(session.content, first)}", max(_LEAST_NAME, room)))
