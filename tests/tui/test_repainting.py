"""A key costs what it changes: of what stands unchanged on the screen nothing is drawn or asked again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.tui.modes import MODES
from tests.tui.work import NACKA, at_work, program


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
