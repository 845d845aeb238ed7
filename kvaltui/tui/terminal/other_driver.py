"""Another driver than the program's own, where a person names one: to have the program in a browser, or nowhere."""

from __future__ import annotations

from typing import Any, Final

from textual import constants
from textual.app import App
from textual.driver import Driver

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.tui.terminal.browser import BrowserDriver, is_in_browser

NAMED_BY: Final = "TEXTUAL_DRIVER"


class UnusableDriver(KvaltuiError):
    """What is named as a driver is none."""


def named_driver(app: App[Any]) -> type[Driver] | None:
    """The driver that the environment names, None where it names none. Raises UnusableDriver for what is none.

    For Textual's driver in a browser ours is taken, which speaks with the same servers: it sends a fifth of the bytes,
    and reads keys as at a terminal.
    """
    if not constants.DRIVER:
        return None
    if is_in_browser():
        return BrowserDriver
    try:
        return App.get_driver_class(app)
    except Exception as error:
        raise UnusableDriver(
            Message(
                "{variable} names {driver}, which is no driver that can be used ({kind}). "
                "It is written package.module:Class; without it the program opens as usual.",
                variable=NAMED_BY,
                driver=constants.DRIVER,
                kind=type(error).__name__,
            )
        ) from error
