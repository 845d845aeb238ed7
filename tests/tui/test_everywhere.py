"""Every screen and dialog is gone through once, and at each step looked at in every way.

Shown in ASCII, which has least: each text is translated, each line is drawn with what the encoding has and fills its
width, and the terminal's cursor stands where the next key lands.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.config import Config
from kvaltui.store.journal import record
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.modes import MODES
from kvaltui.work.session import PlanSession
from tests.tui.test_cursor import CursorWalk
from tests.tui.test_encodings import EncodingWalk, ascii_alone
from tests.tui.test_every_text import OLGA, TODAY, Walk, database_in, marked_texts, russian_plan
from tests.tui.work import NARROW, Work


class EveryWalk(CursorWalk, EncodingWalk):
    """Goes everywhere and remembers what is wrong in any way."""

    def look(self, where: str) -> None:
        for kind in (Walk, CursorWalk, EncodingWalk):
            kind.look(self, where)


@pytest.mark.thorough
@pytest.mark.parametrize("mode", [mode.name for mode in MODES])
async def test_every_screen_and_dialog_is_right(tmp_path: Path, mode: str) -> None:
    with marked_texts(tmp_path), ascii_alone(), database_in(tmp_path) as database:
        record(database, "1", russian_plan(), by=OLGA, seen=0)
        session = PlanSession(database, "1", by=OLGA, today=lambda: TODAY)
        app = KvaltuiApp(session, Config(folder=tmp_path, path=tmp_path / "1.toml"), is_ascii=True, start=mode)
        async with app.run_test(size=NARROW) as pilot:
            await pilot.pause()
            walk = EveryWalk(Work(app, pilot))
            await walk.rows(mode)
            await walk.commands(mode)
    assert walk.found == {}
    assert "HelpScreen" in walk.seen
