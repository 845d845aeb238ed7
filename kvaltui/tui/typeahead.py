"""Keys that were typed before a dialog had opened, which are meant for the dialog.

Over a slow line several keys arrive at once: the first opens a form, and the next ones are for the form. Textual gives
each of them to what has the focus when it arrives.
"""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen
from textual.widget import Widget


def pass_on(event: events.Key, widget: Widget) -> bool:
    """Give a key that has come to a widget to the dialog that stands over it. Returns whether there is one."""
    top: Screen[Any] = widget.app.screen
    if top is widget.screen:
        return False
    event.stop()
    event.prevent_default()
    # The dialog does this when it stands and something in it has the focus.
    top.call_later(_deliver, top, events.Key(event.key, event.character))
    return True


def _deliver(screen: Screen[Any], event: events.Key) -> None:
    (screen.focused or screen)._forward_event(event)
