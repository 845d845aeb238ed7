"""What all pictures of the program have in common: their sizes, and keys that are pressed before they are taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from tests.tui.work import NARROW, WIDE

SIZES = [pytest.param(NARROW, id="80x24"), pytest.param(WIDE, id="120x40")]
Before = Callable[[Pilot[None]], Awaitable[None]]
Compare = Callable[..., bool]


def keys(*pressed: str) -> Before:
    """Press keys before the picture is taken."""

    async def before(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.press(*pressed)
        await pilot.pause()

    return before
