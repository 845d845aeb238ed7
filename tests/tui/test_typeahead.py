"""Keys that come all at once, as over a slow line, are for what the earlier ones open."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events

from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.questions import Questions, ShortQuestion
from tests.sampled import sampled
from tests.tui.work import NACKA, Work, at_work, program


def question() -> ShortQuestion:
    """A dialog with one line to write in."""
    return ShortQuestion("En fråga", Questions([FormField("title")]), lambda _: None)


async def at_once(work: Work, keys: str) -> None:
    """Press keys of one character without waiting for what any of them does."""
    names = {" ": "space", "\x0e": "ctrl+n", "\r": "enter"}
    for key in keys:
        work.app.post_message(events.Key(names.get(key, key), key))
    await work.pilot.pause()


async def test_keys_that_come_before_a_dialog_stands_are_for_the_dialog_in_their_order(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA)) as work:
        work.app.push_screen(question())
        await at_once(work, "Trygghet åäö")
        assert "Trygghet åäö" in work.shown


@pytest.mark.thorough
async def test_a_key_waits_for_what_somebody_else_is_in_the_middle_of(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA)) as work:

        async def ask() -> None:
            for _turn in range(20):
                await asyncio.sleep(0)
            work.app.push_screen(question())

        for begin in (work.app.screen.call_later, work.app.call_after_refresh):
            begin(ask)
            await at_once(work, "Trygghet")
            assert "Trygghet" in work.shown
            await work.press("escape")
            assert "Trygghet" not in work.shown


@pytest.mark.thorough
@pytest.mark.parametrize("mode", sampled(["areas", "overview", "measures", "indicators"], keep=1))
async def test_a_goal_is_made_by_one_burst_of_keys(tmp_path: Path, mode: str) -> None:
    async with at_work(program(tmp_path, NACKA, mode=mode)) as work:
        await at_once(work, " gm\x0em\rTrygga kunder i hemmet\r")
        assert "Trygga kunder i hemmet" in {goal.name for goal in work.content.all(Goal).values()}


async def test_whole_days_work_in_one_burst(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="overview")) as work:
        await at_once(work, " gm\x0eo\rHemtjänst\r\x0em\rTrygga kunder\r\x0ei\rAndel nöjda\r gi")
        assert "Hemtjänst" in {area.name for area in work.content.all(Area).values()}
        assert "Trygga kunder" in {goal.name for goal in work.content.all(Goal).values()}
        assert "Andel nöjda" in {indicator.name for indicator in work.content.all(Indicator).values()}
        assert "[Indikatorer]" in work.shown
