"""Keys that come all at once, as over a slow line, are for what the earlier ones open."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from kvaltui.model.structure import Goal
from kvaltui.tui.screens.ask import Ask, Question
from tests.tui.work import NACKA, Work, at_work, program


async def at_once(work: Work, keys: str) -> None:
    """Press keys of one character without waiting for what any of them does."""
    names = {" ": "space", "+": "plus", "\r": "enter"}
    for key in keys:
        work.app.post_message(events.Key(names.get(key, key), key))
    await work.pilot.pause()
    await work.pilot.pause()


async def test_keys_that_come_before_a_dialog_stands_are_for_the_dialog_in_their_order(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA)) as work:
        work.app.push_screen(Ask("En fråga", [Question("Titel")], lambda _: None))
        await at_once(work, "Trygghet åäö")
        assert "Trygghet åäö" in work.shown


@pytest.mark.parametrize("mode", ["areas"])
async def test_a_goal_is_made_by_one_burst_of_keys(tmp_path: Path, mode: str) -> None:
    async with at_work(program(tmp_path, NACKA, mode=mode)) as work:
        await at_once(work, "+mTrygga kunder i hemmet\r")
        await work.app.workers.wait_for_complete()
        await work.pilot.pause()
        assert "Trygga kunder i hemmet" in {goal.name for goal in work.content.all(Goal).values()}
