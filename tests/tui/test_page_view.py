"""The page beside a list: its head follows the cursor at once, the rest when there is time; beneath 120 a panel."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.tui.modes import MODES
from kvaltui.tui.screens.list_screen import ListScreen
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.page_view import PagePane, Panel
from tests.tui.work import HUDDINGE, LINKOPING, NACKA, NARROW, WIDE, at_work, program

SHELVES = 9
"""The line of the page that its shelves begin at."""


def lines_of(pane: PagePane) -> list[str]:
    return [strip.text.rstrip() for strip in map(pane.render_line, range(pane.size.height))]


async def test_the_head_follows_a_held_arrow_and_the_rest_waits_for_a_pause(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators"), WIDE) as work:
        pane, view = work.app.screen.query_one(PagePane), work.app.screen.query_one(LineView)
        before = lines_of(pane)
        for _key in range(3):
            view.action_move(1)
            now = lines_of(pane)
            assert now[:SHELVES] != before[:SHELVES]
            assert now[SHELVES:] == before[SHELVES:]
            assert pane.is_behind
        pane.draw_rest()
        assert lines_of(pane)[SHELVES:] != before[SHELVES:]
        assert not pane.is_behind


@pytest.mark.parametrize("plan", [HUDDINGE, LINKOPING])
async def test_every_list_has_the_page_of_its_row_beside_it_or_beneath_it(tmp_path: Path, plan: str) -> None:
    shown = set()
    for size in (NARROW, WIDE):
        folder = tmp_path / str(size[0])
        folder.mkdir()
        async with at_work(program(folder, plan, mode="overview"), size) as work:
            for mode in MODES:
                work.app.go_to(mode.name)
                await work.pilot.pause()
                screen = work.app.screen
                if not isinstance(screen, ListScreen) or (page := screen.page()) is None:
                    continue
                shown.add(mode.name)
                is_beside = size == WIDE
                assert screen.query_one(PagePane).display == is_beside
                assert screen.query_one(Panel).display == (not is_beside)
                beside = " ".join(" ".join(line[80:] if is_beside else line for line in work.lines).split())
                assert " ".join(page.title.split())[:30] in beside
    assert shown >= {"areas", "indicators", "history"}


async def test_the_list_is_the_same_beside_the_page_as_alone(tmp_path: Path) -> None:
    for folder in ("80", "120"):
        (tmp_path / folder).mkdir()
    async with at_work(program(tmp_path / "80", NACKA, mode="indicators"), NARROW) as work:
        alone = work.lines[2:16]
    async with at_work(program(tmp_path / "120", NACKA, mode="indicators"), (120, 24)) as work:
        assert [line[:80].rstrip() for line in work.lines[2:16]] == alone
