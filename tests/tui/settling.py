"""A test goes on when the program has nothing left to do.

Textual's own pilot sleeps two fiftieths of a second for each key and then guesses from the processor's time, which
is slow and, on a machine that has other work, wrong: a process that gets no turn looks idle. Here the event loop is
asked instead.
"""

from __future__ import annotations

import asyncio
from typing import Any

from textual._context import active_app
from textual.app import App
from textual.screen import Screen

from kvaltui.tui.terminal.calm_app import CalmApp
from kvaltui.tui.widgets.page_view import PagePane

_PAUSE = 0.004
"""Seconds between looks while a thread, or keys that wait for their turn, have something to do.

More than the keys' own pause, so that the two never keep each other waiting."""

waits_for_threads = True
"""Whether work in a thread is waited for; a test that holds such work back to look at the dialog before it does not."""


async def settled(_min_sleep: float = 0, max_sleep: float = 30) -> None:
    """Wait until nothing more can happen but by a key, the clock or another process, at most `max_sleep` seconds.

    Takes the place of Textual's `wait_for_idle`, in the app whose test it is.
    """
    app: App[Any] = active_app.get()
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + max_sleep
    while True:
        if loop.time() > end:
            raise TimeoutError(f"still at work after {max_sleep} s: {_what_is_left(app)}")
        await asyncio.sleep(0)
        if loop._ready:
            continue
        if _is_waiting(app):
            await asyncio.sleep(_PAUSE)
        elif app.is_running and app._screen_stack and _is_to_be_drawn(app.screen):
            app.screen._on_timer_update()
        elif behind := _pages_behind(app):
            for page in behind:
                page.draw_rest()
        else:
            return


def _pages_behind(app: App[Any]) -> list[PagePane]:
    """The pages that wait for a pause in the typing, which a test does not wait for."""
    if not app.is_running or not app._screen_stack:
        return []
    return [page for page in app.screen.query(PagePane) if page.is_behind]


def _is_waiting(app: App[Any]) -> bool:
    """Whether a thread has work to do, keys wait for their turn, or a new size of the window has not been told yet."""
    works = waits_for_threads and any(not worker.is_finished for worker in app.workers)
    keys = isinstance(app, CalmApp) and (not app.typeahead.is_empty or app.held.is_waiting)
    return works or keys or app._resize_timer is not None


def _what_is_left(app: App[Any]) -> str:
    left = [f"worker {each.name}" for each in app.workers if not each.is_finished]
    if isinstance(app, CalmApp):
        left += ["keys"] * (not app.typeahead.is_empty) + ["a write"] * app.held.is_waiting
    left += ["the window's new size"] * (app._resize_timer is not None)
    return ", ".join(left) or "drawing"


def _is_to_be_drawn(screen: Screen[Any]) -> bool:
    return screen.is_running and bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
