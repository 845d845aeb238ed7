"""The terminal's own cursor stands where the next key lands; every screen and dialog is in `test_everywhere.py`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from kvaltui.config import Config
from kvaltui.store.journal import record
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.first_start import FirstStart
from kvaltui.tui.jobs import JOBS
from kvaltui.tui.program import PlanJob
from kvaltui.tui.screens.menu import MenuSlab
from kvaltui.tui.screens.picker import Picker
from kvaltui.tui.terminal.drawing import marker
from kvaltui.tui.terminal.theme import Surface
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.lines import Lines
from kvaltui.tui.widgets.reading import Reading
from kvaltui.work.plan_maker import Beginning
from kvaltui.work.session import PlanSession
from tests.sampled import sampled
from tests.tui.test_every_text import OLGA, TODAY, Walk, database_in, russian_plan
from tests.tui.work import NARROW, Work

MARKS = {marker(is_here=True, is_ascii=is_ascii)[0] for is_ascii in (False, True)} | {"▸", "+"}


def what_is_wrong_with_the_cursor(app: KvaltuiApp) -> str:
    """Why the cursor does not stand where the next key lands; "" when it does."""
    focused, place = app.screen.focused, app.cursor_position
    if not isinstance(focused, Lines):
        return f"nothing that takes keys has the focus, but {focused}"
    if not focused.content_region.contains_point(place):
        return f"it stands at {place}, outside of {focused}"
    column, line = place - focused.content_region.offset
    if isinstance(focused, Reading | MenuSlab) or (isinstance(focused, LineView) and not focused.row_count()):
        return ""
    at = 0
    strip = focused.render_line(line)
    for segment in strip:
        if at <= column < at + segment.cell_length:
            paints = [app.paint_on(surface) for surface in Surface]
            if any(segment.style == paint.caret for paint in paints):
                return ""
            is_on_row = segment.style is not None and segment.style.bgcolor == app.paint_on(Surface.ROW).text.bgcolor
            is_place = any(segment.style in (paint.solid, paint.hole) for paint in paints)
            if not is_on_row and not is_place:
                return f"it stands on “{segment.text}” in “{strip.text}”, which is not marked, of {focused}"
            # What is marked is told by a character too.
            before = strip.crop(0, column + 1).text
            return "" if MARKS & set(before) else f"“{strip.text}” is marked by its colour alone, of {focused}"
        at += segment.cell_length
    return f"it stands beyond “{strip.text}”"


class CursorWalk(Walk):
    """Goes everywhere and remembers where the cursor stood wrong."""

    def look(self, where: str) -> None:
        if self.work.app._exit:
            return  # it is on its way out: no key lands in it any more
        self.seen.add(type(self.work.app.screen).__name__)
        problem = what_is_wrong_with_the_cursor(self.work.app)
        if problem:
            self.found.setdefault(problem, where)


@pytest.mark.thorough
@pytest.mark.parametrize("job", sampled(JOBS, keep=2), ids=[job.letter for job in JOBS])
async def test_and_in_what_is_done_with_the_whole_plan(tmp_path: Path, job: PlanJob) -> None:
    database = database_in(tmp_path)
    record(database, "1", russian_plan(), by=OLGA, seen=0)
    session = PlanSession(database, "1", by=OLGA, today=lambda: TODAY)
    app = KvaltuiApp(session, Config(folder=tmp_path, path=tmp_path / "1.toml"), start="areas")
    with database:
        async with app.run_test(size=NARROW) as pilot:
            await pilot.pause()
            walk = CursorWalk(Work(app, pilot))
            job.begin(app)
            await pilot.pause()
            walk.look(f"jobs {job.letter}")
            if isinstance(app.screen, Picker):
                await walk.press(f"jobs {job.letter}", "enter")
            await walk.dialog(f"jobs {job.letter}")
    assert walk.found == {}


async def test_and_at_the_first_start(tmp_path: Path) -> None:
    opened = Beginning(lambda: database_in(tmp_path), OLGA)
    app = FirstStart(opened, "1.db", Config(folder=tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        walk = CursorWalk(Work(cast("KvaltuiApp", app), cast("Pilot[None]", pilot)))
        walk.look("first start")
        for rows in (1, 2):
            await walk.press("first start", *["down"] * rows, "enter")
            await walk.press("first start", "enter", "escape")
    assert walk.found == {}
