"""What is opened and closed again leaves nothing behind, however often."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

import pytest

from tests.sampled import sampled
from tests.tui.work import NACKA, Work, at_work, program

OPENINGS = 8
OPENED = (
    ("indicators", "filter"),
    ("indicators", "note"),
    ("indicators", "palette"),
    ("indicators", "help"),
    ("indicators", "go"),
    ("indicators", "period"),
    ("areas", "add"),
    ("areas", "edit"),
    ("history", "filter"),
)
"""Screens, and commands by their ids that open something on them."""


def kinds() -> Counter[str]:
    """How many objects there are of each kind that draws or is drawn."""
    gc.collect()
    return Counter(
        f"{type(each).__module__}.{type(each).__qualname__}"
        for each in gc.get_objects()
        if str(type(each).__module__).partition(".")[0] in ("textual", "rich", "kvaltui")
    )


async def open_and_close(work: Work, command: str) -> None:
    bindings = work.app.screen.active_bindings
    key = next(key for key, active in bindings.items() if active.binding.id == command)
    before = len(work.app.screen_stack)
    await work.press(key)
    assert len(work.app.screen_stack) > before, f"{command} opens something"
    while len(work.app.screen_stack) > before:
        await work.press("escape")


@pytest.mark.parametrize(("mode", "command"), sampled(OPENED, keep=2))
async def test_what_is_closed_is_forgotten(tmp_path: Path, mode: str, command: str) -> None:
    async with at_work(program(tmp_path, NACKA)) as work:
        work.app.go_to(mode)
        await work.pilot.pause()
        for _ in range(3):
            await open_and_close(work, command)
        kept = await kept_by_opening(work, command)
        if kept:  # what is kept once and then no more is a memory that has just been filled
            kept = {kind: count for kind, count in (await kept_by_opening(work, command)).items() if kind in kept}
        assert kept == {}


async def kept_by_opening(work: Work, command: str) -> dict[str, int]:
    """Of which kinds there are more objects for each time that something was opened and closed."""
    before = kinds()
    for _ in range(OPENINGS):
        await open_and_close(work, command)
    return {kind: count for kind, count in (kinds() - before).items() if count >= OPENINGS}
