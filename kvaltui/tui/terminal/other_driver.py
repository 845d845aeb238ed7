"""Another driver than the program's own, where a person names one: to have the program in a browser, or nowhere."""

from __future__ import annotations

import os

from textual.app import App
from textual.driver import Driver

from kvaltui.model.message import KvaltuiError, Message

NAMED_BY = "TEXTUAL_DRIVER"


class UnusableDriver(KvaltuiError):
    """What is named as a driver is none."""


def named_driver(app: App[object]) -> type[Driver] | None:
    """The driver that the environment names, None where it names none. Raises UnusableDriver for what is none."""
    named = os.environ.get(NAMED_BY)
    if not named:
        return None
    try:
        return App.get_driver_class(app)
    except Exception as error:  # whatever the module that is named does when it is imported
        raise UnusableDriver(
            Message(
                "{variable} names {driver}, which is no driver that can be used ({kind}). "
                "It is written package.module:Class; without it the program opens as usual.",
                variable=NAMED_BY,
                driver=named,
                kind=type(error).__name__,
            )
        ) from error
