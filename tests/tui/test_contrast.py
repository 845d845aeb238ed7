"""Every cell that is drawn can be read: in each theme, in true colour and in 256 colours, on screens and in dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import ColorType
from rich.style import Style
from textual.color import Color
from textual.keys import _character_to_key

from kvaltui.config import THEMES
from kvaltui.tui.terminal.theme import LEAST_CONTRAST, Colours, as_shown, contrast, paint_in
from tests.sampled import sampled
from tests.tui.work import NACKA, Work, at_work, program

LEAST_OF_BORDERS = 3.0
BORDERS = set("╭╮╰╯─│")
PLACES = (("overview", ""), ("indicators", "f"), ("indicators", "n"), ("risks", ""), ("areas", "e"), ("history", ""))
"""Screens, and the key of a dialog that is opened on them."""
COLOURED = [name for name in THEMES if name != "ansi"]


@pytest.fixture(params=[Colours.ANY, Colours.MANY], ids=["true colour", "256"])
def colours(request: pytest.FixtureRequest) -> Iterator[Colours]:
    """A terminal with so many colours."""
    paint_in(request.param)
    yield request.param
    paint_in(Colours.ANY)


def contrast_of(style: Style) -> float:
    assert style.color is not None, style
    assert style.bgcolor is not None, style
    assert ColorType.DEFAULT not in (style.color.type, style.bgcolor.type), style
    return contrast(*(as_shown(Color.from_rich_color(each)) for each in (style.color, style.bgcolor)))


def hard_to_read(work: Work) -> dict[str, float]:
    """What on the screen has too little contrast, with how much it has."""
    found = {}
    for strip in work.app.screen._compositor.render_strips():
        for segment in strip:
            text = segment.text.strip()
            if not text or segment.style is None:
                continue
            least = LEAST_OF_BORDERS if set(text) <= BORDERS else LEAST_CONTRAST
            if (ratio := contrast_of(segment.style)) < least:
                found[text] = round(ratio, 1)
    return found


@pytest.mark.thorough
@pytest.mark.parametrize(("mode", "key"), sampled(PLACES, keep=3))
async def test_every_cell_can_be_read_in_every_theme(tmp_path: Path, colours: Colours, mode: str, key: str) -> None:
    async with at_work(program(tmp_path, NACKA)) as work:
        work.app.go_to(mode)
        await work.pilot.pause()
        if key:
            await work.press(_character_to_key(key))
        for theme in COLOURED:
            work.app.theme = theme
            await work.pilot.pause()
            work.app.screen.refresh()
            assert hard_to_read(work) == {}, theme
