"""The entry table under the hands of a person: moving, folding, typing, the mouse, and what it redraws."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from textual import events
from textual.geometry import Region

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.tui.widgets.entry_table import EntryTable
from tests.tui.work import LINKOPING, NACKA, Work, at_work, program

FIRST, SECOND, THIRD = "som känner sig trygga", "att maten smakar bra", "en trevlig stund på dagen"
SECOND_KEY, FIRST_KEY = "sabo-mat-smakar", "sabo-trygghet"


@asynccontextmanager
async def entering(folder: Path, plan: str = NACKA, *, read_only: bool = False) -> AsyncIterator[Work]:
    async with at_work(program(folder, plan, mode="indicators", read_only=read_only)) as work:
        yield work


def table(work: Work) -> EntryTable:
    return work.app.screen.query_one(EntryTable)


def value(work: Work, key: str, part: str = "") -> str:
    outcome = work.content.outcome(key, work.app.session.period, part)
    return outcome.value if outcome else ""


async def test_it_begins_where_the_first_figure_is(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        assert "›" in work.line_with(FIRST)


async def test_typing_replaces_and_enter_goes_on(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        await work.type("92")
        assert "92" in work.line_with(FIRST)
        assert value(work, FIRST_KEY) == "86 %"
        await work.press("enter")
        assert value(work, FIRST_KEY) == "92"
        assert "›" in work.line_with(SECOND)


@pytest.mark.parametrize("character", ["<", ">", "-", "~", "7"])
async def test_what_begins_an_entry_at_once(tmp_path: Path, character: str) -> None:
    async with entering(tmp_path) as work:
        await work.press(
            {"<": "less_than_sign", ">": "greater_than_sign", "-": "minus", "~": "tilde"}.get(character, character)
        )
        assert table(work).is_editing
        await work.press("escape")
        assert not table(work).is_editing
        assert value(work, FIRST_KEY) == "86 %"


async def test_f2_edits_what_stands_there(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        await work.press("f2", "backspace", "backspace", "comma", "5", "enter")
        assert value(work, FIRST_KEY) == "86,5"


async def test_letters_are_text_while_something_is_typed(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        await work.press("enter", "ctrl+u")
        await work.type("ej mätt")
        await work.press("enter")
        assert value(work, FIRST_KEY) == "ej mätt"
        assert work.app.screen.query_one(EntryTable).row is not None


@pytest.mark.parametrize(("key", "there"), [("tab", SECOND), ("down", SECOND), ("enter", SECOND)])
async def test_storing_and_going_on(tmp_path: Path, key: str, there: str) -> None:
    async with entering(tmp_path) as work:
        await work.press("9", "1", key)
        assert value(work, FIRST_KEY) == "91"
        assert "›" in work.line_with(there)


@pytest.mark.parametrize("key", ["shift+tab", "up"])
async def test_storing_and_going_back(tmp_path: Path, key: str) -> None:
    async with entering(tmp_path) as work:
        await work.press("down", "9", "1", key)
        assert value(work, SECOND_KEY) == "91"
        assert "›" in work.line_with(FIRST)


async def test_enter_goes_to_the_next_row_that_waits(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        await work.press("down", "f2", "ctrl+u", "enter", "up", "up", "9", "5", "enter")
        assert "›" in work.line_with(SECOND)
        assert "väntar" in work.line_with(SECOND)
        assert "1 väntar" in work.line_with("Äldreomsorg")


async def test_a_refused_figure_stays_and_the_cursor_too(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        await work.type("12.500")
        await work.press("down")
        assert table(work).is_editing
        assert "12.500" in work.line_with(FIRST)
        assert "12 500" in work.shown.replace("\N{NO-BREAK SPACE}", " ")


async def test_unchanged_text_makes_no_change(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        before = work.content.position
        await work.press("f2", "enter")
        assert work.content.position == before


async def test_a_text_is_pasted_into_the_cell(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        table(work).post_message(events.Paste("77 %\x1b[31m\n"))
        await work.press("enter")
        assert "77 %" in work.line_with(FIRST)


async def test_parts_are_entered_in_place(tmp_path: Path) -> None:
    async with entering(tmp_path, LINKOPING) as work:
        session = work.app.session
        key = next(each.key for each in session.result.indicators.values() if each.parts)
        part = session.indicator(key).breakdown[0]
        assert table(work).go_to(Reference(Kind.INDICATOR, key), part)
        await work.type("33")
        await work.press("enter")
        assert value(work, key, part) == "33"
        assert "33" in work.lines[table(work).region.y + table(work).line_of(table(work).cursor - 1)]


async def test_folding(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        await work.press("left")
        assert "▸ Äldreomsorg" in work.shown
        assert FIRST not in work.shown
        assert "▲ 1 av 5" in work.line_with("Äldreomsorg")
        await work.press("right")
        assert FIRST in work.shown
        await work.press("space")
        assert FIRST not in work.shown
        await work.press("enter")
        assert FIRST in work.shown


async def test_the_cursor_moves_half_a_page_at_the_edge(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        shown = table(work)
        tops = set()
        for _ in range(40):
            await work.press("down")
            tops.add(shown.top)
            assert shown.top <= shown.cursor < shown.top + shown.page_height
        assert len(tops) <= 4, "it does not scroll line by line"
        await work.press("home")
        assert shown.top == 0
        await work.press("pagedown")
        assert shown.cursor == shown.page_height - 1
        await work.press("end")
        assert shown.cursor == shown.row_count() - 1


async def test_the_mouse(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        shown = table(work)
        line = next(at for at, each in enumerate(work.lines) if THIRD in each)
        await work.pilot.click(offset=(20, line))
        assert "›" in work.line_with(THIRD)
        assert not shown.is_editing
        await work.pilot.click(offset=(20, line), times=2)
        assert table(work).is_editing
        await work.press("escape")
        wheel = events.MouseScrollDown(
            shown, 1, 5, 0, 0, 0, shift=False, meta=False, ctrl=False, screen_x=1, screen_y=8
        )
        shown.post_message(wheel)
        await work.pilot.pause()
        assert shown.top == 3
        assert shown.cursor >= shown.top


async def test_only_the_rows_that_changed_are_redrawn(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        shown = table(work)
        with patch.object(shown, "refresh", wraps=shown.refresh) as refresh:
            await work.press("down")
            regions = [region for call in refresh.call_args_list for region in call.args]
        assert regions == [Region(0, 2, 80, 1), Region(0, 3, 80, 1)]


async def test_a_large_plan_draws_no_more_rows_than_show(tmp_path: Path) -> None:
    async with entering(tmp_path) as work:
        shown = table(work)
        with patch.object(shown, "draw_row", wraps=shown.draw_row) as draw_row:
            shown.redraw()
            await work.pilot.pause()
        assert draw_row.call_count <= shown.page_height


async def test_nothing_can_be_typed_where_only_reading_is_allowed(tmp_path: Path) -> None:
    async with entering(tmp_path, read_only=True) as work:
        await work.press("5", "f2", "enter")
        assert not table(work).is_editing
        assert value(work, FIRST_KEY) == "86 %"


async def test_another_period_is_another_column(tmp_path: Path) -> None:
    async with entering(tmp_path, LINKOPING) as work:
        assert str(work.app.session.period) in work.lines[2]
        await work.press("ctrl+left")
        assert work.app.session.period == Period(2018)
        assert "2018" in work.lines[2]


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (40, 10), (200, 60)])
async def test_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators"), size) as work:
        await work.press("down", "5", "escape", "end", "home", "left", "right")
        assert len(work.lines) == size[1]
