"""Taking the latest change back and putting it again: it says what that was, and goes where it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kvaltui.i18n import _
from kvaltui.tui.terminal.drawing import cut_middle, width_of
from kvaltui.work.history_words import action_in_words
from kvaltui.work.naming import shown_at

if TYPE_CHECKING:
    from kvaltui.store.journal import Action
    from kvaltui.tui.program import Program

_STAYING = frozenset({"overview", "history"})
"""The screens that show everything that happens as it is."""
_LEAST_NAME = 16


async def take_back(app: Program) -> None:
    """Take the latest change back. Raises a KvaltuiError when there is none."""
    action = app.session.undo()
    await _go_there(app, action)
    say_taken_back(app, action)


async def put_back(app: Program) -> None:
    """Put back what was last taken back. Raises a KvaltuiError when there is nothing."""
    action = app.session.redo()
    await _go_there(app, action)
    app.when_free(lambda: app.speak(_told(app, action, lambda what: _("Put back again: {what}.", what=what))))


def say_taken_back(app: Program, action: Action) -> None:
    """Say what has been taken back, and how to put it again."""
    key = app.key_of("redo")

    def sentence(what: str) -> str:
        return _("Taken back: {what}. {key} puts it back again.", what=what, key=key)

    app.when_free(lambda: app.speak(_told(app, action, sentence)))


async def _go_there(app: Program, action: Action) -> None:
    """Put the cursor on what has changed, unless a dialog or a list of everything shows."""
    if action.changed and app.speaker is not None and app.current_mode not in _STAYING:
        await app.show(shown_at(app.session.content, action.changed[0]))


def _told(app: Program, action: Action, sentence: Callable[[str], str]) -> str:
    """A sentence about what an action has changed: the first thing by name, from what to what, and how many more.

    The name gives way where the line has no room for all of it.
    """
    told = action_in_words(app.session, action)
    if told is None:
        return sentence(_("nothing"))

    def naming(name: str) -> str:
        what = f"{name}, {told.change}" if told.change else name
        return sentence(_("{some} and {count} more", some=what, count=told.more) if told.more else what)

    room = app.size.width - 2 - width_of(naming(""))
    return naming(cut_middle(told.name, max(_LEAST_NAME, room)))
