"""A key costs what it changes: of what stands unchanged on the screen nothing is drawn or asked again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.dom import DOMNode
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.tui.modes import MODES
from kvaltui.tui.terminal.drawn_once import DrawnOnce
from tests.sampled import sampled
from tests.tui.work import NACKA, WIDE, Work, at_work, program


@pytest.mark.parametrize("mode", [mode.name for mode in MODES])
async def test_a_cursor_key_leaves_the_frame_and_the_screen_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    async with at_work(program(tmp_path, NACKA, mode=mode)) as work:
        await work.press("down")
        asked: set[str] = set()
        ask = StylesCache.render_widget

        def note(cache: StylesCache, widget: Widget, crop: Region) -> list[Strip]:
            asked.add(type(widget).__name__)
            return ask(cache, widget, crop)

        monkeypatch.setattr(StylesCache, "render_widget", note)
        await work.press("down")
        assert not asked & {"TabBar", "TitleLine", "KeyBar", type(work.app.screen).__name__}
        if mode == "indicators":
            assert asked == {"EntryTable", "Panel"}


async def test_looking_for_news_goes_through_no_widgets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is done twice a second, for as long as the window is open."""
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        asked: list[object] = []
        monkeypatch.setattr(DOMNode, "query", lambda *given: asked.append(given))
        work.app._follow()
        assert asked == []


def drawn_otherwise(work: Work) -> list[str]:
    """The widgets whose kept lines are not those that they would draw now."""
    wrong = []
    for widget in (work.app.screen, *work.app.screen.query("*")):
        if isinstance(widget, DrawnOnce) and widget._given is not None:
            crop, kept = widget._given
            widget._styles_cache.clear()
            if Widget.render_lines(widget, crop) != kept:
                wrong.append(type(widget).__name__)
    return wrong


@pytest.mark.thorough
@pytest.mark.parametrize("mode", sampled([mode.name for mode in MODES], keep=2))
async def test_lines_that_are_kept_are_those_that_would_be_drawn(tmp_path: Path, mode: str) -> None:
    async with at_work(program(tmp_path, NACKA, mode=mode)) as work:
        assert drawn_otherwise(work) == []
        for theme in ("light", "high-contrast", "dark"):
            work.app.theme = theme
            await work.pilot.pause()
            assert drawn_otherwise(work) == [], theme
        for keys in (
            ("down",),
            ("f1",),
            ("escape",),
            ("space",),
            ("escape",),
            ("f4", "f3", "ctrl+z"),
            ("f5", "7", "1"),
        ):
            await work.press(*keys)
            assert drawn_otherwise(work) == [], keys
        await work.pilot.resize_terminal(*WIDE)
        await work.press("enter", "up")
        assert drawn_otherwise(work) == []
